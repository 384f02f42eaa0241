// What every page does: menu, color scheme, search on demand, and the tools' own script where a tool stands on the page.

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

// ---- links in drawings: the theme's script reads addresses as text, and theirs are objects, so a plain link goes in their place
addEventListener("click", (event) => {
  const from = /** @type {Element} */ (event.target).closest?.("svg a");
  if (!(from instanceof SVGAElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const link = document.createElement("a");
  link.href = from.href.baseVal;
  document.body.append(link);
  link.click();
  link.remove();
}, true);

// ---- "Skip to content" moves the reader and not the address: in a tool the address says which question is open
document.querySelector(".fg-skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  event.stopPropagation();
  $("main").focus();
  $("main").scrollIntoView();
});

// ---- tools: instant navigation may bring one onto the page at any time
const tools = () => {
  if (document.querySelector("x-tool, x-device")) import(new URL("runtime/tool.js", import.meta.url).href);
};
/** @type {any} */ (globalThis).document$.subscribe(tools);
