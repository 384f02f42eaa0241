"""The selector in a real browser: from the home page to a result, by mouse, by keyboard, on a phone, on paper."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from pages import watched

READY = "() => document.querySelector('x-tool.is-ready') !== null"
ANSWERS = {"E": "E1", "X": "X2", "S": "S2", "G": "G1", "O": "O3", "C": "C3", "K": "K1", "T": "T3", "L": "L1", "V": "V1"}
"""New teachers who did not ask, a new curriculum, a coach who knows it and has time: Technical leads, and by far."""


SMALLEST = """part => Math.min(...[...part.querySelectorAll('*')]
  .filter(tag => tag.checkVisibility() && [...tag.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(tag => parseFloat(getComputedStyle(tag).fontSize)))"""
"""The smallest size of letters in an element, in pixels."""


def answer(page: Page, answers: dict[str, str]) -> None:
    for question, key in answers.items():
        page.locator(f'input[name="{question}"][value="{key}"]').check(force=True)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_principal_goes_from_home_to_a_result_that_says_why(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url)
        page.get_by_role("link", name="The full version, 14 questions").first.click()
        page.get_by_role("heading", name="Model selector", level=1).wait_for()
        answer(page, ANSWERS)
        page.get_by_role("link", name="See the result").first.click()

        expect(page.locator("#result h1, #result h2").first).to_have_text("Technical coaching fits your answers best.")
        expect(page.locator("#result")).to_contain_text("a new curriculum is its core use")
        assert [] == faults


def test_red_flags_come_first_and_a_model_that_is_out_stays_visible_with_its_reason(
    browser: Browser, site_url: str
) -> None:
    answers = ANSWERS | {"C": "C3", "V": "V2", "T": "T1"}
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        answer(page, answers)
        page.goto(site_url + "tools/selector/#result")
        result = page.locator("#result")
        expect(result).to_contain_text("The coach also evaluates these teachers")
        words = result.inner_text()

        assert words.index("Before anything else") < words.index("How the models fit")
        assert words.index("How the models fit") < words.index("Ruled out for now")
        assert re.search(r"Ruled out for now.*Knight partnership", words, re.S)


def test_on_a_phone_there_is_one_question_a_screen_and_back_keeps_the_answer(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, 390) as (_, page, faults):
        page.goto(site_url + "tools/selector/")
        page.get_by_role("link", name="First question").click()
        expect(page.locator("fieldset:visible legend h2")).to_have_text(re.compile("Who will be coached most"))
        page.locator("label:has(#a-E1)").click()
        page.get_by_role("link", name="Next question").click()
        expect(page.locator("#q-X")).to_be_visible()
        expect(page.locator("#q-E")).to_be_hidden()
        page.go_back()

        expect(page.locator("#q-E")).to_be_visible()
        expect(page.locator("#a-E1")).to_be_checked()
        page.go_forward()
        expect(page.locator("#q-X")).to_be_visible()
        assert [] == faults


def test_from_1024_pixels_all_questions_stand_on_one_page(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, 1024) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")

        assert 14 == page.locator("fieldset:has(legend h2):visible").count()


def test_the_check_page_lists_every_answer_and_leads_back_to_each_question(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        answer(page, ANSWERS)
        page.wait_for_function(READY)
        page.goto(site_url + "tools/selector/#check")
        check = page.locator("#check")
        expect(check).to_contain_text("New teachers")

        assert 14 <= check.locator("a[href^='#change-']").count()
        check.locator("a[href='#change-K']").first.click()
        expect(page.locator("#a-K1")).to_be_checked()


@pytest.mark.parametrize("width", [390, 1366])
def test_whoever_changes_one_answer_goes_back_from_there(browser: Browser, site_url: str, width: int) -> None:
    with watched(browser, site_url, width) as (_, page, faults):
        page.goto(site_url + "tools/selector/#r=1189QQRG4SC0EG60")
        page.get_by_role("link", name="Change answers").click()
        page.locator("#check a[href='#change-K']").click()
        question = page.locator("#q-K")
        expect(question.get_by_role("heading").first).to_be_focused()
        expect(question.get_by_role("link", name="Next question")).to_be_hidden()
        question.locator("label:has(#a-K2)").click()
        question.get_by_role("link", name="Back to your answers").click()

        expect(page.locator("#check-h")).to_be_focused()
        expect(page.locator("#check")).to_contain_text("Skilled at listening and asking")

        page.locator("#check").get_by_role("link", name="See the result").click()
        page.locator("#result a[href^='#reason-']").first.click()
        page.get_by_role("link", name="Back to the result").click()
        expect(page.locator("#result-h")).to_be_focused()
        assert [] == faults


def test_the_keyboard_alone_reaches_a_result(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/selector/")
        page.locator("#main").focus()
        chosen: set[str] = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            name = page.evaluate("() => document.activeElement.type === 'radio' ? document.activeElement.name : ''")
            if name and not name.endswith("-counts") and name not in chosen:
                page.keyboard.press("Space")
                chosen.add(name)
            if len(chosen) == 14:
                break
        page.get_by_role("link", name="See the result").first.focus()
        page.keyboard.press("Enter")

        assert 14 == len(chosen)
        expect(page.locator("#result")).to_contain_text("How the models fit")
        page.wait_for_function("() => document.activeElement.closest('#result') !== null")  # the focus follows
        assert [] == faults


def test_answers_and_python_survive_a_walk_to_other_pages_and_back(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/selector/")
        answer(page, ANSWERS)
        page.wait_for_function(READY)
        page.evaluate("() => { globalThis.stillHere = true; }")
        page.get_by_role("link", name="Models", exact=True).first.click()
        page.get_by_role("heading", name="Coaching models", level=1).wait_for()
        page.get_by_role("link", name="Find a model").first.click()
        page.get_by_role("heading", name="Model selector", level=1).wait_for()

        expect(page.locator("#a-E1")).to_be_checked()
        assert page.evaluate("() => globalThis.stillHere === true"), "the document was kept"
        page.goto(site_url + "tools/selector/#result")
        expect(page.locator("#result")).to_contain_text("Technical")
        assert [] == faults


def test_answers_are_found_again_after_a_reload(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        answer(page, ANSWERS)
        expect(page.locator("[data-status=saved]")).to_contain_text("Saved on this device")
        page.reload()
        page.locator("x-tool").click(position={"x": 5, "y": 5})

        expect(page.locator("#a-E1")).to_be_checked()
        expect(page.locator("#a-K1")).to_be_checked()


def test_a_model_below_the_first_three_unfolds_to_its_reasons_by_keyboard(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, 360) as (_, page, faults):
        page.goto(site_url + "tools/selector/#q-E")
        for question, key in ANSWERS.items():
            page.evaluate("to => { location.hash = to; }", f"#q-{question}")
            page.locator(f"label:has(#a-{key})").click()
        page.evaluate("() => { location.hash = '#result'; }")
        # The answer to the last question has come: until then each answer may draw the list anew.
        expect(page.locator("#result")).to_contain_text("fits your answers best")
        line = page.locator("#result .fg-rest summary", has_text="Directive")
        reasons = line.locator("xpath=..").locator(".fg-pm")
        expect(reasons).to_be_hidden()
        line.focus()
        page.keyboard.press("Enter")

        expect(reasons).to_be_visible()
        expect(reasons).to_contain_text("Against it")
        assert [] == faults


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_without_script_the_form_prints_with_its_scoring_key_on_four_sheets(
    browser: Browser, site_url: str, paper: str
) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        pdf = page.pdf(format=paper)
    printed = text_of(pdf)

    assert 4 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert "Who will be coached most?" in printed
    assert "What is the principal’s part?" in printed
    for model in ("Knight partnership", "Collaborative", "Technical"):
        assert model in printed
    assert re.search(r"(?i)add", printed), "the key says what to do with the points"


def test_nothing_in_the_printed_scoring_key_is_smaller_than_eight_points(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, java_script_enabled=False) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        page.emulate_media(media="print")
        pixels = page.locator("#paper").evaluate(SMALLEST)

    assert 8 <= round(pixels * 72 / 96, 2)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize(
    ("answers", "ticked", "sheets"),
    [(ANSWERS, 0, 1), (ANSWERS | {"C": "C3", "V": "V2", "T": "T1", "P": "P3", "M": "M3"}, 7, 2)],
    ids=["few red flags", "every box ticked"],
)
def test_a_result_prints_on_its_own_on_one_sheet_or_with_many_red_flags_on_two(
    browser: Browser, site_url: str, answers: dict[str, str], ticked: int, sheets: int, paper: str
) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        for box in page.locator("input[name=before]").all()[:ticked]:
            box.check(force=True)
        answer(page, answers)
        page.goto(site_url + "tools/selector/#result")
        expect(page.locator("#result")).to_contain_text("How the models fit")
        pdf = page.pdf(format=paper)
    printed = text_of(pdf)

    assert sheets == len(PdfReader(io.BytesIO(pdf)).pages)
    assert "How the models fit" in printed
    assert "Technical" in printed
    assert "Who will be coached most?" not in printed


# ---- doubts: what would change it, the link, a mix of one's own

DOUBTS = {"E": "E1", "X": "X2", "C": "C2", "K": "K1", "G": "G1", "O": "O2", "T": "T2", "V": "V1", "S": "S2"}
NOT_SURE = ("L", "D", "R", "M", "P")


def with_doubts(page: Page, site_url: str) -> None:
    page.goto(site_url + "tools/selector/")
    page.wait_for_function(READY)
    answer(page, DOUBTS)
    for question in NOT_SURE:
        page.locator(f'input[name="{question}"][value="not-sure"]').check(force=True)
    page.locator('input[name="C-counts"][value="high"]').check(force=True)
    # The importance was the last to change: what shows it shows everything.
    expect(page.locator("#check")).to_contain_text("Importance: High")
    page.goto(site_url + "tools/selector/#result")
    expect(page.locator("#result .fg-ranked")).to_be_visible()


def numbers(page: Page) -> list[str]:
    """Names and fits of all models that are shown, in their order."""
    found: list[str] = page.locator("#result").evaluate(
        "part => [...part.querySelectorAll('.fg-ranked h3, .fg-ranked .fg-fig, .fg-rest summary b, .fg-rest__fit')]"
        ".map(one => one.textContent.trim())"
    )
    return found


def test_toggling_a_listed_answer_brings_the_promised_model_first_and_back(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        with_doubts(page, site_url)
        expect(page.locator("#result-h")).to_contain_text("too close to call")
        expect(page.locator(".fg-ranked .fg-rank").first).to_contain_text(re.compile(r"\d+ to \d+"))
        before = numbers(page)
        flip = page.locator("#what label").first
        promised = flip.locator("b").inner_text().rsplit(" ", 1)[0]
        flip.click()
        expect(page.locator(".fg-trying")).to_be_visible()

        assert promised == page.locator(".fg-ranked h3").first.inner_text()
        page.get_by_role("button", name="Back to my answers").click()
        expect(page.locator(".fg-trying")).to_be_hidden()
        assert before == numbers(page)
        assert [] == faults


def test_a_copied_link_gives_the_same_numbers_in_a_private_window_and_tells_the_server_nothing(
    browser: Browser, site_url: str
) -> None:
    with watched(browser, site_url, permissions=["clipboard-read", "clipboard-write"]) as (_, page, _faults):
        with_doubts(page, site_url)
        page.get_by_role("button", name="Copy link").click()
        page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('#r=')")
        link = page.evaluate("() => navigator.clipboard.readText()")
        code, expected = page.locator("#code .fg-code").inner_text(), numbers(page)
    asked: list[str] = []
    with watched(browser, site_url) as (context, page, faults):
        context.on("request", lambda request: asked.append(request.url))
        page.goto(link)
        expect(page.locator("#result .fg-ranked")).to_be_visible(timeout=60_000)

        assert expected == numbers(page)
        assert code == page.locator("#code .fg-code").inner_text()
        assert code.replace("-", "") in link
        assert [] == [url for url in asked if code.replace("-", "") in url.split("#")[0]]
        assert [] == page.evaluate("async () => (await indexedDB.databases()).map(base => base.name)")
        assert [] == faults


def test_a_mix_of_two_models_becomes_one_page_that_prints_alone(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        page.goto(site_url + "tools/selector/")
        page.wait_for_function(READY)
        answer(page, ANSWERS)
        page.goto(site_url + "tools/selector/#result")
        expect(page.locator("#mix")).to_be_visible()
        for phase in ("goals", "data", "co-plan", "observe"):
            page.locator(f"#own-{phase}").select_option("technical")
        page.locator("#own-reflect").select_option("collaborative")
        expect(page.locator("#ours")).to_contain_text(
            "Technical coaching leads and decides when we differ; Collaborative"
        )
        page.locator("#own-data").select_option("directive")
        expect(page.locator("#mix")).to_contain_text("3 models are more than people can keep apart")
        page.locator("#own-data").select_option("technical")
        expect(page.locator("#mix .fg-flag")).to_have_count(0)
        page.evaluate("() => { globalThis.print = () => {} }")
        page.get_by_role("button", name="Print our model").click()
        expect(page.locator("x-tool.is-ours")).to_be_attached()
        pages = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages

        assert 1 == len(pages)
        assert "Our model, on one page" in pages[0].extract_text()
        assert "How the models fit" not in pages[0].extract_text()
        assert [] == faults


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_result_prints_with_its_qr_code_on_one_sheet_and_the_next_steps_on_another(
    browser: Browser, site_url: str, paper: str
) -> None:
    with watched(browser, site_url) as (_, page, faults):
        with_doubts(page, site_url)
        page.evaluate("() => { globalThis.print = () => {} }")
        page.get_by_role("button", name="Print this result").click()
        expect(page.locator(".fg-qr")).to_be_attached()
        expect(page.locator(".fg-qr")).to_be_hidden()
        result = page.pdf(format=paper)
        page.emulate_media(media="print")
        expect(page.locator(".fg-qr")).to_be_visible()
        page.emulate_media(media="null")
        page.get_by_role("button", name="Print these steps").click()
        expect(page.locator("x-tool.is-steps")).to_be_attached()
        steps = page.pdf(format=paper)

        assert (1, 1) == (len(PdfReader(io.BytesIO(result)).pages), len(PdfReader(io.BytesIO(steps)).pages))
        assert "How the models fit" in text_of(result)
        for phase in ("goals", "data", "co-plan", "observe", "reflect"):
            page.locator(f"#own-{phase}").select_option("technical")
        page.get_by_role("button", name="Print all for a meeting").click()
        expect(page.locator("x-tool.is-all")).to_be_attached()
        expect(page.locator("x-tool.is-steps")).to_have_count(0)
        everything = PdfReader(io.BytesIO(page.pdf(format=paper))).pages
        heads = ("How the models fit", "Our model, on one page", "Who does what next")

        assert 3 == len(everything)
        assert all(head in page.extract_text() for head, page in zip(heads, everything, strict=True))
        assert "By day 90" in text_of(steps)
        assert "How the models fit" not in text_of(steps)
        assert [] == faults


def test_a_result_with_ranges_two_flags_and_a_blend_prints_on_one_sheet(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        page.goto(site_url + "tools/selector/#r=117YA7JVPBW0EG9H")
        page.evaluate("() => { globalThis.print = () => {} }")
        page.get_by_role("button", name="Print this result").click()
        expect(page.locator(".fg-qr")).to_be_attached()
        pages = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages

    assert "could be 78 to 94" in " ".join(pages[0].extract_text().split())
    assert 1 == len(pages)


def test_a_changed_weight_moves_the_result_and_travels_with_the_link(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        with_doubts(page, site_url)
        before = numbers(page)
        page.locator("#weights summary").click()
        page.locator("#weight-K").fill("9")
        expect(page.locator("#weights")).to_contain_text("1 of 11 weights changed")
        assert before != numbers(page)
        expect(page.locator("#share")).to_have_attribute("href", re.compile("&w=K~9&u=L_D_R_M_P&c=..$"))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("part", ["what", "weights", "code", "mix", "rank-h"])
def test_a_link_into_the_result_shows_the_result_and_no_questions(
    browser: Browser, site_url: str, part: str, width: int
) -> None:
    with watched(browser, site_url, width) as (_, page, _faults):
        page.goto(site_url + "tools/selector/")
        page.wait_for_function(READY)
        if width > 1000:
            answer(page, DOUBTS)
        else:
            for question, key in DOUBTS.items():
                page.evaluate("to => { location.hash = to; }", f"#q-{question}")
                page.locator(f"label:has(#a-{key})").click()
        page.evaluate("() => { location.hash = '#result'; }")
        expect(page.locator("#result .fg-ranked")).to_be_visible()
        page.evaluate("to => { location.hash = to; }", f"#{part}")

        expect(page.locator("#result .fg-ranked")).to_be_visible()
        expect(page.locator("#before")).to_be_hidden()
        expect(page.locator("#q-E")).to_be_hidden()


def test_a_weight_that_is_no_weight_says_what_counts_meanwhile(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, _faults):
        with_doubts(page, site_url)
        page.locator("#weights summary").click()
        line = page.locator("#weights p", has=page.locator("#weight-K"))
        expect(line.locator(".fg-wrong")).to_be_hidden()
        for wrong in ("11", "-1", ""):
            page.locator("#weight-K").fill(wrong)
            expect(line.locator(".fg-wrong")).to_have_text("0 to 10, two decimals at most; until then ours counts: 2")
            expect(line.locator(".fg-wrong")).to_be_visible()
        page.locator("#weight-K").fill("3.25")
        expect(line).to_contain_text("ours: 2")
        expect(line.locator(".fg-wrong")).to_be_hidden()


def test_a_copied_link_says_so_on_its_button_for_a_while(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url, permissions=["clipboard-read", "clipboard-write"]) as (_, page, _faults):
        with_doubts(page, site_url)
        button = page.get_by_role("button", name=re.compile("^Cop(y link|ied)"))
        button.click()

        expect(button).to_have_text("Copied")
        expect(button).to_have_text("Copy link")


def test_the_code_as_a_picture_holds_the_link(browser: Browser, site_url: str) -> None:
    with watched(browser, site_url) as (_, page, faults):
        with_doubts(page, site_url)
        page.get_by_role("button", name="Show QR code").click()
        expect(page.locator(".fg-qr")).to_be_visible()
        shot = page.locator(".fg-qr").screenshot()
        page.goto(site_url + "tools/team/")
        page.wait_for_function(READY)
        page.locator('input[data-read="qr"]').set_input_files(
            {"name": "code.png", "mimeType": "image/png", "buffer": shot}
        )
        expect(page.locator(".fg-said")).to_have_text("1 code added.")
        assert [] == faults
