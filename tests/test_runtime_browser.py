"""The tools in a real browser: they start, they fail without losing a word, they keep what the reader keeps."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from pages import watched
from serving import Fault, FaultyServer, serve_site
from sitegen.build import policy

ROOT = Path(__file__).parent.parent
GOAL, SELECTOR, DEVICE = "tools/goal/", "tools/selector/", "about/device/"
WITHIN = 2_000
"""Milliseconds in which a start that cannot succeed must have failed."""
MOST_OF_IT = re.compile(r"6\d%")
"""How far the progress bar comes when the archive alone is missing."""
KEPT = "() => import('/assets/runtime/store.js').then(store => store.list())"


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with serve_site() as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: FaultyServer) -> Iterator[Page]:
    """A page in a fresh profile that must end without a console message, an error or a foreign request."""
    with watched(browser, server.url) as (_, made, faults):
        yield made
        assert [] == faults


@pytest.fixture
def rough(browser: Browser, server: FaultyServer) -> Iterator[Page]:
    """A page that may complain: something is broken on purpose."""
    with watched(browser, server.url) as (_, made, _faults):
        yield made


def visit(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("x-tool.is-live, x-device.is-live").wait_for()


def ready(page: Page) -> None:
    page.locator("x-tool.is-ready").wait_for()


def status(page: Page, part: str = "python") -> Locator:
    return page.locator(f'[data-status="{part}"]')


def sentence(page: Page) -> Locator:
    return page.locator("#goal-sentence")


def group(page: Page) -> Locator:
    return page.locator("#goal-group")


def checked(page: Page) -> Locator:
    """Shows that Python has looked at a goal."""
    return page.locator("#goal-checks-h", has_text="essentials in place")


def press(page: Page, action: str) -> None:
    page.locator(f'button[name="action"][value="{action}"]').first.click()


def follow(page: Page, url: str, tool: str) -> None:
    """Goes to another page of the site by a link, without a new document."""
    page.evaluate(
        """url => {
            const link = document.createElement("a");
            link.href = url;
            document.body.append(link);
            link.click();
            link.remove();
        }""",
        url,
    )
    page.locator(f'x-tool[data-tool="{tool}"].is-live').wait_for()


# ---- starting


def test_the_first_keystroke_leads_to_checks_without_any_other_step(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    sentence(page).press_sequentially("I will improve engagement")

    expect(checked(page)).to_be_visible()
    expect(status(page)).to_have_text("Python is ready. What you fill in stays on this device.")


def test_while_python_starts_the_page_says_so_and_shows_how_far_it_is(page: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "never"
    visit(page, server.url + GOAL)
    sentence(page).click()

    expect(status(page)).to_contain_text("Starting Python: about 6 MB, once.")
    expect(page.locator('[data-status="progress"] .in')).to_have_attribute("width", MOST_OF_IT)


def test_nothing_is_loaded_unasked_where_the_reader_saves_data(page: Page, server: FaultyServer) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, server.url + GOAL)
    page.evaluate("() => new Promise(done => requestIdleCallback(done))")
    page.wait_for_load_state("networkidle")

    assert [] == [url for url in asked if "/py/" in url]
    group(page).focus()
    ready(page)


def test_an_idle_page_starts_python_by_itself_on_a_good_line(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)

    ready(page)


# ---- failing to start


FAULTS: list[tuple[str, Fault, str]] = [
    ("pyodide.asm.wasm", "missing", "did not arrive"),
    ("pyodide.asm.wasm", "damaged", "did not arrive"),
    ("pyodide.asm.mjs", "missing", "did not arrive"),
    ("pyodide.asm.mjs", "wrong type", "did not arrive"),
    ("pyodide.mjs", "missing", "did not arrive"),
    ("pyodide.mjs", "wrong type", "did not arrive"),
    ("app.zip", "missing", "did not arrive"),
    ("app.zip", "damaged", "stopped while it started"),
    ("py-manifest.json", "missing", "did not arrive"),
    ("py-manifest.json", "damaged", "did not arrive"),
    ("worker.js", "missing", "start in the background"),
    ("worker.js", "wrong type", "start in the background"),
]


@pytest.mark.parametrize(("file", "fault", "said"), FAULTS, ids=lambda value: str(value).replace(" ", "-"))
def test_a_start_that_cannot_succeed_says_why_offers_paper_and_loses_nothing(
    rough: Page, server: FaultyServer, file: str, fault: Fault, said: str
) -> None:
    server.faults[file] = fault
    visit(rough, server.url + GOAL)
    group(rough).fill("students in Group A")

    expect(status(rough)).to_contain_text(said, timeout=WITHIN)
    expect(rough.get_by_role("button", name="Try again")).to_be_visible()
    expect(rough.get_by_role("link", name="Use the paper sheet")).to_be_visible()
    expect(group(rough)).to_have_value("students in Group A")
    expect(status(rough, "saved")).to_contain_text("Kept on this device")


def test_a_policy_without_webassembly_says_so(rough: Page) -> None:
    strict = policy(ROOT).replace(" 'wasm-unsafe-eval'", "")
    with serve_site(csp=strict) as server:
        # The page carries the policy as well, and a worker obeys the one of its own file.
        visit(rough, server.url + GOAL)
        group(rough).fill("students in Group A")

        expect(status(rough)).to_contain_text("does not let Python run", timeout=WITHIN)


def test_a_browser_without_webassembly_says_so(rough: Page, server: FaultyServer) -> None:
    rough.add_init_script("delete globalThis.WebAssembly")
    visit(rough, server.url + GOAL)
    group(rough).fill("students in Group A")

    expect(status(rough)).to_contain_text("too old to run Python", timeout=WITHIN)


def test_a_wrong_type_for_webassembly_is_no_reason_to_fail(page: Page, server: FaultyServer) -> None:
    server.faults["pyodide.asm.wasm"] = "wrong type"
    visit(page, server.url + GOAL)
    sentence(page).fill("I will improve engagement")

    expect(checked(page)).to_be_visible()


def test_a_start_without_news_for_twenty_seconds_has_failed(rough: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "never"
    rough.clock.install()
    visit(rough, server.url + GOAL)
    group(rough).fill("students in Group A")
    expect(rough.locator('[data-status="progress"] .in')).to_have_attribute("width", MOST_OF_IT)
    rough.clock.fast_forward(20_000)

    expect(status(rough)).to_contain_text("Nothing has arrived for 20 seconds")
    expect(group(rough)).to_have_value("students in Group A")


def test_trying_again_goes_on_with_what_was_filled_in(rough: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "missing"
    visit(rough, server.url + GOAL)
    sentence(rough).fill("I will improve engagement")
    expect(status(rough)).to_contain_text("did not arrive")
    server.faults.clear()
    rough.get_by_role("button", name="Try again").click()

    expect(checked(rough)).to_be_visible()
    expect(status(rough, "saved")).to_contain_text("Saved on this device")
    assert ["record"] == [kept["kind"] for kept in rough.evaluate(KEPT)]


KEEP_WORKERS = """() => {
    const Native = Worker;
    globalThis.workers = [];
    globalThis.Worker = class extends Native { constructor(...all) { super(...all); workers.push(this); } };
}"""


def test_the_last_words_of_an_ended_start_do_not_end_the_next_one(rough: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "missing"
    rough.add_init_script(f"({KEEP_WORKERS})()")
    visit(rough, server.url + GOAL)
    sentence(rough).fill("I will improve engagement")
    expect(status(rough)).to_contain_text("did not arrive")
    server.faults.clear()
    rough.get_by_role("button", name="Try again").click()
    rough.wait_for_function("() => workers.length === 2")
    rough.evaluate("() => workers[0].onmessage({ data: { failed: 'files', detail: 'late' } })")

    expect(checked(rough)).to_be_visible()


def test_what_was_filled_in_without_python_is_there_after_a_reload(rough: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "missing"
    visit(rough, server.url + GOAL)
    group(rough).fill("students in Group A")
    expect(status(rough, "saved")).to_contain_text("Kept on this device")
    rough.reload()

    expect(group(rough)).to_have_value("students in Group A")


def test_python_that_hangs_is_ended_and_can_be_started_again(rough: Page, server: FaultyServer) -> None:
    rough.clock.install()
    visit(rough, server.url + GOAL)
    sentence(rough).fill("I will improve engagement")
    expect(checked(rough)).to_be_visible()
    # A worker that hears nothing more is a worker that hangs.
    rough.evaluate("() => { Worker.prototype.postMessage = () => {} }")
    sentence(rough).fill("We will see")
    rough.clock.run_for(11_000)

    expect(status(rough)).to_contain_text("did not answer")
    expect(sentence(rough)).to_have_value("We will see")


def test_printing_needs_no_python(rough: Page, server: FaultyServer) -> None:
    server.faults["app.zip"] = "missing"
    rough.add_init_script(
        "globalThis.print = () => { globalThis.printed = document.querySelector('#goal-group').value }"
    )
    visit(rough, server.url + GOAL)
    group(rough).fill("students in Group A")
    press(rough, "print:filled")

    assert "students in Group A" == rough.evaluate("() => printed")


# ---- typing and answers


def test_an_answer_never_takes_a_letter_from_somebody_who_types(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    sentence(page).fill("x")
    expect(checked(page)).to_be_visible()
    text = "By 12 March, 20 of 26 students (now 9) will justify an answer with evidence on the Friday exit ticket"
    group(page).press_sequentially(text, delay=15)

    expect(group(page)).to_have_value(text)
    expect(group(page)).to_be_focused()
    assert len(text) == group(page).evaluate("field => field.selectionStart")


def test_a_button_pressed_before_python_is_there_works_when_it_is(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    page.locator(".fg-examples summary").first.click()
    page.locator('button[value^="start:"]').first.click()

    expect(sentence(page)).not_to_have_value("")
    expect(sentence(page)).to_be_focused()
    expect(page.locator(".fg-live")).not_to_be_empty()


def test_what_a_reader_unfolds_stays_unfolded(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    page.locator(".fg-examples summary").first.click()
    sentence(page).fill("I will improve engagement")
    expect(checked(page)).to_be_visible()

    expect(page.locator(".fg-examples details").first).to_have_attribute("open", "")


# ---- fragments


def test_a_fragment_brings_the_reader_to_its_heading_under_the_header(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + SELECTOR)
    document = page.evaluate_handle("() => document.querySelector('x-tool')")
    page.locator('a[href$="#check"]').first.click()
    expect(page.locator("#check-h")).to_be_focused()
    page.locator('#check a[href$="#result"]').first.click()
    expect(page.locator("#result h2").first).to_be_focused()
    page.go_back()

    expect(page.locator("#check-h")).to_be_focused()
    assert page.evaluate("() => document.querySelector('#check').matches(':target')")
    assert page.evaluate("tool => tool.isConnected", document), "the theme fetched the page anew"
    header, heading = page.locator(".md-header").bounding_box(), page.locator("#check-h").bounding_box()
    assert header
    assert heading
    assert header["y"] + header["height"] <= heading["y"]


def test_coming_back_from_another_page_shows_the_part_that_was_left(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + SELECTOR)
    page.locator('a[href$="#check"]').first.click()
    expect(page.locator("#check-h")).to_be_focused()
    follow(page, server.url + GOAL, "goal")
    page.go_back()
    page.locator('x-tool[data-tool="selector"].is-live').wait_for()

    expect(page.locator("#check")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#check').matches(':target')")


# ---- going away and coming back


def test_python_and_input_survive_instant_navigation(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    page.evaluate("() => { globalThis.same = true }")
    sentence(page).fill("I will improve engagement")
    expect(checked(page)).to_be_visible()
    group(page).fill("just typed")
    follow(page, server.url + SELECTOR, "selector")
    page.locator("#a-E1").check()
    follow(page, server.url + GOAL, "goal")

    expect(sentence(page)).to_have_value("I will improve engagement")
    expect(group(page)).to_have_value("just typed")
    expect(checked(page)).to_be_visible()
    page.go_back()
    expect(page.locator("#a-E1")).to_be_checked()
    assert page.evaluate("() => same")
    assert 1 == len(page.workers)


def test_a_tool_saves_as_one_types_and_opens_what_it_saved(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    assert 0 == page.evaluate("async () => (await indexedDB.databases()).length")
    sentence(page).fill("Students will explain.\nWith evidence.")
    page.locator("label", has=page.locator("#goal-care-4")).click()
    expect(status(page, "saved")).to_contain_text("Saved on this device")
    page.locator("#goal-strategy").fill("talk moves")
    expect(page.locator("#goal-checks")).not_to_contain_text("No strategy yet")
    page.reload()

    expect(sentence(page)).to_have_value("Students will explain.\nWith evidence.")
    expect(page.locator("#goal-strategy")).to_have_value("talk moves")
    expect(page.locator("#goal-care-4")).to_be_checked()
    expect(status(page, "saved")).to_contain_text("Opened from this device")


def test_what_is_typed_before_an_old_record_opens_wins_field_by_field(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    group(page).fill("Group A")
    page.locator("#goal-strategy").fill("talk moves")
    expect(status(page, "saved")).to_contain_text("Saved on this device")
    expect(page.locator(".fg-toolbar")).to_contain_text("Group A")
    server.faults["app.zip"] = "never"
    page.reload()
    group(page).fill("Group B")
    expect(status(page, "saved")).to_contain_text("Kept on this device")
    server.faults.clear()
    page.reload()

    expect(page.locator("#goal-strategy")).to_have_value("talk moves")
    expect(group(page)).to_have_value("Group B")
    expect(status(page, "saved")).to_contain_text("Saved on this device")


def test_two_tabs_never_overwrite_each_other_unseen(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    group(page).fill("one")
    expect(status(page, "saved")).to_contain_text("Saved on this device")
    other = page.context.new_page()
    visit(other, server.url + GOAL)
    expect(group(other)).to_have_value("one")
    group(other).fill("two")
    expect(status(other, "saved")).to_contain_text("Saved on this device")
    group(page).fill("three")

    expect(status(page, "saved")).to_contain_text("changed in another tab")
    assert ["two"] == [kept["data"]["sheet"]["group"] for kept in page.evaluate(KEPT)]


def test_a_record_that_cannot_be_read_is_put_aside_and_not_lost(page: Page, server: FaultyServer) -> None:
    page.goto(server.url + "about/")
    page.evaluate("() => import('/assets/runtime/store.js').then(store => store.keep('goal', 'record', { old: 1 }, 0))")
    visit(page, server.url + GOAL)
    expect(status(page, "saved")).to_contain_text("put aside, not deleted")
    group(page).fill("Group A")
    expect(status(page, "saved")).to_contain_text("Saved on this device")

    assert {"record", "aside"} == {kept["kind"] for kept in page.evaluate(KEPT)}


def test_where_storage_is_blocked_the_tool_works_and_says_so(page: Page, server: FaultyServer) -> None:
    blocked = (
        "Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.add_init_script(blocked)
    visit(page, server.url + GOAL)
    sentence(page).fill("I will improve engagement")

    expect(status(page, "saved")).to_contain_text("Not saved: this browser keeps nothing")
    expect(checked(page)).to_be_visible()


# ---- files and paper


def choose(page: Page, content: bytes) -> None:
    page.locator("#goal-file").set_input_files({"name": "goal.json", "mimeType": "application/json", "buffer": content})


def test_a_saved_file_opens_again_as_the_same_sheet(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    sentence(page).fill("Students will explain “why”.")
    group(page).fill("Group A")
    ready(page)
    with page.expect_download() as download:
        press(page, "file:")
    saved = Path(download.value.path()).read_bytes()
    expect(status(page, "saved")).to_contain_text("Saved in a file")
    group(page).fill("somebody else")
    choose(page, saved)

    expect(group(page)).to_have_value("Group A")
    expect(sentence(page)).to_have_value("Students will explain “why”.")


def test_a_file_that_is_not_ours_changes_nothing_and_says_why(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    group(page).fill("Group A")
    ready(page)
    refused = page.locator(".fg-refused li")
    for content in (b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b'{"format": "somebody/else"}'):
        choose(page, content)
        expect(refused.first).to_be_visible()
        press(page, "close:")
        expect(refused).to_have_count(0)

    expect(group(page)).to_have_value("Group A")


def test_a_file_that_is_far_too_large_is_not_even_read(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    choose(page, b" " * 3_000_000)

    expect(status(page, "saved")).to_contain_text("too large to be one of ours")


def test_the_printed_sheet_holds_the_last_line_typed(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    sentence(page).fill("Students will explain.")
    ready(page)
    page.locator("#goal-strategy").fill("talk moves on Friday")
    printed = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)

    assert "talk moves on Friday" in " ".join(printed.split())


def test_a_blank_print_is_empty_and_the_sheet_is_back_after_it(page: Page, server: FaultyServer) -> None:
    page.add_init_script(
        """globalThis.print = () => {
            const tool = document.querySelector('x-tool');
            globalThis.printed = [tool.querySelector('#goal-group').value, tool.className];
            dispatchEvent(new Event('afterprint'));
        }"""
    )
    visit(page, server.url + GOAL)
    group(page).fill("Group A")
    ready(page)
    press(page, "print:blank")
    page.wait_for_function("() => globalThis.printed")

    assert ["", "is-live is-ready is-blank"] == page.evaluate("() => printed")
    expect(group(page)).to_have_value("Group A")
    expect(page.locator("x-tool.is-blank")).to_have_count(0)


# ---- what is kept on the device


def left(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        """async () => ({
            bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
            local: localStorage.length, session: sessionStorage.length,
            workers: (await navigator.serviceWorker.getRegistrations()).length,
        })"""
    )
    return found


def test_the_device_page_lists_saves_and_clears_everything(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + GOAL)
    group(page).fill("Group A")
    expect(status(page, "saved")).to_contain_text("Saved on this device")
    visit(page, server.url + DEVICE)
    expect(page.locator("x-device li")).to_contain_text("Goal sheet, saved")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything").click()
    exported = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert "Group A" == exported["kept"][0]["data"]["sheet"]["group"]

    page.evaluate("() => { localStorage.x = sessionStorage.y = 'z'; return caches.open('z') }")
    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="No, keep it").click()
    expect(page.locator("x-device li")).to_have_count(1)
    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Yes, delete it all").click()

    expect(page.locator('[data-part="state"]')).to_contain_text("keeps nothing from this site any more")
    assert {"bases": 0, "caches": 0, "local": 0, "session": 0, "workers": 0} == left(page)
    follow(page, server.url + GOAL, "goal")
    expect(group(page)).to_have_value("")


def test_looking_at_the_device_page_stores_nothing(page: Page, server: FaultyServer) -> None:
    visit(page, server.url + DEVICE)
    expect(page.locator('[data-part="state"]')).to_have_text("This browser keeps nothing from this site.")

    assert {"bases": 0, "caches": 0, "local": 0, "session": 0, "workers": 0} == left(page)
