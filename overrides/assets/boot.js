// Runs before the page is drawn: the color scheme the reader chose, and the few names that the theme's script expects.
// It takes the place of the theme's inline scripts, so that no page carries one.
(() => {
  const site = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const key = (/** @type {string} */ name, scope = site) => `${scope.pathname}.${name}`;
  Object.assign(window, {
    __md_scope: site,
    __md_get(/** @type {string} */ name, store = localStorage, scope = site) {
      try { return JSON.parse(store.getItem(key(name, scope)) ?? "null"); } catch { return null; }
    },
    // The theme may want to remember things; only the reader's own choices are stored, and those by their own scripts.
    __md_set() {},
    __md_hash(/** @type {string} */ text) { return [...text].reduce((sum, ch) => (sum << 5) - sum + ch.charCodeAt(0), 0); },
  });
  // Within a tool's page the fragment says which part is open. The theme's script would fetch the page anew for it, and the
  // reader would lose the focus: this listener comes first and keeps such a step between the browser and the tool.
  addEventListener("popstate", (event) => {
    const tool = /** @type {HTMLElement | null} */ (document.querySelector("x-tool[data-page]"));
    if (tool?.dataset.page === location.pathname + location.search) event.stopImmediatePropagation();
  });
  try {
    const scheme = localStorage.getItem("fieldguide.scheme");
    if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  } catch { /* storage is blocked: the system's scheme it is */ }
})();
