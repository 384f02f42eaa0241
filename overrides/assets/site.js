// What every page does: menu, color scheme, search on demand, and the tools' own script where a tool stands on the page.

import { onPage } from "./navigate.js";

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const isDark = () => {
  const chosen = document.documentElement.dataset.scheme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

// ---- color scheme
const scheme = $("fg-scheme");
const showScheme = () => scheme.setAttribute("aria-pressed", String(isDark()));
scheme.hidden = false;
showScheme();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showScheme);
scheme.addEventListener("click", () => {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.scheme = next;
  try { localStorage.setItem("fieldguide.scheme", next); } catch { /* not kept, still shown */ }
  showScheme();
});

// ---- search: the index and its engine load when the dialog is first opened
const opener = $("fg-search-open");
opener.hidden = false;
let search = /** @type {Promise<{open(): void}> | undefined} */ (undefined);
const openSearch = async () => (await (search ??= import(new URL("search.js", import.meta.url).href))).open();
opener.addEventListener("click", openSearch);
addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || at.closest?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/" || event.key === "s" || event.key === "f") { event.preventDefault(); openSearch(); }
});

// ---- menu: closes on Escape and on a tap elsewhere
const menu = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector(".fg-menu[open]"));
addEventListener("keydown", (event) => {
  const open = menu();
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
addEventListener("pointerdown", (event) => {
  const open = menu();
  if (open && !open.contains(/** @type {Node} */ (event.target))) open.open = false;
});

// ---- "Skip to content" moves the reader and not the address: in a tool the address says which question is open
document.querySelector(".fg-skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  event.stopPropagation();
  $("main").focus();
  $("main").scrollIntoView();
});

// ---- tools and what else moves on a page: instant navigation may bring one onto it at any time
const PARTS = {
  "x-tool, x-device": "runtime/tool.js",
  "x-explore": "reading/explore.js",
  "x-compare": "reading/compare.js",
  "x-questions": "reading/questions.js",
  "x-quick": "reading/quick.js",
  "x-yours": "reading/yours.js",
};
const bring = (/** @type {string} */ script) => import(new URL(script, import.meta.url).href);
const tools = async () => {
  for (const [found, script] of Object.entries(PARTS)) if (document.querySelector(found)) bring(script);
  const keep = /** @type {HTMLElement | null} */ (document.querySelector("x-keep"));
  if (!keep) return;
  keep.hidden = false;
  // Asking what is there makes nothing; a reader who has kept something sees it marked.
  if ((await indexedDB.databases?.().catch(() => []))?.length) bring(WAITING["x-keep"]);
};

// ---- what most readers never touch loads when a pointer, a finger or the keyboard comes near; a tap that came too early is given again
const WAITING = { "x-keep": "reading/yours.js", "a.fg-term": "reading/terms.js" };
const loaded = new Set();
/** @type {Map<string, Promise<void>>} */
const coming = new Map();
const near = (/** @type {Event} */ event) =>
  Object.entries(WAITING).find(([found]) => event.target instanceof Element && event.target.closest(found))?.[1];
const fetchSoon = (/** @type {string} */ script) => {
  const found = coming.get(script) ?? bring(script).then(() => void loaded.add(script));
  found.catch(() => coming.delete(script));
  coming.set(script, found);
  return found;
};
for (const sign of ["pointerover", "focusin"]) addEventListener(sign, (event) => {
  const script = near(event);
  if (!script || coming.has(script)) return;
  // What has just arrived did not see the pointer come.
  const again = event instanceof PointerEvent ? new PointerEvent(event.type, event) : undefined;
  fetchSoon(script).then(() => again && event.target?.dispatchEvent(again), () => {});
});
addEventListener("click", async (event) => {
  const script = near(event);
  if (!script || loaded.has(script) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest("a[href]:not(.fg-term)")) return;
  event.preventDefault();
  event.stopPropagation();
  await fetchSoon(script);
  /** @type {HTMLElement} */ (event.target).click();
}, true);
onPage(tools);
