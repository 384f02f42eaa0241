// <x-device>: shows what this site keeps in the browser, saves it as one file, deletes it.

import * as files from "./files.js";
import { clock, sentence } from "./say.js";
import { dropSessions } from "./session.js";
import { clear, list, now } from "./store.js";

/** @import { Kept } from "./protocol.d.ts" */

export class DeviceSheet extends HTMLElement {
  connectedCallback() {
    this.classList.add("is-live");
    this.addEventListener("click", this.#pressed);
    this.#button("clear").hidden = false;
    this.#look();
  }

  /** @param {MouseEvent} event */
  async #pressed({ target }) {
    const what = /** @type {Element} */ (target).closest("button")?.dataset.do;
    if (what === "export") await this.#export();
    if (what === "clear") this.#ask(true);
    if (what === "keep") this.#ask(false);
    if (what === "sure") await this.#clear();
  }

  async #look() {
    try {
      const kept = await list();
      this.#say(kept.length ? "some" : "nothing");
      this.#part("records").replaceChildren(...kept.map((one) => this.#line(one)));
      this.#part("records").hidden = this.#button("export").hidden = !kept.length;
    } catch {
      this.#say("blocked");
    }
  }

  /** @param {Kept} kept */
  #line({ tool, kind, at }) {
    const name = this.querySelector(`template[data-name="${CSS.escape(tool)}"]`);
    const line = document.createElement("li");
    const words = name instanceof HTMLTemplateElement ? name.content.textContent : tool;
    line.append(sentence(this, kind, { name: words ?? tool, time: clock(at) }));
    return line;
  }

  async #export() {
    const everything = { made: now(), kept: await list() };
    files.save("coaching-field-guide.json", "application/json", JSON.stringify(everything, null, 2));
  }

  /** Two steps: the first only asks. @param {boolean} asking */
  #ask(asking) {
    this.#part("sure").hidden = !asking;
    this.#button("clear").hidden = asking;
    this.#button(asking ? "keep" : "clear").focus();
  }

  async #clear() {
    dropSessions();
    const gone = await clear().catch(() => false);
    await this.#look();
    this.#ask(false);
    this.#say(gone ? "cleared" : "left");
  }

  /** @param {string} code of `says.DEVICE` */
  #say(code) {
    this.#part("state").replaceChildren(sentence(this, code));
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
