"""The team view in a real browser: a room with thirty phones and bad wifi."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, BrowserType, Page, Route, expect
from pypdf import PdfReader

from pages import Scheme, axe, sideways, watched
from test_selector_browser import READY
from test_selector_view import catalog
from test_team_view import EXAMPLES, TWELVE, answered, code

CHAT: str = EXAMPLES[TWELVE]["events"][0]["form"][0][1]
CODES = [code(), code("s06"), code("s07", role="coach")]
PRIVATE = answered(*(box.flag for box in catalog().selector.before if catalog().selector.flag(box.flag).private))
FLAGGED = " ".join(answered(P="P3", **other) for other in ({}, {"G": "G2"}, {"G": "G3"}))
"""Three people who raise a red flag."""


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
        complete(page, site_url)
        context.set_offline(True)
        page.locator("#paste").fill(CHAT)
        page.get_by_role("button", name="Read the codes").click()
        together = page.locator("x-tool")
        expect(page.locator(".fg-said")).to_have_text("12 codes added. 1 code came twice and is counted once.")
        expect(page.locator("#together")).to_contain_text("is ahead for this group, but it is too close to call.")

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


def test_what_is_pasted_is_read_at_once_and_goes_from_the_screen(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        field = page.locator("#paste")
        field.fill(CHAT)
        field.press("Control+a")
        field.press("Control+x")
        field.press("Control+v")
        expect(page.locator("#said")).to_have_text("12 codes added. 1 code came twice and is counted once.")

        assert "" == field.input_value()
        assert "Dolores" not in page.content()
        # Round two holds back: what is pasted there may belong to round one.
        page.get_by_role("button", name="Start round two").click()
        expect(page.get_by_role("button", name="These belong to round one")).to_be_visible()
        expect(field).not_to_have_attribute("data-pasted", re.compile(".*"))
        field.fill(CODES[0])
        field.press("Control+a")
        field.press("Control+x")
        field.press("Control+v")
        page.get_by_role("button", name="These belong to round one").click()
        expect(page.locator("#said")).to_have_text("1 code added to round one.")
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


def chosen(page: Page, content: bytes, name: str = "p.png", kind: str = "image/png") -> None:
    page.locator('input[data-read="qr"]').set_input_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_picture_without_a_code_says_so(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        chosen(page, page.screenshot())
        expect(page.locator("#said")).to_contain_text("That picture has no result code")
        page.locator("#paste").fill(CODES[0])
        page.get_by_role("button", name="Read the codes").click()
        expect(page.locator("#said")).to_have_text("1 code added.")
        chosen(page, b"hello", "p.txt", "text/plain")
        expect(page.locator("#said")).to_contain_text("That picture has no result code")
        assert [] == faults


# ---- without a network


def photo(page: Page, site_url: str) -> bytes:
    """A picture of the three codes."""
    drawn = "".join(segno.make(f"{site_url}tools/selector/#r={one}", error="m").svg_inline(scale=5) for one in CODES)
    sheet = page.context.new_page()
    sheet.set_content(f"<body style='background:#fff'>{drawn}</body>")
    shot = sheet.screenshot(full_page=True)
    sheet.close()
    return shot


def complete(page: Page, site_url: str) -> None:
    """The page is open, and what comes last has arrived without a press."""
    with page.expect_event("requestfinished", lambda r: r.url.endswith("/qr/index.js") and r.resource_type == "script"):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)


def test_once_it_is_open_the_page_reads_pictures_without_a_network(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (context, page, faults):
        shot = photo(page, site_url)
        complete(page, site_url)
        context.set_offline(True)
        chosen(page, shot)

        expect(page.locator("#said")).to_have_text("3 codes added.")
        assert [] == faults


def test_once_it_is_open_the_page_scans_with_the_camera_without_a_network(filming: Browser, site_url: str) -> None:
    with watched(filming, site_url) as (context, page, faults):
        complete(page, site_url)
        context.set_offline(True)
        page.get_by_role("button", name="Scan with the camera").click()

        expect(page.locator(".fg-handed li")).to_have_count(3)
        assert [] == faults


@pytest.mark.parametrize("file", ["vendor/qr/index.js", "vendor/qr/decode.js", "picture.js", "camera.js"])
def test_what_reads_pictures_is_asked_for_again_when_it_did_not_arrive(
    browser: Browser, site_url: str, file: str
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        shot = photo(page, site_url)
        page.route(f"**/{file}", lambda route: route.abort())
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        chosen(page, shot)
        expect(page.locator('[data-picture="late"]')).to_contain_text("Go online for a moment")
        page.unroute(f"**/{file}")
        chosen(page, shot)

        expect(page.locator("#said")).to_have_text("3 codes added.")
        expect(page.locator('[data-picture="late"]')).to_be_hidden()


def film(path: Path, texts: list[str]) -> Path:
    """A video in which one QR code after the other is held up and taken away: plain Y4M of 640 x 480 px."""
    width, height, white, black = 640, 480, b"\xeb", b"\x10"
    grey = b"\x80" * (width * height // 2)
    frames = []
    for text in texts:
        rows = [
            b"".join(black if dark else white for dark in row).center(width, white)
            for row in segno.make(text, error="m").matrix_iter(scale=8, border=4)
        ]
        above = (height - len(rows)) // 2
        shown = white * (width * above) + b"".join(rows) + white * (width * (height - above - len(rows)))
        frames += [shown, shown, shown, white * (width * height)]
    head = f"YUV4MPEG2 W{width} H{height} F8:1 Ip A1:1 C420\n".encode()
    path.write_bytes(head + b"".join(b"FRAME\n" + frame + grey for frame in frames))
    return path


FAKE = ["--use-fake-device-for-media-stream"]
"""A camera that is none: no test looks through the one of the machine."""


@contextmanager
def launched(kind: BrowserType, arguments: dict[str, Any], *more: str) -> Iterator[Browser]:
    """The browser of the tests with more on its command line."""
    browser = kind.launch(**{**arguments, "args": [*arguments["args"], *more]})
    try:
        yield browser
    finally:
        browser.close()


@pytest.fixture(scope="module")
def filming(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    site_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Browser]:
    """A browser with a camera that sees the three codes again and again, and a reader who allows it."""
    video = film(tmp_path_factory.mktemp("film") / "codes.y4m", [f"{site_url}tools/selector/#r={one}" for one in CODES])
    camera = [*FAKE, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={video}"]
    with launched(browser_type, browser_type_launch_args, *camera) as browser:
        yield browser


CAMERAS = """(() => {
  globalThis.cameras = [];
  const media = navigator.mediaDevices;
  const ask = media.getUserMedia.bind(media);
  media.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    cameras.push(...stream.getTracks());
    return stream;
  };
})()"""
"""Writes down every camera that the page is given."""

REFUSED = """(() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NAME"));
})()"""
"""A browser that has no camera to give, for the reason NAME."""

STATES = "() => cameras.map((track) => track.readyState)"
HIDDEN = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def scanned(page: Page, site_url: str) -> None:
    """The camera is on, and all codes of the film are in."""
    page.add_init_script(CAMERAS)
    page.goto(site_url + "tools/team/")
    page.wait_for_function(READY)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator('[data-part="count"]')).to_have_text("3 codes read. Hold the next one up.")
    expect(page.locator(".fg-handed li")).to_have_count(3)


def test_a_camera_that_starts_late_leaves_a_reader_who_types_alone(filming: Browser, site_url: str) -> None:
    with watched(filming, site_url) as (_, page, _faults):
        held: list[Route] = []  # only the first request: the script is fetched, and then imported
        page.add_init_script(CAMERAS)
        page.route("**/camera.js", lambda route: route.continue_() if held else held.append(route))
        with page.expect_request("**/camera.js", timeout=60_000):
            page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.get_by_role("button", name="Scan with the camera").click()
        page.locator("#paste").focus()
        held[0].continue_()
        expect(page.locator('[data-part="count"]')).to_have_text("3 codes read. Hold the next one up.")

        expect(page.locator("#paste")).to_be_focused()


def test_codes_held_up_to_the_camera_come_in_once_each(filming: Browser, site_url: str) -> None:
    with watched(filming, site_url) as (_, page, faults):
        page.add_init_script(CAMERAS)
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        assert [] == page.evaluate(STATES), "nothing is asked for before the press"
        expect(page.locator("#camera video")).to_be_hidden()

        page.get_by_role("button", name="Scan with the camera").click()
        page.locator("#paste").press_sequentially("typed meanwhile")
        expect(page.locator('[data-part="count"]')).to_have_text("3 codes read. Hold the next one up.")
        expect(page.locator(".fg-handed li")).to_have_count(3)
        page.get_by_role("button", name="Show the address").click()
        expect(page.locator(".fg-collect .fg-qr")).to_be_visible()
        now = page.evaluate("() => document.querySelector('video').currentTime")
        page.wait_for_function("before => document.querySelector('video').currentTime > before + 2", arg=now)

        assert sorted(CODES) == sorted(page.locator(".fg-handed .fg-code").all_text_contents())
        assert "more than once" not in page.locator(".fg-collect").inner_text(), "each was handed in once"
        assert "typed meanwhile" == page.locator("#paste").input_value()
        assert ["live"] == page.evaluate(STATES)
        page.get_by_role("button", name="Stop the camera").click()
        assert ["ended"] == page.evaluate(STATES)
        expect(page.locator("#camera video")).to_be_hidden()
        expect(page.get_by_role("button", name="Scan with the camera")).to_be_focused()
        assert [] == faults


@pytest.mark.parametrize("way", ["Escape", "the button again", "another page", "another tab"])
def test_the_camera_goes_off_when_the_reader_turns_away(filming: Browser, site_url: str, way: str) -> None:
    with watched(filming, site_url) as (_, page, faults):
        scanned(page, site_url)
        if way == "Escape":
            page.keyboard.press("Escape")
        elif way == "the button again":
            page.get_by_role("button", name="Scan with the camera").click()
        elif way == "another page":
            page.get_by_role("link", name="Models", exact=True).first.click()
            page.get_by_role("heading", name="Coaching models", level=1).wait_for()
        else:
            page.evaluate(HIDDEN)

        page.wait_for_function("() => cameras.length === 1 && cameras[0].readyState === 'ended'")
        assert [] == faults


def test_a_camera_that_is_pulled_out_says_so_and_can_be_switched_on_again(filming: Browser, site_url: str) -> None:
    with watched(filming, site_url) as (_, page, faults):
        scanned(page, site_url)
        page.evaluate("() => cameras[0].dispatchEvent(new Event('ended'))")
        expect(page.locator("#camera video")).to_be_hidden()
        expect(page.locator("#camera")).to_contain_text("The camera is busy or was switched off.")

        page.get_by_role("button", name="Scan with the camera").click()
        # The sentence of the first time would stand in the panel until it opens.
        expect(page.locator("#camera video")).to_be_visible()
        expect(page.locator('[data-part="count"]')).to_contain_text("Hold the next one up.")
        expect(page.locator("#camera")).not_to_contain_text("The camera is busy")
        assert ["ended", "live"] == page.evaluate(STATES)
        assert [] == faults


def test_who_does_not_allow_the_camera_is_told_another_way(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site_url: str
) -> None:
    with (
        launched(browser_type, browser_type_launch_args, *FAKE, "--deny-permission-prompts") as refusing,
        watched(refusing, site_url) as (_, page, faults),
    ):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.get_by_role("button", name="Scan with the camera").click()

        expect(page.locator("#camera")).to_contain_text("Your browser keeps the camera from this page.")
        expect(page.locator("#camera")).to_contain_text("or take a picture of the codes")
        expect(page.locator("#camera video")).to_be_hidden()
        assert [] == faults


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotAllowedError", "Your browser keeps the camera from this page."),
        ("NotFoundError", "There is no camera on this device."),
        ("NotReadableError", "The camera is busy"),
        ("NotSupportedError", "The camera does not work here."),
    ],
)
def test_each_reason_for_no_camera_has_its_own_sentence(browser: Browser, site_url: str, name: str, words: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.add_init_script(REFUSED.replace("NAME", name))
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.get_by_role("button", name="Scan with the camera").click()

        expect(page.locator('#camera [role="status"]')).to_contain_text(words)
        assert [] == faults


def test_a_camera_whose_script_does_not_arrive_says_so_and_works_when_it_does(filming: Browser, site_url: str) -> None:
    with watched(filming, site_url) as (_, page, _faults):
        page.route("**/camera.js", lambda route: route.abort())
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.locator('#camera [role="status"]')).to_contain_text("Go online for a moment")
        page.unroute("**/camera.js")
        page.get_by_role("button", name="Scan with the camera").click()

        expect(page.locator(".fg-handed li")).to_have_count(3)


def test_a_browser_without_cameras_has_no_button_for_one(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined })")
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)

        expect(page.get_by_text("Picture of QR codes")).to_be_visible()
        expect(page.get_by_text("Scan with the camera")).to_be_hidden()
        assert [] == faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_camera_is_accessible(filming: Browser, site_url: str, width: int, scheme: Scheme) -> None:
    with watched(filming, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
        scanned(page, site_url)

        assert [] == axe(page)
        assert not sideways(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_result_of_a_group_is_accessible(browser: Browser, site_url: str, width: int, scheme: Scheme) -> None:
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
        pasted(page, site_url, CHAT)
        # The reader stands at what the paste brought; what lies half under the header is no fault.
        expect(page.locator("#said")).to_be_focused()
        page.evaluate("() => scrollTo(0, 0)")

        assert [] == axe(page)


# ---- on a projector

SMALLEST = """() => Math.min(...[...document.querySelectorAll('#show *')]
  .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => !one.matches('.fg-vh, .fg-vh *, svg *, .fg-show__off'))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
"""The smallest type of the result, in pixels; the numbers on a bar's scale stand beside it in large type too."""
IN_THE_MIDDLE = """() => document.elementsFromPoint(innerWidth / 2, innerHeight / 2)
  .map(one => one.closest('.fg-topics > li, #show > .fg-sec')).find(Boolean)?.innerText ?? ''"""
"""What stands in the middle of the screen."""
STILL = """() => new Promise(done => {
  let [last, frames] = [NaN, 0];
  const look = () => {
    [last, frames] = [scrollY, scrollY === last ? frames + 1 : 0];
    frames > 9 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
"""Scrolling has come to rest."""


def test_on_the_projector_only_the_result_is_seen_in_large_type(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.set_viewport_size({"width": 1024, "height": 768})
        pasted(page, site_url, f"{CHAT} {PRIVATE} K7QF-2M9X-R4TD-0WZP")
        page.get_by_role("link", name="Show on the projector").click()
        expect(page.locator("#together-h")).to_be_focused()

        for hidden in (
            ".fg-collect",
            ".fg-private",
            ".fg-script",
            ".fg-prints",
            ".md-header",
            ".md-footer",
            "[href='#bad']",
        ):
            expect(page.locator(hidden).first).to_be_hidden()
        assert page.evaluate(SMALLEST) >= 24
        assert not sideways(page)
        page.get_by_role("link", name="Back to all of the page").click()
        expect(page.locator("#collect-h")).to_be_focused()
        expect(page.locator(".fg-private")).to_be_visible()
        assert [] == faults


def test_a_clicker_goes_from_one_question_to_the_next(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.set_viewport_size({"width": 1024, "height": 768})
        pasted(page, site_url, CHAT)
        page.get_by_role("link", name="Show on the projector").click()
        expect(page.locator("#together-h")).to_be_focused()
        headings = page.locator(".fg-topics h3")

        assert headings.count() > 1
        for heading in headings.all_inner_texts():
            page.evaluate(STILL)
            page.keyboard.press("PageDown")
            page.wait_for_function(f"heading => ({IN_THE_MIDDLE})().includes(heading)", arg=heading)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_view_for_the_projector_is_accessible(browser: Browser, site_url: str, width: int, scheme: Scheme) -> None:
    with watched(browser, site_url, width, scheme, bypass_csp=True) as (_, page, _faults):
        pasted(page, site_url, CHAT)
        page.evaluate("() => { location.hash = '#show'; }")
        expect(page.locator("#together-h")).to_be_focused()

        assert [] == axe(page)
        assert not sideways(page)


# ---- on paper

HAD_PRINTED = """globalThis.print = () => { globalThis.printed = document.querySelector('x-tool').className; }"""
"""A dialog that opens, and never says that it is over."""


def sheets(page: Page) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages]


def test_a_group_result_prints_on_two_sheets_with_its_day_and_its_people(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        pasted(page, site_url, CHAT + "\nK7QF-2M9X-R4TD-0WZP")
        printed = sheets(page)
        words = " ".join(printed)

        assert 2 == len(printed)
        assert "Talk about these first" in words
        assert re.search(r"[A-Z][a-z]+ \d+, 20\d\d, 12 people", printed[0])
        assert not [
            dead for dead in ("Chat, list or codes", "see which", "could not be read", "How we score") if dead in words
        ]


@pytest.mark.parametrize("opened", [False, True])
def test_what_is_private_is_never_printed(browser: Browser, site_url: str, opened: bool) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        pasted(page, site_url, f"{PRIVATE} {CODES[0]}")
        if opened:
            page.locator("[data-private] summary").click()
        expect(page.locator(".fg-private li").first).to_be_visible(visible=opened)
        words = " ".join(sheets(page))

        assert "Question by question" in words
        for flag in catalog().selector.flags:
            if flag.private:
                assert flag.title not in words
        assert "Not for the projector" not in words
        assert opened == page.locator("[data-private]").evaluate("details => details.open")


def test_what_is_private_is_closed_again_after_each_reading(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        pasted(page, site_url, f"{PRIVATE} {CODES[0]}")
        page.locator("[data-private] summary").click()
        page.locator("#paste").fill(CODES[1])
        page.get_by_role("button", name="Read the codes").click()
        expect(page.locator("#said")).to_have_text("1 code added.")

        expect(page.locator("[data-private] li").first).to_be_hidden()


def print_for_the_session(page: Page, site_url: str) -> None:
    """Press its button with a result on the page; the dialog never says that it is over."""
    page.add_init_script(HAD_PRINTED)
    pasted(page, site_url, CHAT)
    page.get_by_role("button", name="Print for the session").click()


def test_the_session_prints_a_sheet_with_the_address_and_the_script_on_the_next(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        print_for_the_session(page, site_url)
        page.wait_for_function("() => globalThis.printed")
        page.emulate_media(media="print")
        assert page.locator(".fg-handout .fg-qr").bounding_box()["width"] > 300  # type: ignore[index]
        first, second = sheets(page)

        assert "coaching-field-guide.example/tools/selector/" in first
        assert "press “Copy code”" in first
        assert "A script for" in second
        assert "Talk about these first" not in first + second


def test_without_a_result_paper_is_for_the_session(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/team/")
        first, second = sheets(page)

        assert "coaching-field-guide.example/tools/selector/" in first
        assert "A script for" in second


def test_a_print_that_never_said_it_was_over_leaves_nothing_behind_for_the_next(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        print_for_the_session(page, site_url)
        page.wait_for_function("() => globalThis.printed?.includes('is-ours')")
        page.get_by_role("button", name="Print the result").click()
        page.wait_for_function("() => !globalThis.printed.includes('is-ours')")

        assert "Talk about these first" in " ".join(sheets(page))


# ---- in front of a room


@pytest.mark.parametrize("width", [390, 1024])
def test_the_address_is_drawn_as_large_as_the_window_lets_it(browser: Browser, site_url: str, width: int) -> None:
    with watched(browser, site_url, width) as (_, page, faults):
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.get_by_role("button", name="Show the address").click()
        expect(page.locator("#address")).to_be_focused()
        box = page.locator("#address .fg-qr").bounding_box()

        assert box
        assert min(width - 32, 0.8 * 800) == pytest.approx(box["width"], abs=4)
        assert 0 <= box["y"] <= 800 - box["height"]
        assert not sideways(page)
        assert [] == faults


TOO_SMALL = """() => [...document.querySelectorAll('.fg-told')].flatMap(part => {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, node =>
    node.data.trim() && !node.parentElement.closest('svg, .fg-on-paper') ? 1 : 2);
  const small = [];
  while (texts.nextNode()) {
    const size = parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize);
    if (size < 18) small.push([size, texts.currentNode.data]);
  }
  return small;
})"""


def test_from_the_last_row_everything_in_the_result_can_be_read(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, 1024) as (_, page, _faults):
        pasted(page, site_url, f"{CHAT} {FLAGGED}")
        page.get_by_role("link", name="See the result").click()
        expect(page.locator("#together-h")).to_be_focused()

        assert [] == page.evaluate(TOO_SMALL)
        sizes = page.locator(".fg-topics h3").evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
        assert {"28px"} == set(sizes)


SQUARES = """() => [...document.querySelectorAll('.fg-team .fg-dots rect')].filter(one => one.getClientRects().length)
  .map(one => one.getBoundingClientRect()).map(box => `${box.width.toFixed(1)} x ${box.height.toFixed(1)}`)"""
ACROSS = """() => [...document.querySelectorAll('.fg-team .fg-dots svg')].map(one => {
  const places = [...one.querySelectorAll('rect')].map(square => square.getAttribute('x'));
  return new Set(places).size;
})"""
"""Squares in a row of each drawing."""


@pytest.mark.parametrize(("width", "media"), [(320, "screen"), (390, "screen"), (1024, "screen"), (702, "print")])
def test_squares_are_of_one_size_and_ten_in_a_row(browser: Browser, site_url: str, width: int, media: Any) -> None:
    with watched(browser, site_url, width) as (_, page, _faults):
        pasted(page, site_url, CHAT)
        page.emulate_media(media=media)

        assert 1 == len(set(page.evaluate(SQUARES)))
        assert 10 == max(page.evaluate(ACROSS))
        assert not sideways(page)


def test_round_two_begins_in_the_field_and_can_take_late_codes_of_round_one(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        pasted(page, site_url, " ".join(CODES[:2]))
        page.get_by_role("button", name="Start round two").click()
        expect(page.locator("#paste")).to_be_focused()
        page.keyboard.insert_text(CODES[2])
        page.get_by_role("button", name="These belong to round one").click()

        expect(page.locator("#said")).to_have_text("1 code added to round one.")
        expect(page.locator(".fg-collect")).to_contain_text("Round one is kept: 3 people.")
        assert [] == faults
