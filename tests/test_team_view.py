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
from widgets.runtime import says
from widgets.runtime.files import BadFile
from widgets.team.view import Entry, State, init, load, update, view

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


def test_what_one_person_fewer_would_change_is_told_case_by_case() -> None:
    assert (
        "With one person fewer, Team and PLC coaching leads in 4 of 12 cases; Student-Centered Coaching and Team and "
        "PLC coaching share first place in 1."
    ) in shown(state_of(TWELVE)).text


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
    assert "1 code could not be read" in shown(state).text
    assert "See the result" in shown(state).text


# ---- what could not be read

GOOD = "1685-MX1B-DSG0-EGS2"
SLIPS = {
    "a wrong character": "1685-MX1B-DSG0-EGS3",
    "a missing one": "1685-MX1B-DSG0-EGS",
    "one too many": "1685-MX1B-7DSG0-EGS2",
    "two swapped": "1685-MX1B-DSG0-EG2S",
    "small letters": "l685-mx1b-dsgo-egs3",
}


def unread(state: State) -> list[str]:
    return [bad.text for bad in state.bad]


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_what_could_not_be_read_stays_until_the_right_code_comes(slip: str) -> None:
    state, _ = pasted(State(), f"{code()} {code('s06')}\nBen: {slip}")
    assert [slip] == unread(state)

    state, _ = pasted(state, code("s07"))
    assert [slip] == unread(state)
    assert "1 looks like a code and could not be read" in state.said

    state, _ = pasted(state, f"Ben: sorry, {GOOD}")
    assert [] == unread(state)

    state, _ = pasted(state, f"Ben: {slip}\nBen: sorry, {GOOD}\nBen: {slip}")
    assert [] == unread(state), "it was settled"


def test_a_right_code_further_down_in_the_same_chat_settles_it_too() -> None:
    assert [] == unread(pasted(State(), f"{SLIPS['two swapped']}\n{GOOD}")[0])


def test_what_is_left_out_does_not_come_back_with_the_same_chat() -> None:
    chat = f"{GOOD}\nmeeting 1234-AB56-CD78-9EFG\nK7QF-2M9X-R4TD-0WZP"
    state, _ = pasted(State(), chat)
    page = shown(state)
    assert "drop:1234AB56CD789EFG" in page.all("value")

    state, effects = update(catalog(), state, pressed("drop", state.bad[0].key), NOW)
    assert ["K7QF-2M9X-R4TD-0WZP"] == unread(state)
    assert {"do": "focus", "id": "bad"} in effects
    assert ["K7QF-2M9X-R4TD-0WZP"] == unread(pasted(state, chat)[0])


def test_what_was_unread_in_round_one_is_no_news_in_round_two_and_is_back_with_round_one() -> None:
    chat = f"{FOUR}\nK7QF-2M9X-R4TD-0WZP"
    first, _ = pasted(State(), chat)
    second = after(pressed("round"), state=first)
    old_chat, _ = pasted(second, f"{chat}\n1695-MX1B-DSG0-EGS3")

    assert [] == unread(second)
    assert ["1695-MX1B-DSG0-EGS3"] == unread(old_chat)
    assert [] == unread(after(pressed("leave"), state=old_chat)), "they came with the old chat"
    assert unread(first) == unread(after(pressed("back"), state=second))


def test_what_came_unread_before_the_old_chat_stays_when_that_is_left_out() -> None:
    second = after(pressed("add", paste=FOUR), pressed("round"), pressed("add", paste="K7QF-2M9X-R4TD-0WZP"))
    old_chat, _ = pasted(second, FOUR)

    assert ["K7QF-2M9X-R4TD-0WZP"] == unread(after(pressed("leave"), state=old_chat))


def test_what_could_not_be_read_is_never_stored() -> None:
    state, effects = pasted(State(), f"{FOUR}\nK7QF-2M9X-R4TD-0WZP\nZZZZ-1111-AAAA-2222")
    state, more = update(catalog(), state, pressed("drop", state.bad[0].key), NOW)
    state, last = update(catalog(), state, pressed("remove", GOOD), NOW)

    assert [effect for effect in [*effects, *last] if effect["do"] == "save"]
    assert not re.search("K7QF|ZZZZ", json.dumps([*effects, *more, *last]))
    assert not re.search("K7QF|ZZZZ", to_json(state.kept))


def test_a_password_in_a_link_is_no_damaged_code() -> None:
    state, _ = pasted(State(), f"{FOUR} https://meet.example/j/9?pwd=ABCD1234EFGH5678")

    assert () == state.bad


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


def answered(*before: str, **changed: str) -> str:
    """A code of somebody who gives the first answer everywhere, with changes, and ticks these boxes."""
    content = catalog().selector
    answers = {q.key: q.answers[0].key for q in content.questions} | changed
    request = Request(answers=answers, importance={}, before=frozenset(before))
    return encode(content, Answered(request=request, role=None))


def apart(html: str) -> tuple[str, str]:
    """The part that is not for the projector, and all else."""
    start = html.index('<section class="fg-sec fg-private"')
    end = html.index("</section>", start)
    return html[start:end], html[:start] + html[end:]


def test_a_box_about_one_person_is_never_counted_in_front_of_the_room() -> None:
    content = catalog().selector
    private = [box.flag for box in content.before if content.flag(box.flag).private]
    inside, outside = apart(view(catalog(), pasted(State(), f"{answered(*private)} {answered()}")[0], NOW))

    assert private
    for flag in private:
        assert content.flag(flag).title in inside
        assert content.flag(flag).title not in outside
    assert "of 2" not in inside


@pytest.mark.parametrize("people", [1, 2, 3])
def test_a_red_flag_of_one_or_two_people_is_not_told_to_the_room(people: int) -> None:
    """P3, "not involved yet", raises a flag."""
    title = catalog().selector.flag("RF18").title
    voices = [answered(P="P3", **other) for other in ({}, {"G": "G2"}, {"G": "G3"})][:people]
    rest = [answered(P="P1", **other) for other in ({}, {"G": "G2"}, {"G": "G3"})]
    inside, outside = apart(view(catalog(), pasted(State(), " ".join([*voices, *rest]))[0], NOW))

    assert (people < 3) == (title in inside)
    assert (people >= 3) == (title in outside)


def test_the_private_part_stands_there_in_the_same_words_whether_there_is_something_in_it_or_not() -> None:
    private = [flag.id for flag in catalog().selector.flags if flag.private][:1]
    full, _ = apart(view(catalog(), pasted(State(), f"{answered(*private)} {answered()}")[0], NOW))
    empty, _ = apart(view(catalog(), pasted(State(), f"{answered(P='P1', G='G2')} {answered(P='P1')}")[0], NOW))

    assert full.split("</summary>")[0] == empty.split("</summary>")[0]
    assert "Nothing is in here." in empty or "<li" in empty


def test_the_private_part_is_another_one_after_each_reading() -> None:
    once, _ = pasted(State(), FOUR)
    again, _ = pasted(once, FOUR)

    (first,), (second,) = ([id_ for id_ in shown(s).all("id") if re.match(r"private-\d", id_)] for s in (once, again))
    assert first != second


# ---- who said what

SMALL_GROUP = "In a group this small, everybody can tell who said what."


def test_a_small_group_is_told_that_everybody_can_tell_who_said_what() -> None:
    assert SMALL_GROUP in shown(pasted(State(), FOUR)[0]).text
    assert SMALL_GROUP not in shown(pasted(State(), f"{FOUR} 19R2-TD00-J180-EGWF")[0]).text


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("4 teachers, 3 others", {"teacher": 4, "coach": 2, "mentor": 1}),
        ("4 teachers, 1 other", {"teacher": 4, "coach": 1}),
        ("3 teachers, 3 coaches", {"teacher": 3, "coach": 3}),
        ("3 teachers, 3 without a role", {"teacher": 3, None: 3}),
        ("4 people", {"teacher": 2, "coach": 1, None: 1}),
    ],
)
def test_roles_of_one_or_two_people_are_told_together(said: str, roles: dict[str | None, int]) -> None:
    keys = [role for role, n in roles.items() for _ in range(n)]
    questions = catalog().selector.questions
    codes = [code(role=role, **{questions[0].key: questions[0].answers[n % 2].key}) for n, role in enumerate(keys)]
    state = State(rounds=(tuple(Entry(code=one, people=codes.count(one)) for one in dict.fromkeys(codes)),))

    assert f">{said}</p>" in re.sub(r"<span.*?</span>", "", view(catalog(), state, NOW))


# ---- rounds


def test_late_codes_are_read_into_round_one() -> None:
    second = after(pressed("add", paste=FOUR), pressed("round"), pressed("add", paste="19R2-TD00-J180-EGWF"))
    late, effects = update(catalog(), second, pressed("late", paste="19R2-Y6MD-1H80-EGJA"), NOW)

    assert (5, 1) == tuple(len(entries) for entries in late.rounds)
    assert "1 code added to round one." == late.said
    assert {"do": "fill"} in effects
    assert "These belong to round one" in shown(second).text
    assert "These belong to round one" not in shown(after(pressed("add", paste=FOUR))).text


def test_round_two_is_cleared_alone_and_comes_back() -> None:
    second = after(pressed("add", paste=FOUR), pressed("round"), pressed("add", paste="19R2-TD00-J180-EGWF"))
    cleared, effects = update(catalog(), second, pressed("clear", "two"), NOW)

    assert (4, 0) == tuple(len(entries) for entries in cleared.rounds)
    assert {"do": "focus", "id": "undo"} in effects
    assert second.rounds == after(pressed("undo"), state=cleared).rounds


def test_round_two_begins_in_the_field_for_its_codes() -> None:
    _, effects = update(catalog(), after(pressed("add", paste=FOUR)), pressed("round"), NOW)

    assert {"do": "focus", "id": "paste"} in effects


# ---- pictures, the address, paper


def test_the_same_codes_in_another_picture_were_there_already() -> None:
    once, _ = update(catalog(), State(), pressed("photo", FOUR.replace(" ", "\n")), NOW)
    again, _ = update(catalog(), once, pressed("photo", FOUR.replace(" ", "\n")), NOW)

    assert "No new code. 4 codes were there already." == again.said
    assert not any(entry.again for entry in again.codes)


def test_a_picture_without_a_code_takes_the_place_of_what_was_said_before() -> None:
    once, _ = update(catalog(), State(), pressed("photo", GOOD), NOW)
    again, effects = update(catalog(), once, pressed("photo", "", paste="Ana: not yet"), NOW)

    assert "That picture has no result code that can be read. Go closer, or type the code." == again.said
    assert {"do": "announce", "text": again.said} in effects


def test_the_address_is_drawn_and_the_reader_stands_before_it() -> None:
    state, effects = update(catalog(), State(), pressed("qr"), NOW)

    assert [{"do": "focus", "id": "address"}] == effects
    assert "address" in shown(state).all("id")
    assert [] == update(catalog(), state, pressed("qr"), NOW)[1]


def test_the_sheet_for_the_session_has_the_address_drawn_for_paper_only() -> None:
    state, effects = update(catalog(), State(), pressed("print", "ours"), NOW)

    assert [{"do": "print", "what": "ours"}] == effects
    assert "QR code of the address, for paper" in view(catalog(), state, NOW)
    assert "QR code" not in view(catalog(), after(pressed("nothing"), state=state), NOW).split("fg-handout")[1]


def test_a_result_can_be_printed_only_where_there_is_one() -> None:
    assert "Print the result" not in shown(State()).text
    assert "Print the result" in shown(state_of(TWELVE)).text


def test_instructions_name_the_buttons_on_the_phone_and_what_it_loads() -> None:
    page = shown(State()).text

    assert f"about {says.DOWNLOAD_MB} MB, once" in page
    assert "“Code and link”" in page
    assert "“Copy code”" in page
    assert "Freeze or mute the projector before you paste".lower() in page.lower()


def test_the_list_of_tools_promises_no_other_time_than_the_script() -> None:
    (team,) = [tool for tool in catalog().site.tools if tool.id == "team"]

    assert "under an hour, with a group" == team.minutes
    assert sum(step.minutes for step in catalog().selector.script) < 60


def test_a_question_whose_answers_all_lead_to_one_model_says_why_it_matters() -> None:
    html = view(catalog(), state_of(TWELVE), NOW)
    for topic in html.split('class="fg-topics"')[1].split("</ol>")[0].split("<li>")[1:]:
        leaders = re.findall(r"<td>([^<]+)</td></tr>", topic)
        assert len(set(leaders)) > 1 or "Whatever people say here" in topic
