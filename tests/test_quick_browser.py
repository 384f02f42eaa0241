"""The quick version in a real browser: a principal in a corridor, without a script, and by keyboard alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from coaching.catalog import Catalog
from coaching.quick import quick_results
from pages import NARROW, WIDE, Scheme, axe, sideways, watched

QUICK = "tools/selector/quick/"
RESULT = QUICK + "#r-E1-X2-K1"
SCREENS = {"phone": (390, 844), "laptop": (1280, 800), "projector": (1024, 768)}


def live(page: Page) -> None:
    """Wait until the part's script is there; the page works before."""
    page.locator("x-quick:defined").wait_for(state="attached")


def title(page: Page) -> str:
    """Heading of the one part that is shown."""
    shown = page.locator("x-quick > section:visible")
    expect(shown).to_have_count(1)
    return shown.locator("h2").inner_text()


def first(page: Page) -> str:
    return page.locator("x-quick .fg-ranked:visible h3").first.inner_text()


def pick(page: Page, words: str) -> None:
    page.locator("x-quick a.fg-opt:visible").filter(has_text=words).click()


# ---- J1, as it is written


@pytest.mark.parametrize("screen", SCREENS)
def test_a_principal_in_a_corridor_has_a_result_three_taps_after_the_home_page(
    browser: Browser, site_url: str, site_folder: Path, screen: str
) -> None:
    width, height = SCREENS[screen]
    with watched(browser, site_url) as (context, page, faults):
        asked: list[str] = []
        # The browser looks at the icon again whenever the address changes; that is no request of the page's.
        context.on("request", lambda request: request.url.endswith("/icon.svg") or asked.append(request.url))
        page.set_viewport_size({"width": width, "height": height})
        page.goto(site_url)
        page.get_by_role("link", name="Choose a model").first.click()
        page.wait_for_url(f"**/{QUICK}")
        assert "Who will be coached most?" == title(page)
        live(page)
        page.wait_for_load_state("networkidle")
        loaded = list(asked)

        pick(page, "New teachers")
        assert "What is the main challenge?" == title(page)
        pick(page, "A new curriculum or program")
        assert "What is the coach best at today?" == title(page)
        # One frame after the tap the result is there.
        drawn = page.evaluate(
            """() => new Promise((done) => {
                const all = [...document.querySelectorAll('x-quick a.fg-opt')].filter((link) => link.checkVisibility());
                all.find((link) => link.textContent.startsWith('Expert in')).click();
                requestAnimationFrame(() => requestAnimationFrame(() => {
                    const shown = [...document.querySelectorAll('.fg-ranked')].filter((list) => list.checkVisibility());
                    done(shown.map((list) => list.textContent).join());
                }));
            })"""
        )

        assert "Technical" in drawn
        assert "The main challenge is a new curriculum" in drawn
        assert "Watch out." in drawn
        place = page.locator("x-quick .fg-ranked:visible > li").first.bounding_box()
        assert place
        assert place["y"] + place["height"] <= height, "the first place is on the screen, with reason and warning"
        page.wait_for_load_state("networkidle")
        assert loaded == asked, "everything came with the page"
        assert [] == [url for url in asked if "/py/" in url or "/pagefind/" in url]
        assert 250_000 > sum(weight(site_folder, url.removeprefix(site_url)) for url in set(asked))
        assert [] == faults


def weight(site_folder: Path, address: str) -> int:
    path = address.split("#")[0]
    file = site_folder / (path + "index.html" if path.endswith("/") or not path else path)
    return len(brotli.compress(file.read_bytes(), quality=11))


def test_back_goes_to_the_question_before_and_keeps_the_answers(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + QUICK)
        live(page)
        for words in ("New teachers", "A new curriculum", "Expert in"):
            pick(page, words)
        page.go_back()
        assert "What is the coach best at today?" == title(page)
        expect(page.locator("x-quick a.fg-opt[aria-current]:visible")).to_contain_text("Expert in")
        page.go_back()
        expect(page.locator("x-quick a.fg-opt[aria-current]:visible")).to_contain_text("A new curriculum")
        page.go_back()
        expect(page.locator("x-quick a.fg-opt[aria-current]:visible")).to_contain_text("New teachers")
        for _ in range(3):
            page.go_forward()
        assert "#r-E1-X2-K1" in page.url
        assert "Technical" == first(page)
        assert [] == faults


def test_a_changed_answer_changes_the_result_and_says_what_changed(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    found = {result.path: result for result in quick_results(catalog.ranked, catalog.selector)}
    before, after = found["E1", "X2", "K1"], found["E1", "X2", "K2"]
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + RESULT)
        live(page)
        expect(page.locator("x-quick [role=status]")).to_have_text("")
        change = page.locator(".fg-ifs a:visible").filter(has_text="Skilled at listening and asking")
        expect(change.locator("small")).to_have_text(after.first)
        change.click()

        assert "#r-E1-X2-K2" in page.url
        assert after.places[0].ranked.name == first(page)
        expect(page.locator("x-quick [role=status]")).to_have_text(
            f"Coach’s strength: now “Skilled at listening and asking”. "
            f"First place: {after.first}, before it was {before.first}."
        )
        expect(page.locator("#r-E1-X2-K2")).to_be_focused()
        expect(page.locator("#r-E1-X2-K2")).to_be_in_viewport()
        expect(page.locator("x-quick [role=status]")).to_be_in_viewport()
        expect(page.locator(".fg-ifs [aria-current]:visible")).to_have_count(3)
        page.go_back()
        assert before.title == title(page)
        assert [] == faults


def test_a_change_that_leaves_the_first_place_says_that_too(browser: Browser, site_url: str, catalog: Catalog) -> None:
    found = quick_results(catalog.ranked, catalog.selector)
    old, new = next(
        (result, choice) for result in found for row in result.rows for choice in row.choices
        if not choice.chosen and choice.first == result.first and result.places
    )  # fmt: skip
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(f"{site_url}{QUICK}#r-{'-'.join(old.path)}")
        live(page)
        page.locator(f".fg-ifs a[href='#r-{'-'.join(new.path)}']:visible").click()

        expect(page.locator("x-quick [role=status]")).to_contain_text(f"First place stays the same: {old.first}.")


def test_the_full_version_starts_with_the_answers(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + RESULT)
        page.get_by_role("link", name="Do the full version").click()
        page.wait_for_url("**/tools/selector/#*")

        for answer in ("E1", "X2", "K1"):
            expect(page.locator(f"#a-{answer}")).to_be_checked()
        expect(page.locator(".fg-opts input[type=radio]:checked")).to_have_count(3)
        assert [] == faults


def test_the_three_models_stand_side_by_side_one_tap_away(browser: Browser, site_url: str, catalog: Catalog) -> None:
    found = {result.path: result for result in quick_results(catalog.ranked, catalog.selector)}
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + RESULT)
        page.get_by_role("link", name="Compare these three").click()
        page.locator("x-compare.is-live").wait_for()
        columns = page.locator(".fg-cmp thead th:not([hidden])").all_inner_texts()

        assert {place.ranked.name for place in found["E1", "X2", "K1"].places} == set(columns)


def test_the_search_and_a_visit_elsewhere_leave_the_result_as_it_was(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + RESULT)
        live(page)
        before = title(page)
        page.locator(".fg-ranked:visible h3 a").first.click()
        page.wait_for_url("**/models/**")
        page.go_back()
        page.wait_for_url("**/#r-E1-X2-K1")

        assert before == title(page)
        assert [] == faults


# ---- without a script, without a mouse, without our own styles


def test_it_works_without_a_script(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + QUICK)
        assert "Who will be coached most?" == title(page)
        for words in ("New teachers", "A new curriculum", "Expert in"):
            pick(page, words)
        assert "Technical" == first(page)
        page.locator(".fg-ifs a:visible").filter(has_text="Skilled at listening").click()
        assert "#r-E1-X2-K2" in page.url
        page.go_back()
        page.go_back()
        assert "What is the coach best at today?" == title(page)


def test_it_works_by_keyboard_alone_and_the_reader_lands_on_each_part(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + QUICK)
        live(page)
        page.locator("#q").focus()
        for id_ in ("q-E1", "q-E1-X1", "r-E1-X1-K1"):
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.locator(f"#{id_}")).to_be_focused()
            box = page.locator(f"#{id_}").bounding_box()
            header = page.locator(".md-header").bounding_box()
            assert box
            assert header
            assert box["y"] >= header["y"] + header["height"], "the heading is not under the header"
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.closest('section').querySelector('h2').id") == "r-E1-X1-K1"


def test_an_address_that_names_no_part_shows_the_first_question(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        for part in ("#r-E9-X2-K1", "#", "#%00", "#q-"):
            page.goto("about:blank")
            page.goto(site_url + QUICK + part)
            assert "Who will be coached most?" == title(page)
            told = page.locator(".fg-quick__news")
            expect(told).to_have_text(
                re.compile("does not lead to a result") if part.startswith(("#r-", "#q-")) else ""
            )
        assert [] == faults


def test_every_part_is_there_to_read_without_styles(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _faults):
        context.route("**/*.css", lambda route: route.abort())
        page.goto(site_url + QUICK)

        assert page.locator("x-quick > section").count() == page.locator("x-quick > section:visible").count()


# ---- looks: narrow, zoomed, touched, printed


STATES = ("", "#q-E1", "#q-E1-X2", "#r-E1-X2-K1", "#r-E1-X2-K2", "#r-E1-0-0", "#r-0-0-0", "#r-E3-X7-K2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_part_has_an_accessibility_fault(browser: Browser, site_url: str, width: int, scheme: Scheme) -> None:
    found: list[str] = []
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, faults):
        for state in STATES:
            page.goto(site_url + QUICK + state)
            found += [f"{state}: {fault}" for fault in axe(page)]

    assert [] == found
    assert [] == faults


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(browser: Browser, site_url: str, width: int) -> None:
    small: list[str] = []
    with watched(browser, site_url, width) as (_, page, _faults):
        for state in STATES:
            page.goto(site_url + QUICK + state)
            assert 0 >= sideways(page), state
            for link in page.locator("x-quick :is(.fg-opt, .fg-btn, .fg-ifs a, .fg-toolbar a):visible").all():
                box = link.bounding_box()
                if not box or box["height"] < 44:
                    small.append(f"{state}: {link.inner_text()}: {box}")

    assert [] == small


def test_at_four_hundred_percent_there_is_one_way_to_scroll(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, 320) as (_, page, _faults):
        page.set_viewport_size({"width": 320, "height": 256})
        for state in STATES:
            page.goto(site_url + QUICK + state)
            assert 0 >= sideways(page), state


def test_forced_colors_and_reduced_motion_keep_the_chosen_answer_marked(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, forced_colors="active", reduced_motion="reduce") as (_, page, faults):
        page.goto(site_url + RESULT)
        chosen = page.locator(".fg-ifs b:visible").first
        style = chosen.evaluate("chosen => getComputedStyle(chosen).outlineStyle")

        assert "solid" == style
        assert [] == faults


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("state", ["#r-E1-X2-K1", "#r-E1-X2-K2", "#r-E3-X5-K3", "#r-0-0-0", "#q-E1"])
def test_what_is_shown_prints_on_one_page(browser: Browser, site_url: str, state: str, paper: str) -> None:
    with watched(browser, site_url, scheme="dark") as (_, page, _faults):
        page.goto(site_url + QUICK + state)
        heading = page.locator(state).inner_text()
        printed = PdfReader(io.BytesIO(page.pdf(format=paper)))
    words = " ".join(printed.pages[0].extract_text().split())

    assert 1 == len(printed.pages)
    assert heading in words
    assert "No study ranks these models" in words
    if state == "#r-E1-X2-K1":
        assert "Expert in the practice or subject" in words
        assert "Skilled at listening" not in words, "answers that were not given stay off the paper"
