"""The search, in a real browser: whether it finds the right page, what it says if it finds none, and what it loads."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from coaching.addresses import Addresses
from coaching.catalog import Catalog
from pages import NARROW, ROOT, WIDE, axe, sideways, watched

FIRST = 3
"""A right page has to stand among so many results."""

MOST = 400_000
"""Bytes that a first search may load, compressed."""

OF_SEARCH = ("/pagefind/", "/assets/search", "/assets/find.js")
"""What belongs to the search, by its address."""


class Question(TypedDict):
    """A row of the table: what is typed, and the targets that a sensible colleague would point to."""

    asked: str
    right: list[str]


QUESTIONS: list[Question] = yaml.safe_load((ROOT / "tests/search_questions.yml").read_text("utf-8"))


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The home page with the search open; no test may leave a fault behind."""
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url)
        open_search(page)
        yield page
        assert [] == faults


def open_search(page: Page) -> None:
    page.locator("#fg-search-open").click()
    page.locator("#fg-search-tries button").first.wait_for()


def ask(page: Page, text: str) -> list[str]:
    """Type a question and wait until what is shown belongs to it; the links of the results."""
    page.locator("#fg-search-text").fill(text)
    settled(page, text)
    links: list[str] = page.locator("#fg-search-results a").evaluate_all("links => links.map(link => link.href)")
    return links


def settled(page: Page, text: str) -> None:
    expect(page.locator("#fg-search-results")).to_have_attribute("data-asked", text)


def answers(link: str, address: str) -> bool:
    """Whether a result leads to an address; an address with a place on its page has to be met exactly."""
    return address == (link if "#" in address else link.partition("#")[0])


# ---- what is found


def test_every_question_finds_a_right_page_among_the_first_three(page: Page, site_url: str, catalog: Catalog) -> None:
    addresses = Addresses(catalog)
    missed = []
    for row in QUESTIONS:
        right = [addresses.address(target) for target in row["right"]]
        came = [link.removeprefix(site_url) for link in ask(page, row["asked"])]
        if not any(answers(link, address) for link in came[:FIRST] for address in right):
            missed.append(f"{row['asked']!r}: wanted one of {right}, came {came}")

    assert [] == missed, f"{len(missed)} of {len(QUESTIONS)} questions"


def test_the_table_asks_what_many_kinds_of_readers_ask() -> None:
    parts = {target.partition(":")[0] for row in QUESTIONS for target in row["right"]}

    assert len(QUESTIONS) >= 44
    assert {"topic", "model", "phase", "dispute", "tool", "term", "flag", "page"} <= parts
    assert all(1 <= len(row["right"]) <= 3 for row in QUESTIONS)


def test_a_result_leads_to_the_best_section_and_says_which(page: Page, site_url: str) -> None:
    ask(page, "what to drop")
    link = page.locator("#fg-search-results a").first

    expect(link).to_have_text("Time and caseload: What to drop")
    assert link.evaluate("link => link.href") == site_url + "leading/time-and-caseload/#what-to-drop"


def test_a_misspelled_word_is_read_as_the_nearest_one_and_the_reader_is_told(page: Page) -> None:
    ask(page, "knigth")

    expect(page.locator("#fg-search-status")).to_contain_text("“knigth” is not a word of this guide; read as “knight”.")
    expect(page.locator("#fg-search-results a").first).to_contain_text("Knight partnership")


def test_every_word_that_misspellings_are_compared_with_can_be_found(page: Page) -> None:
    lost = page.evaluate(
        """async () => {
            const search = await import("/pagefind/pagefind.js");
            const words = await (await fetch("/pagefind/words.json")).json();
            const found = await Promise.all(words.map(async word => (await search.search(`"${word}"`)).results.length));
            return words.filter((_, i) => !found[i]);
        }"""
    )

    assert [] == lost


# ---- when nothing is found, or nothing comes


def test_nothing_found_says_so_and_leads_to_the_glossary(page: Page, site_url: str) -> None:
    assert [] == ask(page, "zzxqv")

    expect(page.locator("#fg-search-status")).to_have_text("Nothing found for “zzxqv”.")
    page.get_by_role("dialog").get_by_role("link", name="Glossary").click()
    page.wait_for_url(site_url + "glossary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


def test_nothing_found_leads_to_the_glossary_from_a_page_that_came_later(page: Page, site_url: str) -> None:
    page.keyboard.press("Escape")
    page.locator(".fg-tabs a", has_text="Evidence").click()
    page.wait_for_url(site_url + "evidence/")
    open_search(page)
    ask(page, "zzxqv")

    page.get_by_role("dialog").get_by_role("link", name="Glossary").click()
    page.wait_for_url(site_url + "glossary/")


@pytest.mark.parametrize(("width", "focused"), [(WIDE, ".fg-tabs a"), (NARROW, ".fg-menu[open] summary")])
def test_nothing_found_leads_to_the_menu(browser: Browser, site_url: str, width: int, focused: str) -> None:
    with watched(browser, site_url, width) as (_, page, faults):
        page.goto(site_url)
        open_search(page)
        ask(page, "zzxqv")
        page.get_by_role("dialog").get_by_role("button", name="Menu").click()

        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator(focused).first).to_be_focused()
        assert [] == faults


def test_without_a_network_the_search_says_so_and_the_page_stays(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _):
        page.goto(site_url)
        open_search(page)
        context.set_offline(True)
        assert [] == ask(page, "fidelity")

        expect(page.locator("#fg-search-status")).to_have_text("Search could not load.")
        expect(page.locator("#fg-search-glossary")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url == site_url

        context.set_offline(False)
        page.locator("#fg-search-open").click()
        assert ask(page, "kappa")
        assert ask(page, "fidelity")


# ---- what it loads


LONGEST = sorted((row["asked"] for row in QUESTIONS), key=lambda asked: len(asked.split()))[-3:]
"""Each word may need another piece of the index."""


@pytest.mark.parametrize("asked", [QUESTIONS[0]["asked"], *LONGEST])
def test_a_first_search_loads_little(browser: Browser, site_url: str, site_folder: Path, asked: str) -> None:
    with watched(browser, site_url) as (context, page, _):
        page.goto(site_url)
        loaded: set[str] = set()
        context.on("request", lambda request: loaded.add(urlsplit(request.url).path.lstrip("/")))
        open_search(page)
        assert ask(page, asked)

    of_search = sorted(path for path in loaded if any(part in f"/{path}" for part in OF_SEARCH))
    parts = {path: len(gzip.compress((site_folder / path).read_bytes())) for path in of_search}
    assert any(path.endswith(".pf_index") for path in parts)
    assert sum(parts.values()) <= MOST, parts


# ---- how it is used


def test_the_arrow_keys_go_through_the_results_and_back(page: Page) -> None:
    ask(page, "fidelity")
    links = page.locator("#fg-search-results a")
    last = links.count() - 1

    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#fg-search-text")).to_be_focused()
    for _ in range(last + 3):
        page.keyboard.press("ArrowDown")
    expect(links.nth(last)).to_be_focused()


def test_enter_opens_the_first_result_of_what_was_typed_last(page: Page) -> None:
    first = ask(page, "kappa")[0]
    ask(page, "fidelity")
    page.locator("#fg-search-text").fill("kappa")
    page.keyboard.press("Enter")

    page.wait_for_url(first)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_enter_closes_the_search_for_good_when_its_results_are_already_there(page: Page) -> None:
    first = ask(page, "kappa")[0]
    page.keyboard.press("Enter")

    page.wait_for_url(first)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_before_anything_is_typed_there_are_examples_to_try(page: Page, catalog: Catalog) -> None:
    buttons = page.locator("#fg-search-tries button")
    assert buttons.all_inner_texts() == list(catalog.search.examples)
    assert len(catalog.search.examples) == 3

    buttons.nth(1).click()
    settled(page, catalog.search.examples[1])
    expect(page.locator("#fg-search-text")).to_have_value(catalog.search.examples[1])
    expect(page.locator("#fg-search-text")).to_be_focused()
    expect(page.locator("#fg-search-tries")).to_be_hidden()
    assert page.locator("#fg-search-results a").count() > 0


def test_results_are_announced_once(page: Page) -> None:
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.getElementById("fg-search-status");
            new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    ask(page, "fidelity")

    assert 1 == len(page.evaluate("() => window.said"))
    expect(page.locator("#fg-search [aria-live], #fg-search [role=status]")).to_have_count(1)


@pytest.mark.parametrize("asked", ["", "new teacher won’t talk", "zzxqv"])
def test_the_dialog_fits_a_phone_and_has_no_accessibility_fault(browser: Browser, site_url: str, asked: str) -> None:
    with watched(browser, site_url, NARROW, bypass_csp=True) as (_, page, faults):
        page.goto(site_url)
        open_search(page)
        ask(page, asked)
        box = page.locator("#fg-search").bounding_box()

        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW
        assert box["y"] + box["height"] <= 800
        assert page.locator("#fg-search").evaluate("box => box.scrollWidth <= box.clientWidth")
        assert sideways(page) == 0
        assert [] == axe(page)
        assert [] == faults
