// What a reader keeps of this guide: pages, models tried, visits. On this device only, and only once the reader acts.

import * as files from "../runtime/files.js";
import { find, forget, keep, now } from "../runtime/store.js";

const TOOL = "yours";
const FILE = "coaching-field-guide-yours.json";
/** Where the site begins. */
const ROOT = new URL("../../", import.meta.url);

/** @typedef {{ target: string, name: string, path: string, day: string, line?: string }} Mark */
/** @typedef {{ last: string, before: string }} Visits days, `YYYY-MM-DD` */
/** @typedef {{ version: 1, kept: Mark[], tried: Mark[], visits?: Visits }} Yours */

/** @returns {Promise<Yours>} what is kept; nothing where storage is blocked */
export async function load() {
  const { record } = await find(TOOL);
  return /** @type {Yours | undefined} */ (record?.data) ?? { version: 1, kept: [], tried: [] };
}

/** @param {(yours: Yours) => void} change @returns {Promise<boolean>} whether it is kept now */
async function change(change) {
  try {
    // Read anew each time: another tab may have added something.
    const yours = await load();
    change(yours);
    if (!yours.kept.length && !yours.tried.length && !yours.visits) await forget(TOOL, "record");
    else await keep(TOOL, "record", yours);
    return true;
  } catch {
    return false;
  }
}

const today = () => now().slice(0, 10);
/** @param {string} day */
const spoken = (day) => new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));

// ---- the buttons under a page's title

export class Keep extends HTMLElement {
  #gone = new AbortController();

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.hidden = false;
    this.addEventListener("click", ({ target }) => this.#pressed(/** @type {Element} */ (target)), { signal });
    this.addEventListener("submit", (event) => (event.preventDefault(), this.#tried()), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  /** @returns {Mark} */
  get #mark() {
    const path = location.pathname.slice(ROOT.pathname.length);
    return { target: this.dataset.target ?? "", name: this.dataset.name ?? "", path, day: today() };
  }

  get #form() {
    return /** @type {HTMLFormElement | null} */ (this.querySelector("form"));
  }

  async #show() {
    const yours = await load().catch(() => undefined);
    const isKept = yours?.kept.some((mark) => mark.target === this.dataset.target) ?? false;
    this.querySelector("[data-do=keep]")?.setAttribute("aria-pressed", String(isKept));
  }

  /** @param {Element} target */
  async #pressed(target) {
    const what = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"))?.dataset.do;
    const form = this.#form;
    if (what === "keep") {
      const mark = this.#mark;
      const done = await change((yours) => {
        const others = yours.kept.filter((one) => one.target !== mark.target);
        yours.kept = others.length < yours.kept.length ? others : [mark, ...others];
      });
      this.#say(done ? "" : "unsaved");
      this.#show();
    }
    if (what === "try" && form) {
      form.hidden = !form.hidden;
      const day = /** @type {HTMLInputElement} */ (form.elements.namedItem("day"));
      day.value ||= today();
      if (!form.hidden) /** @type {HTMLElement} */ (form.elements.namedItem("line")).focus();
    }
  }

  async #tried() {
    const form = /** @type {HTMLFormElement} */ (this.#form);
    const said = new FormData(form);
    const mark = { ...this.#mark, day: String(said.get("day") || today()), line: String(said.get("line") ?? "").trim() };
    const done = await change((yours) => yours.tried.unshift(mark));
    this.#say(done ? "noted" : "unsaved");
    if (!done) return;
    form.reset();
    form.hidden = true;
    /** @type {HTMLElement} */ (this.querySelector("[data-do=try]")).focus();
  }

  /** @param {string} code */
  #say(code) {
    const place = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    place.textContent = place.dataset[code] ?? "";
  }
}

// ---- the page about it

/** @typedef {{ id: string, day: string, title: string }} Change */

export class YoursSheet extends HTMLElement {
  #gone = new AbortController();
  /** @type {{ list: "kept" | "tried", mark: Mark, place: number } | undefined} what was removed last */
  #undo;

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.#part("paper").hidden = true;
    this.#part("live").hidden = false;
    this.addEventListener("click", ({ target }) => this.#pressed(/** @type {Element} */ (target)), { signal });
    this.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "file") this.#open(target);
    }, { signal });
    this.#begin();
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  async #begin() {
    const yours = await load().catch(() => undefined);
    if (yours?.visits && yours.visits.last !== today())
      await change((mine) => { mine.visits = { before: mine.visits?.last ?? today(), last: today() }; });
    await this.#show();
  }

  async #show() {
    const yours = await load().catch(() => undefined);
    if (!yours) return this.#say("unsaved");
    for (const list of /** @type {const} */ (["kept", "tried"])) {
      const part = list === "kept" ? "keep" : "tried";
      this.#part(part).replaceChildren(...yours[list].map((mark, place) => this.#line(list, mark, place)));
      /** @type {HTMLElement} */ (this.querySelector(`[data-empty="${part}"]`)).hidden = yours[list].length > 0;
    }
    this.#button("export").hidden = !yours.kept.length && !yours.tried.length;
    this.#button("remember").hidden = Boolean(yours.visits);
    this.#button("forget").hidden = this.#part("visit").hidden = !yours.visits;
    this.#part("visit-off").hidden = Boolean(yours.visits);
    await this.#news(yours);
  }

  /** @param {Yours} yours */
  async #news({ visits, kept }) {
    this.#part("news").replaceChildren();
    if (!visits) return;
    if (visits.before === visits.last) return this.#tell("first", "");
    const all = await fetched("changes");
    const pages = (await Promise.all(["models", "phases", "topics", "disputes"].map(fetched))).flat();
    const reviewed = new Map(pages.map((page) => [new URL(page.page).pathname, page.reviewed]));
    const changed = kept.filter((mark) => [...reviewed].some(([path, day]) => path.endsWith(`/${mark.path}`) && day > visits.before));
    const found = all.filter((one) => one.day > visits.before);
    this.#tell(found.length + changed.length ? "some" : "none", spoken(visits.before));
    this.#part("news").replaceChildren(
      ...found.map((one) => linked(one.title, `changes/#${one.id}`, spoken(one.day))),
      ...changed.map((mark) => linked(mark.name, mark.path, "")),
    );
  }

  /** @param {"kept" | "tried"} list @param {Mark} mark @param {number} place */
  #line(list, mark, place) {
    const line = linked(mark.name, mark.path, spoken(mark.day), mark.line);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fg-linkbtn";
    button.dataset.do = "remove";
    button.dataset.list = list;
    button.dataset.place = String(place);
    button.textContent = this.#words("remove");
    const about = document.createElement("span");
    about.className = "fg-vh";
    about.textContent = ` ${mark.name}`;
    button.append(about);
    line.append(button);
    return line;
  }

  /** @param {Element} target */
  async #pressed(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"));
    const what = button?.dataset.do;
    if (what === "remember") await this.#set((mine) => { mine.visits = { last: today(), before: today() }; });
    if (what === "forget") await this.#set((mine) => { delete mine.visits; });
    if (what === "export") files.save(FILE, "application/json", JSON.stringify(await load(), null, 2));
    if (what === "remove" && button) {
      const list = button.dataset.list === "tried" ? "tried" : "kept";
      const place = Number(button.dataset.place);
      await this.#set((mine) => {
        const [mark] = mine[list].splice(place, 1);
        if (mark) this.#undo = { list, mark, place };
      });
      this.#offerUndo();
    }
    if (what === "undo" && this.#undo) {
      const { list, mark, place } = this.#undo;
      this.#undo = undefined;
      await this.#set((mine) => void mine[list].splice(place, 0, mark));
      this.#say("saved");
    }
  }

  /** @param {(mine: Yours) => void} how */
  async #set(how) {
    const done = await change(how);
    await this.#show();
    this.#say(done ? "saved" : "unsaved");
  }

  #offerUndo() {
    this.#say("removed");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fg-linkbtn";
    button.dataset.do = "undo";
    button.textContent = this.#words("undo");
    this.#part("state").append(" ", button);
    button.focus();
  }

  /** @param {HTMLInputElement} input */
  async #open(input) {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    const read = await files.read(file);
    const found = "text" in read ? await checked(read.text) : undefined;
    if (!found) return this.#say("bad");
    const has = (/** @type {Mark[]} */ list, /** @type {Mark} */ mark) =>
      list.some((one) => one.target === mark.target && one.day === mark.day && one.line === mark.line);
    const done = await change((mine) => {
      mine.kept.push(...found.kept.filter((mark) => !mine.kept.some((one) => one.target === mark.target)));
      mine.tried.push(...found.tried.filter((mark) => !has(mine.tried, mark)));
      mine.tried.sort((a, b) => b.day.localeCompare(a.day));
    });
    await this.#show();
    this.#say(done ? "opened" : "unsaved");
  }

  /** @param {"first" | "none" | "some"} which @param {string} day */
  #tell(which, day) {
    const place = this.#part("visit");
    place.textContent = (place.dataset[which] ?? "").replace("{day}", day);
  }

  /** @param {string} code */
  #say(code) {
    this.#part("state").textContent = this.#words(code);
  }

  /** @param {string} code */
  #words(code) {
    const template = this.querySelector(`template[data-say="${code}"]`);
    return template instanceof HTMLTemplateElement ? (template.content.textContent ?? "") : "";
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name @returns {HTMLElement} */
  #button(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-do="${name}"]`));
  }
}

/** A line of a list: a link into the guide, a day, and a text of the reader's. @param {string} name @param {string} path @param {string} day @param {string} [text] */
function linked(name, path, day, text) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  const address = new URL(path, ROOT);
  // A path from a file may say anything: it leads nowhere but into this guide.
  link.href = address.href.startsWith(ROOT.href) ? address.href : ROOT.href;
  link.textContent = name;
  const when = document.createElement("span");
  when.className = "fg-note";
  when.textContent = day;
  line.append(link, " ", when);
  if (text) line.append(Object.assign(document.createElement("p"), { textContent: text }));
  return line;
}

/** @param {string} collection @returns {Promise<any[]>} nothing without a network */
async function fetched(collection) {
  try {
    const answer = await fetch(new URL(`api/v1/${collection}.json`, ROOT));
    return answer.ok ? (await answer.json()).items : [];
  } catch {
    return [];
  }
}

/** A file of the reader's, if it is one of ours. @param {string} text @returns {Promise<Yours | undefined>} */
async function checked(text) {
  const v = await import("../vendor/valibot.js");
  const word = (/** @type {number} */ most) => v.pipe(v.string(), v.maxLength(most));
  const day = v.pipe(v.string(), v.isoDate());
  const mark = v.object({ target: word(200), name: word(200), path: word(400), day, line: v.optional(word(2000)) });
  const marks = v.pipe(v.array(mark), v.maxLength(1000));
  const shape = v.object({ version: v.literal(1), kept: marks, tried: marks });
  try {
    const read = v.safeParse(shape, JSON.parse(text));
    return read.success ? /** @type {Yours} */ (read.output) : undefined;
  } catch {
    return undefined;
  }
}

customElements.define("x-keep", Keep);
customElements.define("x-yours", YoursSheet);
