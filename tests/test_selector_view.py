"""The selector's form and result as HTML, and what a click in it does."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from coaching.catalog import Catalog, for_tools, from_json, to_json
from coaching.content import Fit
from coaching.selector import Request, recommend, whole
from coaching.selector_code import Answered, decode, encode
from coaching.selector_explained import headline
from coaching.selector_request import parse_request
from coaching.sensitivity import sensitivity
from sitegen.load import load_content
from widgets.handover import read_fragment as read_handover
from widgets.runtime import rpc
from widgets.runtime.files import BadFile
from widgets.selector.state import State
from widgets.selector.view import NOT_SURE, init, load, update, view

ROOT = Path(__file__).parent.parent
NOW = "2027-01-18T10:42"
EXAMPLES = {
    example["name"]: example
    for example in yaml.safe_load((ROOT / "tools/widgets/selector/examples.yml").read_text("utf-8"))
}
SAVED = EXAMPLES["too close to call, and a blend"]["events"][0]["data"]
VOID = {"input", "meta", "link", "br", "hr", "img"}
INLINE = {"a", "b", "em", "small", "span", "strong"}


@cache
def catalog() -> Catalog:
    found = load_content(ROOT / "content").catalog
    assert found
    return found


def with_only(*ids: str) -> Catalog:
    """The catalog of a district with these models."""
    return replace(catalog(), models=tuple(model for model in catalog().models if model.id in ids))


def state_of(name: str) -> State:
    """The state that an example's events lead to."""
    state = init(catalog(), NOW)
    for event in EXAMPLES[name]["events"]:
        if event["type"] == "load":
            state = load(catalog(), event["data"], NOW)
        else:
            state, _ = update(catalog(), state, event, NOW)
    return state


def typed(*form: tuple[str, str]) -> dict[str, Any]:
    return {"type": "input", "form": [list(pair) for pair in form]}


def pressed(action: str, *form: tuple[str, str], value: str = "") -> dict[str, Any]:
    return {**typed(*form), "type": "action", "action": action, "value": value}


SIX = (("E", "E1"), ("X", "X2"), ("G", "G1"), ("K", "K1"), ("T", "T2"), ("V", "V1"))


class Page(HTMLParser):
    """What tests ask of HTML: ids, links, attributes, text; and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        self.words.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


def shown(state: State, content: Catalog | None = None) -> Page:
    return Page(view(content or catalog(), state, NOW))


# ---- every example


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_sound_html_with_ids_of_its_own(name: str) -> None:
    page = shown(state_of(name))
    ids = page.all("id")

    assert [] == page.faults
    assert sorted(set(ids)) == sorted(ids)
    named = {id_ for key in ("aria-labelledby", "aria-describedby") for value in page.all(key) for id_ in value.split()}
    fragments = {link[1:] for link in page.all("href") if link.startswith("#") and "=" not in link}
    assert set() == (named | fragments) - set(ids)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_example_has_inline_style_or_script(name: str) -> None:
    page = shown(state_of(name))

    assert "style" not in {key for _, attributes in page.tags for key in attributes}
    assert [] == [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    assert {"script", "style"}.isdisjoint(tag for tag, _ in page.tags)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_the_same_from_what_the_browser_gets(name: str) -> None:
    browsers = from_json(to_json(for_tools(catalog())))

    assert view(catalog(), state_of(name), NOW) == view(browsers, state_of(name), NOW)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_comes_out_the_same_through_the_door(name: str) -> None:
    state: Any = None
    html = view(catalog(), init(catalog(), NOW), NOW)
    for event in EXAMPLES[name]["events"]:
        request = {"id": 1, "method": "event", "tool": "selector", "state": state, "event": event, "now": NOW}
        answer = json.loads(rpc.answer(catalog, json.dumps(request)))
        state, html = answer["state"], answer["html"]

    assert view(catalog(), state_of(name), NOW) == html


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_result_says_the_headline_every_flag_and_every_reason(name: str) -> None:
    state = state_of(name)
    result = recommend(catalog().ranked, catalog().selector, state.trying)
    text = shown(state).text

    for id_ in result.red_flags:
        assert catalog().selector.flag(id_).title in text
    if result.answered:
        assert headline(result, catalog().selector).title in text
    if result.answered >= catalog().selector.enough:
        for reason in [r for ranked in result.ranking for r in (*ranked.pros, *ranked.cons) if r.score != 3]:
            assert reason.reason in text
        for excluded in result.excluded:
            assert re.search(rf"{re.escape(excluded.name)}[^:.]*: {re.escape(excluded.because)}\.", text)
        for phase in result.blend.blend.phases.values() if result.blend else ():
            assert phase.text in text


# ---- the form


def test_each_question_leads_to_the_one_before_and_the_one_after() -> None:
    html = view(catalog(), State(), NOW)
    order = ["before", *(f"q-{q.key}" for q in catalog().selector.questions), "check"]

    assert f'href="#{order[1]}">First question' in html
    for back, this, forth in zip(order, order[1:], order[2:], strict=False):
        part = html[html.index(f'id="{this}"') :]
        part = part[: part.index('class="fg-why"')]
        assert f'class="fg-btn" href="#{forth}"' in part
        assert f'class="fg-btn fg-btn--line" href="#{back}"' in part


def test_every_question_can_be_answered_with_not_sure_and_only_scored_ones_can_count_more() -> None:
    page = shown(State())
    inputs = [attributes for tag, attributes in page.tags if tag == "input"]

    for question in catalog().selector.questions:
        values = [one["value"] for one in inputs if one["name"] == question.key]
        assert [*(answer.key for answer in question.answers), NOT_SURE] == values
        levels = [one["value"] for one in inputs if one["name"] == f"{question.key}-counts"]
        assert (["normal", "high", "off"] if question.use == "score" else []) == levels


def test_what_was_chosen_is_checked_and_nothing_else() -> None:
    state, _ = update(
        catalog(), State(), typed(("before", "RF9"), ("E", "E1"), ("X", NOT_SURE), ("E-counts", "high")), NOW
    )
    checked = [attributes["id"] for _, attributes in shown(state).tags if "checked" in attributes]

    usual = [f"{q.key}-normal" for q in catalog().selector.scored if q.key != "E"]
    assert sorted(["before-RF9", "a-E1", "a-X-not-sure", "E-high", *usual]) == sorted(checked)


def test_progress_and_the_list_of_answers_say_how_far_it_is() -> None:
    state, _ = update(catalog(), State(), typed(("E", "E1"), ("X", NOT_SURE)), NOW)
    text = shown(state).text

    assert "2 of 14 questions answered" in text
    assert "Question 6 of 14" in text
    assert "1. Who will be coached most? New teachers Change" in text
    assert "2. What is the main challenge? Not sure Change" in text
    assert "3. Which subject is it about? Not answered yet Answer" in text


def test_a_name_is_never_taken_for_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    content = replace(catalog(), models=tuple(replace(model, name=evil) for model in catalog().models))
    page = shown(state_of("too close to call, and a blend"), content)

    assert "img" not in {tag for tag, _ in page.tags}
    assert evil in page.text


def test_links_to_the_site_start_from_the_tools_page() -> None:
    links = [link for link in shown(state_of("too close to call, and a blend")).all("href") if not link.startswith("#")]

    assert "../../models/technical/" in links
    assert "../../tools/goal/" in links
    assert "../../how-we-score/" in links
    assert "../../sources/#matsumura-2010" in links
    assert [] == [link for link in links if not link.startswith("../../")]


# ---- before there is a result


def test_without_answers_the_result_says_where_it_will_come_from_and_offers_paper() -> None:
    page = shown(State())

    assert "Your result appears here." in page.text
    assert "this browser runs no scripts here" in page.text
    assert "#paper" in page.all("href")


def test_under_six_answers_there_is_no_ranking_but_the_three_questions_that_help_most() -> None:
    html = view(catalog(), state_of("three questions answered"), NOW)

    assert "Not enough to rank yet." in html
    assert "fg-ranked" not in html
    assert 3 == html[html.index("These would help most") :].split("</ul>")[0].count("<li>")


def test_red_flags_are_shown_before_there_is_a_ranking() -> None:
    text = shown(state_of("two boxes ticked and no question answered")).text

    assert "Stop first. Students may not be safe" in text


# ---- on paper


def test_the_key_for_paper_has_weight_times_score_for_every_answer_and_model() -> None:
    html = view(catalog(), State(), NOW)
    key = html[html.index('id="paper"') :]
    cells = [
        "Out" if score == 0 else f"{question.weight * score:g}{'*' if question.leads and score == 1 else ''}"
        for question in catalog().selector.scored
        for answer in question.answers
        for score in (model.fits[question.key][answer.key].score for model in catalog().ranked)
    ]
    rows = re.findall(r'<th scope="row">[^<]+</th><td>([^<]+)</td>(.*?)</tr>', key)

    assert cells == [cell for _, row in rows for cell in re.findall("<td>([^<]+)</td>", row)]


def test_the_key_for_paper_is_one_table_for_eighteen_models_and_even_parts_for_more() -> None:
    def columns(content: Catalog) -> list[int]:
        """Columns of models in each table of the key."""
        heads = re.findall(r"<span>Possible</span></th>(.*?)</tr>", view(content, State(), NOW))
        return [head.count("<th") for head in heads]

    models = catalog().models
    copies = [replace(model, id=f"{model.id}-again") for model in catalog().ranked]

    assert [18] == columns(catalog())
    assert [17, 18] == columns(replace(catalog(), models=(*models, *copies[:17])))
    assert [3] == columns(with_only("knight-partnership", "collaborative", "technical"))


def test_the_key_for_paper_says_which_ticks_raise_a_flag_and_what_it_rules_out() -> None:
    text = shown(State()).text

    assert "“Yes, or it could come to that” in question 11 Stop first: The coach also evaluates these teachers." in text
    out = recommend(catalog().ranked, catalog().selector, Request(answers={"V": "V2"}, importance={})).excluded
    told = re.search(r"Rules out (Knight partnership coaching, Collaborative coaching, [^.]+)\.", text)
    assert told
    assert sorted(model.spoken for model in out) == sorted(re.split(", | and ", told[1]))


def test_the_key_for_paper_says_what_else_a_flag_needs_to_rule_out_a_model() -> None:
    assert (
        "Rules out Literacy coaching. With “Another subject, and the coach is not expert in it” in question 3 "
        "it rules out Content-Focused Coaching."
    ) in shown(State()).text


# ---- the result


def test_three_models_stand_open_and_each_other_one_is_a_line_that_unfolds() -> None:
    state = state_of("too close to call, and a blend")
    result = recommend(catalog().ranked, catalog().selector, state.request)
    html = view(catalog(), state, NOW)
    lines = re.findall(r"<summary><b>(.*?)</b>.*?aria-label=\"Fit (\d+)", html)

    assert 3 == html.count('<div class="fg-rank">')
    assert [(ranked.name, str(whole(ranked.fit))) for ranked in result.ranking[3:]] == lines


def test_models_that_share_the_first_place_all_stand_open() -> None:
    alike = {"technical", "directive", "peer", "video", "team"}
    best = {
        question.key: {answer.key: Fit(score=4, reason="as good as can be") for answer in question.answers}
        for question in catalog().selector.scored
    }
    models = tuple(replace(model, fits=best) if model.id in alike else model for model in catalog().models)
    html = view(replace(catalog(), models=models), State(answers=dict(SIX)), NOW)

    assert 5 == html.count('<div class="fg-rank">')
    assert 5 == html.count("Tied for first place")


def test_models_not_made_for_the_challenge_stand_apart_from_the_others() -> None:
    state = state_of("most models are ruled out")
    html = view(catalog(), state, NOW)

    assert ["GROWTH coaching"] == re.findall(r"<summary><b>(.*?)</b>", html[html.index('id="apart-h"') :])
    assert "Not made for your main challenge" in shown(state).text


def test_models_that_are_out_for_one_reason_are_told_together() -> None:
    assert (
        "Cognitive Coaching, Collaborative, Culturally responsive coaching, Knight partnership, MyTeachingPartner, "
        "Peer coaching, Transformational Coaching and Video-based coaching: teachers speak openly only to somebody "
        "who does not judge them."
    ) in shown(state_of("the coach also evaluates, and trust is low")).text


def test_the_points_of_each_model_add_up_to_its_fit() -> None:
    state = state_of("a new curriculum, new teachers, one question open")
    html = view(catalog(), state, NOW)
    table = html[html.index("fg-points-tab") :].split("</table>")[0]
    rows = [
        (name, re.findall(r"<td>(.*?)</td>", cells))
        for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table)
    ]
    *models, (_, (_, possible, *_)) = rows
    shown_fits = {name: fit for name, (fit, *_) in models}

    # Fit and sum stand first: they are what the table proves.
    assert all(sum(map(float, cells)) == float(total) for _, (_, total, *cells) in rows)
    result = recommend(catalog().ranked, catalog().selector, state.request)
    for ranked in result.ranking:
        assert pytest.approx(ranked.fit) == 100 * float(dict(models)[ranked.name][1]) / float(possible)
        assert f"{ranked.fit:.0f}" == shown_fits[ranked.name]
    assert {"ruled out"} == {shown_fits[out.name] for out in result.excluded}


@pytest.mark.parametrize(
    ("title", "answers"),
    [
        ("Technical coaching is the only model left.", {}),
        ("No model is left.", {"G": "G3"}),
        ("None of these models is made for your main challenge.", {"X": "X7"}),
    ],
)
def test_a_district_with_few_models_can_run_out_of_them_and_is_told_so(title: str, answers: dict[str, str]) -> None:
    few = with_only("knight-partnership", "collaborative", "technical")
    given = {"E": "E2", "X": "X2", "G": "G1", "O": "O3", "C": "C3", "K": "K1", "T": "T2", "V": "V2", **answers}
    page = shown(State(answers=given), few)

    assert [] == page.faults
    assert title in page.text
    assert "Collaborative and Knight partnership: teachers speak openly only to somebody who" in page.text


# ---- what a click does


def test_a_change_is_saved_and_the_same_form_again_does_nothing() -> None:
    state, effects = update(catalog(), State(), typed(("E", "E1"), ("X", NOT_SURE), ("before", "RF9")), NOW)

    assert [
        {
            "do": "save",
            "data": {
                "format": "coaching-field-guide/selector",
                "version": 2,
                "saved": NOW,
                "answers": {"E": "E1", "X": None},
                "importance": {},
                "before": ["RF9"],
                "role": None,
                "weights": {},
                "own": {},
            },
        }
    ] == effects
    assert (state, []) == update(catalog(), state, typed(("E", "E1"), ("X", NOT_SURE), ("before", "RF9")), NOW)


def test_changing_one_answer_and_back_changes_nothing() -> None:
    first, _ = update(catalog(), State(), typed(*SIX), NOW)
    other, _ = update(catalog(), first, typed(*SIX, ("E", "E3")), NOW)
    back, _ = update(catalog(), other, typed(*SIX), NOW)

    assert first != other
    assert first == back
    assert view(catalog(), first, NOW) == view(catalog(), back, NOW)


def test_a_new_first_place_is_announced_once() -> None:
    five, effects = update(catalog(), State(), typed(*SIX[:5]), NOW)
    assert ["save"] == [effect["do"] for effect in effects]

    six, effects = update(catalog(), five, typed(*SIX), NOW)
    assert {"do": "announce", "text": "Technical coaching is ahead, but it is too close to call."} in effects

    seven, effects = update(catalog(), six, typed(*SIX, ("R", "R1")), NOW)
    assert ["save"] == [effect["do"] for effect in effects]

    _, effects = update(catalog(), seven, typed(*SIX, ("R", "R1"), ("X", "X7")), NOW)
    assert "announce" in [effect["do"] for effect in effects]


def test_what_the_form_does_not_know_is_passed_over() -> None:
    state, _ = update(catalog(), State(), typed(("E", "E9"), ("Z", "Z1"), ("M-counts", "high"), ("before", "RF1")), NOW)

    assert State() == state


def test_clearing_can_be_undone_until_something_new_is_filled_in() -> None:
    filled, _ = update(catalog(), State(), typed(*SIX), NOW)
    cleared, effects = update(catalog(), filled, pressed("clear", *SIX), NOW)

    assert State(cleared=filled) == cleared
    assert ["forget", "fill", "go", "announce"] == [effect["do"] for effect in effects]
    assert (cleared, []) == update(catalog(), cleared, pressed("clear"), NOW), "nothing left to clear"

    undone, effects = update(catalog(), cleared, pressed("undo"), NOW)
    assert filled == undone
    assert ["save", "fill", "announce"] == [effect["do"] for effect in effects]

    anew, _ = update(catalog(), cleared, typed(("E", "E2")), NOW)
    assert anew.cleared is None


def test_clearing_takes_along_what_was_typed_last() -> None:
    cleared, _ = update(catalog(), State(), pressed("clear", *SIX), NOW)

    assert cleared.cleared is not None
    assert "T2" == cleared.cleared.answers["T"]


@pytest.mark.parametrize("what", ["filled", "blank", "ours", "steps", "all"])
def test_printing_is_asked_of_the_page_and_changes_nothing_that_is_kept(what: str) -> None:
    state, effects = update(catalog(), State(), pressed("print", value=what), NOW)

    assert (State(), [{"do": "print", "what": what}]) == (state.kept, effects)


def test_saved_answers_come_back() -> None:
    state, effects = update(
        catalog(), State(), typed(*SIX, ("D", NOT_SURE), ("X-counts", "high"), ("before", "RF9")), NOW
    )

    assert state == load(catalog(), json.loads(json.dumps(effects[0]["data"])), NOW)


def test_saved_answers_to_a_question_that_has_changed_are_left_open() -> None:
    old = {**SAVED, "answers": {"E": "E1", "X": "X12", "N": "N1"}, "importance": {"N": "high"}, "before": ["RF99"]}

    assert State(answers={"E": "E1"}) == load(catalog(), old, NOW)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"answers": {}},
        {**SAVED, "version": 3},
        {**SAVED, "format": "coaching-field-guide/goal"},
        {**SAVED, "answers": ["E1"]},
        {**SAVED, "answers": {"E": 1}},
        {**SAVED, "more": 1},
    ],
)
def test_what_is_no_saved_form_is_refused_in_words(data: object) -> None:
    with pytest.raises(BadFile, match=r"^[A-Z“].*\.$"):
        load(catalog(), data, NOW)


def test_what_says_stop_first_stands_first() -> None:
    html = view(catalog(), state_of("the coach also evaluates, and trust is low"), NOW)

    assert ["RF1", "RF3", "RF12", "RF18", "RF11", "RF17", "RF19"] == re.findall(r'id="flag-(RF\d+)"', html)


# ---- what would change it, links, weights, a mix of one's own

FULL = state_of("too close to call, and a blend")


def linked(link: str) -> dict[str, Any]:
    return {"type": "link", "fragment": link, "form": []}


def form_of(state: State) -> list[tuple[str, str]]:
    """The form as the page would send it."""
    return [
        *((key, NOT_SURE if answer is None else answer) for key, answer in state.answers.items()),
        *((f"{key}-counts", level) for key, level in state.importance.items()),
        *(("before", flag) for flag in state.before),
        *((f"weight-{key}", f"{weight:g}") for key, weight in state.weights.items()),
        *((f"own-{phase}", model) for phase, model in state.own.items()),
        ("role", state.role or ""),
    ]


def test_every_flip_is_listed_with_the_model_that_comes_first_then() -> None:
    found = sensitivity(catalog().ranked, catalog().selector, FULL.request)
    page = shown(FULL)
    assert 0 == found.clear

    assert [f"{c.question}:{c.answer}" for c in found.changes if c in (*found.flips, *found.ties)] == [
        attributes["value"] for _, attributes in page.tags if attributes.get("name") == "try"
    ]
    assert (
        f"Of {len(found.changes)} single changes to your answers, none leaves it clearly first, "
        f"{found.holds} leave it first but too close to call, and {len(found.flips)} bring another model"
    ) in page.text


def test_trying_a_listed_answer_brings_the_promised_model_first_and_saves_nothing() -> None:
    flip = sensitivity(catalog().ranked, catalog().selector, FULL.request).flips[0]

    tried, effects = update(catalog(), FULL, typed(*form_of(FULL), ("try", f"{flip.question}:{flip.answer}")), NOW)

    result = recommend(catalog().ranked, catalog().selector, tried.trying)
    assert flip.first == tuple(ranked.model for ranked in result.tied or result.ranking[:1])
    assert FULL.answers == tried.answers
    assert {"save"}.isdisjoint({effect["do"] for effect in effects})
    assert "You are trying this out." in shown(tried).text


def test_what_was_tried_can_be_kept_or_dropped() -> None:
    flip = sensitivity(catalog().ranked, catalog().selector, FULL.request).flips[0]
    form = [*form_of(FULL), ("try", f"{flip.question}:{flip.answer}")]

    kept, effects = update(catalog(), FULL, pressed("keep", *form), NOW)
    dropped, _ = update(catalog(), FULL, pressed("untry", *form), NOW)

    assert flip.answer == kept.answers[flip.question]
    assert {} == kept.tried == dropped.tried
    assert "save" in {effect["do"] for effect in effects}
    assert FULL.answers == dropped.answers


def test_a_link_brings_the_same_answers_weights_and_numbers() -> None:
    theirs, _ = update(catalog(), FULL, typed(*form_of(FULL), ("weight-E", "5"), ("role", "coach")), NOW)
    (share,) = [
        attributes["href"].removeprefix("#") for _, attributes in shown(theirs).tags if attributes.get("id") == "share"
    ]

    opened, effects = update(catalog(), State(), linked(share), NOW)

    assert theirs.request == opened.request
    assert theirs.role == opened.role
    assert {"do": "go", "hash": "#result", "replace": True} in effects
    assert {"save"}.isdisjoint({effect["do"] for effect in effects}), "the reader's own answers stay on the device"


def test_a_link_keeps_what_the_reader_had_and_gives_it_back() -> None:
    code = encode(catalog().selector, Answered(request=FULL.request, role=None))
    mine = State(answers={"E": "E3"})

    opened, _ = update(catalog(), mine, linked(f"r={code}"), NOW)
    back, _ = update(catalog(), opened, pressed("undo", *form_of(opened)), NOW)

    assert FULL.request.answers == opened.request.answers
    assert "Yours are kept." in shown(opened).text
    assert mine == back


@pytest.mark.parametrize("link", ["r=", "r=K7QF2M9XR4TD0WZP", "a=99.E-E1", "r=" + "Z" * 400])
def test_a_link_that_cannot_be_read_says_so_and_changes_nothing(link: str) -> None:
    state, effects = update(catalog(), FULL, linked(link), NOW)

    assert FULL == replace(state, came="")
    assert state.came.startswith("This link ")
    assert state.came in {effect.get("text") for effect in effects}


def test_answers_of_the_quick_version_are_taken_over() -> None:
    state, effects = update(catalog(), State(), linked("a=1.E-E1.X-X2.K-K1"), NOW)

    assert {"E": "E1", "X": "X2", "K": "K1"} == state.answers
    assert {"do": "go", "hash": "#before", "replace": True} in effects


def test_the_code_on_the_page_holds_the_answers() -> None:
    page = shown(FULL)
    codes = set(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page.text))

    assert [FULL.request] == [decode(catalog().selector, code).request for code in codes]


def test_a_weight_that_is_no_number_or_out_of_range_is_left_as_it_is() -> None:
    state, _ = update(catalog(), State(), typed(("weight-E", "much"), ("weight-X", "99"), ("weight-K", "2,5")), NOW)

    assert {"K": 2.5} == state.weights


def test_three_models_in_a_mix_are_warned_of_and_so_are_a_clash_and_one_that_is_ruled_out() -> None:
    form = form_of(state_of("the coach also evaluates, and trust is low"))
    mix = [("own-goals", "collaborative"), ("own-data", "technical"), ("own-co-plan", "directive")]

    state, _ = update(catalog(), State(), typed(*form, *mix), NOW)
    text = shown(state).text

    assert "3 models are more than people can keep apart" in text
    assert "pull in different directions" in text
    assert "Collaborative coaching is ruled out by your answers" in text


def test_our_model_says_who_does_what_in_each_phase() -> None:
    mix = [
        (f"own-{phase.id}", "collaborative" if phase.id in ("goals", "reflect") else "technical")
        for phase in catalog().phases
    ]

    state, _ = update(catalog(), FULL, typed(*form_of(FULL), *mix), NOW)
    text = shown(state).text

    assert "Technical coaching leads and decides when we differ; Collaborative coaching helps." in text
    models = {model.id: model for model in catalog().models}
    for phase, id_ in mix:
        (step,) = [step for step in models[id_].cycle if f"own-{step.phase}" == phase]
        assert step.coach_does.split("[")[0][:40] in text


def test_a_frame_in_first_place_says_its_stance_and_the_next_specific_model() -> None:
    answers = {"E": "E1", "O": "O1", "C": "C2", "X": "X1", "K": "K1", "T": "T2", "G": "G1", "D": "D2", "V": "V1"}

    text = shown(State(answers=answers)).text

    assert "Responsive coaching is a frame" in text
    assert "Here it would take the directive side" in text
    assert "Practice-Based" in text.split("is a frame")[1][:400]


def test_film_in_first_place_says_that_it_serves_another_model_and_which_fits_best() -> None:
    answers = {"E": "E2", "X": "X5", "G": "G1", "O": "O1", "C": "C3", "K": "K3", "T": "T2", "L": "L2", "D": "D3"}

    text = shown(State(answers={**answers, "V": "V1", "R": "R1"})).text

    assert "Video-based coaching is a way to coach inside another model" in text
    assert "The best fit among the models it could serve: MyTeachingPartner coaching" in text
    assert "What it does depends on question" not in text


def test_two_models_of_the_first_three_that_score_almost_alike_are_told_apart_by_their_pages() -> None:
    answers = {"E": "E3", "X": "X7", "G": "G3", "O": "O2", "C": "C3", "K": "K2", "T": "T3", "L": "L3", "D": "D1"}

    text = " ".join(shown(State(answers={**answers, "V": "V1", "R": "R1"})).text.split())

    assert "Cognitive Coaching and Collaborative coaching have the same score on 32 of 35 answers" in text
    assert "have the same score" not in shown(FULL).text


def test_a_printed_result_has_its_date_and_a_qr_code_that_the_screen_does_not_show() -> None:
    printed, effects = update(catalog(), FULL, pressed("print", *form_of(FULL), value="filled"), NOW)
    page = shown(printed)
    (picture,) = [attributes for tag, attributes in page.tags if "fg-qr" in attributes.get("class", "")]

    assert [{"do": "print", "what": "filled"}] == effects
    assert "fg-qr fg-paper" == picture["class"]
    assert "January 18, 2027" in page.text
    assert "fg-qr" not in view(catalog(), update(catalog(), printed, typed(*form_of(FULL)), NOW)[0], NOW)


def test_files_hold_the_result_that_is_shown() -> None:
    _, (csv,) = update(catalog(), FULL, pressed("download", *form_of(FULL), value="csv"), NOW)
    _, (data,) = update(catalog(), FULL, pressed("download", *form_of(FULL), value="json"), NOW)
    result = recommend(catalog().ranked, catalog().selector, FULL.request)

    assert len(catalog().ranked) + 3 == len(csv["text"].splitlines())
    told = json.loads(data["text"])
    assert result.to_dict().items() <= told.items()
    assert (FULL.request, []) == parse_request(told, catalog().selector)


# ---- a cycle that starts with the result


def started(state: State) -> dict[str, str]:
    """What the button "Start a cycle with this" hands to the goal sheet."""
    links = [tag["href"] for name, tag in shown(state).tags if name == "a" and "/goal/#m=" in tag.get("href", "")]
    assert links
    return read_handover(links[-1].split("#")[1], catalog())


def test_a_cycle_starts_with_the_readers_own_mix() -> None:
    own = {"goals": "collaborative", "co-plan": "technical"}

    assert own == started(State(answers=dict(SIX), own=own))


def test_without_a_mix_a_cycle_starts_with_the_blend_or_else_the_first_model() -> None:
    with_blend = state_of("too close to call, and a blend")
    result = recommend(catalog().ranked, catalog().selector, with_blend.request)
    alone = State(answers=dict(SIX))
    first = recommend(catalog().ranked, catalog().selector, alone.request)

    assert result.blend
    assert {result.blend.lead, result.blend.partner} - {None} == set(started(with_blend).values())
    assert first.blend is None
    assert {phase.id: first.ranking[0].model for phase in catalog().phases} == started(alone)


# ---- what the numbers do not say by themselves

ELEVEN = {**dict(SIX), "O": "O2", "C": "C2", "L": "L2", "D": "D2", "R": "R1"}


def test_weights_of_nothing_say_so_and_leave_a_way_back() -> None:
    page = shown(State(answers=ELEVEN, weights=dict.fromkeys("EXGOCK", 0.0)))

    assert "Too few questions count." in page.text
    assert "6 of 11 questions that give points are set aside" in page.text
    assert ("button", "weights:") in [(tag, attributes.get("value")) for tag, attributes in page.tags]
    assert "weight-E" in page.all("id")


def test_all_questions_set_aside_are_not_told_as_unanswered() -> None:
    scored = [question.key for question in catalog().selector.scored]
    page = shown(State(answers=ELEVEN, importance=dict.fromkeys(scored, "off")))

    assert "11 of 11 questions that give points are set aside" in page.text


def test_only_not_sure_is_a_good_answer_that_cannot_be_ranked_by() -> None:
    page = shown(State(answers=dict.fromkeys([question.key for question in catalog().selector.questions])))

    assert "Nothing to rank by yet." in page.text
    assert "14 of 14 questions answered, 14 of them with “Not sure”" in page.text


def test_changed_weights_are_named_under_the_headline() -> None:
    page = shown(State(answers=ELEVEN, weights={"K": 4.5, "R": 10.0}))

    assert "With changed weights: Coach’s strength 4.5 (ours 2), Contact 10 (ours 0.5)." in " ".join(page.text.split())
    assert "The changed weights travel with the link, and not with the code." in page.text


MIX = {"goals": "knight-partnership", "co-plan": "technical"}


def link_of(state: State) -> str:
    """What the page offers to copy, from its # on."""
    (link,) = [tag["href"].removeprefix("#") for _, tag in shown(state).tags if tag.get("id") == "share"]
    return link


def opened(link: str) -> State:
    return update(catalog(), State(), {"type": "link", "fragment": link}, NOW)[0]


def test_a_link_brings_the_changed_weights_and_the_readers_mix() -> None:
    mine = replace(FULL, weights={"K": 4.5, "R": 10.0}, own=MIX)

    assert mine.kept == opened(link_of(mine)).kept
    assert mine.kept == opened(link_of(mine).replace("&", "&amp;")).kept
    assert "The changed weights and your mix travel with the link, and not with the code." in shown(mine).text
    assert "Your mix travels with the link, and not with the code." in shown(replace(FULL, own=MIX)).text


@pytest.mark.parametrize("weights", ["K~99", "Z~3", "K~abc", "K~2_nonsense", "nonsense", "K~45", "K~4."])
def test_a_link_whose_weights_cannot_be_read_says_that_ours_count(weights: str) -> None:
    link = link_of(replace(FULL, weights={"K": 4.5}))
    for damaged in (link.replace("K~4.5", weights), f"{link_of(FULL)}&w={weights}"):
        state = opened(damaged)

        assert (FULL.request.answers, {}) == (state.answers, state.weights)
        assert "Its weights could not be read, so ours count." in shown(state).text


def test_every_wrong_character_in_the_weights_or_the_mix_of_this_link_is_noticed() -> None:
    mine = replace(FULL, weights={"K": 4.5}, own=MIX)
    link = link_of(mine)
    for at in range(link.index("&") + 1, len(link)):
        state = opened(link[:at] + ("1" if link[at] != "1" else "2") + link[at + 1 :])

        assert (FULL.request.answers, {}, {}) == (state.answers, state.weights, state.own)
        assert "could not be read" in state.came


def test_a_few_answers_go_along_in_a_link_and_open_where_they_can_be_gone_on_with() -> None:
    few = State(answers={"E": "E1", "X": None, "T": "T2"}, importance={"E": "high"}, before=("RF3",))
    (link,) = [tag["href"].removeprefix("#") for _, tag in shown(few).tags if tag.get("id") == "later"]
    state, effects = update(catalog(), State(), {"type": "link", "fragment": link}, NOW)

    assert few == replace(state, came="", unsaved=False)
    assert {"do": "go", "hash": "#check", "replace": True} in effects
    assert "later" not in shown(State()).all("id")


def test_what_a_link_brought_to_an_empty_device_is_kept_there_once_the_reader_says_so() -> None:
    state, effects = update(catalog(), State(), {"type": "link", "fragment": link_of(FULL)}, NOW)
    kept, saved = update(catalog(), state, pressed("save", *form_of(state)), NOW)

    assert {"save"}.isdisjoint({effect["do"] for effect in effects})
    assert "are not kept on this device yet" in shown(state).text
    assert ("button", "save:") in [(tag, attributes.get("value")) for tag, attributes in shown(state).tags]
    assert "save" in {effect["do"] for effect in saved}
    assert "not kept on this device" not in shown(kept).text
    assert FULL.kept == kept.kept


def test_a_mix_that_came_along_is_told_with_the_way_to_it() -> None:
    state = opened(link_of(replace(FULL, own=MIX)))

    assert "A mix came along: see it." in shown(state).text


@pytest.mark.parametrize("typed_in", ["{code}", " {lower} ", "https://guide.example/tools/selector/#r={plain}"])
def test_a_result_code_on_paper_is_typed_in_and_opens(typed_in: str) -> None:
    code = encode(catalog().selector, Answered(request=FULL.request, role=None))
    text = typed_in.format(code=code, lower=code.lower(), plain=code.replace("-", ""))
    state, effects = update(catalog(), State(), pressed("open", ("code", text)), NOW)

    assert FULL.request == state.request
    assert {"do": "go", "hash": "#result", "replace": True} in effects


def test_a_code_that_cannot_be_read_says_why_beside_the_field_and_takes_nothing_away() -> None:
    mine = State(answers=dict(SIX))
    state, _ = update(catalog(), mine, pressed("open", *SIX, ("code", "K7QF-2M9X")), NOW)

    assert mine.kept == state.kept
    assert "This is not a whole code: it has 8 characters" in shown(state).text


def test_a_stop_flag_stands_above_the_model_that_would_fit() -> None:
    page = shown(State(answers={**ELEVEN, "V": "V2"}))
    title = headline(
        recommend(catalog().ranked, catalog().selector, State(answers={**ELEVEN, "V": "V2"}).request),
        catalog().selector,
    ).title

    assert page.text.index("Stop first: 1 red flag.") < page.text.index(f"As things are: {title}")
    assert "As things are:" not in shown(State(answers=ELEVEN)).text


def test_a_model_for_certain_subjects_says_so_while_the_subject_is_open() -> None:
    words = "only if the subject is reading or writing, which you left open"
    with_subject = replace(FULL, answers={**FULL.answers, "S": "S1"})

    assert words in shown(replace(FULL, answers={**FULL.answers, "S": None})).text
    assert words not in shown(with_subject).text


def test_going_on_leads_to_the_first_question_without_an_answer_and_to_the_quick_idea() -> None:
    quick = State(answers={"E": "E1", "X": "X2", "K": "K1"})
    html, all_unsure = view(catalog(), quick, NOW), State(answers=dict.fromkeys("EXSGOCKTLDVRMP"))

    assert 'href="#q-S">Go on' in html
    assert "quick/#r-E1-X2-K1" in html
    assert ">Start<" not in view(catalog(), all_unsure, NOW).split('id="result"')[1].split('id="paper"')[0]


def test_a_model_says_how_many_minutes_it_needs_and_what_it_is_not_for() -> None:
    first = recommend(catalog().ranked, catalog().selector, FULL.request).ranking[0]
    model = next(model for model in catalog().models if model.id == first.model)
    needs = model.needs.minutes_per_week

    assert f"{needs.low} to {needs.high} minutes a week" in shown(FULL).text
    assert "Does not work well with:" in shown(FULL).text


def test_a_change_that_makes_a_tie_is_told_as_one() -> None:
    answers = {"E": "E1", "X": "X3", "G": "G1", "O": "O1", "C": "C2", "K": "K3", "T": "T3", "L": "L3", "D": "D3"}
    tie = State(answers={**answers, "V": "V1", "R": "R2", "M": "M1", "P": "P3"}, before=("RF14",))
    found = sensitivity(catalog().ranked, catalog().selector, tie.request)
    text = " ".join(shown(tie).text.split())

    assert 3 == len(found.ties)
    assert "3 make it a tie, and 10 bring another model there" in text
    assert "tied 83" in text


def test_a_mix_that_cannot_be_read_is_left_out_and_the_answers_stay() -> None:
    state = opened(link_of(replace(FULL, own=MIX)).replace("technical", "tecnical"))

    assert (FULL.request.answers, {}) == (state.answers, state.own)
    assert "Its mix could not be read." in shown(state).text


def test_answers_of_the_quick_version_say_whose_place_they_took() -> None:
    mine = State(answers=dict(SIX))
    state, _ = update(catalog(), mine, {"type": "link", "fragment": "a=1.E-E3.X-X7.K-K2"}, NOW)
    text = shown(state).text

    assert "Your answers from the quick version took the place of your earlier ones." in text
    assert "All answers are cleared." not in text
    assert mine == update(catalog(), state, pressed("undo", ("E", "E3"), ("X", "X7"), ("K", "K2")), NOW)[0]


def test_what_is_tried_says_how_firm_ones_own_answers_are_and_what_it_brings() -> None:
    flip = sensitivity(catalog().ranked, catalog().selector, FULL.request).flips[0]
    tried, _ = update(catalog(), FULL, typed(*form_of(FULL), ("try", f"{flip.question}:{flip.answer}")), NOW)
    result = recommend(catalog().ranked, catalog().selector, tried.trying)
    text = shown(tried).text

    assert (
        headline(result, catalog().selector).title
        in text.split("Keep this answer")[0].split("You are trying this out.")[1]
    )
    assert result.tied or "How firm is first place with your own answers?" in text


def test_each_of_the_first_models_says_what_it_is_what_it_costs_and_how_strong_its_evidence_is() -> None:
    html = view(catalog(), FULL, NOW)
    first = recommend(catalog().ranked, catalog().selector, FULL.request).ranking[0]
    model = next(model for model in catalog().models if model.id == first.model)

    assert model.one_line in Page(html).text
    assert f"evidence {model.grade}; cost {model.cost}" in Page(html).text
