// Search in our own dialog over Pagefind's index. Loaded when the reader first opens it; holds no sentences: they stand in the page.

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const dialog = /** @type {HTMLDialogElement} */ ($("fg-search"));
const input = /** @type {HTMLInputElement} */ ($("fg-search-text"));
const status = $("fg-search-status");
const list = $("fg-search-results");
const SHOWN = 6;
let engine = /** @type {Promise<any> | undefined} */ (undefined);
let latest = 0;

const say = (/** @type {string} */ which, /** @type {number} */ n = 0) => {
  status.textContent = (status.dataset[which] ?? "").replace("{}", String(n));
};
const load = () => (engine ??= import(new URL("../pagefind/pagefind.js", import.meta.url).href).then(async (found) => {
  await found.init();
  return found;
}));

/** Pages that have all the words; else those that have some, best first. */
const find = async (/** @type {any} */ pagefind, /** @type {string} */ text) => {
  const all = await pagefind.search(text);
  const words = text.split(/\s+/).filter((word) => word.length > 2);
  if (all.results.length || words.length < 2) return { hits: all.results, part: false };
  const points = new Map();
  for (const word of words) {
    for (const hit of (await pagefind.search(word)).results) {
      const seen = points.get(hit.id) ?? { hit, score: 0 };
      seen.score += 1 + hit.score / 1000;
      points.set(hit.id, seen);
    }
  }
  return { hits: [...points.values()].sort((a, b) => b.score - a.score).map((seen) => seen.hit), part: true };
};

/** One result as an element; titles and excerpts are put in as text, marks as elements. */
const row = (/** @type {any} */ page) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const note = document.createElement("p");
  link.href = page.url;
  link.textContent = page.meta.title;
  for (const part of page.excerpt.split(/(<mark>.*?<\/mark>)/)) {
    const plain = new DOMParser().parseFromString(`<!doctype html><body>${part}`, "text/html").body.textContent ?? "";
    const node = part.startsWith("<mark>") ? document.createElement("mark") : document.createTextNode(plain);
    if (node instanceof HTMLElement) node.textContent = plain;
    note.append(node);
  }
  item.append(link, note);
  return item;
};

const show = async () => {
  const mine = ++latest;
  const text = input.value.trim();
  if (!text) { list.replaceChildren(); return say("typing"); }
  try {
    const { hits, part } = await find(await load(), text);
    const pages = await Promise.all(hits.slice(0, SHOWN).map((/** @type {any} */ hit) => hit.data()));
    if (mine !== latest) return undefined;
    list.replaceChildren(...pages.map(row));
    return say(part && hits.length ? "part" : hits.length === 0 ? "none" : hits.length === 1 ? "one" : "many", hits.length);
  } catch {
    engine = undefined;
    list.replaceChildren();
    return say("failed");
  }
};

input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter") /** @type {HTMLElement | null} */ (list.querySelector("a"))?.click();
  if (event.key === "ArrowDown") { event.preventDefault(); /** @type {HTMLElement | null} */ (list.querySelector("a"))?.focus(); }
});
$("fg-search-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  if (at === dialog || at.closest("a")) dialog.close();
});

export const open = () => {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  show();
  load().catch(() => {});
};
