"""How we score, in a real browser: weights altered in place, and one work on two pages."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from pages import sideways, watched

READY = "() => document.querySelector('x-tool.is-ready') !== null"
PAGE, SELECTOR = "how-we-score/", "tools/selector/"


def ready(page: Page) -> None:
    """Python starts here when the tool is touched, and not before."""
    page.locator("x-tool.is-live").wait_for()
    page.locator("#answer-E").focus()
    page.wait_for_function(READY)


def choose(page: Page, answers: dict[str, str]) -> None:
    for question, key in answers.items():
        page.locator(f"#answer-{question}").select_option(key)


def test_a_doubting_reader_changes_a_weight_sees_what_moves_and_shares_it(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, permissions=["clipboard-read", "clipboard-write"]) as (_, page, faults):
        page.goto(site_url + PAGE)
        ready(page)
        page.get_by_role("button", name="Riverside").click()
        expect(page.locator(".fg-moved tbody tr")).not_to_have_count(0)
        expect(page.locator(".fg-moved thead")).not_to_contain_text("With ours")
        page.locator("#weight-K").fill("8")
        expect(page.locator("#result")).to_contain_text("1 of 11 weights is changed")
        expect(page.locator(".fg-moved tbody")).to_contain_text(re.compile(r"down \d"))
        seen = page.locator(".fg-moved tbody").inner_text()
        page.get_by_role("button", name="Copy a link to this view").click()
        page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('#r=')")
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert [] == faults
    with watched(browser, site_url) as (_, page, faults):
        page.goto(link)
        expect(page.locator("#result")).to_contain_text("1 of 11 weights is changed", timeout=60_000)

        assert seen == page.locator(".fg-moved tbody").inner_text()
        assert "8" == page.locator("#weight-K").input_value()
        assert [] == faults


def test_answers_and_weights_are_the_same_on_both_pages_and_after_a_reload(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + PAGE)
        ready(page)
        page.evaluate("() => { globalThis.stillHere = true; }")
        choose(page, {"E": "E1", "X": "X2"})
        page.locator("#weight-T").fill("4")
        expect(page.locator(".fg-weigh")).to_contain_text("ours: 1.5")
        page.get_by_role("link", name="full selector").click()
        expect(page.locator("#a-E1")).to_be_checked()
        expect(page.locator("#a-X2")).to_be_checked()
        page.locator('input[name="K"][value="K1"]').check(force=True)
        expect(page.locator("#check")).to_contain_text("Expert in the practice")
        page.go_back()
        expect(page.locator("#answer-E")).to_have_value("E1")
        expect(page.locator("#answer-K")).to_have_value("K1")
        expect(page.locator("#weight-T")).to_have_value("4")

        assert page.evaluate("() => globalThis.stillHere === true"), "the document was kept"
        page.reload()
        page.locator("#answer-G").click()
        expect(page.locator("#answer-X")).to_have_value("X2")
        expect(page.locator("#answer-K")).to_have_value("K1")
        assert [] == faults


def test_what_is_filled_in_before_python_is_there_counts_on_the_next_page(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _faults):
        held: list[object] = []
        context.route("**/app.zip", lambda route: held.append(route))
        with page.expect_request("**/app.zip"):
            page.goto(site_url + SELECTOR)
            for key in ("E1", "X2"):
                page.locator(f"#a-{key}").check(force=True)
        page.locator("footer a", has_text="How we score").click()
        page.get_by_role("heading", name="How we score", level=1).wait_for()
        page.wait_for_function("() => document.querySelector('x-tool[data-part].is-live') !== null")
        for route in held:
            route.continue_()  # type: ignore[attr-defined]
        context.unroute("**/app.zip")

        expect(page.locator("#answer-E")).to_have_value("E1", timeout=60_000)
        expect(page.locator("#answer-X")).to_have_value("X2")


def test_a_draft_of_the_other_page_is_found_and_laid_over_what_was_saved(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _faults):
        page.goto(site_url + SELECTOR)
        page.wait_for_function(READY)
        page.locator("#a-G1").check(force=True)
        expect(page.locator("[data-status=saved]")).to_contain_text("Saved on this device")
        context.route("**/app.zip", lambda route: route.abort())
        page.goto(site_url + SELECTOR + "?again")  # a new document, in which Python cannot start
        page.locator("#a-E2").check(force=True)
        expect(page.locator("[data-status=saved]")).to_contain_text("not yet checked")
        context.unroute("**/app.zip")
        page.goto(site_url + PAGE)

        expect(page.locator("#answer-E")).to_have_value("E2", timeout=60_000)
        expect(page.locator("#answer-G")).to_have_value("G1")


@pytest.mark.parametrize("height", [256, 800])
def test_at_four_hundred_percent_there_is_one_way_to_scroll(browser: Browser, site_url: str, height: int) -> None:
    with watched(browser, site_url, 320) as (_, page, _faults):
        page.set_viewport_size({"width": 320, "height": height})
        page.goto(site_url + PAGE)
        ready(page)
        page.get_by_role("button", name="Hillcrest").click()
        page.locator("#weight-X").fill("1")
        expect(page.locator(".fg-moved")).to_be_visible()

        assert 0 >= sideways(page)
        # What stays in sight must leave room for what is read.
        assert ("sticky" if height == 800 else "static") == page.locator(".fg-weigh__now").evaluate(
            "line => getComputedStyle(line).position"
        )


def test_the_weights_print_with_what_moved(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + PAGE)
        ready(page)
        page.get_by_role("button", name="Lakeview").click()
        page.locator("#weight-X").fill("1")
        expect(page.locator("#result")).to_contain_text("1 of 11 weights is changed")
        printed = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages)

        assert "1 of 11 weights is changed" in " ".join(printed.split())
        assert "Lakeview, one coach for thirty: a school that we made up." in " ".join(printed.split())
        assert "Copy a link" not in printed
        assert "full selector" not in printed


def test_without_script_the_weights_are_there_to_read(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + PAGE)

        expect(page.locator("#weights ~ x-tool, x-tool")).to_contain_text(
            "With scripts on, you can change a weight here"
        )
        assert "4" == page.locator("#weight-X").input_value()


def test_a_reader_who_touches_nothing_loads_no_python(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _faults):
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page.goto(site_url + PAGE)
        page.locator("x-tool.is-live").wait_for()
        page.evaluate("() => new Promise(done => requestIdleCallback(done))")
        page.wait_for_load_state("networkidle")

        assert [] == [url for url in asked if "/assets/py/" in url]
