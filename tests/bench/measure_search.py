"""Search: how soon it answers and how quickly, with a thousand models, and what its first answer downloads."""

from __future__ import annotations

import gzip
from itertools import islice
from pathlib import Path
from statistics import median

import yaml
from figures import Figure
from playwright.sync_api import Page
from synthetic import ROOT, project
from web import browsing, serve

MANY = 1000
ROUNDS = 5
QUERIES = 20
PACKED = {b"\x1f\x8b"}
"""How files begin that are packed already."""

OPEN_OURS = """async () => {
  document.querySelector("#fg-search-open").click();
  while (!document.querySelector("#fg-search").open) await new Promise(done => setTimeout(done, 1));
}"""
ASK_OURS = """text => new Promise(done => {
  const start = performance.now(), list = document.querySelector("#fg-search-results");
  const poll = setInterval(() => {
    if (list.dataset.asked === text) { clearInterval(poll); done(performance.now() - start); }
  }, 1);
  const field = document.querySelector("#fg-search-text");
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
})"""

OPEN_STOCK = """async () => document.querySelector(".md-search__input").focus()"""
ASK_STOCK = """text => new Promise(done => {
  const start = performance.now();
  const meta = document.querySelector(".md-search-result__meta"), list = document.querySelector(".md-search-result__list");
  const said = () => meta.innerText + list.innerHTML.length, before = said();
  const poll = setInterval(() => {
    if ((said() !== before && !/Initializing|Type to start/.test(meta.innerText)) || performance.now() - start > 60000) {
      clearInterval(poll);
      done(performance.now() - start);
    }
  }, 1);
  const field = document.querySelector(".md-search__input");
  field.value = text;
  for (const name of ["keydown", "input", "keyup"]) {
    field.dispatchEvent(new KeyboardEvent(name, { bubbles: true, key: "a" }));
  }
})"""  # noqa: E501
FIRST = """async text => {
  const start = performance.now();
  await (OPEN)();
  await (ASK)(text);
  return performance.now() - start;
}"""
SCRIPTS = {"ours": (OPEN_OURS, ASK_OURS), "stock": (OPEN_STOCK, ASK_STOCK)}


def search_figures() -> list[Figure]:
    asked = queries()
    first: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    later: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    many = project(MANY)
    with (
        serve(many.site) as ours,
        serve(many.stock_site, ours=False) as stock,
        browsing() as browser,
    ):
        for turn in range(ROUNDS + 1):
            for name, site in (("ours", ours), ("stock", stock)):
                context = browser.new_context(viewport={"width": 1350, "height": 940})
                page = context.new_page()
                page.goto(site.url, wait_until="load")
                milliseconds = first_answer(page, name, asked[0])
                if turn:  # the first round fills the server's own caches
                    first[name].append(milliseconds)
                    later[name] += [page.evaluate(SCRIPTS[name][1], text) for text in asked[1:]]
                context.close()
    size, text = max((first_bytes(text), text) for text in asked)
    return [
        Figure(
            f"search, {MANY:,} models, opened to first results",
            "ms",
            median(first["ours"]),
            median(first["stock"]),
            0.5,
            "ms stock Material",
        ),
        # The goal of 100 ms was set where stock Material took 82 to 101.
        Figure(
            f"search, {MANY:,} models, {QUERIES - 1} later queries, median",
            "ms",
            median(later["ours"]),
            median(later["stock"]),
            1,
            "ms stock Material",
        ),
        Figure(f"heaviest first search of {QUERIES} ({text}), gzip", "KB", size / 1000, None, 400),
    ]


def queries() -> list[str]:
    """Questions that the tests of search ask too, from all kinds of readers."""
    every: list[str] = [
        row["asked"] for row in yaml.safe_load((ROOT / "tests/search_questions.yml").read_text("utf-8"))
    ]
    return list(islice(every[:: len(every) // QUERIES], QUERIES))


def first_answer(page: Page, name: str, text: str) -> float:
    """Milliseconds from opening the search on a page that has just loaded to results."""
    open_, ask = SCRIPTS[name]
    taken: float = page.evaluate(FIRST.replace("OPEN", open_).replace("ASK", ask), text)
    return taken


def first_bytes(text: str) -> int:
    """Bytes of what the first search on a page loads, gzipped."""
    with serve(ROOT / "site") as site, browsing() as browser:
        page = browser.new_page()
        page.goto(site.url, wait_until="networkidle")
        before = site.files()
        first_answer(page, "ours", text)
        page.wait_for_load_state("networkidle")
        return sum(map(gzipped, site.files() - before))


def gzipped(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if data[:2] in PACKED else len(gzip.compress(data, 9))
