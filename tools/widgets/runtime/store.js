// What this site keeps in the browser: one small database, which does not exist before the reader fills something in.

import { deleteDB, openDB } from "../vendor/idb.js";

/** @import { Kept } from "./protocol.d.ts" */
/** @import { IDBPDatabase } from "idb" */
/** @typedef {"full" | "elsewhere" | "unsaved"} Trouble A key of `says.SAVED`. */

/** Where the site begins: two guides on one host must not share a database. */
const ROOT = new URL("../../", import.meta.url).pathname;
const NAME = `fieldguide ${ROOT}`;
const STORE = "kept";

export class NotSaved extends Error {
  /** @param {Trouble} code @param {unknown} [cause] */
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

/** Local time as Python gets it, `YYYY-MM-DDTHH:MM`. */
export function now(date = new Date()) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @param {string} tool @param {Kept["kind"]} kind */
const keyOf = (tool, kind) => (kind === "aside" ? `${kind} ${tool} ${Date.now()}` : `${kind} ${tool}`);

/**
 * @template T
 * @param {(db: IDBPDatabase) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function within(work) {
  const db = await openDB(NAME, 1, {
    upgrade: (made) => void made.createObjectStore(STORE, { keyPath: "key" }),
    blocking: (_current, _blocked, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** Whether the database is there; asking must not make one. */
async function exists() {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === NAME);
  } catch {
    return false; // storage is blocked, or the browser is too old to tell
  }
}

/** @returns {Promise<Kept[]>} everything kept, newest first */
export async function list() {
  if (!(await exists())) return [];
  /** @type {Kept[]} */
  const all = await within((db) => db.getAll(STORE));
  return all.sort((a, b) => b.at.localeCompare(a.at));
}

/** @param {string} tool @returns {Promise<{ record?: Kept, draft?: Kept }>} nothing where storage is blocked */
export async function find(tool) {
  const mine = (await list().catch(() => [])).filter((kept) => kept.tool === tool);
  return { record: mine.find((k) => k.kind === "record"), draft: mine.find((k) => k.kind === "draft") };
}

/**
 * Keeps `data` as the tool's record or draft, or aside.
 *
 * @param {string} tool @param {Kept["kind"]} kind @param {unknown} data
 * @param {number} [rev] of the record this one replaces, 0 if it is the first; without it, anything is replaced
 * @returns {Promise<Kept>} rejects with `NotSaved`
 */
export async function keep(tool, kind, data, rev) {
  try {
    return await within(async (db) => {
      const writing = db.transaction(STORE, "readwrite");
      const key = keyOf(tool, kind);
      const before = /** @type {Kept | undefined} */ (await writing.store.get(key))?.rev ?? 0;
      if (rev !== undefined && before !== rev) throw new NotSaved("elsewhere");
      const kept = { key, tool, kind, at: now(), rev: before + 1, data };
      await Promise.all([writing.store.put(kept), writing.done]);
      return kept;
    });
  } catch (error) {
    if (error instanceof NotSaved) throw error;
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    throw new NotSaved(full ? "full" : "unsaved", error);
  }
}

/** @param {string} tool @param {Kept["kind"]} kind */
export async function forget(tool, kind) {
  if (await exists()) await within((db) => db.delete(STORE, keyOf(tool, kind)));
}

/**
 * Deletes everything this site keeps in this browser: records, settings, caches, workers.
 *
 * @returns {Promise<boolean>} whether nothing is left
 */
export async function clear() {
  // On a host that several sites share, only what carries our name or path is ours to delete.
  const ours = (/** @type {string} */ name) => ROOT === "/" || name.includes(ROOT) || name.startsWith("fieldguide");
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage).filter(ours)) storage.removeItem(key);
  if ("caches" in globalThis)
    for (const name of (await caches.keys()).filter(ours)) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations?.()) ?? [])
    if (ours(new URL(worker.scope).pathname)) await worker.unregister();
  // Open connections close when asked to; one in a frozen tab cannot, and would hold this up for ever.
  if (await exists()) await new Promise((done) => deleteDB(NAME, { blocked: done }).then(done));
  return !(await exists());
}
