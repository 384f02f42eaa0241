"""The team view as HTML: codes stay, everything else that was pasted goes, and the group's result is told in words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching.catalog import for_tools, from_json, to_json
from coaching.selector import Request
from coaching.selector_code import Answered, encode
from coaching.team import MOST_VOICES
from selector_data import scenarios
from test_selector_view import NOW, Page, catalog
from widgets.runtime.files import BadFile
from widgets.team.view import State, init, load, update, view

ROOT = Path(__file__).parent.parent
EXAMPLES = {
    example["name"]: example
    for example in yaml.safe_load((ROOT / "tools/widgets/team/examples.yml").read_text("utf-8"))
}
TWELVE = "twelve people, one of them twice"
CASES = {case.id: case.request for case in scenarios()}


def code(case: str = "s03", role: str | None = None, **changed: str) -> str:
    request = Request(answers={**CASES[case].answers, **changed}, importance={})
    return encode(catalog().selector, Answered(request=request, role=role))


def pressed(action: str, value: str = "", paste: str = "") -> dict[str, Any]:
    return {"type": "action", "action": action, "value": value, "form": [["paste", paste]]}


def after(*events: dict[str, Any], state: State | None = None) -> State:
    state = state or init(catalog(), NOW)
    for event in events:
        state, _ = update(catalog(), state, event, NOW)
    return state


def state_of(name: str) -> State:
    return after(*EXAMPLES[name]["events"])


def shown(state: State) -> Page:
    return Page(view(catalog(), state, NOW))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_sound_html_and_the_same_from_what_the_browser_gets(name: str) -> None:
    state = state_of(name)
    page, ids = shown(state), shown(state).all("id")

    assert [] == page.faults
    assert sorted(set(ids)) == sorted(ids)
    assert view(catalog(), state, NOW) == view(from_json(to_json(for_tools(catalog()))), state, NOW)


def test_of_what_is_pasted_only_the_codes_are_kept() -> None:
    """Names go with the event that brought them: they are in no state, no record and no page."""
    chat = f"Marisol Quintero (5th grade): {code()}\n10:43 Mr. Okonkwo: mine is {code(role='coach')} !!"

    state, effects = update(catalog(), init(catalog(), NOW), pressed("add", paste=chat), NOW)
    everything = to_json(state) + json.dumps(effects) + view(catalog(), state, NOW)

    assert 2 == len(state.codes)
    assert not [word for word in ("Marisol", "Quintero", "Okonkwo", "5th") if word in everything]
    assert {"do": "fill"} in effects, "the field is emptied"


def test_a_code_from_a_picture_leaves_what_stands_in_the_field() -> None:
    _, effects = update(catalog(), init(catalog(), NOW), pressed("add", code(), paste="Ana: not yet"), NOW)

    assert {"do": "fill"} not in effects
    assert {"do": "announce", "text": "1 code added."} in effects


def test_a_code_handed_in_twice_counts_once_until_the_reader_says_two_people() -> None:
    state = after(pressed("add", paste=f"{code()} {code()} {code('s06')}"))
    assert "2 people so far" in shown(state).text

    state = after(pressed("two", code()), state=state)
    assert "3 people so far" in shown(state).text

    state = after(pressed("two", code()), state=state)
    assert "2 people so far" in shown(state).text


def test_a_damaged_code_is_told_with_its_line_and_the_reason() -> None:
    wrong = code()[:-1] + ("0" if code()[-1] != "0" else "1")

    state = after(pressed("add", paste=f"Hello all\n{code('s06')}\nBen: {wrong}"))

    assert [3] == [bad.line for bad in state.bad]
    assert wrong in shown(state).text
    assert "wrong or two are swapped" in shown(state).text
    assert 1 == len(state.codes)


def test_text_without_a_code_says_what_a_code_looks_like() -> None:
    assert "There is no code in that text" in shown(after(pressed("add", paste="see you at 10:30 in room B101"))).text


def test_more_people_than_the_page_takes_are_left_out_and_told() -> None:
    selector = catalog().selector
    questions = [question for question in selector.questions if len(question.answers) == 3][:4]
    every = [
        {questions[place].key: questions[place].answers[n // 3**place % 3].key for place in range(4)} for n in range(81)
    ]
    codes = [code(**answers) for answers in every]

    state = after(pressed("add", paste="\n".join(codes)))

    assert MOST_VOICES == len(state.codes)
    assert "60 people are the most" in state.said


def test_the_group_is_told_who_leads_where_they_differ_and_what_to_talk_about() -> None:
    page = shown(state_of(TWELVE))

    assert "is ahead for this group, but it is too close to call." in page.text
    assert "Talk about these first" in page.text
    assert 1 <= page.text.count("If all said so, first would be") <= 3
    assert "A role is shown from three people on" in page.text


def test_round_two_is_compared_with_round_one() -> None:
    state = state_of("round two of four people")

    assert 2 == len(state.rounds)
    assert "Since round one" in shown(state).text
    assert "at least 2 changed" in shown(state).text


def test_cleared_codes_come_back() -> None:
    full = state_of(TWELVE)

    cleared, effects = update(catalog(), full, pressed("clear"), NOW)

    assert {"do": "forget"} in effects
    assert () == cleared.codes
    assert full.kept == after(pressed("undo"), state=cleared).kept


def test_what_was_saved_comes_back_and_nothing_else_is_taken() -> None:
    full = after(pressed("add", paste=f"{code()} {code()} {code('s06')}"), pressed("two", code()))
    _, effects = update(catalog(), full, pressed("remove", code("s06")), NOW)
    (saved,) = [effect["data"] for effect in effects if effect["do"] == "save"]

    assert replace(full, said="").codes[:1] == load(catalog(), saved, NOW).codes
    with pytest.raises(BadFile):
        load(catalog(), {**saved, "names": ["Ana"]}, NOW)


def test_with_few_people_nobodys_own_fit_is_shown() -> None:
    assert "with the lowest and the highest" not in shown(after(pressed("add", paste=f"{code()} {code('s06')}"))).text
    assert "with the lowest and the highest" in shown(state_of(TWELVE)).text


# ---- in front of a room

FOUR = "15YG-RYJ5-NAR0-EG0P 1661-PPF0-J180-EGR1 157M-KJK0-J180-EGXX 1685-MX1B-DSG0-EGS2"


def pasted(state: State, text: str) -> tuple[State, list[Any]]:
    return update(catalog(), state, pressed("add", paste=text), NOW)


def test_codes_of_round_one_count_in_round_two_only_if_somebody_says_so() -> None:
    first, _ = pasted(State(), FOUR)
    second, _ = update(catalog(), first, pressed("round"), NOW)
    state, _ = pasted(second, f"{FOUR} 19R2-TD00-J180-EGWF")

    assert ["19R2-TD00-J180-EGWF"] == [entry.code for entry in state.codes]
    assert "4 of these codes are from round one" in shown(state).text
    assert 5 == len(update(catalog(), state, pressed("same"), NOW)[0].codes)
    assert 1 == len(update(catalog(), state, pressed("leave"), NOW)[0].codes)


def test_the_same_chat_pasted_again_makes_no_twins() -> None:
    once, _ = pasted(State(), FOUR)
    again, _ = pasted(once, f"{FOUR} 19R2-TD00-J180-EGWF")

    assert "1 code added. 4 codes were there already." == again.said
    assert not any(entry.again for entry in again.codes)


def test_a_code_held_up_twice_may_be_two_people() -> None:
    once, _ = update(catalog(), State(), pressed("add", value="1661-PPF0-J180-EGR1"), NOW)
    twice, _ = update(catalog(), once, pressed("add", value="1661-PPF0-J180-EGR1"), NOW)

    assert [True] == [entry.again for entry in twice.codes]


def test_after_a_paste_the_reader_stands_at_what_it_brought() -> None:
    state, effects = pasted(State(), f"{FOUR} K7QF-2M9X-R4TD-0WZP")

    assert {"do": "focus", "id": "said"} in effects
    assert "said" in shown(state).all("id")
    assert "1 code is still missing" in shown(state).text


def test_what_could_not_be_read_stays_until_the_next_paste() -> None:
    state, _ = pasted(State(), f"{FOUR} 1661-PPF0-J180-EGR1 K7QF-2M9X-R4TD-0WZP")
    two, _ = update(catalog(), state, pressed("two", value="1661-PPF0-J180-EGR1"), NOW)

    assert 1 == len(two.bad)
    assert () == pasted(two, "19R2-TD00-J180-EGWF")[0].bad


def test_a_code_that_was_taken_out_comes_back() -> None:
    state, _ = pasted(State(), FOUR)
    fewer, effects = update(catalog(), state, pressed("remove", value="1661-PPF0-J180-EGR1"), NOW)

    assert 3 == len(fewer.codes)
    assert {"do": "focus", "id": "undo"} in effects
    assert "1 code is removed. Undo" in " ".join(shown(fewer).text.split())
    assert state.codes == update(catalog(), fewer, pressed("undo"), NOW)[0].codes


def test_round_two_leads_back_while_it_is_empty() -> None:
    first, _ = pasted(State(), FOUR)
    second, _ = update(catalog(), first, pressed("round"), NOW)

    assert first.rounds == update(catalog(), second, pressed("back"), NOW)[0].rounds


def test_a_box_about_one_person_is_never_counted_in_front_of_the_room() -> None:
    content = catalog().selector
    private = [box.flag for box in content.before if content.flag(box.flag).private]
    request = Request(
        answers={q.key: q.answers[0].key for q in content.questions}, importance={}, before=frozenset(private)
    )
    other = Request(answers={q.key: q.answers[0].key for q in content.questions}, importance={})
    codes = " ".join(encode(content, Answered(request=one, role=None)) for one in (request, other))
    html = view(catalog(), pasted(State(), codes)[0], NOW)
    apart = html.split('id="private-h"')[1].split("</section>")[0]

    assert private
    for flag in private:
        assert content.flag(flag).title in apart
        assert content.flag(flag).title not in html.replace(apart, "")
    assert "of 2" not in apart
    assert '<section class="fg-sec fg-screen" aria-labelledby="private-h">' in html, "it is not printed"


def test_a_question_whose_answers_all_lead_to_one_model_says_why_it_matters() -> None:
    html = view(catalog(), state_of(TWELVE), NOW)
    for topic in html.split('class="fg-topics"')[1].split("</ol>")[0].split("<li>")[1:]:
        leaders = re.findall(r"<td>([^<]+)</td></tr>", topic)
        assert len(set(leaders)) > 1 or "the distance between" in topic
