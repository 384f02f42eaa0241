// <x-explore>: filters, sorts and picks among the models of a table that is complete without it.

import { copyLink, follow, state, stated, tell } from "./shown.js";

const MOST = 4;
const FILTERS = ["lead", "grade", "weeks"];

export class Explore extends HTMLElement {
  #gone = new AbortController();
  /** @type {HTMLTableRowElement[]} in the order of the site */
  #rows = [];

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.#rows = [...this.querySelectorAll("tbody tr")].filter((row) => row instanceof HTMLTableRowElement);
    this.#form.hidden = false;
    for (const pick of this.querySelectorAll("label.fg-pick")) /** @type {HTMLElement} */ (pick).hidden = false;
    this.addEventListener("change", () => this.#changed(), { signal });
    // The fields are emptied after the event, so they are read in the next task.
    this.addEventListener("reset", () => setTimeout(() => this.#changed()), { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.addEventListener("click", ({ target }) => this.#pressed(/** @type {Element} */ (target)), { signal });
    follow(signal, () => this.#restore());
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #picks() {
    return [...this.querySelectorAll("input[name=pick]")].filter((pick) => pick instanceof HTMLInputElement);
  }

  #restore() {
    const said = stated();
    for (const field of this.#form.elements) {
      if (field instanceof HTMLSelectElement) {
        const value = said.get(field.name) ?? "";
        field.value = [...field.options].some((option) => option.value === value) ? value : "";
      }
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === (said.get("view") ?? "");
    }
    const picked = (said.get("pick") ?? "").split(",").slice(0, MOST);
    for (const pick of this.#picks) pick.checked = picked.includes(pick.value);
    this.#show();
  }

  #changed() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (value) said.set(name, String(value));
    const picked = this.#picks.filter((pick) => pick.checked).map((pick) => pick.value);
    if (picked.length) said.set("pick", picked.join(","));
    state(said);
    this.#show();
  }

  #show() {
    const wanted = new FormData(this.#form);
    const shown = this.#rows.filter((row) => {
      row.hidden = ![...wanted].every(([name, value]) => !value || this.#has(row, name, String(value)));
      return !row.hidden;
    });
    this.dataset.view = wanted.get("view") ? "table" : "cards";
    this.querySelector("tbody")?.append(...sorted(this.#rows, String(wanted.get("sort") ?? "")));
    const which = shown.length === 0 ? "none" : shown.length === 1 ? "one" : "many";
    tell(this.querySelector("[data-part=count]"), which, { n: shown.length, all: this.#rows.length });
    this.#showPicked();
  }

  /** @param {HTMLElement} row @param {string} name @param {string} value */
  #has(row, name, value) {
    if (name === "sort" || name === "view") return true;
    if (!FILTERS.includes(name)) return (row.dataset.suits ?? "").split(" ").includes(value);
    if (name === "grade") return (row.dataset.grade ?? "Z").charAt(0) <= value;
    if (name === "weeks") return Number(row.dataset.most) <= Number(value);
    return row.dataset[name] === value;
  }

  #showPicked() {
    const picked = this.#picks.filter((pick) => pick.checked);
    for (const pick of this.#picks) pick.disabled = picked.length >= MOST && !pick.checked;
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-part=picked]"));
    const link = /** @type {HTMLAnchorElement} */ (this.querySelector("[data-part=compare]"));
    place.hidden = picked.length === 0;
    link.hidden = picked.length < 2;
    link.hash = `m=${picked.map((pick) => pick.value).join(",")}`;
    const which = picked.length < 2 ? "few" : picked.length < MOST ? "ok" : "full";
    tell(place.querySelector("[data-part=picks]"), which, { n: picked.length });
  }

  /** @param {Element} target */
  #pressed(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"));
    if (button?.dataset.do === "copy") copyLink(button);
    if (button?.dataset.do === "unpick") {
      for (const pick of this.#picks) pick.checked = false;
      this.#changed();
      this.#picks[0]?.focus();
    }
  }
}

/** @type {Record<string, (a: DOMStringMap, b: DOMStringMap) => number>} */
const ORDERS = {
  name: (a, b) => (a.name ?? "").localeCompare(b.name ?? ""),
  lead: (a, b) => Number(a.stance) - Number(b.stance),
  grade: (a, b) => Number(b.rank) - Number(a.rank),
  weeks: (a, b) => Number(a.weeks) - Number(b.weeks),
  minutes: (a, b) => Number(a.minutes) - Number(b.minutes),
};

/** @param {HTMLTableRowElement[]} rows @param {string} by */
function sorted(rows, by) {
  const order = ORDERS[by];
  return order ? [...rows].sort((a, b) => order(a.dataset, b.dataset)) : rows;
}

customElements.define("x-explore", Explore);
