// What filters and pickers share: the state of a view stands in the address, so a link shows what its sender saw.

/** @returns {URLSearchParams} what the fragment of the address says */
export const stated = () => new URLSearchParams(location.hash.slice(1));

/**
 * Puts the state into the address, in place: the history keeps one entry a page.
 *
 * @param {URLSearchParams} state
 */
export function state(state) {
  const text = state.toString().replaceAll("%2C", ",");
  const now = location.pathname + location.search + (text ? `#${text}` : "");
  if (now !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", now);
}

/**
 * Fills a sentence of the page that has slots in braces.
 *
 * @param {Element | null} place @param {string} which name of the data attribute with the sentence
 * @param {Record<string, string | number>} [slots]
 */
export function tell(place, which, slots = {}) {
  if (!(place instanceof HTMLElement)) return;
  let text = place.dataset[which] ?? "";
  for (const [slot, value] of Object.entries(slots)) text = text.replaceAll(`{${slot}}`, String(value));
  if (place.textContent !== text) place.textContent = text;
}

/** Copies the address of this view; the button says so. @param {HTMLElement} button */
export async function copyLink(button) {
  const label = (button.dataset.label ??= button.textContent ?? "");
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = button.dataset.done ?? label;
  } catch {
    button.textContent = location.href; // the clipboard is closed to pages here: the link is shown to be copied by hand
  }
  button.addEventListener("blur", () => { button.textContent = label; }, { once: true });
}

/**
 * Calls `show` now and whenever the address changes, as long as `element` is on the page.
 *
 * @param {AbortSignal} signal @param {() => void} show
 */
export function follow(signal, show) {
  addEventListener("hashchange", show, { signal });
  show();
}
