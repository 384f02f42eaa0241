"""What moves on reading pages, in a real browser: filters, comparison, questions, terms, and what a reader keeps."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coaching.catalog import Catalog
from pages import NARROW, WIDE, axe, sideways, watched
from sitegen.gathered import facts


def open_at(page: Page, address: str) -> None:
    """Open a page and wait until its script has taken over: only then does it follow the address."""
    page.goto(address)
    page.locator("x-explore[data-view], x-compare.is-live, x-questions .fg-filters:not([hidden])").first.wait_for()


def shown(page: Page) -> list[str]:
    """Names of the models that the explorer shows, in their order."""
    return page.locator(".fg-explore tbody tr:not([hidden]) th > a").all_inner_texts()


def columns(page: Page) -> list[str]:
    """Names of the models that the comparison shows."""
    return page.locator(".fg-cmp thead th:not([hidden])").all_inner_texts()


# ---- explore


def test_filters_show_the_models_that_suit_and_the_address_says_which(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    wanted = sorted(m.name for m in catalog.models if "X2" in facts(m)["suits"].split() and m.grade[0] <= "B")
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "models/")
        page.get_by_label("Main challenge").select_option("X2")
        page.get_by_label("Evidence, at least").select_option("B")

        assert wanted == sorted(shown(page))
        expect(page.locator("[data-part=count]")).to_have_text(f"{len(wanted)} of {len(catalog.models)} models")
        assert "X=X2" in page.url
        assert "grade=B" in page.url
        assert [] == faults


def test_a_link_to_a_view_shows_the_same_view(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/")
        page.get_by_label("Who leads").select_option("3")
        page.get_by_label("Sort by").select_option("name")
        page.get_by_text("Table", exact=True).click()
        page.locator(".fg-explore tbody tr:not([hidden]) label.fg-pick").first.click()
        first, link = shown(page), page.url
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, link)

        assert first == shown(page)
        assert first == sorted(first, key=str.casefold)
        assert "table" == page.locator("x-explore").get_attribute("data-view")
        assert 1 == page.locator("input[name=pick]:checked").count()


def test_clearing_the_filters_brings_every_model_back(browser: Browser, site_url: str, catalog: Catalog) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/#lead=1&X=X2")
        before = len(shown(page))
        page.get_by_role("button", name="Clear filters").click()
        page.wait_for_function("() => !location.hash")

        assert before < len(catalog.models) == len(shown(page))
        assert not page.url.partition("#")[2]


def test_a_view_that_nothing_fits_says_so_and_an_address_of_nonsense_shows_all(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "models/#weeks=4&grade=A&lead=1")
        expect(page.locator("[data-part=count]")).to_contain_text("Take one filter back")
        open_at(page, site_url + "models/#lead=9&X=%00&pick=nobody&sort=%3Cb%3E")
        expect(page.locator("[data-part=count]")).to_have_text(re.compile(rf"^{len(catalog.models)} of"))

        assert [] == faults


def test_evidence_sorts_from_strongest_to_thinnest(browser: Browser, site_url: str, catalog: Catalog) -> None:
    ranks = {model.name: int(facts(model)["rank"]) for model in catalog.models}
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/#sort=grade")
        found = [ranks[name] for name in shown(page)]

        assert found == sorted(found, reverse=True)


def test_two_to_four_picked_models_lead_to_their_comparison(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "models/")
        picks = page.locator("label.fg-pick")
        picks.nth(0).click()
        expect(page.locator("[data-part=compare]")).to_be_hidden()
        for i in (1, 2, 3):
            picks.nth(i).click()
        names = shown(page)[:4]
        expect(page.locator("[data-part=picks]")).to_contain_text("Four is the most")
        assert page.locator("input[name=pick]").nth(4).is_disabled()
        page.locator("[data-part=compare]").click()
        page.wait_for_url("**/models/compare/#m=*")
        page.locator("x-compare.is-live").wait_for()

        assert names == columns(page)
        assert [] == faults


def test_all_models_stand_in_a_plain_table_without_a_script(browser: Browser, site_url: str, catalog: Catalog) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "models/")

        assert [model.name for model in catalog.models] == shown(page)
        expect(page.locator(".fg-filters")).to_be_hidden()
        page.goto(site_url + "models/compare/")
        assert [model.name for model in catalog.models] == columns(page)


def test_the_heads_of_the_table_stay_in_sight_on_a_narrow_phone(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, width=320) as (_, page, _faults):
        open_at(page, site_url + "models/#view=table")
        box = page.locator(".fg-explore__scroll")
        box.scroll_into_view_if_needed()
        box.evaluate("box => box.scrollTo(400, 600)")
        frame, head, name = (
            found.bounding_box()
            for found in (box, page.locator(".fg-explore thead th").nth(3), page.locator(".fg-explore tbody th").nth(4))
        )

        assert frame
        assert head
        assert name
        assert abs(head["y"] - frame["y"]) < 2
        assert abs(name["x"] - frame["x"]) < 2
        assert 0 == sideways(page)


# ---- compare


def test_the_comparison_starts_with_three_models_and_shows_what_the_address_names(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/compare/")
        page.locator("x-compare.is-live").wait_for()
        assert [model.name for model in catalog.models[:3]] == columns(page)

        open_at(page, site_url + "models/compare/#m=technical,collaborative")
        expect(page.locator(".fg-cmp thead th:not([hidden])")).to_have_count(2)
        assert ["Technical", "Collaborative"] == columns(page)


def test_the_columns_stand_in_the_order_of_the_link_and_a_model_picked_later_comes_last(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "models/compare/#m=video,cognitive,technical&more=1")
        assert ["Video-based coaching", "Cognitive Coaching", "Technical"] == columns(page)
        rows = page.locator(".fg-cmp tbody tr:not([hidden])").all()
        orders = {
            tuple(row.locator("td:not([hidden])").evaluate_all("cells => cells.map(c => c.dataset.id)")) for row in rows
        }
        assert {("video", "cognitive", "technical")} == orders

        page.get_by_text("Choose models").click()
        page.get_by_label("Cognitive Coaching").uncheck()
        page.get_by_label("Collaborative", exact=True).check()
        assert ["Video-based coaching", "Technical", "Collaborative"] == columns(page)
        assert "m=video,technical,collaborative" in page.url

        page.evaluate("location.hash = ''")
        expect(page.locator(".fg-cmp thead th:not([hidden])")).to_have_text([m.name for m in catalog.models[:3]])
        assert [] == faults


def test_the_keyboard_goes_through_the_columns_from_left_to_right(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/compare/#m=technical,video,cognitive")
        page.get_by_role("button", name="Copy link to this view").focus()
        page.keyboard.press("Tab")  # to the region that scrolls
        reached = []
        for _tab in range(3):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.textContent"))

        assert ["Technical", "Video-based coaching", "Cognitive Coaching"] == reached


def test_a_link_that_names_a_model_twice_still_shows_two_to_compare(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/compare/#m=video,video,nobody")

        assert "Video-based coaching" == columns(page)[0]
        assert 3 == len(columns(page))


def test_sources_stand_below_the_comparison_when_something_in_sight_cites_them(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    citing = next(
        m for m in catalog.models if any("[@" in step.coach_does for step in m.cycle) or "[@" in m.needs.trust
    )
    other = next(m for m in catalog.models if m is not citing)
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, f"{site_url}models/compare/#m={citing.id},{other.id}")
        expect(page.get_by_role("heading", name="Sources")).to_be_hidden()
        page.get_by_label("More detail").check()
        expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "models/compare/")
        expect(page.get_by_role("heading", name="Sources")).to_be_visible()


def test_choosing_models_changes_the_address_and_never_goes_under_two_or_over_four(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "models/compare/#m=technical,collaborative")
        page.get_by_text("Choose models").click()
        assert page.get_by_label("Technical", exact=True).is_disabled()
        page.get_by_label("Cognitive Coaching").check()
        page.get_by_label("Video-based coaching").check()
        assert "m=" in page.url
        assert "cognitive" in page.url
        expect(page.locator("[data-part=limit]")).to_contain_text("Four is the most")
        assert page.get_by_label("Peer coaching").is_disabled()
        page.keyboard.press("Escape")

        expect(page.locator(".fg-choose__box")).to_be_hidden()
        assert 4 == len(columns(page))
        assert [] == faults


def test_differences_only_hides_the_rows_in_which_all_are_alike(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    pair = next(
        (a, b) for i, a in enumerate(catalog.models) for b in catalog.models[i + 1 :]
        if a.grade == b.grade and a.say == b.say
    )  # fmt: skip
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, f"{site_url}models/compare/#m={pair[0].id},{pair[1].id}")
        evidence = page.locator(".fg-cmp tbody tr").filter(has=page.get_by_role("rowheader", name="Evidence"))
        expect(evidence).to_be_visible()
        page.get_by_label("Differences only").check()
        expect(evidence).to_be_hidden()
        expect(page.locator("[data-part=same]")).to_contain_text("hidden: the same for all")
        assert "diff=1" in page.url


def test_more_detail_shows_who_does_what_in_each_phase(browser: Browser, site_url: str, catalog: Catalog) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "models/compare/#more=1")
        cell = page.locator(".fg-cmp .is-detail td").first
        expect(cell).to_be_visible()
        expect(cell).to_contain_text(catalog.models[0].cycle[0].coach_does.split(".")[0][:40])
        page.get_by_label("More detail").uncheck()
        expect(cell).to_be_hidden()


# ---- question bank


def test_the_bank_filters_by_phase_stance_minutes_and_a_word(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        open_at(page, site_url + "questions/")
        cards = page.locator(".fg-cards li:not([hidden])")
        assert cards.count() >= 250
        page.get_by_label("Phase", exact=True).select_option("reflect")
        page.get_by_label("Minutes, at most").select_option("3")
        page.get_by_label("A word in it").fill("students")
        count = cards.count()

        assert 0 < count < 250
        assert {"reflect"} == set(cards.evaluate_all("all => all.map(card => card.dataset.phase)"))
        expect(page.locator("[data-part=count]")).to_contain_text(f"{count} of")
        assert "word=students" in page.url
        assert [] == faults


def test_three_questions_are_dealt_and_a_link_deals_the_same(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, site_url + "questions/#phase=goals")
        page.get_by_role("button", name="Deal me three").click()
        cards = page.locator(".fg-cards li:not([hidden])")
        expect(cards).to_have_count(3)
        dealt, link = cards.all_inner_texts(), page.url
    with watched(browser, site_url) as (_, page, _faults):
        open_at(page, link)
        expect(page.locator(".fg-cards li:not([hidden])")).to_have_count(3)
        assert dealt == page.locator(".fg-cards li:not([hidden])").all_inner_texts()


# ---- terms


def test_a_term_explains_itself_on_a_click_and_closes_on_escape(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, bypass_csp=True) as (_, page, faults):
        page.goto(site_url + "models/technical/")
        term = page.locator("a.fg-term").first
        entry = page.locator(term.evaluate("term => term.hash"))
        term.click()
        box = page.locator("#fg-term-box")
        expect(box).to_be_visible()
        expect(box).to_contain_text(entry.locator("dt").inner_text())
        assert "fg-term-box" == term.get_attribute("aria-describedby")
        assert [] == axe(page)
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        assert 0 == sideways(page)
        assert [] == faults


def test_a_term_leads_to_its_explanation_on_the_page_without_a_script(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        term = page.locator("a.fg-term").first
        target = str(term.get_attribute("href"))
        term.click()
        expect(page.locator(target)).to_be_in_viewport()


def test_the_mouse_opens_an_explanation_and_the_keyboard_does(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        page.locator("a.fg-term").first.hover()
        expect(page.locator("#fg-term-box")).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("a.fg-term").nth(1).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#fg-term-box")).to_be_visible()


# ---- what a reader keeps


def kept_bases(page: Page) -> int:
    count: int = page.evaluate("async () => (await indexedDB.databases()).length")
    return count


def test_a_page_is_kept_and_found_again_and_nothing_is_stored_before(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "models/technical/")
        keep = page.get_by_role("button", name="Keep")
        expect(keep).to_have_attribute("aria-pressed", "false")
        assert 0 == kept_bases(page)
        keep.click()
        expect(keep).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(page.get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "true")
        page.goto(site_url + "yours/")
        link = page.locator("[data-part=keep] a")
        expect(link).to_have_text("Technical")
        link.click()
        page.wait_for_url("**/models/technical/")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "false")
        assert [] == faults


def test_a_model_that_was_tried_stands_with_its_day_and_line_as_text(browser: Browser, site_url: str) -> None:
    line = "Two rounds, <b>calmer</b> starts & fewer cues"
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "models/peer/")
        page.get_by_role("button", name="Tried it").click()
        page.get_by_label("When", exact=True).fill("2026-10-05")
        page.get_by_label("In one line").fill(line)
        page.get_by_role("button", name="Note it").click()
        expect(page.locator("x-keep [role=status]")).to_contain_text("Noted")
        page.goto(site_url + "yours/")
        expect(page.locator("[data-part=tried]")).to_contain_text(line)
        expect(page.locator("[data-part=tried]")).to_contain_text("October 5, 2026")
        assert 0 == page.locator("[data-part=tried] b").count()
        page.get_by_role("button", name="Remove Peer coaching").click()
        expect(page.locator("[data-part=tried] li")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("[data-part=tried] li")).to_have_count(1)
        assert [] == faults


def test_what_is_kept_goes_into_a_file_and_comes_back_from_it(browser: Browser, site_url: str, tmp_path: Path) -> None:
    with watched(browser, site_url, accept_downloads=True) as (_, page, _faults):
        page.goto(site_url + "cycle/goals/")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "true")
        page.goto(site_url + "yours/")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Save to a file").click()
        waiting.value.save_as(tmp_path / "yours.json")
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "yours/")
        expect(page.locator("x-yours [data-part=live]")).to_be_visible()
        page.locator("input[type=file]").set_input_files(tmp_path / "yours.json")
        expect(page.locator("[data-part=keep] a")).to_have_count(1)
        for bad in ("{", "[]", json.dumps({"version": 1, "kept": [{"target": 5}], "tried": []})):
            (tmp_path / "bad.json").write_text(bad, "utf-8")
            page.locator("input[type=file]").set_input_files(tmp_path / "bad.json")
            expect(page.locator("x-yours [data-part=state]")).to_contain_text("Nothing was changed")
        expect(page.locator("[data-part=keep] a")).to_have_count(1)
        assert [] == faults


def test_a_path_from_a_file_leads_nowhere_but_into_the_guide(browser: Browser, site_url: str, tmp_path: Path) -> None:
    mark = {"target": "model:x", "name": "X", "path": "//evil.test/", "day": "2026-11-24"}
    (tmp_path / "yours.json").write_text(json.dumps({"version": 1, "kept": [mark], "tried": []}), "utf-8")
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "yours/")
        expect(page.locator("x-yours [data-part=live]")).to_be_visible()
        page.locator("input[type=file]").set_input_files(tmp_path / "yours.json")
        link = page.locator("[data-part=keep] a")
        expect(link).to_have_count(1)
        address: str = link.evaluate("link => link.href")

        assert site_url == address


def test_visits_are_remembered_only_when_asked_and_news_since_then_is_shown(
    browser: Browser, site_url: str, catalog: Catalog
) -> None:
    with watched(browser, site_url) as (context, page, faults):
        page.clock.set_fixed_time("2026-11-01T10:00:00")
        page.goto(site_url + "yours/")
        assert 0 == kept_bases(page)
        page.get_by_role("button", name="Remember my visits").click()
        expect(page.locator("[data-part=visit]")).to_contain_text("Remembering from now on")
        page.clock.set_fixed_time("2027-01-10T10:00:00")
        page.goto(site_url + "yours/")
        expect(page.locator("[data-part=visit]")).to_contain_text("November 1, 2026")
        expect(page.locator("[data-part=news]")).to_contain_text(catalog.changes[0].title)
        page.get_by_role("button", name="Stop remembering").click()
        expect(page.locator("[data-part=news] li")).to_have_count(0)
        assert 1 == len(context.pages)
        assert [] == faults


def test_kept_things_stand_in_the_list_of_this_device_and_go_with_it(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "models/technical/")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "true")
        page.goto(site_url + "about/device/")
        expect(page.locator("x-device [data-part=records]")).to_contain_text("Your guide")
        page.get_by_role("button", name="Clear everything").click()
        page.get_by_role("button", name="Yes, delete it all").click()
        expect(page.locator("x-device [data-part=state]")).to_contain_text("keeps nothing")
        assert 0 == kept_bases(page)


# ---- the gates in these states


STATES = (
    "models/#view=table&pick=technical,peer",
    "models/#lead=1&grade=A&weeks=4",
    "models/compare/#m=technical,peer&more=1",
    "models/compare/#m=technical,peer,video,mtp&diff=1",
    "questions/#phase=goals&minutes=3",
    "yours/",
)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_state_of_a_moving_page_has_an_accessibility_fault_or_scrolls_sideways(
    browser: Browser, site_url: str, width: int
) -> None:
    found: list[str] = []
    for scheme in ("light", "dark"):
        with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):  # type: ignore[arg-type]
            for address in STATES:
                page.goto(site_url)  # a change of the fragment alone would not load the page anew
                page.goto(site_url + address)
                page.wait_for_load_state("networkidle")
                found += [f"{address} {scheme}: {fault}" for fault in axe(page)]
                if sideways(page) > 0:
                    found.append(f"{address} {scheme}: scrolls sideways by {sideways(page)} px")

    assert [] == found


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["", "models/technical/", "support/", "cycle/goals/"])
def test_nothing_moves_when_the_scripts_arrive(browser: Browser, site_url: str, address: str, width: int) -> None:
    with watched(browser, site_url, width) as (context, page, _):
        watch = "new PerformanceObserver(list => moved.push(...list.getEntries().map(one => one.value)))"
        context.add_init_script(f"globalThis.moved = []; {watch}.observe({{ type: 'layout-shift', buffered: true }})")
        # A slow line: the page is painted long before its scripts are there.
        line = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.goto(site_url + address)
        page.wait_for_load_state("networkidle")
        expect(page.locator("#fg-scheme")).to_be_visible()
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

        assert [] == page.evaluate("() => moved")
