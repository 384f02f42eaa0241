// One reader's work with one tool, as long as the document lives: it outlasts the element when the page changes.

import { entries, fill, filling, only } from "./form.js";
import { Failure, metered, python, Refused } from "./python.js";
import * as store from "./store.js";

/** @import { Answer, Effect, FormEntries, State, ToolEvent } from "./protocol.d.ts" */
/** @import { Filled, Filling } from "./form.js" */
/** @import { Tool } from "./tool.js" */

/** A step that waits for Python. To the second kind `form` is added when it is sent, so that it is the newest. */
/** @typedef {Extract<ToolEvent, { type: "load" | "shown" | "apart" }>} Whole */
/** @typedef {{ type: "file", name: string, text: string } | { type: "action", action: string, value: string }
 *   | { type: "link", fragment: string }} Step */
/** What a page left behind that no Python has seen. @typedef {{ part: string, filled: [string, Filled][], form: FormEntries }} Draft */

export class Session {
  /** @type {Tool | null} */
  #tool = null;
  /** @type {State | null} */
  #state = null;
  /** @type {string | null} */
  #html = null;
  /** What stood in the form when its page was left. @type {Filling} */
  #left = new Map();
  /** @type {FormEntries} */
  #entries = [];
  /** Which of the tool's views was shown last. */
  #part = "";
  /** Names of controls changed since the form was last sent: no answer overwrites them. @type {Set<string>} */
  #touched = new Set();
  /** @type {(Whole | Step)[]} */
  #steps = [];
  #changed = false;
  #busy = false;
  #rev = 0;
  #drafted = false;
  /** What was said last about where the work is kept. @type {[code: string, at?: string] | undefined} */
  #told;
  /** @type {Promise<void> | undefined} */
  #opened;

  /** @param {string} name of the tool */
  constructor(name) {
    this.name = name;
    python.addEventListener("change", () => this.#pump());
  }

  /** @param {Tool} tool */
  attach(tool) {
    this.#tool = tool;
    const part = tool.dataset.part ?? "";
    const turned = this.#opened && part !== this.#part;
    this.#part = part;
    if (turned) this.#turn();
    else if (this.#html !== null) tool.show(this.#html, this.#left);
    else fill(tool, this.#left);
    if (this.#told) tool.saved(...this.#told);
    this.#opened ??= this.#open(tool);
  }

  /** Another page shows other controls of the same work: what waits is sent as it stood, then Python draws. */
  #turn() {
    if (this.#touched.size) this.#steps.push(apart(this.#entries, this.#touched));
    this.#changed = false;
    this.#touched.clear();
    this.#left = new Map();
    if (!this.#busy && !this.#steps.length && this.#state === null) return;
    this.#steps.push({ type: "shown" });
    this.#pump();
  }

  detach() {
    if (!this.#tool) return;
    this.#left = filling(this.#tool);
    this.#entries = entries(this.#tool);
    this.#tool = null;
  }

  /** The reader changed these controls. @param {Iterable<string>} names */
  touch(names) {
    for (const name of names) this.#touched.add(name);
  }

  /** What the reader changed is complete enough to be looked at. */
  send() {
    if (!this.#touched.size) return;
    this.#changed = true;
    this.#pump();
    if (python.phase !== "ready") this.#draft();
  }

  /** @param {Step} step */
  take(step) {
    this.#steps.push(step);
    this.#pump();
  }

  /** Nothing of this work shall come back. */
  end() {
    this.detach();
    this.#touched.clear();
    this.#steps = [];
    this.#changed = false;
  }

  /** Looks for earlier work on this device. @param {Tool} tool */
  async #open(tool) {
    const { record, draft } = await store.find(this.name);
    if (record) {
      this.#rev = record.rev;
      this.#steps.unshift({ type: "load", data: record.data });
      this.#saved("opened", record.at);
    }
    if (draft) {
      const { part, filled, form } = /** @type {Draft} */ (draft.data);
      const names = new Set(filled.map(([, { name }]) => name).filter((name) => !this.#touched.has(name)));
      if (part === this.#part) {
        if (this.#tool) fill(this.#tool, only(new Map(filled), names));
        this.touch(names);
        this.#changed = true;
      } else this.#steps.push(apart(form, names));
      this.#drafted = true;
      this.#saved("draft", draft.at);
    }
    if (!record && !draft) return;
    if (metered() && python.phase === "idle") tool.status("found");
    else this.#pump();
  }

  /** Sends what waits, one step after the other, each with the state of the one before. */
  async #pump() {
    if (this.#busy || !this.#waits() || python.phase === "failed") return;
    this.#busy = true;
    try {
      await this.#opened;
      await python.start();
      while (this.#waits()) await this.#step();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.#draft();
    } finally {
      this.#busy = false;
    }
  }

  #waits() {
    return this.#steps.length > 0 || this.#changed;
  }

  async #step() {
    const step = this.#steps[0];
    const sent = new Set(this.#touched);
    const form = this.#tool ? entries(this.#tool) : this.#entries;
    /** @type {ToolEvent} */
    const event = !step ? { type: "input", form } : isWhole(step) ? step : { ...step, form };
    const carries = !step || !isWhole(step);
    if (carries) {
      this.#touched.clear();
      this.#changed = false;
    }
    try {
      const part = this.#part;
      const request = { tool: this.name, part, state: this.#state, event, now: store.now() };
      const answer = await python.ask({ method: "event", ...request });
      this.#steps.splice(0, step ? 1 : 0);
      await this.#apply(answer, event, part);
    } catch (error) {
      if (error instanceof Refused) {
        this.#steps.splice(0, step ? 1 : 0);
        await this.#refused(error, event);
      } else {
        // Python is gone: the step stays, unless it may be the reason, and what was sent counts as unsent.
        if (carries && error instanceof Failure && error.code === "answer") this.#steps.splice(0, step ? 1 : 0);
        this.touch(sent);
        this.#changed ||= carries && sent.size > 0;
        throw error;
      }
    }
  }

  /** @param {Answer} answer @param {ToolEvent} event @param {string} part that the answer draws */
  async #apply({ state, html, effects }, event, part) {
    this.#state = state;
    // The reader may have gone on to another page meanwhile; that one is drawn next.
    this.#html = part === this.#part ? html : null;
    const refill = isWhole(event) || effects.some((effect) => effect.do === "fill");
    if (part !== this.#part) this.#left = new Map();
    else if (this.#tool) {
      const filled = filling(this.#tool);
      this.#tool.show(html, refill ? only(filled, this.#touched) : filled);
    } else if (refill) {
      this.#left = only(this.#left, this.#touched);
    }
    // What was found on the device is on the device.
    for (const effect of effects) if (event.type !== "load" || effect.do !== "save") await this.#do(effect);
    const silent = event.type === "load" || event.type === "shown";
    if (silent && this.#touched.size) this.#changed = true;
    if (this.#drafted && !this.#changed && !silent) {
      this.#drafted = false;
      await store.forget(this.name, "draft").catch(() => {});
      if (!effects.some((effect) => effect.do === "save")) this.#saved("nothing");
    }
  }

  /** @param {Effect} effect */
  async #do(effect) {
    if (effect.do === "save") await this.#save(effect.data);
    else if (effect.do === "forget") {
      await store.forget(this.name, "record").catch(() => {});
      this.#rev = 0;
      this.#saved("forgotten", store.now());
    } else this.#tool?.perform(effect);
  }

  /** @param {string} code of `says.SAVED` @param {string} [at] local time */
  #saved(code, at) {
    this.#told = [code, at];
    this.#tool?.saved(code, at);
  }

  /** @param {unknown} data */
  async #save(data) {
    try {
      const kept = await store.keep(this.name, "record", data, this.#rev);
      this.#rev = kept.rev;
      this.#saved("saved", kept.at);
    } catch (error) {
      if (!(error instanceof store.NotSaved)) throw error;
      this.#saved(error.code);
    }
  }

  /** Keeps what the reader filled in while there is no Python to make a record of it. */
  async #draft() {
    if (!this.#tool) return;
    // What may hold other people's names is kept nowhere.
    const fleeting = new Set([...this.#tool.querySelectorAll("[data-fleeting]")].map((one) => one.getAttribute("name")));
    const names = new Set([...this.#touched].filter((name) => !fleeting.has(name)));
    if (!names.size) return;
    this.#drafted = true;
    const filled = [...only(filling(this.#tool), names)];
    /** @type {Draft} */
    const mine = { part: this.#part, filled, form: apart(entries(this.#tool), names).form };
    try {
      const kept = await store.keep(this.name, "draft", mine);
      this.#saved("draft", kept.at);
    } catch (error) {
      if (!(error instanceof store.NotSaved)) throw error;
      this.#saved(error.code);
    }
  }

  /** @param {Refused} why @param {ToolEvent} event */
  async #refused(why, event) {
    if (event.type === "load") {
      // A record that cannot be read must not be lost under the next save.
      const aside = await store.keep(this.name, "aside", event.data).catch(() => null);
      if (aside) {
        await store.forget(this.name, "record").catch(() => {});
        this.#rev = 0;
      }
      this.#saved("unread");
      if (this.#touched.size) this.#changed = true;
    } else if (why.code === "bad-file") this.#tool?.refuse(why.message);
    else {
      console.warn(`Python: ${why.message}`);
      this.#tool?.status("failed-bug");
    }
  }
}

/** @param {FormEntries} form @param {Set<string>} names @returns {Extract<ToolEvent, { type: "apart" }>} */
function apart(form, names) {
  return { type: "apart", form: form.filter(([name]) => names.has(name)), names: [...names] };
}

/** @param {Whole | Step | ToolEvent} step @returns {step is Whole} whether it goes without the form as it stands now */
function isWhole(step) {
  return step.type === "load" || step.type === "shown" || step.type === "apart";
}

/** @type {Map<string, Session>} */
const sessions = new Map();

/** @param {string} name of a tool @returns {Session} */
export function sessionOf(name) {
  const session = sessions.get(name) ?? new Session(name);
  sessions.set(name, session);
  return session;
}

/** Forgets all work that is still in memory. */
export function dropSessions() {
  for (const session of sessions.values()) session.end();
  sessions.clear();
}
