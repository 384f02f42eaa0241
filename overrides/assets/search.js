// Search in our own dialog. Loaded when the reader first opens it; holds no sentences: they stand in the page.

import { Finder, RANKING, part } from "./find.js";

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const dialog = /** @type {HTMLDialogElement} */ ($("fg-search"));
const input = /** @type {HTMLInputElement} */ ($("fg-search-text"));
const status = $("fg-search-status");
const list = $("fg-search-results");
const SHOWN = 6;
const site = (/** @type {string} */ path) => new URL(`../${path}`, import.meta.url);
let engine = /** @type {Promise<Finder> | undefined} */ (undefined);
let latest = 0;

const say = (/** @type {string} */ which, /** @type {(string | number)[]} */ ...words) => {
  status.textContent = words.reduce((/** @type {string} */ text, word) => text.replace("{}", String(word)), status.dataset[which] ?? "");
};
const json = async (/** @type {string} */ path) => (await fetch(site(path))).json();
const load = () => (engine ??= Promise.all([import(site("pagefind/pagefind.js").href), json("assets/search-words.json")]).then(async ([pagefind, known]) => {
  await pagefind.options({ ranking: RANKING });
  await pagefind.init();
  return new Finder(pagefind, known, () => json("pagefind/words.json"));
}));

const row = (/** @type {any} */ page, /** @type {any} */ matches) => {
  const place = part(page, matches);
  const item = document.createElement("li");
  const link = document.createElement("a");
  const note = document.createElement("p");
  link.href = place.url;
  link.textContent = page.meta.title;
  for (const { word, marked } of place.words) {
    const mark = document.createElement("mark");
    mark.textContent = word;
    note.append(marked ? mark : word, " ");
  }
  item.append(link, note);
  return item;
};

const show = async () => {
  const mine = ++latest;
  const text = input.value.trim();
  if (!text) { list.replaceChildren(); return say("typing"); }
  const finder = await load();
  const { hits, part } = await finder.find(text);
  const pages = await Promise.all(hits.slice(0, SHOWN).map(async (found) => row(await found.hit.data(), found.matches)));
  if (mine !== latest) return undefined;
  list.replaceChildren(...pages);
  dialog.dataset.shown = text;
  return say(part && hits.length ? "part" : hits.length === 0 ? "none" : hits.length === 1 ? "one" : "many", hits.length);
};

input.addEventListener("input", show);
export const open = () => {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  show();
  load().catch(() => {});
};
