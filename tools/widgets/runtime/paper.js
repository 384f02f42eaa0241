// Printing a tool, with what the reader filled in or empty.

import { emptied, fill, filling } from "./form.js";

/**
 * Prints the page. Closed details are opened for it by `openForPrint`.
 *
 * @param {HTMLElement} tool @param {"filled" | "blank" | "ours" | "steps"} what `blank` prints the form empty and without results,
 *   `ours` only the part that a team has put together, `steps` only what comes next
 */
export function print(tool, what) {
  if (what === "blank") {
    const filled = filling(tool);
    tool.classList.add("is-blank");
    fill(tool, emptied(filled));
    const restore = () => {
      fill(tool, filled);
      tool.classList.remove("is-blank");
    };
    addEventListener("afterprint", restore, { once: true });
  }
  if (what === "ours" || what === "steps") {
    tool.classList.add(`is-${what}`);
    addEventListener("afterprint", () => tool.classList.remove(`is-${what}`), { once: true });
  }
  globalThis.print();
}

/** What is folded away on the screen is wanted on paper. @param {HTMLElement} tool @param {AbortSignal} signal */
export function openForPrint(tool, signal) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const open = () => {
    opened = [...tool.querySelectorAll("details")].filter((details) => !details.open);
    for (const details of opened) details.open = true;
  };
  const close = () => {
    for (const details of opened) details.open = false;
  };
  addEventListener("beforeprint", open, { signal });
  addEventListener("afterprint", close, { signal });
}
