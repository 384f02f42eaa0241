// <x-quick>: the page works by its links alone. This says what a changed answer changed, and marks on the way back what was chosen.

import { follow, tell } from "./shown.js";

export class Quick extends HTMLElement {
  #gone = new AbortController();
  /** @type {HTMLElement | null | undefined} heading of the part that was shown before; undefined at the start */
  #before;
  /** @type {string[]} the answers as far as they were given; going back forgets none */
  #path = [];

  connectedCallback() {
    this.#gone = new AbortController();
    follow(this.#gone.signal, () => this.#show());
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#before = undefined;
  }

  #show() {
    const named = location.hash.slice(1);
    const heading = /** @type {HTMLElement | null} */ (this.querySelector(named ? `#${CSS.escape(named)}` : "h2"));
    const before = this.#before;
    this.#before = heading;
    const news = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    news.textContent = "";
    if (!heading && /^[qr]-/.test(named)) tell(news, "lost");
    if (!heading) return;
    this.#remember(heading);
    if (before === undefined) return;
    if (before && before !== heading) this.#tell(news, before, heading);
    heading.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} news @param {HTMLElement} before @param {HTMLElement} now */
  #tell(news, before, now) {
    const [was, is] = [answers(before), answers(now)];
    const changed = is.flatMap((key, i) => (key === was[i] ? [] : [i]));
    const row = now.closest("section")?.querySelectorAll(".fg-ifs > div")[changed[0] ?? 0];
    if (changed.length !== 1 || !isResult(before) || !isResult(now) || !row) return;
    const [first, other] = [now.dataset.first ?? "", before.dataset.first ?? ""];
    tell(news, first === other ? "same" : "changed", {
      question: row.querySelector("h4")?.textContent ?? "",
      answer: row.querySelector("[aria-current]")?.firstChild?.textContent?.trim() ?? "",
      now: first,
      before: other,
    });
  }

  /** @param {HTMLElement} heading */
  #remember(heading) {
    const given = answers(heading);
    if (given.some((key, i) => key !== this.#path[i])) this.#path = given;
    if (isResult(heading)) return;
    const chosen = this.#path.slice(0, given.length + 1);
    for (const link of heading.closest("section")?.querySelectorAll("a.fg-opt") ?? []) {
      const leads = (link.getAttribute("href") ?? "").split("-").slice(1);
      if (chosen.length > given.length && leads.join() === chosen.join()) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}

/** The answers in the name of a part: none at the first question. @param {Element} heading */
const answers = (heading) => heading.id.split("-").slice(1);

/** @param {Element} heading */
const isResult = (heading) => heading.id.startsWith("r-");

customElements.define("x-quick", Quick);
