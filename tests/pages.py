"""One page of each type, and what a browser can complain about. Used by the tests that go through the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent

TYPES = {
    "home": "",
    "part": "support/",
    "topic": "support/novice-teachers/",
    "topic with a table": "basics/coaching-mentoring-evaluation/",
    "topic with a path": "support/ninety-days/",
    "topic with a matrix": "support/who-does-what/",
    "topic with sums": "leading/time-and-caseload/",
    "topic with formulas": "impact/change-statistics/",
    "cycle": "cycle/",
    "phase": "cycle/goals/",
    "models": "models/",
    "compare": "models/compare/",
    "model": "models/knight-partnership/",
    "model with fidelity": "models/technical/",
    "model with an owner": "models/cognitive/",
    "model that is a blend": "models/hybrid/",
    "blends": "choosing/blends/",
    "red flags": "choosing/red-flags/",
    "questions": "questions/",
    "myths": "myths/",
    "evidence": "evidence/",
    "disputed claim": "evidence/transfer-95/",
    "coverage": "about/coverage/",
    "changes": "changes/",
    "your guide": "yours/",
    "for other programs": "about/data/",
    "tools": "tools/",
    "quick selector": "tools/selector/quick/",
    "selector": "tools/selector/",
    "selector, one question": "tools/selector/#q-C",
    "selector, check answers": "tools/selector/#check",
    "selector, result": "tools/selector/#result",
    "team view": "tools/team/",
    "goal sheet": "tools/goal/",
    "how we score": "how-we-score/",
    "sources": "sources/",
    "glossary": "glossary/",
    "about": "about/",
    "privacy": "about/privacy/",
    "on this device": "about/device/",
    "checks": "about/checks/",
    "not found": "no/such/page/",
}
"""Kind of page -> an address of that kind."""

WIDE, NARROW = 1280, 360
Scheme = Literal["light", "dark"]


class Faults(list[str]):
    """What went wrong while a page was open: console errors, foreign requests, policy violations."""


@contextmanager
def watched(
    browser: Browser, site_url: str, width: int = WIDE, scheme: Scheme = "light", **options: Any
) -> Iterator[tuple[BrowserContext, Page, Faults]]:
    """A fresh browser profile with one page that writes down every fault it meets."""
    faults = Faults()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
    context.set_default_timeout(15_000)
    page = context.new_page()
    origin = urlsplit(site_url).netloc

    def asked(url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != origin:
            faults.append(f"request to {url}")

    context.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(f"console {said.type}: {said.text}") if _bad(said) else None)
    try:
        yield context, page, faults
    finally:
        context.close()


def _bad(said: Any) -> bool:
    if said.type not in ("error", "warning"):
        return False
    # The browser itself reports the 404 of the page that is meant to be missing.
    return not ("404" in said.text and "no/such/page" in (said.location or {}).get("url", ""))


AXE = (ROOT / "node_modules/axe-core/axe.min.js").as_posix()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> list[str]:
    """What axe-core finds on the open page: rule, element, why. The context needs `bypass_csp=True`."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(r => r.violations)"
    found = page.evaluate(run, TAGS)
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page scrolls sideways."""
    measured: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return measured
