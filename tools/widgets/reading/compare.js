// <x-compare>: shows two to four models of a table that holds them all, and hides rows in which they do not differ.

import { copyLink, follow, state, stated, tell } from "./shown.js";

const FEWEST = 2;
const MOST = 4;

export class Compare extends HTMLElement {
  #gone = new AbortController();
  /** @type {string[]} what the page shows before anybody has chosen */
  #first = [];

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.#first = this.#boxes.filter((box) => box.defaultChecked).map((box) => box.value);
    this.#form.hidden = false;
    this.classList.add("is-live");
    this.addEventListener("change", () => this.#changed(), { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("button[data-do=copy]"));
      if (button) copyLink(button);
    }, { signal });
    const choose = /** @type {HTMLDetailsElement} */ (this.querySelector("details"));
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !choose.open) return;
      choose.open = false;
      choose.querySelector("summary")?.focus();
    }, { signal });
    addEventListener("pointerdown", (event) => {
      if (choose.open && !choose.contains(/** @type {Node} */ (event.target))) choose.open = false;
    }, { signal });
    follow(signal, () => this.#restore());
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #boxes() {
    return [...this.querySelectorAll("input[name=m]")].filter((box) => box instanceof HTMLInputElement);
  }

  /** @param {string} name */
  #option(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`input[name=${name}]`));
  }

  #restore() {
    const said = stated();
    const known = new Set(this.#boxes.map((box) => box.value));
    const asked = (said.get("m") ?? "").split(",").filter((id) => known.has(id)).slice(0, MOST);
    const shown = asked.length >= FEWEST ? asked : [...asked, ...this.#first.filter((id) => !asked.includes(id))].slice(0, 3);
    for (const box of this.#boxes) box.checked = shown.includes(box.value);
    for (const name of ["diff", "more"]) this.#option(name).checked = said.get(name) === "1";
    this.#show();
  }

  #changed() {
    const picked = this.#boxes.filter((box) => box.checked).map((box) => box.value);
    const said = new URLSearchParams({ m: picked.join(",") });
    for (const name of ["diff", "more"]) if (this.#option(name).checked) said.set(name, "1");
    state(said);
    this.#show();
  }

  #show() {
    const picked = new Set(this.#boxes.filter((box) => box.checked).map((box) => box.value));
    for (const box of this.#boxes)
      box.disabled = (picked.size >= MOST && !box.checked) || (picked.size <= FEWEST && box.checked);
    tell(this.querySelector("[data-part=limit]"), picked.size >= MOST ? "full" : "few");
    for (const cell of this.querySelectorAll("[data-id]"))
      if (cell instanceof HTMLElement) cell.hidden = !picked.has(cell.dataset.id ?? "");
    this.style.setProperty("--shown", String(picked.size));
    const same = this.#showRows();
    tell(this.querySelector("[data-part=same]"), !this.#option("diff").checked ? "" : same === 0 ? "none" : same === 1 ? "one" : "many", { n: same });
  }

  /** @returns {number} rows hidden because all shown models are alike in them */
  #showRows() {
    const differences = this.#option("diff").checked;
    const detail = this.#option("more").checked;
    let same = 0;
    for (const row of this.querySelectorAll("tbody tr")) {
      if (!(row instanceof HTMLElement)) continue;
      const left = row.classList.contains("is-detail") && !detail;
      const values = new Set([...row.querySelectorAll("td:not([hidden])")].map(said));
      const alike = differences && values.size === 1;
      if (alike && !left) same += 1;
      row.hidden = left || alike;
    }
    return same;
  }
}

/** What a cell says: of a drawing its words, of steps the marked ones. @param {Element} cell */
function said(cell) {
  const drawing = cell.querySelector("svg[aria-label]");
  const steps = [...cell.querySelectorAll(".is-on")].map((step) => step.textContent).join();
  return drawing?.getAttribute("aria-label") || steps || (cell.textContent ?? "").trim().toLowerCase();
}

customElements.define("x-compare", Compare);
