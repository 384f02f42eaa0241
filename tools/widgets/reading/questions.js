// <x-questions>: filters the question bank, and deals three of what is left; the deal stands in the address too.

import { copyLink, follow, state, stated, tell } from "./shown.js";

const HAND = 3;

export class Questions extends HTMLElement {
  #gone = new AbortController();
  /** @type {HTMLElement[]} */
  #cards = [];
  /** @type {number[] | undefined} places of the cards that were dealt */
  #dealt;

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.#cards = [...this.querySelectorAll("li[data-phase]")].filter((card) => card instanceof HTMLElement);
    this.#form.hidden = false;
    this.addEventListener("input", () => this.#changed(), { signal });
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

  #restore() {
    const said = stated();
    for (const field of this.#form.elements)
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = said.get(field.name) ?? "";
    const dealt = (said.get("deal") ?? "").split(",").filter((n) => /^\d+$/.test(n) && Number(n) < this.#cards.length);
    this.#dealt = dealt.length ? dealt.slice(0, HAND).map(Number) : undefined;
    this.#show();
  }

  #changed() {
    this.#dealt = undefined;
    this.#write();
  }

  #write() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (value) said.set(name, String(value));
    if (this.#dealt) said.set("deal", this.#dealt.join(","));
    state(said);
    this.#show();
  }

  #show() {
    const left = new Set(this.#dealt ? this.#dealt.map((n) => this.#cards[n]) : this.#matching());
    for (const card of this.#cards) card.hidden = !left.has(card);
    for (const group of this.querySelectorAll("section.fg-bank"))
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector("li:not([hidden])");
    const which = left.size === 0 ? "none" : left.size === 1 ? "one" : "many";
    tell(this.querySelector("[data-part=count]"), which, { n: left.size, all: this.#cards.length });
  }

  #matching() {
    const wanted = new FormData(this.#form);
    const word = String(wanted.get("word") ?? "").trim().toLowerCase();
    const minutes = Number(wanted.get("minutes") || Infinity);
    return this.#cards.filter((card) =>
      (!wanted.get("phase") || card.dataset.phase === wanted.get("phase")) &&
      (!wanted.get("stance") || card.dataset.stance === wanted.get("stance")) &&
      Number(card.dataset.minutes) <= minutes &&
      (!word || (card.textContent ?? "").toLowerCase().includes(word)));
  }

  /** @param {Element} target */
  #pressed(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("button[data-do]"));
    if (button?.dataset.do === "copy") copyLink(button);
    if (button?.dataset.do === "deal") {
      const left = this.#matching().map((card) => this.#cards.indexOf(card));
      for (let i = left.length - 1; i > 0; i--) {
        const j = Math.floor(Math.random() * (i + 1));
        [left[i], left[j]] = [/** @type {number} */ (left[j]), /** @type {number} */ (left[i])];
      }
      this.#dealt = left.slice(0, HAND).sort((a, b) => a - b);
      this.#write();
    }
  }
}

customElements.define("x-questions", Questions);
