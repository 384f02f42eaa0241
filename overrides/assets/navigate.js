// Links inside the guide change the page without loading it anew, so that a tool's Python lives on. What differs between two
// pages is swapped; whatever goes wrong on the way is left to the browser, which then loads the page itself.

/** Where the site begins. */
const ROOT = new URL("..", import.meta.url);
/** The parts of a page that differ from the next one's; scripts, styles and the search dialog stay. */
const SWAPPED = [".fg-mark", ".fg-bar-nav", ".md-main", ".md-footer"];
const HEAD = 'meta[name="description"], link[rel="canonical"], meta[property^="og:"], script[type="application/ld+json"]';

// The address of the icon is told from the page's own; without this the browser would look for it beside the next page.
const icon = document.querySelector('link[rel="icon"]');
if (icon instanceof HTMLLinkElement) icon.href = icon.href;

/** Path of the page that is shown. */
let shown = location.pathname + location.search;
let coming = new AbortController();

/** @param {(page: Document) => void} heard called after every change of the page, and once now */
export function onPage(heard) {
  addEventListener("fg-page", () => heard(document));
  heard(document);
}

/**
 * Shows another page of this site.
 *
 * @param {URL} url @param {{ y: number } | undefined} back where the reader was on it, if they go back or forward
 */
async function visit(url, back) {
  coming.abort();
  const { signal } = (coming = new AbortController());
  let next;
  try {
    const answer = await fetch(url.href.split("#")[0] ?? "", { signal });
    const isPage = answer.ok && (answer.headers.get("content-type") ?? "").startsWith("text/html") && !answer.redirected;
    next = isPage ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
  } catch {
    if (signal.aborted) return; // the reader has asked for another page meanwhile
  }
  const complete = next && SWAPPED.every((part) => next.querySelector(part) && document.querySelector(part));
  if (!next || !complete) return location.assign(url.href);
  // The fragment comes last: only then is its place there to be found.
  if (!back) {
    keep();
    history.pushState({ y: 0 }, "", url.pathname + url.search);
  }
  shown = url.pathname + url.search;
  swap(next);
  // A new page starts at its top: a fragment may be data for a tool, and then the browser moves nowhere by itself.
  if (!back) scrollTo({ top: 0, behavior: "instant" });
  if (url.hash) location.replace(url.hash);
  if (back) scrollTo({ top: back.y, behavior: "instant" });
  dispatchEvent(new Event("fg-page"));
}

/** @param {Document} next */
function swap(next) {
  document.title = next.title;
  for (const old of document.head.querySelectorAll(HEAD)) old.remove();
  document.head.append(...next.head.querySelectorAll(HEAD));
  for (const part of SWAPPED) {
    const made = next.querySelector(part);
    if (made) document.querySelector(part)?.replaceWith(document.adoptNode(made));
  }
  // The keyboard and a screen reader go on at the top of the new page.
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** @param {Element} link @returns {URL | undefined} the page of this site it leads to */
function pageOf(link) {
  const href = link instanceof SVGAElement ? link.href.baseVal : link.getAttribute("href");
  if (!href || link.hasAttribute("download") || link.getAttribute("target")) return undefined;
  const url = new URL(href, location.href);
  const inside = url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname);
  return inside && url.pathname.endsWith("/") ? url : undefined;
}

addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const url = link ? pageOf(link) : undefined;
  // Within a page the browser moves by itself.
  if (!url || url.pathname + url.search === shown) return;
  event.preventDefault();
  visit(url, undefined);
});

addEventListener("popstate", (event) => {
  // Within a page the fragment says what is open, and the browser moves there by itself.
  if (location.pathname + location.search !== shown) visit(new URL(location.href), { y: event.state?.y ?? 0 });
});

/** Notes in the history where the reader is on the page. */
function keep() {
  if (location.pathname + location.search === shown) history.replaceState({ ...history.state, y: scrollY }, "");
}

let resting = 0;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(keep, 120);
}, { passive: true });
