// Printing a tool, with what the reader filled in or empty.

import { emptied, fill, filling } from "./form.js";

/** @typedef {"filled" | "blank" | "ours" | "steps" | "all"} Printing */

/** Takes back what the last print has set. */
let restore = () => {};

/**
 * Prints the page. Closed details are opened for it by `openForPrint`.
 *
 * @param {HTMLElement} tool @param {Printing} what `blank` prints the form empty and without results, `ours` only the part
 *   that a team has put together or is handed, `steps` only what comes next, `all` these beside the result
 */
export function print(tool, what) {
  // Not every browser says when its dialog is over: two parts at once would leave the sheet empty.
  restore();
  if (what !== "filled") {
    const takeBack = set(tool, what);
    restore = () => {
      removeEventListener("afterprint", restore);
      restore = () => {};
      takeBack();
    };
    addEventListener("afterprint", restore);
  }
  globalThis.print();
}

/** @param {string} value of a button that prints @returns {Printing} */
export function printing(value) {
  return value === "blank" || value === "ours" || value === "steps" || value === "all" ? value : "filled";
}

/** @param {HTMLElement} tool @param {Printing} what @returns {() => void} takes it back */
function set(tool, what) {
  tool.classList.add(`is-${what}`);
  const filled = what === "blank" ? filling(tool) : null;
  if (filled) fill(tool, emptied(filled));
  return () => {
    tool.classList.remove(`is-${what}`);
    if (filled) fill(tool, filled);
  };
}

/**
 * What is folded away on the screen is wanted on paper; what is private is not.
 *
 * @param {HTMLElement} tool @param {AbortSignal} signal
 */
export function openForPrint(tool, signal) {
  /** @type {Set<HTMLDetailsElement>} */
  const opened = new Set();
  const open = () => {
    for (const details of tool.querySelectorAll("details")) {
      if (details.open || details.closest("[data-private]")) continue;
      details.open = true;
      opened.add(details);
    }
  };
  const close = () => {
    for (const details of opened) details.open = false;
    opened.clear();
  };
  addEventListener("beforeprint", open, { signal });
  addEventListener("afterprint", close, { signal });
}
