"""The gates that every page type and every tool state passes: accessibility, one origin, no errors, sound HTML."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from pages import NARROW, ROOT, TYPES, WIDE, Scheme, axe, sideways, watched
from sitegen.archive import exercise
from sitegen.build import policy
from sitegen.load import load_content
from widgets.runtime import rpc

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def html_faults(folder: Path) -> list[tuple[Path, str]]:
    """What html-validate says about the pages below `folder`."""
    command = ["node_modules/.bin/html-validate", "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", "json"]
    done = subprocess.run([*command, f"{folder}/**/*.html"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("["), done.stderr
    return [
        (Path(report["filePath"]), f"{m['line']}:{m['column']} {m['ruleId']}: {m['message']}")
        for report in json.loads(done.stdout)
        for m in report["messages"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_page_type_has_an_accessibility_fault_or_scrolls_sideways(
    browser: Browser, site_url: str, width: int, scheme: Scheme
) -> None:
    found: list[str] = []
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
        for kind, address in TYPES.items():
            page.goto(site_url + address)
            found += [f"{kind}: {fault}" for fault in axe(page)]
            if sideways(page) > 0:
                found.append(f"{kind}: scrolls sideways by {sideways(page)} px")

    assert [] == found


PARTS = {("selector", "weights"): "how-we-score/"}
"""Where a part of a tool stands that has a page of its own."""


@dataclass(frozen=True)
class ToolState:
    """An example of a tool: the page it stands on and the inside of the tool in that state."""

    tool: str
    part: str
    name: str
    html: str

    @property
    def address(self) -> str:
        if self.part:
            return PARTS[self.tool, self.part]
        # A state of the selector with a result is worth looking at where the result is.
        return f"tools/{self.tool}/" + ("#result" if self.tool == "selector" else "")


@pytest.fixture(scope="module")
def tool_states() -> list[ToolState]:
    """Every example of every tool, as its own view draws it."""
    catalog = load_content(ROOT / "content").catalog
    assert catalog
    drawn = []
    for example in exercise(ROOT / "tools"):
        state, html = None, ""
        for event in example["events"]:
            request = {"id": 1, "method": "event", **{key: example[key] for key in ("tool", "part", "now")}}
            said = json.loads(rpc.answer(lambda: catalog, json.dumps(request | {"state": state, "event": event})))
            state, html = said["state"], said["html"]
        drawn.append(ToolState(example["tool"], example["part"], example["name"], html))
    return drawn


SHELL = '<!DOCTYPE html>\n<html lang="en"><head><title>A tool</title></head><body>INSIDE</body></html>\n'
PUT = """html => {
    const tool = document.querySelector('x-tool');
    const part = location.hash;
    tool.innerHTML = html;
    // What was called up by the fragment is a new element now.
    if (part) {
        location.replace('#');
        location.replace(part);
    }
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_tool_state_has_an_accessibility_fault_or_scrolls_sideways(
    browser: Browser, site_url: str, tool_states: list[ToolState], width: int, scheme: Scheme
) -> None:
    found: list[str] = []
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (context, page, _faults):
        context.route("**/assets/runtime/*", lambda route: route.abort())  # the state is put in by hand
        for state in tool_states:
            if page.url != site_url + state.address:
                page.goto(site_url + state.address)
            page.evaluate(PUT, state.html)
            found += [f"{state.tool}, {state.name}: {fault}" for fault in axe(page)]
            if sideways(page) > 0:
                found.append(f"{state.tool}, {state.name}: scrolls sideways by {sideways(page)} px")

    assert [] == found


def test_the_html_of_every_tool_state_is_sound(tool_states: list[ToolState], tmp_path: Path) -> None:
    for i, state in enumerate(tool_states):
        (tmp_path / f"{i:03}.html").write_text(SHELL.replace("INSIDE", state.html), "utf-8")
    found = [
        f"{tool_states[int(path.stem)].tool}, {tool_states[int(path.stem)].name}: {fault}"
        for path, fault in html_faults(tmp_path)
    ]

    assert [] == found


def test_a_walk_over_every_page_type_stays_on_one_origin_without_errors_or_violations(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        for address in TYPES.values():
            page.goto(site_url + address)
            page.locator("h1").first.wait_for()

    assert [] == faults


def test_the_search_and_the_menu_have_no_accessibility_fault_when_open(browser: Browser, site_url: str) -> None:
    found: list[str] = []
    for width in (WIDE, NARROW):
        for scheme in SCHEMES:
            with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
                page.goto(site_url + "models/")
                if width == NARROW:
                    page.locator(".fg-menu summary").click()
                    found += [f"menu {scheme} {fault}" for fault in axe(page)]
                    page.keyboard.press("Escape")
                page.locator("#fg-search-open").click()
                page.locator("#fg-search-text").fill("fidelity")
                page.locator("#fg-search-results li").first.wait_for()
                found += [f"search {width} {scheme} {fault}" for fault in axe(page)]

    assert [] == found


def test_the_html_of_every_page_is_sound(site_folder: Path) -> None:
    assert [] == [f"{path.relative_to(site_folder)}: {fault}" for path, fault in html_faults(site_folder)]


class Names(HTMLParser):
    """Ids of a page, and everything on it that points somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.points: list[str] = []
        self.refers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value and not (tag == "link" and ("rel", "canonical") in attrs):
                self.points.append(value)
            elif name in ("for", "aria-labelledby", "aria-describedby", "aria-controls") and value:
                self.refers += value.split()


def test_no_link_anchor_or_id_is_broken(site_folder: Path) -> None:
    pages: dict[str, Names] = {}
    for path in site_folder.rglob("*.html"):
        pages[path.relative_to(site_folder).as_posix()] = names = Names()
        names.feed(path.read_text("utf-8"))
    broken = []
    for name, page in pages.items():
        broken += [f"{name}: id {id_} twice" for id_ in {i for i in page.ids if page.ids.count(i) > 1}]
        broken += [
            f"{name}: nothing has the id {id_}" for id_ in page.refers if id_ not in page.ids and id_[:2] != "__"
        ]
        for point in page.points:
            target = urlsplit(urljoin(f"https://site.test/{name.removesuffix('index.html')}", point))
            if target.netloc != "site.test":
                continue
            path = unquote(target.path).lstrip("/")
            path += "index.html" if path.endswith("/") or not path else ""
            if not (site_folder / path).is_file():
                broken.append(f"{name}: {point} leads nowhere")
            # A fragment with a sign such as `m=technical` is the state of a view, and no place on the page.
            elif "=" not in target.fragment and path in pages and target.fragment not in ("", *pages[path].ids):
                broken.append(f"{name}: {point} has no such anchor")

    assert [] == broken


def test_the_policy_in_the_pages_is_the_one_in_the_headers_file(site_folder: Path) -> None:
    sent = policy(ROOT)

    assert f"Content-Security-Policy: {sent}; frame-ancestors 'none'" in (site_folder / "_headers").read_text("utf-8")
    for path in site_folder.rglob("*.html"):
        assert sent in " ".join(path.read_text("utf-8").split()).replace("&#39;", "'"), path


def test_no_page_carries_an_inline_script_or_style(site_folder: Path) -> None:
    class Inline(HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = dict(attrs)
            data = names.get("type") == "application/ld+json"
            if tag == "style" or (tag == "script" and "src" not in names and not data):
                self.found.append(tag)
            self.found += [name for name in names if name == "style" or name.startswith("on")]

    for path in site_folder.rglob("*.html"):
        parser = Inline()
        parser.found = []
        parser.feed(path.read_text("utf-8"))
        assert [] == parser.found, path


def test_the_comparison_fits_a_projector(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.set_viewport_size({"width": 1024, "height": 768})
        page.goto(site_url + "models/compare/")
        bottom = page.locator("table.fg-cmp").evaluate("table => table.getBoundingClientRect().bottom")

        assert bottom <= 768
        assert sideways(page) == 0


def test_nothing_is_stored_before_the_reader_acts(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _):
        for address in TYPES.values():
            page.goto(site_url + address)
        stored = page.evaluate(
            """async () => ({
                local: localStorage.length, session: sessionStorage.length,
                bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
                workers: (await navigator.serviceWorker.getRegistrations()).length,
            })"""
        )

        assert {"local": 0, "session": 0, "bases": 0, "caches": 0, "workers": 0} == stored
        assert [] == context.cookies()


def test_reading_pages_load_no_python_and_no_search_index(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _):
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page.goto(site_url)
        page.goto(site_url + "models/technical/")
        page.wait_for_load_state("networkidle")

    assert [] == [url for url in asked if "/py/" in url or "/pagefind/" in url]
