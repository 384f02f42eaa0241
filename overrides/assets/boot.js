// Runs before the page is drawn: the color scheme the reader chose, and a sign that scripts run.
(() => {
  // What only shows until the reader has chosen is left out from the first moment where scripts run.
  document.documentElement.classList.add("fg-scripted");
  try {
    const scheme = localStorage.getItem("fieldguide.scheme");
    if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  } catch { /* storage is blocked: the system's scheme it is */ }
})();
