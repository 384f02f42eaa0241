// The page's side of Python: one worker per document, started late, asked in JSON.

/** @import { Answer, FailureCode, Refusal, Request, WorkerNews } from "./protocol.d.ts" */

/** Milliseconds: a start without news for so long has failed, and one that takes so long is said to be slow. */
const PATIENCE = 20_000;
/** Milliseconds: a question without an answer for so long means that Python hangs. */
const ANSWER = 10_000;

/** Python is not to be had: the worker's reason as a code, `failed-<code>` in `says.PYTHON`. */
export class Failure extends Error {
  /** @param {FailureCode} code @param {string} detail for the console */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** Python answered that it will not do this. */
export class Refused extends Error {
  /** @param {Refusal} refusal */
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

/** Fires `change` whenever `phase`, `code` or `share` changes. */
export class Python extends EventTarget {
  /** @type {"idle" | "loading" | "ready" | "failed"} */
  phase = "idle";
  /** What to say about it: a key of `says.PYTHON`. */
  code = "idle";
  /** Share of the download that has arrived, 0 to 1. */
  share = 0;

  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} */
  #ready;
  /** @type {Map<number, { yes: (answer: Answer) => void, no: (why: Error) => void, timer: number }>} */
  #waiting = new Map();
  #asked = 0;

  /**
   * Starts Python; later calls give the same promise.
   *
   * @returns {Promise<void>} rejects with a `Failure`
   */
  start() {
    if (!this.#ready) {
      this.share = 0;
      this.#say("loading", "loading");
      const slow = setTimeout(() => this.#say("loading", "slow"), PATIENCE);
      this.#ready = this.#launch().finally(() => clearTimeout(slow));
      this.#ready.catch(() => {}); // everyone is told by `change`
    }
    return this.#ready;
  }

  /** After a failure: starts anew. */
  retry() {
    if (this.phase === "failed") this.#ready = undefined;
    return this.start();
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>} rejects with a `Failure`, or with `Refused` if Python will not do it
   */
  async ask(request) {
    await this.start();
    const id = ++this.#asked;
    return new Promise((yes, no) => {
      const timer = setTimeout(() => this.#end(new Failure("answer", `no answer to ${request.method}`)), ANSWER);
      this.#waiting.set(id, { yes, no, timer });
      this.#worker?.postMessage(JSON.stringify({ id, ...request }));
    });
  }

  /** @returns {Promise<void>} */
  #launch() {
    return new Promise((yes, no) => {
      let stall = 0;
      /** @param {FailureCode} code @param {string} detail */
      const fail = (code, detail) => {
        clearTimeout(stall);
        const why = new Failure(code, detail);
        no(why);
        this.#end(why);
      };
      const wait = () => {
        clearTimeout(stall);
        stall = setTimeout(fail, PATIENCE, "slow", "no news");
      };
      if (typeof WebAssembly !== "object" || typeof Worker !== "function") return fail("wasm", "not in this browser");
      wait();
      const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: "python" });
      this.#worker = worker;
      // The last words of a worker that was ended may arrive when the next one runs already: they do not count.
      const gone = () => this.#worker !== worker;
      worker.onerror = (event) => {
        event.preventDefault();
        if (!gone()) fail("worker", event.message || "the worker could not be loaded");
      };
      worker.onmessageerror = () => gone() || fail("worker", "a message could not be read");
      worker.onmessage = (/** @type {MessageEvent<WorkerNews | string>} */ { data }) => {
        if (gone()) return undefined;
        if (typeof data === "string") return this.#answered(JSON.parse(data));
        if ("failed" in data) return fail(data.failed, data.detail);
        if ("share" in data) {
          wait();
          this.share = data.share;
          this.#say(this.phase, this.code);
        } else {
          clearTimeout(stall);
          yes();
          this.#say("ready", "ready");
        }
      };
    });
  }

  /** @param {{ id: number, error?: Refusal } & Answer} answer */
  #answered({ id, error, ...answer }) {
    const asked = this.#waiting.get(id);
    if (!asked) return;
    this.#waiting.delete(id);
    clearTimeout(asked.timer);
    if (error) asked.no(new Refused(error));
    else asked.yes(answer);
  }

  /** @param {Failure} why */
  #end(why) {
    console.warn(`Python: ${why.message}`);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = Promise.reject(why);
    this.#ready.catch(() => {});
    for (const { no, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      no(why);
    }
    this.#waiting.clear();
    this.#say("failed", `failed-${why.code}`);
  }

  /** @param {Python["phase"]} phase @param {string} code */
  #say(phase, code) {
    this.phase = phase;
    this.code = code;
    this.dispatchEvent(new Event("change"));
  }
}

/** The document's one Python: it survives instant navigation. */
export const python = (globalThis.fieldGuidePython ??= new Python());

/** Whether the reader pays for bytes or waits long for them: then nothing is loaded unasked. */
export function metered() {
  const line = /** @type {{ connection?: { saveData?: boolean, effectiveType?: string, type?: string } }} */ (navigator)
    .connection;
  return Boolean(line?.saveData || line?.type === "cellular" || /2g|3g/.test(line?.effectiveType ?? ""));
}
