"""The goal sheet in a real browser: a goal that gets better, saved as it is typed, on paper, and from a file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import watched
from test_selector_browser import READY, text_of

NOW = "2027-01-18T10:42:00"
WEAK = "I will improve engagement"
STRONG = "By 12 March, 20 of 26 students (now 9) will justify an answer with evidence on the Friday exit ticket"


def open_sheet(page: Page, site_url: str) -> None:
    page.clock.set_fixed_time(NOW)
    page.goto(site_url + "tools/goal/")


def sentence(page: Page) -> Any:
    return page.locator("textarea").first


def test_a_goal_gets_better_while_she_types(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_sheet(page, site_url)
        sentence(page).press_sequentially(WEAK)
        checks = page.locator(".fg-checks")
        expect(checks).to_contain_text("0 of 6 essentials in place")
        expect(checks).to_contain_text("Where are they now?")
        sentence(page).fill(STRONG)

        expect(checks).to_contain_text("5 of 6 essentials in place")
        expect(checks).to_contain_text("7 weeks away")
        assert [] == faults


def test_what_the_sentence_says_is_offered_for_the_fields_with_one_tap(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).fill(STRONG)
        page.get_by_role("button", name="Use 9 as the start").click()

        expect(page.get_by_label("From, now")).to_have_value("9")
        page.get_by_role("button", name="Use all of them").click()
        expect(page.get_by_label("Of how many")).to_have_value("26")
        expect(sentence(page)).to_have_value(STRONG)


def test_the_caret_stays_where_it_is_while_advice_changes(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).fill(STRONG)
        expect(page.locator(".fg-checks")).to_contain_text("5 of 6")
        sentence(page).evaluate("field => field.setSelectionRange(3, 3)")
        page.keyboard.type("the ")

        expect(sentence(page)).to_have_value(STRONG[:3] + "the " + STRONG[3:])
        assert 7 == sentence(page).evaluate("field => field.selectionStart")


def test_the_keyboard_alone_fills_the_sheet(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_sheet(page, site_url)
        sentence(page).focus()
        page.keyboard.type(STRONG)
        page.get_by_role("button", name="Use all of them").wait_for()
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.textContent.trim() === 'Use all of them'"):
                page.keyboard.press("Enter")
                break

        expect(page.get_by_label("To", exact=True)).to_have_value("20")
        assert [] == faults


def test_a_sheet_is_saved_as_it_is_typed_and_found_again(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).fill(STRONG)
        expect(page.locator("[data-status=saved]")).to_contain_text("Saved on this device")
        page.reload()
        page.locator("x-tool").click(position={"x": 5, "y": 5})

        expect(sentence(page)).to_have_value(STRONG)


def test_a_saved_file_brings_the_same_sheet_back(browser: Browser, site_url: str, tmp_path: Path) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).fill(STRONG)
        page.get_by_role("button", name="Use all of them").click()
        expect(page.get_by_label("From, now")).to_have_value("9")
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Save file").click()
        file = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(file)

    assert "coaching-field-guide/goal" == json.loads(file.read_text("utf-8"))["format"]
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        page.locator("x-tool.is-live").wait_for()
        page.locator("input[type=file]").set_input_files(file)

        expect(sentence(page)).to_have_value(STRONG)
        expect(page.get_by_label("From, now")).to_have_value("9")


BAD = {
    "not JSON": "{",
    "another tool": '{"format": "coaching-field-guide/selector", "version": 1}',
    "a newer version": '{"format": "coaching-field-guide/goal", "version": 999, "saved": "x", "sheet": {}}',
    "wrong types": '{"format": "coaching-field-guide/goal", "version": 1, "saved": "x", "sheet": {"sentence": [1]}}',
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_whole_with_a_reason_and_nothing_typed_is_lost(
    browser: Browser, site_url: str, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(BAD[what], "utf-8")
    with watched(browser, site_url) as (_, page, faults):
        open_sheet(page, site_url)
        sentence(page).fill(WEAK)
        page.wait_for_function(READY)
        page.locator("input[type=file]").set_input_files(file)

        expect(page.locator("x-tool")).to_contain_text(re.compile("sheet.json|this file|That file", re.I))
        expect(sentence(page)).to_have_value(WEAK)
        assert [] == faults


def test_what_a_reader_types_is_text_and_never_markup(browser: Browser, site_url: str) -> None:
    nasty = '<img src=x onerror="document.title=1"><b>bold</b> 20 of 26 students "will" \'explain\''
    with watched(browser, site_url) as (_, page, faults):
        open_sheet(page, site_url)
        title = page.title()
        sentence(page).fill(nasty)
        expect(page.locator(".fg-checks")).to_contain_text("20 of 26")

        assert 0 == page.locator("x-tool img, x-tool b >> text=bold").count()
        assert title == page.title()
        assert [] == faults


def test_the_printed_sheet_has_the_last_line_that_was_typed(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).fill(STRONG)
        page.wait_for_function(READY)
        page.get_by_label("A strategy to try first").fill("Sentence stems on the wall, the very last line")
        printed = text_of(page.pdf(format="Letter"))

    assert "the very last line" in printed
    assert "20 of 26 students" in printed


def test_without_script_the_sheet_prints_as_a_blank_form_of_one_page(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "tools/goal/")
        for paper in ("Letter", "A4"):
            pdf = page.pdf(format=paper)
            assert 1 == pages_of(pdf)
            assert "What would you love to see students do" in text_of(pdf) or "goal" in text_of(pdf).lower()


def pages_of(pdf: bytes) -> int:
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def test_nothing_is_stored_before_something_is_typed(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_sheet(page, site_url)
        sentence(page).focus()
        page.wait_for_function(READY)

        assert [] == page.evaluate("async () => (await indexedDB.databases()).map(base => base.name)")
