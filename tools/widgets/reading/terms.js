// Terms: a tap, a click, the keyboard or the mouse shows what a marked word means, from the list at the end of the page.

const DELAY = 350; // milliseconds before the mouse opens an explanation that nobody asked for

/** @type {HTMLElement | undefined} */
let box;
/** @type {HTMLAnchorElement | undefined} */
let opened;
let waiting = 0;

/** @param {EventTarget | null} target @returns {HTMLAnchorElement | null} */
const termAt = (target) => (target instanceof Element ? target.closest("a.fg-term") : null);

function close() {
  clearTimeout(waiting);
  opened?.removeAttribute("aria-describedby");
  opened = undefined;
  if (box?.isConnected) box.hidden = true;
}

/** @param {HTMLAnchorElement} link */
function open(link) {
  clearTimeout(waiting);
  const entry = document.getElementById(link.hash.slice(1));
  if (!entry || opened === link) return;
  close();
  box ??= Object.assign(document.createElement("div"), { id: "fg-term-box", className: "fg-term-box" });
  box.setAttribute("role", "tooltip");
  const words = entry.cloneNode(true);
  if (words instanceof HTMLElement) for (const more of words.querySelectorAll("a:last-child, .fg-ref")) more.remove();
  box.replaceChildren(...words.childNodes.length ? [...words.childNodes].map(plain) : []);
  (link.closest(".md-content") ?? document.body).append(box);
  box.hidden = false;
  opened = link;
  link.setAttribute("aria-describedby", box.id);
  const at = link.getBoundingClientRect();
  const wide = Math.min(360, document.documentElement.clientWidth - 32);
  box.style.width = `${wide}px`;
  box.style.left = `${scrollX + Math.max(16, Math.min(at.left, document.documentElement.clientWidth - wide - 16))}px`;
  const above = at.bottom + box.offsetHeight + 12 > innerHeight && at.top > box.offsetHeight + 12;
  box.style.top = `${scrollY + (above ? at.top - box.offsetHeight - 6 : at.bottom + 6)}px`;
}

/** A part of the entry as a paragraph of plain text. @param {ChildNode} part */
function plain(part) {
  const made = document.createElement("p");
  made.textContent = (part.textContent ?? "").trim();
  return made;
}

document.addEventListener("click", (event) => {
  const link = termAt(event.target);
  if (!link) {
    if (!(event.target instanceof Node && box?.contains(event.target))) close();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (opened === link) close(); else open(link);
}, true);
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = termAt(event.target);
  clearTimeout(waiting);
  if (link) waiting = setTimeout(() => open(link), DELAY);
  else if (opened && !(event.target instanceof Node && box?.contains(event.target))) waiting = setTimeout(close, DELAY);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
