"""The team view in a real browser: a room with thirty phones and bad wifi."""

from __future__ import annotations

import io

import pytest
import segno
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from pages import Scheme, axe, sideways, watched
from test_selector_browser import READY
from test_team_view import EXAMPLES, TWELVE, code

CHAT: str = EXAMPLES[TWELVE]["events"][0]["form"][0][1]
CODES = [code(), code("s06"), code("s07", role="coach")]


KEPT = """async () => {
  const found = [{ ...localStorage }, { ...sessionStorage }];
  const answer = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  for (const { name } of await indexedDB.databases()) {
    const base = await answer(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      found.push(await answer(base.transaction(store).objectStore(store).getAll()));
    }
  }
  return JSON.stringify(found);
}"""
"""Everything that the page keeps on the device."""


def pasted(page: Page, site_url: str, text: str) -> None:
    page.goto(site_url + "tools/team/")
    page.wait_for_function(READY)
    page.locator("#paste").fill(text)
    page.get_by_role("button", name="Read the codes").click()
    expect(page.locator("#together")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024])
def test_twelve_codes_from_a_chat_show_what_the_group_says_without_a_network(
    browser: Browser, site_url: str, width: int
) -> None:
    with watched(browser, site_url, width) as (context, page, faults):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        context.set_offline(True)
        page.locator("#paste").fill(CHAT)
        page.get_by_role("button", name="Read the codes").click()
        together = page.locator("x-tool")
        expect(page.locator(".fg-said")).to_have_text("12 codes added. 1 code was there already and is counted once.")
        expect(page.locator("#together")).to_contain_text("leads for this group.")

        assert 3 == page.locator(".fg-topics > li").count()
        assert "Teachers" in together.locator("[aria-labelledby=roles-h]").inner_text()
        assert "School leaders" not in together.locator("[aria-labelledby=roles-h]").inner_text()
        assert "" == page.locator("#paste").input_value()
        assert "Dolores" not in page.content()
        assert not sideways(page)
        before = page.locator("#together").inner_text()
        page.locator(".fg-collect details summary").click()
        page.get_by_role("button", name="Remove").first.click()
        expect(page.locator(".fg-collect summary")).to_have_text("11 people so far")
        assert before != page.locator("#together").inner_text()
        assert [] == faults


def test_names_are_kept_nowhere_even_before_python_runs(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.route("**/*.wasm", lambda route: route.abort())
        page.goto(site_url + "tools/team/")
        page.locator("#paste").fill("Marisol Quintero\n" + CODES[0])
        page.get_by_role("button", name="Read the codes").click()
        expect(page.get_by_role("button", name="Try again")).to_be_visible(timeout=60_000)
        kept = page.evaluate(KEPT)

        assert "Marisol" not in kept
        assert "Marisol" in page.locator("#paste").input_value(), "what was typed is still there"


def test_codes_come_from_a_picture_with_several_of_them(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        drawn = "".join(
            segno.make(f"{site_url}tools/selector/#r={one}", error="m").svg_inline(scale=5) for one in CODES
        )
        sheet = page.context.new_page()
        sheet.set_content(f"<body style='background:#fff'>{drawn}</body>")
        shot = sheet.screenshot(full_page=True)
        sheet.close()
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.locator('input[data-read="qr"]').set_input_files(
            {"name": "p.png", "mimeType": "image/png", "buffer": shot}
        )

        expect(page.locator(".fg-said")).to_have_text("3 codes added.")
        assert [] == faults


def test_a_picture_without_a_code_says_so(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        shot = page.screenshot()
        page.locator('input[data-read="qr"]').set_input_files(
            {"name": "p.png", "mimeType": "image/png", "buffer": shot}
        )
        expect(page.locator('[data-picture="none"]')).to_be_visible()
        page.locator('input[data-read="qr"]').set_input_files(
            {"name": "p.txt", "mimeType": "text/plain", "buffer": b"hello"}
        )
        expect(page.locator('[data-picture="none"]')).to_be_visible()
        assert [] == faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_result_of_a_group_is_accessible(browser: Browser, site_url: str, width: int, scheme: Scheme) -> None:
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
        pasted(page, site_url, CHAT)

        assert [] == axe(page)


def test_a_group_result_prints_in_grey_on_few_sheets(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        pasted(page, site_url, CHAT)
        pages = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
        words = " ".join(page.extract_text() for page in pages)

        assert len(pages) <= 4
        assert "Talk about these first" in words
        assert "Chat, list or codes" not in words
