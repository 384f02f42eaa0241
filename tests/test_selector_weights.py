"""The page of the weights: the selector's own state, drawn as a table to alter, with what moves."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coaching.catalog import Catalog
from coaching.selector import SelectorContent, recommend
from coaching.selector_check import faults
from sitegen.load import load_content
from widgets.selector import weights
from widgets.selector.addresses import read_fragment
from widgets.selector.state import State
from widgets.selector.view import init, update

ROOT = Path(__file__).parent.parent
NOW = "2027-01-18T10:42"
ANSWERS = {"E": "E1", "X": "X2", "G": "G1", "K": "K1", "T": "T2", "V": "V1"}


@cache
def catalog() -> Catalog:
    found = load_content(ROOT / "content").catalog
    assert found
    return found


def content() -> SelectorContent:
    return catalog().selector


def after(state: State, **event: Any) -> State:
    return update(catalog(), state, event, NOW)[0]


def drawn(state: State) -> str:
    return weights.view(catalog(), state, NOW)


def test_every_question_stands_there_with_what_it_counts() -> None:
    html = drawn(init(catalog(), NOW))

    for question in content().questions:
        assert question.text in html
    for question in content().scored:
        assert f'name="weight-{question.key}" required value="{question.weight:g}"' in html


@pytest.mark.parametrize(
    ("typed", "fine"),
    [
        *((fine, True) for fine in ("0", "0,5", "2.75", "10", "10.0", ".5", "3.", "3,33")),
        *((wrong, False) for wrong in ("11", "10,5", "-1", "much", "1e1", "", "3.333", "10.001", "nan", "٣")),
    ],
)
def test_what_a_field_for_a_weight_takes_is_what_is_counted(typed: str, fine: bool) -> None:
    (pattern,) = set(re.findall(r'pattern="([^"]+)"', drawn(init(catalog(), NOW))))
    state = after(State(answers=ANSWERS), type="input", form=[*map(list, ANSWERS.items()), ["weight-C", typed]])

    assert fine == bool(re.fullmatch(pattern, typed))
    counts = float(typed.replace(",", ".")) if fine else content().question("C").weight
    assert counts == state.weights.get("C", 1.5)


def test_a_changed_weight_says_how_each_model_moves_from_its_place_with_ours() -> None:
    state = State(answers=ANSWERS, weights={"X": 1, "K": 10})
    ours = recommend(catalog().ranked, content(), replace(state.request, weights={}))
    theirs = recommend(catalog().ranked, content(), state.request)
    before = {ranked.model: place for place, ranked in enumerate(ours.ranking, 1)}
    moved = weights._moved(theirs, ours)

    assert [r.model for r in theirs.ranking if r.model in before] == [m.model for m in moved]
    assert all(before[m.model] - m.place == m.up for m in moved)
    assert any(m.up > 0 for m in moved)
    assert any(m.up < 0 for m in moved)
    assert "2 of 11 weights are changed" in drawn(state)


def test_a_made_up_school_shows_a_ranking_and_leaves_the_readers_answers_alone() -> None:
    mine = State(answers={"E": "E3"})
    school = content().samples[0]
    state = after(mine, type="action", action="sample", value=school.id)

    assert school.answers == state.trying.answers
    assert "a school that we made up" in drawn(state)
    assert {"E": "E3"} == state.kept.answers
    assert mine == after(state, type="action", action="untry", value="")


def test_a_weight_changed_beside_a_made_up_school_keeps_both() -> None:
    school = content().samples[0]
    state = after(init(catalog(), NOW), type="action", action="sample", value=school.id)
    form = [*(["try", f"{key}:{answer}"] for key, answer in state.tried.items()), ["weight-K", "8"]]
    state = after(state, type="input", form=form)

    assert school.answers == state.trying.answers
    assert {"K": 8} == state.weights


def test_the_link_brings_what_is_seen_with_its_weights() -> None:
    school = content().samples[1]
    state = replace(after(State(weights={"T": 5}), type="action", action="sample", value=school.id), role=None)
    html = drawn(state)
    link = html.split('id="share" href="#')[1].split('"')[0].replace("&amp;", "&")
    opened = read_fragment(link, catalog())

    assert school.answers == opened.request.answers
    assert {"T": 5} == opened.request.weights
    assert "coaching-field-guide.example/how-we-score/#r=" in html


def test_a_weight_with_decimals_travels_with_the_link_as_it_is_counted() -> None:
    state = after(State(answers=ANSWERS), type="input", form=[*map(list, ANSWERS.items()), ["weight-K", "3.33"]])
    link = drawn(state).split('id="share" href="#')[1].split('"')[0].replace("&amp;", "&")

    assert {"K": 3.33} == state.weights == read_fragment(link, catalog()).request.weights


def test_what_was_filled_in_on_another_page_is_laid_over_what_is_known() -> None:
    known = State(answers={"E": "E1", "X": "X2", "C": "C1"}, weights={"K": 5}, before=("RF3",), role="coach")
    state = after(known, type="apart", names=["E", "C"], form=[["E", "E3"]])

    assert {"E": "E3", "X": "X2"} == state.answers
    assert ({"K": 5}, ("RF3",), "coach") == (state.weights, state.before, state.role)


def test_every_made_up_school_answers_every_question_with_something_there_is() -> None:
    assert content().samples
    for school in content().samples:
        assert {q.key for q in content().questions} == set(school.answers)


@pytest.mark.parametrize(("answers", "said"), [({"Q": "Q1"}, "unknown question"), ({"E": "E9"}, "unknown answer")])
def test_a_made_up_school_with_an_answer_that_is_not_there_is_a_mistake(answers: dict[str, str], said: str) -> None:
    school = replace(content().samples[0], answers=answers)
    found = list(faults(replace(content(), samples=(school,))))

    assert [("samples", 0, "answers", next(iter(answers)))] == [fault.where for fault in found]
    assert said in found[0].message


def test_without_made_up_schools_the_page_asks_for_answers() -> None:
    html = weights.view(replace(catalog(), selector=replace(content(), samples=())), init(catalog(), NOW), NOW)

    assert "Answer at least 6 questions that give points." in html
    assert "made up" not in html
