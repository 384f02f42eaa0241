"""The goal sheet as HTML, what a keystroke or a button does to it, and what becomes of it in a file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from coaching.catalog import Catalog, for_tools, from_json, structure, to_json
from coaching.goal import GoalContent, GoalSheet
from goal_data import NOW, STRONG, WEAK
from sitegen.load import load_content
from sitegen.source import parse
from widgets import handover
from widgets.goal.view import MOST_UNDO, State, init, load, update, view
from widgets.runtime import rpc
from widgets.runtime.env import environment
from widgets.runtime.files import BadFile, clean

ROOT = Path(__file__).parent.parent
EXAMPLES = yaml.safe_load((ROOT / "tools/widgets/goal/examples.yml").read_text("utf-8"))
VOID = {"input", "br"}


@cache
def catalog() -> Catalog:
    found = load_content(ROOT / "content").catalog
    assert found
    return found


def typed(**form: str) -> dict[str, Any]:
    """The form with these fields filled in; `from_` is the field `from`."""
    return {"type": "input", "form": [[name.rstrip("_"), value] for name, value in form.items()]}


def pressed(action: str, value: str = "", **form: str) -> dict[str, Any]:
    return {**typed(**form), "type": "action", "action": action, "value": value}


def file(text: str, name: str = "goal.json") -> dict[str, Any]:
    return {"type": "file", "name": name, "text": text}


def after(*events: dict[str, Any], now: str = NOW) -> tuple[State, list[Any]]:
    """The state that events lead to, and what the last one asks of the page."""
    state, effects = init(catalog(), now), []
    for event in events:
        state, effects = update(catalog(), state, event, now)
    return state, effects


def shown(*events: dict[str, Any]) -> str:
    return view(catalog(), after(*events)[0], NOW)


def done(effects: list[Any], what: str) -> list[Any]:
    return [effect for effect in effects if effect["do"] == what]


class Html(HTMLParser):
    """What tests ask of HTML: tags with their attributes, texts, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self.faults: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given_))
        if tag not in VOID:
            self._open.append((tag, given_.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, id_ in self._open:
            if id_:
                self.texts[id_] = self.texts.get(id_, "") + data

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]

    def values(self) -> dict[str, str]:
        """What stands in the form, as a browser would send it."""
        fields = {attrs["name"]: attrs.get("value", "") for tag, attrs in self.tags if attrs.get("type") == "text"}
        areas = {attrs["name"]: attrs["id"] for tag, attrs in self.tags if tag == "textarea"}
        chosen = {a["name"]: a["value"] for _, a in self.tags if a.get("type") == "radio" and "checked" in a}
        # The parser of a browser drops the line break right after the tag.
        return fields | {name: self.texts.get(id_, "").removeprefix("\n") for name, id_ in areas.items()} | chosen


# ---- every example, as HTML


@cache
def drawn(number: int) -> str:
    example = EXAMPLES[number]
    return view(catalog(), after(*example["events"], now=example["now"])[0], example["now"])


@pytest.fixture(params=range(len(EXAMPLES)), ids=[example["name"] for example in EXAMPLES])
def page(request: pytest.FixtureRequest) -> Html:
    return Html(drawn(request.param))


def test_there_are_examples_enough_and_their_names_differ() -> None:
    names = [example["name"] for example in EXAMPLES]

    assert len(names) >= 20
    assert len(names) == len(set(names))


def test_every_tag_is_closed(page: Html) -> None:
    assert [] == page.faults


def test_ids_are_unique(page: Html) -> None:
    ids = page.all("id")

    assert sorted(set(ids)) == sorted(ids)


def test_what_points_to_an_id_finds_it(page: Html) -> None:
    ids = set(page.all("id"))
    pointing = [
        *page.all("for"),
        *(
            id_
            for attribute in ("aria-describedby", "aria-labelledby")
            for ids_ in page.all(attribute)
            for id_ in ids_.split()
        ),
        *(href[1:] for href in page.all("href") if href.startswith("#")),
    ]

    assert [] == [id_ for id_ in pointing if id_ not in ids]


def test_every_field_has_a_label(page: Html) -> None:
    labelled = set(page.all("for"))
    fields = [attrs for tag, attrs in page.tags if tag == "textarea" or (tag == "input" and attrs["type"] == "text")]

    assert [] == [attrs["id"] for attrs in fields if attrs["id"] not in labelled]


def test_nothing_is_styled_or_scripted_in_place(page: Html) -> None:
    assert not {"script", "style"} & {tag for tag, _ in page.tags}
    assert [] == [name for _, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")]


def test_buttons_send_nothing_and_there_is_one_voice(page: Html) -> None:
    assert {"button"} == {attrs["type"] for tag, attrs in page.tags if tag == "button"}
    assert 1 == sum("fg-live" in attrs.get("class", "").split() for _, attrs in page.tags)


def test_the_form_holds_what_the_state_holds(page: Html) -> None:
    names = {"sentence", "group", "behavior", "from", "to", "of", "unit", "by", "measure", "why", "strategy"}

    assert names <= set(page.values()) <= names | {"care", "ease"}


def test_sending_the_form_back_as_it_stands_changes_nothing() -> None:
    for example in EXAMPLES:
        state, _ = after(*example["events"])
        form = Html(view(catalog(), state, NOW)).values()
        again, effects = update(catalog(), state, typed(**form), NOW)

        assert (again.sheet, []) == (state.sheet, effects), example["name"]


# ---- before anything is typed


def test_an_untouched_sheet_asks_for_the_six_essentials() -> None:
    html = shown()

    assert "Six essentials of a goal" in html
    assert 6 == html.count('class="todo"')
    assert "fg-in--ask" not in html


def test_the_sheet_for_paper_is_complete_without_a_script() -> None:
    paper = shown().split('id="goal-paper"')[1]

    assert 30 == paper.count("<circle")
    assert 7 == paper.count("<i></i>")
    assert all(rule.tick in paper for rule in catalog().goal.rules if rule.tick)
    assert "coaching-field-guide.example/tools/goal" in paper


def test_examples_can_be_read_without_python_and_change_nothing() -> None:
    html = shown()

    assert len(catalog().goal.examples) == html.count("<details")
    assert "In 7 weeks, 20 of 26 students in Group A (now 9) will justify an answer" in html


# ---- a goal gets better


def test_a_vague_wish_shows_its_advice_with_why_and_example() -> None:
    html = shown(typed(sentence=WEAK))

    assert "0 of 6 essentials in place" in html
    assert ["G1", "G2", "G3", "G4", "G6", "G13"] == re.findall(r'<li id="goal-(G\d+)">', html)
    assert "For example:" in html
    assert 'href="../../sources/#locke-latham-2002">Locke 2002</a>' in html


def test_a_whole_goal_is_offered_to_the_fields_with_one_tap() -> None:
    state, _ = after(typed(sentence=STRONG))
    offered = re.findall(r'value="use:(\w+)">([^<]+)<', view(catalog(), state, NOW))

    assert ("from", "Use 9 as the start") == offered[0]
    assert ["from", "to", "of", "by", "behavior", "measure", "all"] == [name for name, _ in offered]


def test_one_tap_fills_one_field_and_goes_there() -> None:
    state, effects = after(typed(sentence=STRONG), pressed("use", "from"))

    assert replace(GoalSheet(), sentence=STRONG, sentence_edited=True, from_="9") == state.sheet
    assert [{"do": "focus", "id": "goal-from"}] == done(effects, "focus")
    assert [{"do": "announce", "text": "“From, now” is now 9."}] == done(effects, "announce")


def test_one_tap_can_fill_them_all() -> None:
    state, _ = after(typed(sentence=STRONG), pressed("use", "all"))
    sheet = state.sheet

    assert ("9", "20", "26", "12 March") == (sheet.from_, sheet.to, sheet.of, sheet.by)
    assert "use:" not in view(catalog(), state, NOW)


def test_what_the_sentence_does_not_say_cannot_be_used() -> None:
    state, effects = after(typed(sentence=WEAK), pressed("use", "from"))

    assert "" == state.sheet.from_
    assert [] == effects


@pytest.mark.parametrize(("by", "offered"), [("12 Mar 2027", False), ("March 13", True)])
def test_a_field_that_says_the_same_in_other_words_is_left_alone(by: str, offered: bool) -> None:
    assert offered is ("use:by" in shown(typed(sentence=STRONG, by=by)))


def test_a_day_that_moves_can_be_written_down() -> None:
    state, _ = after(typed(behavior="read", by="in 6 weeks"), pressed("use", "by"))

    assert "March 1, 2027" == state.sheet.by


def test_the_next_fields_to_fill_are_dashed_and_no_others() -> None:
    html = shown(typed(to="20", of="26", behavior="read", measure="exit ticket"))

    assert ["from", "by", "strategy"] == re.findall(r'fg-in--ask" id="goal-(\w+)"', html)


# ---- the sentence: a draft until the reader makes it theirs


def test_the_sentence_follows_the_fields() -> None:
    state, effects = after(typed(sentence="", to="20", of="26", behavior="read aloud"))

    assert "20 of 26 students will read aloud." in view(catalog(), state, NOW)
    assert not state.sheet.sentence_edited
    assert [{"do": "fill"}] == done(effects, "fill")


def test_the_draft_that_comes_back_with_the_form_is_still_a_draft() -> None:
    draft = "20 of 26 students will read."
    state, _ = after(typed(to="20", of="26", behavior="read"), typed(sentence=draft, to="21", of="26", behavior="read"))

    assert not state.sheet.sentence_edited
    assert "21 of 26 students will read." in view(catalog(), state, NOW)


def test_a_draft_that_is_a_moment_old_is_still_a_draft() -> None:
    first = typed(sentence="", to="2", of="26")
    second = typed(sentence="", to="20", of="26")
    late = typed(sentence="2 of 26 students will …", to="20", of="26", behavior="read")

    assert not after(first, second, late)[0].sheet.sentence_edited


def test_a_sentence_of_the_readers_own_stays() -> None:
    state, effects = after(typed(sentence="Mine", to="20"), typed(sentence="Mine", to="20", of="26"))

    assert "Mine" == state.sheet.sentence
    assert [] == done(effects, "fill")


def test_a_sentence_that_is_cleared_is_not_filled_under_the_readers_hands() -> None:
    state, effects = after(typed(sentence="Mine", to="20"), typed(sentence="", to="20"))

    assert "" == Html(view(catalog(), state, NOW)).values()["sentence"]
    assert [] == done(effects, "fill")
    assert 'value="draft:"' in view(catalog(), state, NOW)


def test_the_draft_can_be_had_again() -> None:
    state, _ = after(typed(sentence="Mine", to="20", of="26", behavior="read"), pressed("draft"))

    assert "20 of 26 students will read." == Html(view(catalog(), state, NOW)).values()["sentence"]


# ---- what is saved, and what is said


def test_the_first_letter_is_saved_and_an_empty_sheet_leaves_nothing_behind() -> None:
    _, effects = after(typed(sentence="I"))
    _, emptied = after(typed(sentence="I"), typed(sentence=""))

    assert "coaching-field-guide/goal" == done(effects, "save")[0]["data"]["format"]
    assert [{"do": "forget"}] == done(emptied, "forget")


def test_nothing_is_saved_before_something_is_typed() -> None:
    assert [] == after({"type": "input", "form": []})[1]
    assert [] == after(typed(sentence="", to=""))[1]


def test_the_summary_is_said_when_it_changes_and_not_at_every_letter() -> None:
    _, first = after(typed(sentence="I will"))
    _, same = after(typed(sentence="I will"), typed(sentence="I will i"))
    _, better = after(typed(sentence="I will"), typed(sentence="80% of students will read"))

    assert [{"do": "announce", "text": "0 of 6 essentials in place; next: count."}] == done(first, "announce")
    assert [] == done(same, "announce")
    assert [{"do": "announce", "text": "2 of 6 essentials in place; next: baseline."}] == done(better, "announce")


def test_what_is_saved_is_found_again() -> None:
    state, effects = after(typed(sentence=STRONG, why="Because\nit matters", care="4"))
    stored = json.loads(json.dumps(done(effects, "save")[0]["data"]))

    assert state.sheet == load(catalog(), stored, NOW).sheet


def test_a_drafted_sentence_goes_into_the_file_and_comes_back_as_a_draft() -> None:
    _, effects = after(typed(to="20", of="26", behavior="read"))
    data = done(effects, "save")[0]["data"]
    state, _ = update(catalog(), load(catalog(), data, NOW), typed(sentence=data["sheet"]["sentence"], to="21"), NOW)

    assert "20 of 26 students will read." == data["sheet"]["sentence"]
    assert not state.sheet.sentence_edited


@pytest.mark.parametrize("data", [None, [], {}, {"old": 1}, {"format": "coaching-field-guide/goal", "version": 9}])
def test_a_record_that_is_none_is_refused(data: object) -> None:
    with pytest.raises(BadFile):
        load(catalog(), data, NOW)


# ---- undo, starting over, examples


def test_undo_takes_back_what_a_button_did() -> None:
    state, effects = after(typed(sentence=STRONG), pressed("use", "all"), pressed("undo"))

    assert replace(GoalSheet(), sentence=STRONG, sentence_edited=True) == state.sheet
    assert [{"do": "fill"}] == done(effects, "fill")
    assert done(effects, "save")


def test_undo_takes_back_a_whole_stretch_of_typing_in_one_field() -> None:
    state, _ = after(
        typed(behavior="read"), typed(behavior="read", to="2"), typed(behavior="read", to="20"), pressed("undo")
    )

    assert replace(GoalSheet(), behavior="read") == state.sheet


def test_undo_with_nothing_to_undo_says_so() -> None:
    assert [{"do": "announce", "text": "There is nothing to undo."}] == after(pressed("undo"))[1]


def test_undo_remembers_so_many_steps_and_no_more() -> None:
    steps = [typed(**{name: str(step)}) for step in range(20) for name in ("to", "of")]

    assert MOST_UNDO == len(after(*steps)[0].undo)


def test_starting_over_asks_first() -> None:
    state, effects = after(typed(sentence="Mine"), pressed("over"))

    assert "Mine" == state.sheet.sentence
    assert [{"do": "focus", "id": "goal-ask"}] == effects
    assert 'value="clear:"' in view(catalog(), state, NOW)


def test_starting_over_leaves_nothing_on_the_device_and_can_be_undone() -> None:
    state, effects = after(typed(sentence="Mine"), pressed("over"), pressed("clear"))
    back, saved = update(catalog(), state, pressed("undo"), NOW)

    assert GoalSheet() == state.sheet
    assert {"forget", "fill", "focus", "announce"} == {effect["do"] for effect in effects}
    assert "Mine" == back.sheet.sentence
    assert done(saved, "save")


def test_no_is_an_answer() -> None:
    state, effects = after(typed(sentence="Mine"), pressed("over"), pressed("keep"))

    assert ("Mine", "") == (state.sheet.sentence, state.asking)
    assert [{"do": "focus", "id": "goal-over"}] == done(effects, "focus")


def test_going_on_typing_is_a_no() -> None:
    assert "" == after(typed(sentence="Mine"), pressed("over"), typed(sentence="Mine, still"))[0].asking


def test_an_example_fills_an_empty_sheet_with_a_day_that_does_not_move() -> None:
    state, _ = after(pressed("start", "reasons"))

    assert ("9", "20", "26", "March 8, 2027") == (state.sheet.from_, state.sheet.to, state.sheet.of, state.sheet.by)


def test_an_example_never_takes_the_place_of_what_was_typed_without_a_yes() -> None:
    state, effects = after(typed(sentence="Mine"), pressed("start", "reasons"))
    replaced, _ = update(catalog(), state, pressed("replace", "reasons"), NOW)

    assert "Mine" == state.sheet.sentence
    assert [{"do": "focus", "id": "goal-ask"}] == effects
    assert "9" == replaced.sheet.from_
    assert "Mine" == replaced.undo[-1].sentence


@pytest.mark.parametrize(
    "press", [("start", "nobody"), ("replace", "nobody"), ("use", "nothing"), ("dance", ""), ("", "")]
)
def test_a_button_that_does_not_exist_does_nothing(press: tuple[str, str]) -> None:
    state, effects = after(typed(sentence="Mine"), pressed(*press))

    assert "Mine" == state.sheet.sentence
    assert [] == effects


@pytest.mark.parametrize(("value", "what"), [("blank", "blank"), ("filled", "filled"), ("", "filled")])
def test_printing_is_asked_of_the_page(value: str, what: str) -> None:
    assert [{"do": "print", "what": what}] == after(typed(sentence="Mine"), pressed("print", value))[1]


# ---- files


def test_a_file_brings_the_same_sheet_back() -> None:
    state, effects = after(typed(sentence=STRONG, why="Two\nlines", care="5", from_="9"), pressed("file"))
    (download,) = done(effects, "download")
    opened, _ = after(file(download["text"]))

    assert ("goal-2027-01-18.json", "application/json") == (download["name"], download["type"])
    assert state.sheet == opened.sheet
    assert "In a file since 10:42" in view(catalog(), opened, NOW)


def test_a_file_grows_old_when_the_sheet_changes() -> None:
    assert "Not yet in a file" in shown(typed(to="20"))
    assert "In a file since 10:42" in shown(typed(to="20"), pressed("file"))
    assert "The file of 10:42 is older than this sheet" in shown(typed(to="20"), pressed("file"), typed(to="21"))
    state, _ = after(typed(to="20"), pressed("file"))
    assert "In a file since January 18, 2027, 10:42" in view(catalog(), state, "2027-01-19T08:00")


def test_opening_a_file_can_be_undone() -> None:
    (download,) = done(after(typed(to="20"), pressed("file"))[1], "download")
    state, _ = after(typed(sentence="Mine"), file(download["text"]), pressed("undo"))

    assert "Mine" == state.sheet.sentence


GOOD: dict[str, Any] = {"format": "coaching-field-guide/goal", "version": 1, "saved": "2027-01-18T10:42", "sheet": {}}


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("This file is not JSON", "{"),
        ("This is not a file of the goal sheet.", "[]"),
        ("This file is from the model selector, not from the goal sheet.",
         json.dumps(GOOD | {"format": "coaching-field-guide/selector"})),
        ("saved by a newer version of the guide (2; this page reads 1)", json.dumps(GOOD | {"version": 2})),
        ("“sheet.care” is not one of 1, 2, 3, 4, 5.", json.dumps(GOOD | {"sheet": {"care": 6}})),
        ("“sheet.to” is not text.", json.dumps(GOOD | {"sheet": {"to": 20}})),
        ("“sheet.why” is longer than 10,000 letters.", json.dumps(GOOD | {"sheet": {"why": "x" * 10_001}})),
        ("“sheet” holds what is not ours: “&lt;img src=x&gt;”.", json.dumps(GOOD | {"sheet": {"<img src=x>": ""}})),
        ("larger than 1 MB", json.dumps(GOOD | {"sheet": {"why": "x" * 1_000_000}})),
        ("nested too deeply", "[" * 100_000),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_whole_and_nothing_typed_is_lost(reason: str, text: str) -> None:
    state, effects = after(typed(sentence="Mine", to="20"), file(text, "<b>.json"))
    html = view(catalog(), state, NOW)

    assert reason in html
    assert "“&lt;b&gt;.json” was not opened" in html
    assert ("Mine", "20") == (state.sheet.sentence, state.sheet.to)
    assert [{"do": "focus", "id": "goal-refused"}] == effects


def test_a_refusal_goes_when_it_is_closed_or_a_good_file_comes() -> None:
    assert "goal-refused" not in shown(file("{"), pressed("close"))
    assert "goal-refused" not in shown(file("{"), file(json.dumps(GOOD | {"sheet": {"to": "20"}})))


def test_text_from_a_file_is_text() -> None:
    nasty = "</textarea><script>alert(1)</script>"
    html = shown(file(json.dumps(GOOD | {"sheet": {"why": nasty, "to": f'"{nasty}', "group": nasty}})))

    assert "<script" not in html
    assert nasty == Html(html).values()["why"]


# ---- what readers type


@given(
    st.dictionaries(
        st.sampled_from(["sentence", "group", "from_", "to", "of", "by", "why", "care"]), st.text(max_size=200)
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_shown_as_it_was_typed(form: dict[str, str]) -> None:
    state, _ = after(typed(**form))
    page = Html(view(catalog(), state, NOW))
    fields = {name.rstrip("_"): value for name, value in form.items() if name not in ("care", "sentence")}
    seen = {name: value for name, value in page.values().items() if name in fields}

    assert [] == page.faults
    assert {name: clean(value) for name, value in fields.items()} == seen


def test_line_breaks_at_the_start_of_a_text_are_kept() -> None:
    assert "\n\nfirst" == Html(shown(typed(why="\n\nfirst"))).values()["why"]


def test_a_choice_that_is_none_of_five_is_none() -> None:
    assert (3, None) == ((sheet := after(typed(care="3", ease="7"))[0].sheet).care, sheet.ease)


# ---- on the way to the browser


def test_the_state_survives_the_way_to_the_page_and_back() -> None:
    for example in EXAMPLES:
        state, _ = after(*example["events"])

        assert state == structure(State, json.loads(to_json(state))), example["name"]


def test_the_catalog_that_the_browser_gets_draws_the_same() -> None:
    sent = from_json(to_json(for_tools(catalog())))

    for example in EXAMPLES:
        state, _ = after(*example["events"])
        assert view(catalog(), state, NOW) == view(sent, state, NOW)


def test_the_one_door_answers_with_the_sheet() -> None:
    request = {"id": 1, "method": "event", "tool": "goal", "state": None, "event": typed(sentence=WEAK), "now": NOW}
    answer = json.loads(rpc.answer(catalog, json.dumps(request)))

    assert "0 of 6 essentials in place" in answer["html"]
    assert ["save", "announce"] == [effect["do"] for effect in answer["effects"]]


def test_the_yaml_is_what_the_types_say() -> None:
    document = parse((ROOT / "content/worksheets/goal.yml").read_bytes(), "goal.yml")

    assert catalog().goal == TypeAdapter(GoalContent).validate_python(document.value)


def test_the_library_that_reads_files_is_not_loaded_before_the_first_file() -> None:
    asked = "import sys, widgets.goal.view; sys.exit('cattrs' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", asked], cwd=ROOT / "tools", check=False).returncode


# ---- the drawing of the goal


def dots(*args: Any) -> Html:
    return Html(environment().get_template("parts/dots.html.jinja").module.dots(*args))  # type: ignore[attr-defined]


def test_one_dot_is_one_student() -> None:
    classes = [attrs.get("class", "") for tag, attrs in dots(26, 9, 20, "words").tags if tag == "circle"]

    assert ["aim now"] * 9 + ["aim"] * 11 + [""] * 6 == classes


@pytest.mark.parametrize("of", [1, 13, 14, 26, 27, 30, 45, 60])
def test_dots_stand_apart_and_inside_the_drawing(of: int) -> None:
    drawing = dots(of, None, None, "words")
    centers = {(float(attrs["cx"]), float(attrs["cy"])) for tag, attrs in drawing.tags if tag == "circle"}
    _, _, width, height = map(float, drawing.all("viewbox")[0].split())

    assert of == len(centers)
    assert all(9 < x < width - 9 and 9 < y < height - 9 for x, y in centers)


def test_the_drawing_says_in_words_what_it_shows() -> None:
    assert 'aria-label="9 of 26 do it now (filled dots). The goal is 20 (heavy rings)."' in shown(
        typed(sentence=STRONG)
    )
    assert 'aria-label="Now 45, the goal is 90, on a line from 0 to 120."' in shown(
        typed(from_="45", to="90", of="120")
    )


# ---- a cycle that starts with models from the selector

MIX = {"goals": "knight-partnership", "data": "knight-partnership", "co-plan": "technical", "observe": "technical"}
STARTED = {"type": "link", "fragment": handover.fragment(MIX)}


def test_a_cycle_starts_with_the_models_of_the_selector_and_is_saved() -> None:
    state, effects = after(STARTED)
    saved = done(effects, "save")[0]["data"]

    assert MIX == state.sheet.models
    assert MIX == saved["sheet"]["models"]
    assert MIX == load(catalog(), saved, NOW).sheet.models
    assert [{"do": "go", "hash": "#goal-form", "replace": True}] == done(effects, "go")


def test_the_sheet_names_each_model_with_its_phases() -> None:
    html = shown(STARTED)
    strip = html.split('class="fg-with"')[1].split("</section>")[0]

    assert 0 < strip.index("Knight partnership coaching") < strip.index("Technical coaching")
    assert 4 == strip.count('<svg class="fg-ph"')
    assert 'href="../../models/technical/"' in strip


def test_starting_a_cycle_leaves_what_was_typed_and_can_be_undone() -> None:
    words = typed(sentence=STRONG)
    state, _ = after(words, STARTED)

    assert STRONG == state.sheet.sentence
    assert after(words)[0].sheet == after(words, STARTED, pressed("undo", sentence=STRONG))[0].sheet
    assert {} == after(words, STARTED, pressed("models-off", sentence=STRONG))[0].sheet.models


def test_an_example_leaves_the_models_of_the_cycle_on_the_sheet() -> None:
    example = catalog().goal.examples[0].id

    assert MIX == after(STARTED, pressed("start", example))[0].sheet.models


@pytest.mark.parametrize("fragment", ["m=", "m=goals~nobody", "m=nowhere~technical", "m=%3Cscript%3E", "x=1"])
def test_a_link_that_names_no_model_of_ours_changes_nothing(fragment: str) -> None:
    state, effects = after({"type": "link", "fragment": fragment})

    assert State() == state
    assert [] == done(effects, "save")


def test_the_same_link_again_is_no_step_to_undo() -> None:
    assert after(STARTED)[0] == after(STARTED, STARTED)[0]
