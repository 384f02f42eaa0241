// <x-tool data-tool="goal">: a tool's place in the page. It listens, shows, and leaves the work to its session.

import { Idiomorph } from "../vendor/idiomorph.js";
import { DeviceSheet } from "./device.js";
import * as files from "./files.js";
import { changed, fill } from "./form.js";
import { eyes } from "./late.js";
import { openForPrint, print, printing } from "./paper.js";
import { metered, python } from "./python.js";
import { clock, say, sentence } from "./say.js";
import { sessionOf } from "./session.js";

/** @import { Effect } from "./protocol.d.ts" */
/** @import { Filling } from "./form.js" */
/** @import { Session } from "./session.js" */

/** Milliseconds of quiet after which typed text is looked at. */
const PAUSE = 200;
const SPACE_UNDER_HEADER = 16;
/** Milliseconds for which a button says that it has copied. */
const COPIED = 3000;

export class Tool extends HTMLElement {
  /** @type {AbortController | undefined} */
  #here;
  /** @type {Session | undefined} */
  #session;
  #pause = 0;

  connectedCallback() {
    this.#here = new AbortController();
    const { signal } = this.#here;
    this.classList.add("is-live");
    this.#session = sessionOf(this.dataset.tool ?? "");
    // A browser that reloads a page puts back what was typed: that counts as typed.
    const restored = changed(this);
    this.#session.attach(this);
    this.#open(location.hash);

    const wake = () => void python.start().catch(() => {});
    for (const sign of ["pointerdown", "focusin", "input"]) this.addEventListener(sign, wake, { signal });
    this.addEventListener("input", (event) => this.#typed(event), { signal });
    this.addEventListener("change", (event) => this.#settled(event), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    // Nothing is sent anywhere: Enter in a field is the end of typing.
    this.addEventListener("submit", (event) => (event.preventDefault(), this.#flush()), { signal });
    this.#keepFragments(signal);
    document.addEventListener("visibilitychange", () => document.hidden && this.#flush(), { signal });
    python.addEventListener("change", () => this.#report(), { signal });
    python.addEventListener("change", () => this.#prepare(signal), { signal });
    addEventListener("online", () => this.#prepare(signal), { signal });
    openForPrint(this, signal);
    this.#offerCamera();
    this.#prepare(signal);
    this.#report();

    if (restored.size) {
      this.#session.touch(restored);
      this.#session.send();
    }
    // On a page that is there to be read, Python waits until the reader touches the tool.
    if (!metered() && this.dataset.start !== "touch") idle(() => signal.aborted || wake());
  }

  disconnectedCallback() {
    this.#here?.abort();
    this.#flush();
    this.#session?.detach();
  }

  /**
   * Shows a drawing from Python. What stands in `filled` stays in its controls; focus and caret survive.
   *
   * @param {string} html @param {Filling} filled
   */
  show(html, filled) {
    const template = document.createElement("template");
    template.innerHTML = html;
    fill(template.content, filled);
    this.classList.remove("is-opening");
    Idiomorph.morph(this, template.content, {
      morphStyle: "innerHTML",
      callbacks: {
        beforeNodeMorphed: (old) => !(old instanceof HTMLElement && old.dataset.own === "runtime"),
        beforeAttributeUpdated: (name, element, update) =>
          // Whether details are open is the reader's choice; what was made focusable may have the focus.
          !(name === "open" && element instanceof HTMLDetailsElement) && !(name === "tabindex" && update === "remove"),
      },
    });
  }

  /** @param {string} code of `says.PYTHON` */
  status(code) {
    say(this, "python", code);
  }

  /** @param {string} code of `says.SAVED` @param {string} [at] local time */
  saved(code, at) {
    say(this, "saved", code, at ? { time: clock(at) } : {});
  }

  /** @param {string} why a sentence from Python */
  refuse(why) {
    const line = this.querySelector('[data-status="saved"]');
    if (!(line instanceof HTMLElement)) return;
    line.textContent = why;
    line.dataset.said = "";
    line.hidden = false;
  }

  /** @param {Exclude<Effect, { do: "save" } | { do: "forget" }>} effect */
  perform(effect) {
    if (effect.do === "download") {
      files.save(effect.name, effect.type, effect.text);
      say(this, "saved", "file", { time: clock(new Date().toISOString()) });
    } else if (effect.do === "focus") this.#focus(document.getElementById(effect.id));
    else if (effect.do === "go") this.#go(effect.hash, effect.replace ?? false);
    else if (effect.do === "announce") this.#announce(effect.text);
    else if (effect.do === "print") print(this, effect.what);
  }

  /** @param {Event} event */
  #typed(event) {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.type === "file") return;
    this.#session?.touch([control.name]);
    clearTimeout(this.#pause);
    const { pasted } = control.dataset;
    // What holds other people's names goes from the screen at once.
    if (pasted && event instanceof InputEvent && event.inputType === "insertFromPaste") return this.#pressed(pasted);
    const chosen = control instanceof HTMLSelectElement || /^(radio|checkbox|range|color)$/.test(control.type);
    this.#pause = setTimeout(() => this.#session?.send(), chosen ? 0 : PAUSE);
  }

  #flush() {
    clearTimeout(this.#pause);
    this.#session?.send();
  }

  /** @param {Event} event */
  async #settled({ target }) {
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return this.#flush();
    const file = target.files?.[0];
    if (!file) return;
    if (target.dataset.read === "qr") return this.#scan(target, file);
    const got = await files.read(file);
    target.value = ""; // so that the same file can be chosen again
    if ("trouble" in got) this.saved(got.trouble);
    else this.#session?.take({ type: "file", name: file.name, text: got.text });
  }

  /** The codes in a picture are taken as if they had been pasted. @param {HTMLInputElement} input @param {File} file */
  async #scan(input, file) {
    const seeing = await eyes().catch(() => null);
    const codes = seeing ? await seeing.codesIn(file) : [];
    input.value = ""; // so that the same picture can be chosen again
    const late = this.querySelector('[data-picture="late"]');
    if (late instanceof HTMLElement) late.hidden = seeing !== null;
    // A picture without a code is told as well: what was said of the one before would stand there still.
    if (seeing) this.#session?.take({ type: "action", action: "photo", value: codes.join("\n") });
  }

  /**
   * What reads pictures comes after Python, when there is time: from then on the page works without a network.
   *
   * @param {AbortSignal} signal
   */
  #prepare(signal) {
    if (python.phase !== "ready" || !this.querySelector('[data-read="qr"]')) return;
    idle(() => signal.aborted || !navigator.onLine || eyes().catch(() => {}));
  }

  /** Where there may be a camera, its button is there. */
  #offerCamera() {
    const button = this.querySelector('[data-do="camera"]');
    // Browsers have no cameras for pages that come without https.
    if (button instanceof HTMLElement) button.hidden = !navigator.mediaDevices?.getUserMedia;
  }

  /** Codes that are held up to the camera are taken as if they had been pasted. @param {HTMLElement} button */
  async #film(button) {
    const left = /** @type {AbortController} */ (this.#here).signal;
    const camera = await eyes().catch(() => null);
    const add = (/** @type {string[]} */ codes) =>
      this.#session?.take({ type: "action", action: "add", value: codes.join("\n") });
    if (camera) camera.press(button, left, add);
    else this.querySelector('#camera [data-part="why"]')?.replaceChildren(sentence(this, "late"));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const from = /** @type {Element} */ (event.target);
    const link = from.closest("a[href]");
    if (link instanceof HTMLAnchorElement && link.hash && link.href.split("#")[0] === location.href.split("#")[0]) {
      // The theme would take this for a change of page; the browser's own way keeps :target, Back and Forward.
      event.stopPropagation();
      if (link.hash === location.hash) this.#arrive(link.hash);
    }
    const button = from.closest("button");
    if (!button) return;
    if (button.dataset.do === "retry") python.retry().catch(() => {});
    if (button.dataset.do === "camera") this.#film(button);
    if (button.dataset.do === "copy") this.#copy(button);
    if (button.name === "action") this.#pressed(button.value);
  }

  /** @param {string} press `name:value` */
  #pressed(press) {
    const colon = press.indexOf(":");
    const [action, value] = colon < 0 ? [press, ""] : [press.slice(0, colon), press.slice(colon + 1)];
    // Paper needs no Python.
    if (action === "print" && python.phase !== "ready") print(this, printing(value));
    else {
      clearTimeout(this.#pause);
      this.#session?.take({ type: "action", action, value });
    }
  }

  #report() {
    this.classList.toggle("is-ready", python.phase === "ready");
    this.status(python.code);
    if (python.phase === "failed") this.classList.remove("is-opening");
    const progress = this.querySelector('[data-status="progress"]');
    if (progress instanceof HTMLElement) {
      progress.hidden = python.phase !== "loading";
      progress.querySelector(".in")?.setAttribute("width", `${Math.round(python.share * 100)}%`);
    }
    const retry = this.querySelector('[data-do="retry"]');
    if (retry instanceof HTMLElement) retry.hidden = python.phase !== "failed";
  }

  /** @param {string} hash @param {boolean} replace */
  #go(hash, replace) {
    if (location.hash === hash) this.#arrive(hash);
    else if (replace) location.replace(hash);
    else location.hash = hash;
  }

  /** A fragment such as `#r=...` is no place but data: Python reads it. @param {string} hash */
  #open(hash) {
    const isData = /^#[a-z]=/.test(hash);
    if (isData) {
      this.classList.add("is-opening");
      this.#session?.take({ type: "link", fragment: fragment(hash) });
    }
    return isData;
  }

  /** Copies a link's address or a part's words; where the browser refuses, they are selected. @param {HTMLElement} button */
  async #copy(button) {
    const from = document.getElementById(button.dataset.from ?? "");
    if (!from) return;
    try {
      await navigator.clipboard.writeText(from instanceof HTMLAnchorElement ? from.href : from.innerText);
      this.#announce(from.dataset.copied ?? "");
      const { textContent } = button;
      if (textContent === button.dataset.done) return;
      button.textContent = button.dataset.done ?? textContent;
      setTimeout(() => (button.textContent = textContent), COPIED);
    } catch {
      getSelection()?.selectAllChildren(from);
    }
  }

  /**
   * A tool's parts are called up by fragments, which the browser itself handles, with Back, Forward and `:target`.
   *
   * @param {AbortSignal} signal
   */
  #keepFragments(signal) {
    // A frame later: until then the browser itself takes the focus away from what the fragment does not name.
    addEventListener("hashchange", () => requestAnimationFrame(() => this.#arrive(location.hash)), { signal });
  }

  /** A part was called up: reading goes on at its heading. @param {string} hash */
  #arrive(hash) {
    if (this.#open(hash)) return;
    const part = hash ? document.getElementById(fragment(hash)) : this;
    if (!part || !this.contains(part)) return;
    this.#focus(part.querySelector("h1, h2, h3") ?? part.querySelector("legend") ?? part, part);
  }

  /** @param {Element | null} element @param {Element | null} [part] what is brought into view */
  #focus(element, part = element) {
    if (!(element instanceof HTMLElement) || !part) return;
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const top = part.getBoundingClientRect().top + scrollY - Math.max(0, header) - SPACE_UNDER_HEADER;
    scrollTo({ top, behavior: "instant" });
  }

  /** @param {string} text */
  #announce(text) {
    const voice = this.querySelector(".fg-live");
    if (!voice) return;
    // Emptied first, or the same words again would not be read again.
    voice.textContent = "";
    setTimeout(() => (voice.textContent = text), 50);
  }
}

/** @param {string} hash */
const fragment = (hash) => decodeURIComponent(hash.slice(1));

/** @param {() => unknown} work */
function idle(work) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 2000);
}

customElements.define("x-device", DeviceSheet);
customElements.define("x-tool", Tool);
