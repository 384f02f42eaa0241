"""Pages on paper: a page that is read prints as a handout, in either paper size, whatever the screen's colors."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from pages import watched

HANDOUTS = {"models/knight-partnership/": 14, "cycle/goals/": 9, "support/novice-teachers/": 7, "models/compare/": 1}
"""Address -> sheets it may take at most."""


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("address", HANDOUTS)
def test_a_page_prints_on_a_few_sheets_without_header_and_navigation(
    browser: Browser, site_url: str, address: str, paper: str
) -> None:
    with watched(browser, site_url, scheme="dark") as (_, page, _faults):
        page.goto(site_url + address)
        heading = page.locator("h1").inner_text()
        printed = PdfReader(io.BytesIO(page.pdf(format=paper, landscape=address.endswith("compare/"))))
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())

    assert len(printed.pages) <= HANDOUTS[address]
    assert heading.split()[0] in words
    assert "Find a model" not in words
    assert "Clear everything on this device" not in words
