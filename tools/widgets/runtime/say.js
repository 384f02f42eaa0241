// Shows sentences that the page carries in <template data-say="code">; none are written here.

/**
 * Puts the sentence `code` into the line `part` (`[data-status]`), its slots filled.
 *
 * @param {ParentNode} root @param {string} part @param {string} code @param {Record<string, string>} [slots]
 */
export function say(root, part, code, slots = {}) {
  const line = root.querySelector(`[data-status="${part}"]`);
  if (!(line instanceof HTMLElement)) return;
  // Saying it again would make screen readers read it again.
  const said = JSON.stringify([code, slots]);
  if (line.dataset.said === said) return;
  line.dataset.said = said;
  line.replaceChildren(sentence(root, code, slots));
  line.hidden = false;
}

/**
 * @param {ParentNode} root @param {string} code @param {Record<string, string>} [slots]
 * @returns {DocumentFragment}
 */
export function sentence(root, code, slots = {}) {
  const template = root.querySelector(`template[data-say="${code}"]`);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`the page has no sentence for "${code}"`);
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const [slot, text] of Object.entries(slots))
    for (const place of made.querySelectorAll(`[data-slot="${slot}"]`)) place.textContent = text;
  return made;
}

/** @param {string} at local time, `YYYY-MM-DDTHH:MM` @returns {string} the time, with the day if it is not today */
export function clock(at, today = new Date()) {
  const date = new Date(at);
  const sameDay = date.toDateString() === today.toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const day = sameDay ? {} : { day: "numeric", month: "long", year: "numeric" };
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { ...day, hour: "numeric", minute: "2-digit" }).format(date);
}
