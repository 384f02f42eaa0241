/** What the page, the worker and Python say to each other. Python's side is `rpc.py`. */

export type FormEntries = [name: string, value: string][];

export type ToolEvent =
  | { type: "load"; data: unknown }
  | { type: "input"; form: FormEntries }
  /** Filled in on another page, before Python could see it: of its form, only these controls. */
  | { type: "apart"; form: FormEntries; names: string[] }
  /** The tool stands on another page than before, drawn by another of its parts. */
  | { type: "shown" }
  | { type: "action"; action: string; value: string; form: FormEntries }
  /** The page's address holds data: what follows its #. */
  | { type: "link"; fragment: string; form: FormEntries }
  | { type: "file"; name: string; text: string; form: FormEntries };

export type Effect =
  | { do: "save"; data: unknown }
  | { do: "forget" }
  | { do: "download"; name: string; type: string; text: string }
  | { do: "fill" }
  | { do: "focus"; id: string }
  /** `replace`: Back does not lead to the address of now. */
  | { do: "go"; hash: string; replace?: boolean }
  | { do: "announce"; text: string }
  | { do: "print"; what: "filled" | "blank" | "ours" | "steps" | "all" };

/** A tool's state: made by Python, kept by the page, sent with every request. */
export type State = Record<string, unknown>;

export interface Request {
  method: "ping" | "event";
  tool: string;
  /** The tool's module that draws this page; "" is its `view`. */
  part?: string;
  state?: State | null;
  event?: ToolEvent;
  /** Local time, `YYYY-MM-DDTHH:MM`. */
  now?: string;
}

export interface Answer {
  state: State;
  html: string;
  effects: Effect[];
}

export interface Refusal {
  /** `bad-file`: the reader's file or record is refused, `message` says why in plain words. */
  code: "bad-file" | "bad-request" | "bug";
  message: string;
}

/** What the worker posts, besides the text of answers. */
export type WorkerNews = { share: number } | { ready: true; python: string } | { failed: FailureCode; detail: string };

export type FailureCode = "wasm" | "blocked" | "files" | "slow" | "worker" | "python" | "answer";

/** `py-manifest.json`, beside the folder named by `id`. */
export interface Manifest {
  id: string;
  python: string;
  /** File name -> size in bytes. */
  files: Record<string, number>;
  lock: { abi_version: string; arch: string; platform: string; python: string };
}

/** One thing kept in the browser. */
export interface Kept {
  key: string;
  tool: string;
  kind: "record" | "draft" | "aside";
  /** Local time, `YYYY-MM-DDTHH:MM`. */
  at: string;
  /** Grows by one with each save: two tabs cannot overwrite each other unseen. */
  rev: number;
  data: unknown;
}

declare global {
  // One Python per document: a second copy of the module, loaded under another address, finds the first one's.
  var fieldGuidePython: import("./python.js").Python | undefined;
}
