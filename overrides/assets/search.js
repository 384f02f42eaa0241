// The search dialog. Loaded when the reader first opens it; holds no sentences: they stand in the page. What is found is up to find.js.

import { Finder, RANKING, part } from "./find.js";

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const dialog = /** @type {HTMLDialogElement} */ ($("fg-search"));
const input = /** @type {HTMLInputElement} */ ($("fg-search-text"));
const status = $("fg-search-status");
const tries = $("fg-search-tries");
const ways = $("fg-search-ways");
const list = $("fg-search-results");
const glossary = /** @type {HTMLAnchorElement} */ ($("fg-search-glossary"));
const SHOWN = 6;
/** Milliseconds without a key before a search: a word half typed is not worth one. A whole question, pasted or spoken, waits for nothing. */
const PAUSE = 250;
const site = (/** @type {string} */ path) => new URL(`../${path}`, import.meta.url).href;
const json = async (/** @type {string} */ path) => {
  const answer = await fetch(site(path));
  if (!answer.ok) throw new Error(path);
  return answer.json();
};

/** @typedef {{ finder: Finder, examples: string[] }} Engine */
let engine = /** @type {Promise<Engine> | undefined} */ (undefined);
let pagefind = /** @type {any} */ (undefined);
let ended = /** @type {Promise<void>} */ (Promise.resolve());
let latest = 0;
let pause = 0;
let typed = 0;
/** The dialog stays while the theme changes the page behind it, so an address from the first page would lead astray. */
glossary.href = site("glossary/");

const load = () => (engine ??= (async () => {
  await ended;
  const [found, known] = await Promise.all([import(site("pagefind/pagefind.js")), json("assets/search-words.json")]);
  pagefind = found;
  await pagefind.options({ ranking: RANKING });
  await pagefind.init();
  return { finder: new Finder(pagefind, known, () => json("pagefind/words.json")), examples: known.examples };
})());

/** A piece of the index that did not come is not asked for again, so a new start needs an engine that knows nothing. */
const reset = () => {
  engine = undefined;
  ended = Promise.resolve(pagefind?.destroy()).catch(() => {});
};

const words = (/** @type {string} */ which, /** @type {(string | number)[]} */ ...put) =>
  put.reduce((/** @type {string} */ text, one) => text.replace("{}", String(one)), status.dataset[which] ?? "");

/** One result as an element; everything from the index is put in as text. @param {any} page @param {import("./find.js").Found} found */
const row = (page, found) => {
  const place = part(page, found.matches);
  const item = document.createElement("li");
  const link = document.createElement("a");
  const note = document.createElement("p");
  link.href = place.url;
  link.textContent = page.meta.title;
  if (place.section) {
    const section = document.createElement("span");
    section.textContent = place.section;
    link.append(": ", section);
  }
  for (const { word, marked } of place.words) {
    const mark = document.createElement("mark");
    mark.textContent = word;
    // A stop stands alone where the page has the number of a source before it.
    note.append(/^[.,;:!?]+$/.test(word) ? "" : " ", marked ? mark : word);
  }
  if (!/[.?!”]$/.test(place.words.at(-1)?.word ?? ".")) note.append(" …");
  item.append(link, note);
  return item;
};

/** Shows all at once, so that it is announced once; `data-asked` says which question the results belong to. */
const put = (/** @type {string} */ text, /** @type {string} */ said, /** @type {HTMLElement[]} */ rows = [], stuck = false) => {
  list.replaceChildren(...rows);
  status.textContent = said;
  tries.hidden = text !== "" || !tries.querySelector("button");
  ways.hidden = !stuck;
  list.dataset.asked = text;
};

const show = async () => {
  clearTimeout(pause);
  const mine = ++latest;
  const text = input.value.trim();
  if (!text) return put("", words("typing"));
  try {
    const { finder } = await load();
    const { hits, instead, part: some } = await finder.find(text);
    const rows = await Promise.all(hits.slice(0, SHOWN).map(async (found) => row(await found.hit.data(), found)));
    if (mine !== latest) return undefined;
    const few = hits.length === 1 ? words("one") : words("many", hits.length);
    const counted = !hits.length ? words("none", text) : some ? words("part") : hits.length > SHOWN ? words("most", SHOWN, hits.length) : few;
    return put(text, [...instead.map(([typed, meant]) => words("instead", typed, meant)), counted].join(" "), rows, !hits.length);
  } catch {
    reset();
    return mine === latest ? put(text, words("failed"), [], true) : undefined;
  }
};

/** Buttons with questions to try; they come with the words that search knows. */
const offer = async () => {
  const { examples } = await load();
  if (tries.querySelector("button")) return;
  for (const text of examples) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fg-btn fg-btn--line fg-btn--small";
    button.textContent = text;
    tries.append(button);
  }
  tries.hidden = input.value.trim() !== "";
};

input.addEventListener("input", () => {
  clearTimeout(pause);
  const letters = Math.abs(input.value.length - typed);
  typed = input.value.length;
  if (letters > 1 || !typed) show(); else pause = setTimeout(show, PAUSE);
});
dialog.addEventListener("keydown", async (event) => {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
  if (at < 0 && document.activeElement !== input) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? input : links[Math.min(next, links.length - 1)] ?? input).focus();
  } else if (event.key === "Enter" && at < 0) {
    // The dialog gives the keyboard back to its button as it closes: the rest of this key press would open it anew.
    event.preventDefault();
    // What is shown may still belong to what was typed before.
    if (list.dataset.asked !== input.value.trim()) await show();
    list.querySelector("a")?.click();
  }
});
tries.addEventListener("click", (event) => {
  const chosen = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!chosen) return;
  input.value = chosen.textContent ?? "";
  input.focus();
  show();
});
$("fg-search-menu").addEventListener("click", () => {
  dialog.close();
  const menu = /** @type {HTMLDetailsElement} */ (document.querySelector(".fg-menu"));
  // A wide window has no menu to open: its sections stand in the header.
  if (!menu.checkVisibility()) return /** @type {HTMLElement | null} */ (document.querySelector(".fg-tabs a"))?.focus();
  menu.open = true;
  return menu.querySelector("summary")?.focus();
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
  offer().catch(reset);
};
