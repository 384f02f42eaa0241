// <x-compare>: shows two to four models of a table that holds them all, in the order in which the address names them,
// and hides rows in which they do not differ.

import { copyLink, follow, state, stated, tell } from "./shown.js";

const FEWEST = 2;
const MOST = 4;

export class Compare extends HTMLElement {
  #gone = new AbortController();
  /** @type {string[]} what the page shows before anybody has chosen */
  #first = [];
  /** @type {string[]} every model, in the order of the page as it came */
  #all = [];
  /** @type {string[]} the models that show, from left to right */
  #shown = [];

  connectedCallback() {
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    if (!this.#all.length) this.#all = [...this.querySelectorAll("thead [data-id]")].map(model);
    this.#first = this.#all.filter((id) => this.#boxes.some((box) => box.value === id && box.defaultChecked));
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
    const named = new Set((said.get("m") ?? "").split(","));
    const asked = [...named].filter((id) => this.#all.includes(id)).slice(0, MOST);
    const more = this.#first.filter((id) => !asked.includes(id));
    this.#shown = asked.length >= FEWEST ? asked : [...asked, ...more].slice(0, 3);
    for (const box of this.#boxes) box.checked = this.#shown.includes(box.value);
    for (const name of ["diff", "more"]) this.#option(name).checked = said.get(name) === "1";
    this.#show();
  }

  #changed() {
    const picked = this.#boxes.filter((box) => box.checked).map((box) => box.value);
    // Who was there keeps its place; who is new comes last.
    this.#shown = [...this.#shown.filter((id) => picked.includes(id)), ...picked.filter((id) => !this.#shown.includes(id))];
    const said = new URLSearchParams({ m: this.#shown.join(",") });
    for (const name of ["diff", "more"]) if (this.#option(name).checked) said.set(name, "1");
    state(said);
    this.#show();
  }

  #show() {
    const count = this.#shown.length;
    for (const box of this.#boxes) box.disabled = (count >= MOST && !box.checked) || (count <= FEWEST && box.checked);
    tell(this.querySelector("[data-part=limit]"), count >= MOST ? "full" : "few");
    this.#showColumns();
    this.style.setProperty("--shown", String(count));
    const same = this.#showRows();
    const sources = document.querySelector(".fg-cmp-sources");
    if (sources instanceof HTMLElement) sources.hidden = [...this.querySelectorAll(".fg-ref")].every((ref) => ref.closest("[hidden]"));
    tell(this.querySelector("[data-part=same]"), !this.#option("diff").checked ? "" : same === 0 ? "none" : same === 1 ? "one" : "many", { n: same });
  }

  /** The order is that of the page itself, so keyboard, screen reader and paper have it too. */
  #showColumns() {
    const order = [...this.#shown, ...this.#all.filter((id) => !this.#shown.includes(id))];
    for (const row of this.querySelectorAll("tr")) {
      const cells = [...row.querySelectorAll("[data-id]")].filter((cell) => cell instanceof HTMLElement);
      for (const cell of cells) cell.hidden = !this.#shown.includes(model(cell));
      // Cells that stand right are left alone: to move one would take the focus from a link in it.
      if (!cells.every((cell, i) => model(cell) === order[i]))
        row.append(...cells.sort((a, b) => order.indexOf(model(a)) - order.indexOf(model(b))));
    }
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

/** The id of the model that a cell belongs to. @param {Element} cell */
const model = (cell) => cell.getAttribute("data-id") ?? "";

/** What a cell says: of a drawing its words, of steps the marked ones. @param {Element} cell */
function said(cell) {
  const drawing = cell.querySelector("svg[aria-label]");
  const steps = [...cell.querySelectorAll(".is-on")].map((step) => step.textContent).join();
  return drawing?.getAttribute("aria-label") || steps || (cell.textContent ?? "").trim().toLowerCase();
}

customElements.define("x-compare", Compare);
