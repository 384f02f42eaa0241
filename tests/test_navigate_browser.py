"""From page to page without a reload: what is swapped, where the reader lands, and what happens when it cannot work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pages import watched


def mark(page: Page) -> None:
    """Leave a sign that a reload would take away."""
    page.evaluate("() => { globalThis.same = true }")


def is_same(page: Page) -> bool:
    same: bool = page.evaluate("() => globalThis.same === true")
    return same


def test_a_link_swaps_the_page_its_title_its_description_and_its_data(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "models/technical/")
        mark(page)
        page.locator(".fg-phases a, .fg-ring a").first.click()
        page.wait_for_url("**/cycle/goals/")
        expect(page.locator("h1")).to_contain_text("Goals")

        assert is_same(page)
        assert "Goals" in page.title()
        assert "/cycle/goals/" in str(page.locator('link[rel="canonical"]').get_attribute("href"))
        assert 1 == page.locator('meta[name="description"]').count()
        assert "/cycle/goals/" in page.locator('script[type="application/ld+json"]').inner_text()
        assert "true" == page.locator(".fg-tabs a", has_text="The cycle").get_attribute("aria-current")
        assert [] == faults


def test_links_of_the_header_are_right_after_a_change_of_depth(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "models/technical/")
        mark(page)
        page.locator(".fg-mark").click()
        page.wait_for_url(site_url)
        page.locator(".fg-tabs a", has_text="Models").click()
        page.wait_for_url("**/models/")
        page.locator(".fg-mark").click()
        page.wait_for_url(site_url)

        assert is_same(page)
        assert [] == faults


def test_back_leads_to_the_place_where_the_reader_was(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        mark(page)
        page.evaluate("async () => { await document.fonts.ready; scrollTo({ top: 1800, behavior: 'instant' }) }")
        page.locator(".md-footer a", has_text="Glossary").evaluate("link => link.click()")
        page.wait_for_url("**/glossary/")
        assert 0 == page.evaluate("() => scrollY")
        page.go_back()
        page.wait_for_url("**/models/technical/")
        page.wait_for_function("() => Math.abs(scrollY - 1800) < 5")

        assert is_same(page)


def test_a_link_with_a_fragment_lands_on_its_target(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        mark(page)
        page.locator(".fg-sources a").first.click()
        page.wait_for_url("**/sources/#*")
        target = page.locator(".fg-works li:target")
        expect(target).to_be_in_viewport()

        assert is_same(page)


QUICK_RESULT = "tools/selector/quick/#r-E1-X2-K1"


def scroll_down(page: Page, to: int) -> None:
    """Scroll there once the page has its final height, and wait until the browser is there."""
    page.evaluate("async to => { await document.fonts.ready; scrollTo({ top: to, behavior: 'instant' }) }", to)
    page.wait_for_function("to => Math.abs(scrollY - to) < 5", arg=to)


@pytest.mark.parametrize(
    ("words", "address"),
    [("Compare these three", "**/models/compare/#m=*"), ("Do the full version", "**/tools/selector/#a=*")],
)
def test_a_fragment_that_is_data_and_no_place_leaves_the_reader_at_the_top(
    browser: Browser, site_url: str, words: str, address: str
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + QUICK_RESULT)
        mark(page)
        scroll_down(page, 400)
        page.get_by_role("link", name=words).evaluate("link => link.click()")
        page.wait_for_url(address)
        expect(page.locator("h1")).to_be_in_viewport()

        assert 0 == page.evaluate("() => scrollY")
        assert is_same(page)
        assert [] == faults


@pytest.mark.parametrize("place", [0, 400])
def test_back_to_a_page_with_a_fragment_leads_to_the_place_and_not_to_the_fragment(
    browser: Browser, site_url: str, place: int
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        mark(page)
        page.locator(".fg-onpage a[href='#evidence']").evaluate("link => link.click()")
        page.wait_for_url("**/#evidence")
        page.wait_for_function("() => scrollY > 1000")
        scroll_down(page, place)
        page.locator(".md-footer a", has_text="Glossary").evaluate("link => link.click()")
        page.wait_for_url("**/glossary/")
        page.go_back()
        page.wait_for_url("**/#evidence")
        expect(page.locator("h1")).to_have_text("Technical")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

        assert abs(page.evaluate("() => scrollY") - place) < 5
        assert is_same(page)


def test_the_keyboard_goes_on_at_the_new_page(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url)
        page.locator(".fg-tabs a", has_text="Support").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/support/")
        expect(page.locator("h1")).to_have_text("Support systems and specific needs")

        assert "main" == page.evaluate("() => document.activeElement.id")


def test_a_page_that_cannot_be_fetched_is_left_to_the_browser(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url)
        mark(page)

        def refuse_scripts(route: Route) -> None:
            if route.request.resource_type == "fetch":
                route.abort()
            else:
                route.continue_()

        page.route("**/support/", refuse_scripts)
        page.locator(".fg-tabs a", has_text="Support").click()
        page.wait_for_url("**/support/")
        expect(page.locator("h1")).to_have_text("Support systems and specific needs")

        assert not is_same(page)


def test_a_new_tab_is_still_a_new_tab(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, _faults):
        page.goto(site_url)
        with context.expect_page() as opened:
            page.locator(".fg-tabs a", has_text="Support").click(modifiers=["Control"])

        assert opened.value.url.endswith("/support/")
        assert site_url == page.url
