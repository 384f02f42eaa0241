"""Answers from a file: what can be read is used, and what cannot is said, all at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.selector import Request, recommend
from coaching.selector_request import parse_request
from selector_data import on_the_site, selector

SELECTOR = selector()
MODELS = on_the_site()
NOTHING = Request(answers={}, importance={})


def test_a_request_reads_answers_importance_boxes_and_weights() -> None:
    data = {"answers": {"E": "E1", "X": None}, "importance": {"E": "high", "X": "normal"}, "before": ["RF9"]}
    request, problems = parse_request(data | {"weights": {"E": 3, "X": 4}}, SELECTOR)

    assert [] == problems
    # What is ours, or usual, is left out.
    assert (
        Request(answers={"E": "E1"}, importance={"E": "high"}, before=frozenset({"RF9"}), weights={"E": 3}) == request
    )


def test_an_empty_request_is_not_sure_about_everything() -> None:
    assert (NOTHING, []) == parse_request({}, SELECTOR)


def test_all_problems_of_a_request_come_at_once_and_the_rest_is_read() -> None:
    request, problems = parse_request(
        {
            "answer": {},
            "answers": {"E": "e3", "Q": "Q1", "X": "X9", "G": 2, "O": "O1"},
            "importance": {"S": "high", "E": "hihg"},
            "before": ["RF1", "RF9"],
            "weights": {"S": 1, "E": "two", "G": True, "K": 11, "T": -1, "X": 2.5},
        },
        SELECTOR,
    )

    assert [
        "unknown part 'answer'; did you mean 'answers'?",
        "answers: E: unknown answer 'e3'; did you mean 'E3'?",
        "answers: unknown question 'Q'; known are C, D, E, G, K, L, M, O, P, R, S, T, V, X",
        "answers: X: unknown answer 'X9'; did you mean 'X7'?",
        "answers: G: unknown answer '2'; did you mean 'G2'?",
        "importance: unknown scored question 'S'; known are C, D, E, G, K, L, O, R, T, V, X",
        "importance: E: unknown importance 'hihg'; did you mean 'high'?",
        "before: unknown red flag 'RF1'; did you mean 'RF14'?",
        "weights: unknown scored question 'S'; known are C, D, E, G, K, L, O, R, T, V, X",
        "weights: E: should be a number from 0 to 10",
        "weights: G: should be a number from 0 to 10",
        "weights: K: should be a number from 0 to 10",
        "weights: T: should be a number from 0 to 10",
    ] == problems
    assert Request(answers={"O": "O1"}, importance={}, before=frozenset({"RF9"}), weights={"X": 2.5}) == request


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (None, "the answers file: should be an object with keys and values"),
        ([], "the answers file: should be an object with keys and values"),
        ({"answers": "E1"}, "answers: should be an object with keys and values"),
        ({"importance": ["X"]}, "importance: should be an object with keys and values"),
        ({"weights": 3}, "weights: should be an object with keys and values"),
        ({"before": "RF9"}, 'before: should be a list of red flags, such as ["RF3"]'),
    ],
)
def test_a_request_of_another_shape_is_a_problem(data: object, problem: str) -> None:
    assert (NOTHING, [problem]) == parse_request(data, SELECTOR)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["answers", "importance", "E"]), inner),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(JSON | st.fixed_dictionaries({"answers": JSON, "importance": JSON, "before": JSON, "weights": JSON}))
def test_any_data_gives_a_request_that_can_be_answered(data: object) -> None:
    request, _ = parse_request(data, SELECTOR)

    recommend(MODELS, SELECTOR, request).to_dict()
