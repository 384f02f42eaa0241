"""The selector and the team view as people use them: with doubts, with red flags, in a room full of codes.

Also by keyboard alone, enlarged four times, and in the reader's own colors.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, ViewportSize, expect
from pypdf import PdfReader
from pypdf.generic import ContentStream

from coaching.catalog import Catalog
from coaching.selector_code import decode
from coaching.team import TeamResult, Voice, team_result
from pages import ROOT, Faults, sideways, watched
from selector_data import scenarios
from sitegen.load import load_content
from test_runtime_browser import KEPT
from test_selector_browser import numbers, text_of, with_doubts
from test_team_view import code

SCREENS = {"phone": (390, 844), "laptop": (1366, 768), "projector": (1024, 768)}
SELECTOR, TEAM, GOAL = "tools/selector/", "tools/team/", "tools/goal/"


@contextmanager
def on(browser: Browser, site_url: str, screen: str, **options: Any) -> Iterator[tuple[BrowserContext, Page, Faults]]:
    """A fresh profile on one of the screens."""
    width, height = SCREENS[screen]
    with watched(browser, site_url, width, **options) as (context, page, faults):
        page.set_viewport_size({"width": width, "height": height})
        yield context, page, faults


@cache
def catalog() -> Catalog:
    found = load_content(ROOT / "content").catalog
    assert found
    return found


def plainly(prose: str) -> str:
    """A text of the content as it reads on a page: of a link, its words."""
    return " ".join(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", prose).split())


def fill_in(page: Page, site_url: str, answers: Mapping[str, str], high: Sequence[str] = ()) -> None:
    """Answers as a person gives them, and then the result: one question a screen, or down the page where all stand."""
    page.goto(site_url + SELECTOR)
    start = page.get_by_role("link", name="First question")
    one_by_one = start.is_visible()
    if one_by_one:
        start.click()
    for question in catalog().selector.questions:
        part = page.locator(f"#q-{question.key}")
        if one_by_one:
            expect(page.locator("fieldset:visible legend h2")).to_have_text(re.compile(re.escape(question.text)))
        if question.key in answers:
            part.locator(f"label:has(#a-{answers[question.key]})").click()
        if question.key in high:
            part.locator(f"label:has(#{question.key}-high)").click()
        if one_by_one:
            last = question is catalog().selector.questions[-1]
            part.get_by_role("link", name="Check answers" if last else "Next question").click()
    expect(page.locator("#check .fg-prog")).to_contain_text(f"{len(answers)} of 14")
    page.locator("#check" if one_by_one else ".fg-done").get_by_role("link", name="See the result").click()
    expect(page.locator("#result .fg-ranked")).to_be_visible()


# ---- J2: the full selector, with doubts

DOUBTS = {
    "E": "E1", "X": "X2", "S": "S2", "G": "G1", "O": "O2", "C": "C2", "K": "K1", "T": "T2", "V": "V1",
    "L": "L-not-sure", "D": "D-not-sure", "R": "R-not-sure", "M": "M-not-sure", "P": "P-not-sure",
}  # fmt: skip
"""Nine answers of fourteen; he is not sure about the other five."""


def more_than_files(asked: Iterable[Request], site_url: str, folder: Path) -> list[str]:
    """Requests that could carry something to the host: all but those for a file of the site, with nothing added."""

    def plain(request: Request) -> bool:
        address = urlsplit(request.url)  # what stands behind the # stays in the browser
        path = address.path.removeprefix(urlsplit(site_url).path)
        file = folder / (path + "index.html" if path.endswith("/") or not path else path)
        return request.method == "GET" and not request.post_data and not address.query and file.is_file()

    return [request.url for request in asked if request.url.startswith("http") and not plain(request)]


@pytest.mark.parametrize("screen", SCREENS)
def test_nine_answers_and_five_doubts_give_a_result_that_says_so_can_be_tried_and_travels_whole(
    browser: Browser, site_url: str, site_folder: Path, screen: str
) -> None:
    asked: list[Request] = []
    with on(browser, site_url, screen, permissions=["clipboard-read", "clipboard-write"]) as (context, page, faults):
        context.on("request", lambda request: asked.append(request))
        fill_in(page, site_url, DOUBTS, high=["C"])
        expect(page.locator("#result-h")).to_contain_text("too close to call")
        places = page.locator(".fg-ranked > li")
        expect(places).to_have_count(3)
        for place in places.all():
            expect(place.locator(".fg-rank")).to_contain_text(re.compile(r"\d+ to \d+"))
            expect(place.locator(".fg-pm > div").first.locator("li a[href^='#reason-']")).not_to_have_count(0)
            expect(place.locator(".fg-pm > .is-minus a[href^='#reason-']")).not_to_have_count(0)

        before = numbers(page)
        page.get_by_role("link", name="See which").click()
        flip = page.locator("#what label").first
        promised = flip.locator("b").inner_text()
        flip.click()
        expect(page.locator(".fg-trying")).to_be_visible()
        model, fit = numbers(page)[:2]
        assert promised == f"{model} {fit.removeprefix('Fit ')}"
        flip.click()
        expect(page.locator(".fg-trying")).to_be_hidden()
        assert before == numbers(page)

        page.locator("#weights summary").click()
        page.locator("#weight-K").fill("9")
        expect(page.locator("#weights")).to_contain_text("1 of 11 weights changed")
        expected, mine = numbers(page), page.locator("#code .fg-code").inner_text()
        assert before != expected
        page.get_by_role("button", name="Copy link").click()
        expect(page.locator(".fg-live")).to_have_text("The link is copied.")
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert [] == faults
    with on(browser, site_url, screen) as (context, page, faults):
        context.on("request", lambda request: asked.append(request))
        page.goto(link)
        expect(page.locator("#result .fg-ranked")).to_be_visible()
        expect(page.locator("#weights")).to_contain_text("1 of 11 weights changed")

        assert mine == page.locator("#code .fg-code").inner_text()
        assert expected == numbers(page)
        assert "9" == page.locator("#weight-K").input_value()
        for answer in DOUBTS.values():
            if not answer.endswith("not-sure"):
                expect(page.locator(f"#a-{answer}")).to_be_checked()
        expect(page.locator("#C-high")).to_be_checked()
        assert [] == more_than_files(asked, site_url, site_folder)
        assert [] == faults


def test_a_result_with_doubts_prints_on_one_sheet_with_what_speaks_for_and_against_the_first_three(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        with_doubts(page, site_url)
        reasons = page.locator(".fg-ranked .fg-pm :is(li, p)").evaluate_all(
            """all => all.map(one => [...one.childNodes].filter(node => node.nodeType === 3)
                .map(node => node.data).join(' ').replace(/\\s+/g, ' ').trim())"""
        )
        pdf = page.pdf(format="Letter")
    printed = text_of(pdf)

    assert 3 == printed.count("Because you said")
    assert 3 == printed.count("Against it")
    assert len(reasons) >= 6
    assert [] == [reason for reason in reasons if reason not in printed]
    assert 1 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert [] == faults


# ---- J3: red flags, and a mix of one's own

FLAGGED = {
    "E": "E2", "X": "X2", "S": "S2", "G": "G1", "O": "O2", "C": "C3", "K": "K1", "T": "T1", "L": "L2", "D": "D2",
    "V": "V2",
}  # fmt: skip
"""A mixed staff, low trust, a coach who evaluates, a named strategy, under 20 minutes; ten scored answers."""
MIX = dict.fromkeys(("goals", "data", "co-plan", "observe"), "technical") | {"reflect": "collaborative"}


def named(model: str) -> str:
    return next(one.name for one in catalog().models if one.id == model)


@pytest.mark.parametrize("screen", SCREENS)
def test_red_flags_come_first_and_a_mix_of_two_models_becomes_one_page_and_a_cycle(
    browser: Browser, site_url: str, screen: str
) -> None:
    selector = catalog().selector
    with on(browser, site_url, screen) as (_, page, faults):
        fill_in(page, site_url, FLAGGED)
        ranking = page.locator("#rank-h").bounding_box()
        assert ranking
        for id_ in ("RF1", "RF16", "RF17"):
            flag, box = selector.flag(id_), page.locator(f"#flag-{id_}")
            expect(box.locator("h3")).to_contain_text(flag.title)
            expect(box).to_contain_text(plainly(flag.then))
            place = box.bounding_box()
            assert place
            assert place["y"] + place["height"] <= ranking["y"], f"{id_} stands above the ranking"
        (out,) = selector.flag("RF1").excludes
        assert 8 == len(out.models)
        for model in out.models:
            line = page.locator(".fg-outs li").filter(has=page.get_by_role("link", name=named(model), exact=True))
            expect(line).to_contain_text(out.because)
            expect(line.locator("a[href='#flag-RF1']")).to_have_text(selector.flag("RF1").title)

        for part, model in MIX.items():
            page.locator(f"#own-{part}").select_option(model)
        many = page.locator("#mix").get_by_text("3 models are more than people can keep apart")
        rows = page.locator("#ours tbody tr")
        expect(rows.last).to_contain_text(named("collaborative"))
        expect(many).to_be_hidden()
        page.locator("#own-data").select_option("team")
        expect(many).to_be_visible()
        page.locator("#own-data").select_option("technical")
        expect(many).to_be_hidden()
        expect(page.locator("#ours")).to_contain_text("Technical coaching leads and decides when we differ")
        expect(rows).to_have_count(5)
        models = {model.id: model for model in catalog().models}
        for phase, row in zip(catalog().phases, rows.all(), strict=True):
            step = next(step for step in models[MIX[phase.id]].cycle if step.phase == phase.id)
            said = " ".join(row.inner_text().split())
            assert f"{phase.number}. {phase.short} {named(MIX[phase.id])}" in said
            assert plainly(step.coach_does) in said
            assert plainly(step.teacher_does) in said

        page.locator("#ours").get_by_role("link", name="Start a cycle with this").click()
        page.wait_for_url(f"**/{GOAL}#*")
        works_with(page)
        assert [] == faults


def works_with(page: Page) -> None:
    """The goal sheet shows the mix and keeps it."""
    strip = page.locator(".fg-with")
    expect(strip.locator("h2")).to_have_text("This cycle works with")
    expect(strip.locator("li")).to_have_count(2)
    short = {phase.id: phase.short for phase in catalog().phases}
    for line, model in zip(strip.locator("li").all(), ("technical", "collaborative"), strict=True):
        expect(line.get_by_role("link")).to_contain_text(named(model))
        mine = ", ".join(short[phase] for phase, own in MIX.items() if own == model)
        assert mine == "".join(line.locator(".fg-vh").all_text_contents())
    expect(page.locator("[data-status=saved]")).to_contain_text("Saved on this device")
    kept = {record["tool"]: record["data"] for record in page.evaluate(KEPT) if record["kind"] == "record"}
    assert MIX == kept["goal"]["sheet"]["models"]


# ---- J3 by keyboard alone

SEEN = """wanted => {
  const here = document.activeElement, box = here.getBoundingClientRect(), faults = [];
  const ringed = [here, here.closest('label')].filter(Boolean).map(one => getComputedStyle(one))
    .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1);
  if (here === document.body) return { faults: ['nothing has the focus'], there: false };
  if (!ringed) faults.push('no ring');
  if (box.bottom <= 0 || box.top >= innerHeight || !box.width || !box.height) faults.push('out of sight');
  for (const over of document.querySelectorAll('.md-header, .fg-trying, .fg-acts--foot')) {
    const cover = over.getBoundingClientRect();
    if (over.contains(here) || !['sticky', 'fixed'].includes(getComputedStyle(over).position)) continue;
    if (box.top < cover.bottom - 1 && box.bottom > cover.top + 1) faults.push(`under ${over.className}`);
  }
  const name = here.id || `${here.tagName} ${here.textContent.trim().slice(0, 40)}`;
  return { faults: faults.map(fault => `${name}: ${fault}`), there: here.matches(wanted) };
}"""
"""Whether the focus is where it is wanted, and what keeps a reader from seeing where it is."""


def tab_to(page: Page, wanted: str, key: str = "Tab", most: int = 120) -> list[str]:
    """Press Tab until the focus is there. What cannot be seen on the way comes back."""
    unseen: list[str] = []
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(SEEN, wanted)
        unseen += found["faults"]
        if found["there"]:
            return unseen
    raise AssertionError(f"{most} times {key} do not lead to {wanted}")


def test_the_keyboard_alone_leads_from_the_first_question_to_a_cycle_and_the_focus_is_always_seen(
    browser: Browser, site_url: str
) -> None:
    unseen: list[str] = []
    with on(browser, site_url, "laptop") as (_, page, faults):
        page.goto(site_url + SELECTOR)
        for question in catalog().selector.questions:
            if question.key not in FLAGGED:
                continue
            unseen += tab_to(page, f"input[name='{question.key}']")
            place = [answer.key for answer in question.answers].index(FLAGGED[question.key])
            for press in ["ArrowDown"] * place or ["Space"]:
                page.keyboard.press(press)
            expect(page.locator(f"#a-{FLAGGED[question.key]}")).to_be_checked()
        expect(page.locator("#check .fg-prog")).to_contain_text(f"{len(FLAGGED)} of 14")
        unseen += tab_to(page, ".fg-done a[href='#result']")
        page.keyboard.press("Enter")
        expect(page.locator("#result .fg-ranked")).to_be_visible()
        page.wait_for_function("() => document.activeElement.closest('#result') !== null")

        unseen += tab_to(page, "#what input")
        promised = page.locator("#what label:has(:focus) b").inner_text()
        page.keyboard.press("Space")
        expect(page.locator(".fg-trying")).to_be_visible()
        model, fit = numbers(page)[:2]
        assert promised == f"{model} {fit.removeprefix('Fit ')}"
        # Up and down again while the banner stays in sight.
        unseen += tab_to(page, ".fg-ranked h3 a", key="Shift+Tab")
        unseen += tab_to(page, "#what input")
        page.keyboard.press("Space")
        expect(page.locator(".fg-trying")).to_be_hidden()
        assert page.evaluate("() => document.activeElement.matches('#what input')"), "the focus stays"

        for phase, own in MIX.items():
            unseen += tab_to(page, f"#own-{phase}")
            page.keyboard.type(named(own))
            expect(page.locator(f"#own-{phase}")).to_have_value(own)
        expect(page.locator("#ours tbody tr").last).to_contain_text(named("collaborative"))
        unseen += tab_to(page, "#ours a[href*='/goal/']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{GOAL}#*")
        works_with(page)
        assert [] == unseen
        assert [] == faults


# ---- J7: the codes of a room

ROLES = ["teacher"] * 5 + ["coach"] * 4 + ["leader"] * 3
CODES = [code(case.id, role=role) for case, role in zip(scenarios(), ROLES, strict=False)]
"""Twelve people who do not agree, three of them school leaders."""
LATE = code(scenarios()[14].id, role="teacher")
LINES = [
    "[18/01/2027, 10:4{n}:10] Ana (5th grade): {code}",
    "10:5{n} Ben >> here is mine {lower} !!",
    "{n}) {spaced}, sorry for the delay",
    "Chidi: got 21 of 26 :) {code}. See you at 10:30 in B101",
]


def chat(codes: Sequence[str]) -> str:
    """Codes as they come in a chat: with names, times, other words, in small letters, with spaces."""
    return "\n".join(
        LINES[n % 4].format(n=n % 10, code=one, lower=one.lower(), spaced=one.replace("-", " "))
        for n, one in enumerate(codes)
    )


def together(codes: Sequence[str]) -> TeamResult:
    """What these people say together, worked out here."""
    answered = [decode(catalog().selector, one) for one in codes]
    voices = [Voice(request=one.request, role=one.role) for one in answered]
    return team_result(catalog().ranked, catalog().selector, voices)


def open_team(page: Page, site_url: str) -> None:
    page.goto(site_url + TEAM)
    expect(page.locator("x-tool.is-live")).to_be_visible()


def hand_in(page: Page, text: str) -> None:
    page.locator("#paste").fill(text)
    page.get_by_role("button", name="Read the codes").click()


@pytest.mark.parametrize("screen", SCREENS)
def test_twelve_codes_show_the_spread_three_talks_and_how_firm_the_leader_is_even_without_a_network(
    browser: Browser, site_url: str, screen: str
) -> None:
    selector, result = catalog().selector, together(CODES)
    with on(browser, site_url, screen) as (context, page, faults):
        open_team(page, site_url)
        hand_in(page, chat(CODES))
        expect(page.locator(".fg-said")).to_have_text("12 codes added.")
        expect(page.locator("#together")).to_contain_text(result.robust.sentence)

        strips = page.locator(".fg-spread > div")
        assert [12] * 14 == strips.evaluate_all("all => all.map(one => one.querySelectorAll('.fg-dots rect').length)")
        for spread, strip in zip(result.questions, strips.all(), strict=True):
            shown = [n for n in (*spread.answers.values(), spread.unsure) if n]
            assert [str(n) for n in shown] == strip.locator(".fg-dots b").all_text_contents()
        topics = [selector.question(topic.question).text for topic in result.talk_first]
        assert 3 == len(topics)
        assert topics == page.locator(".fg-topics > li > h3").all_text_contents()
        expect(page.locator("[aria-labelledby=roles-h] tbody th")).to_have_text(
            ["Teachers", "Coaches", "School leaders"]
        )

        page.locator(".fg-collect details summary").click()
        for one in CODES if screen == "projector" else CODES[-1:]:
            fewer = together([other for other in CODES if other != one])
            assert result.robust.sentence != fewer.robust.sentence
            page.locator(f"button[value='remove:{one}']").click()
            expect(page.locator("#together")).to_contain_text(fewer.robust.sentence)
            hand_in(page, one)
            expect(page.locator("#together")).to_contain_text(result.robust.sentence)
        page.locator(f"button[value='remove:{CODES[-1]}']").click()
        # Two leaders are too few, and with them alone left over, so are the coaches.
        expect(page.locator("[aria-labelledby=roles-h] tbody th")).to_have_text(["Teachers"])

        context.set_offline(True)
        hand_in(page, chat([LATE]))
        expect(page.locator(".fg-said")).to_have_text("1 code added.")
        expect(page.locator("#together")).to_contain_text(together([*CODES[:-1], LATE]).robust.sentence)
        assert not sideways(page)
        assert [] == faults


OF_COLOR = {b"rg": 3, b"RG": 3, b"k": 4, b"K": 4, b"sc": 3, b"SC": 3, b"scn": 3, b"SCN": 3}


def colors(reader: PdfReader) -> set[tuple[float, ...]]:
    """Everything on the sheets that is set in a color and not in grey, and `(-1,)` for a picture."""
    found: set[tuple[float, ...]] = set()

    def look(part: Any, drawing: Any) -> None:
        for operands, operator in ContentStream(drawing, reader).operations:
            if OF_COLOR.get(operator) == len(operands):
                found.add(tuple(float(one) for one in operands))
        resources = part.get("/Resources") or {}
        for inner in (resources.get("/XObject") or {}).values():
            drawn = inner.get_object()
            found.update([(-1.0,)] if drawn["/Subtype"] == "/Image" else [])
            if drawn["/Subtype"] == "/Form":
                look(drawn, drawn)

    for page in reader.pages:
        look(page, page.get_contents())
    return {color for color in found if len(color) != 3 or max(color) - min(color) > 0.01}


@pytest.fixture(scope="module")
def room(browser: Browser, site_url: str) -> Iterator[Page]:
    """The result of the twelve, on a projector in a dark room."""
    with on(browser, site_url, "projector", scheme="dark") as (_, page, faults):
        open_team(page, site_url)
        hand_in(page, chat(CODES))
        expect(page.locator("#together")).to_be_visible()
        yield page
        assert [] == faults


def test_what_a_group_says_prints_on_two_sheets(room: Page) -> None:
    pdf = room.pdf(format="Letter")

    for topic in together(CODES).talk_first:
        assert catalog().selector.question(topic.question).text in text_of(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2


def test_what_a_group_says_prints_without_color_even_with_the_backgrounds(room: Page) -> None:
    assert set() == colors(PdfReader(io.BytesIO(room.pdf(format="Letter", print_background=True))))


OUTSIDE = """() => [...document.querySelectorAll('.fg-spread > div, .fg-topics tr, .fg-means > li')].flatMap(strip => {
  const end = strip.getBoundingClientRect().right + 1;
  return [...strip.querySelectorAll('.fg-dots :is(rect, b)')].filter(one => one.getBoundingClientRect().right > end)
    .map(one => `${strip.querySelector('h3, th').textContent.trim()}: ${one.textContent || 'a mark'}`);
})"""
"""Marks and numbers that stand beyond the strip they belong to."""


def test_on_paper_every_mark_and_number_stays_in_its_strip(room: Page) -> None:
    room.emulate_media(media="print")
    room.set_viewport_size({"width": 702, "height": 965})  # Letter at 96 pixels an inch, without its margins
    outside = room.evaluate(OUTSIDE)
    room.emulate_media(media="screen")
    room.set_viewport_size({"width": 1024, "height": 768})

    assert [] == outside


def test_what_is_pressed_before_the_page_can_listen_is_not_lost(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        held: list[Route] = []
        page.route("**/tool.js", lambda route: held.append(route))
        page.goto(site_url + TEAM)
        page.locator("#paste").fill(chat(CODES))
        press = page.get_by_role("button", name="Read the codes")
        early = press.is_visible() and press.is_enabled()
        if early:
            press.click()
        while not held:
            page.wait_for_event("request", lambda request: request.url.endswith("/tool.js"))
        held[0].continue_()
        if not early:
            press.click()

        expect(page.locator("#together")).to_be_visible()
        assert [] == faults


# ---- enlarged four times

SMALL: ViewportSize = {"width": 320, "height": 256}
"""What is left of 1280 x 1024 pixels."""
KEPT_IN_SIGHT = """() => [...document.querySelectorAll('.md-header, .fg-trying, .fg-acts--foot')]
  .filter(one => one.checkVisibility() && ['sticky', 'fixed'].includes(getComputedStyle(one).position))
  .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)"""
"""Pixels of height that stay in sight whatever is read."""


def test_at_four_hundred_percent_there_is_one_way_to_scroll_and_half_of_the_height_is_free(
    browser: Browser, site_url: str
) -> None:
    seen: dict[str, tuple[int, float]] = {}

    def look(page: Page, state: str) -> None:
        seen[state] = max(0, sideways(page)), page.evaluate(KEPT_IN_SIGHT)

    with watched(browser, site_url, SMALL["width"]) as (_, page, faults):
        page.set_viewport_size(SMALL)
        fill_in(page, site_url, DOUBTS, high=["C"])
        look(page, "result")
        page.locator("#what label").first.click()
        expect(page.locator(".fg-trying")).to_be_visible()
        look(page, "trying an answer")
        page.get_by_role("button", name="Back to my answers").click()
        expect(page.locator(".fg-trying")).to_be_hidden()
        for phase, model in MIX.items():
            page.locator(f"#own-{phase}").select_option(model)
        expect(page.locator("#ours tbody tr").last).to_contain_text(named("collaborative"))
        page.locator("#weights summary").click()
        page.locator("#weight-K").fill("9")
        expect(page.locator("#weights")).to_contain_text("1 of 11 weights changed")
        page.get_by_text("Points by question and model").first.click()
        page.locator(".fg-rest summary").first.click()
        page.get_by_role("button", name="Show QR code").click()
        expect(page.locator(".fg-qr")).to_be_visible()
        look(page, "everything open")
        for state in ("#check", "#q-C", "#before"):
            turn_to(page, state)
            look(page, state)
        open_team(page, site_url)
        hand_in(page, chat(CODES))
        expect(page.locator("#together")).to_be_visible()
        look(page, "team")
        assert [] == faults
    assert {} == {state: found for state, found in seen.items() if found[0] or found[1] > SMALL["height"] / 2}


# ---- the reader's own colors, and nothing that moves

MOVES = """() => {
  globalThis.moved = [];
  for (const kind of ['animationstart', 'transitionrun']) {
    addEventListener(kind, ({ target }) => moved.push(`${kind}: ${target.tagName} ${target.className}`), true);
  }
}"""
STILL = "() => document.getAnimations().map(one => one.constructor.name)"
INK = """marks => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const clear = color => color === 'none' || color === paper || /^rgba.*, 0\\)$/.test(color);
  return Object.entries(marks).flatMap(([what, property]) => {
    const all = [...document.querySelectorAll(what)].filter(one => one.checkVisibility());
    if (!all.length) return [`${what}: not there`];
    return all.some(one => clear(getComputedStyle(one)[property])) ? [`${what}: ${property}`] : [];
  });
}"""
"""Of drawn marks that carry meaning, those that have the color of the paper."""
CUT = """() => [...document.querySelectorAll('#result .fg-bar')].every(bar =>
  getComputedStyle(bar.querySelector('.md')).stroke !== getComputedStyle(bar.querySelector('.rg')).fill)"""


def turn_to(page: Page, part: str) -> None:
    page.evaluate("to => { location.hash = to; }", part)
    expect(page.locator(f"{part} h2").first).to_be_in_viewport()


def looks(page: Page, what: str) -> bytes:
    """A picture of a control without the pointer over it and without the focus in it."""
    page.mouse.move(0, 0)
    page.evaluate("() => document.activeElement.blur()")
    return page.locator(what).screenshot()


def test_forced_colors_and_reduced_motion_keep_every_mark_and_nothing_moves(browser: Browser, site_url: str) -> None:
    with on(browser, site_url, "phone", forced_colors="active", reduced_motion="reduce") as (_, page, faults):
        page.add_init_script(f"({MOVES})()")
        page.goto(site_url + SELECTOR)
        turn_to(page, "#q-E")
        answer = looks(page, "label:has(#a-E1)")
        turn_to(page, "#q-C")
        level = looks(page, "label:has(#C-high)")
        fill_in(page, site_url, DOUBTS, high=["C"])
        turn_to(page, "#before")
        page.locator("label:has(#before-RF20)").click()
        turn_to(page, "#result")
        expect(page.locator("#flag-RF20")).to_be_visible()
        assert [] == page.evaluate(STILL)
        assert [] == page.evaluate(INK, {"#result .is-ink": "stroke"})
        turn_to(page, "#q-C")
        assert level != looks(page, "label:has(#C-high)"), "this importance, chosen and not chosen"
        turn_to(page, "#q-E")
        assert answer != looks(page, "label:has(#a-E1)"), "this answer, chosen and not chosen"
        assert [] == page.evaluate(INK, {"#q-E .is-ink": "stroke", "#q-E .is-now": "stroke"})

        turn_to(page, "#result")
        tick = "#what li:first-child label"
        before = looks(page, tick)
        page.locator(tick).click()
        expect(page.locator(".fg-trying")).to_be_visible()
        assert [] == page.evaluate(STILL)
        assert before != looks(page, tick), "this change, ticked and not ticked"
        bar = {".rg": "fill", ".lo": "fill", ".tk": "stroke"}
        assert [] == page.evaluate(INK, {f"#result .fg-bar {mark}": property_ for mark, property_ in bar.items()})
        assert page.evaluate(CUT), "the cut at the fit can be told from the range around it"
        drawn = {".fg-sq .on": "fill", ".fg-sq .off": "stroke", ".fg-flag .pole": "stroke", ".fg-flag .cloth": "stroke"}
        assert [] == page.evaluate(INK, {f"#result {mark}": property_ for mark, property_ in drawn.items()})

        assert [] == page.evaluate("() => moved")

        open_team(page, site_url)
        hand_in(page, chat(CODES))
        expect(page.locator("#together")).to_be_visible()
        assert [] == page.evaluate(INK, {".fg-team .fg-dots rect": "fill", ".fg-team .fg-bar .rg": "fill"})
        assert [] == page.evaluate(STILL)
        assert [] == page.evaluate("() => moved")
        assert [] == faults
