"""Which single answers would change the first place: what is listed is what trying them all finds, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.selector import Request, recommend
from coaching.sensitivity import Change, Sensitivity, Table, sensitivity
from selector_data import on_the_site, scenarios, selector

CONTENT = selector()
MODELS = on_the_site()
SCORED = [question.key for question in CONTENT.scored]

requests = st.builds(
    Request,
    answers=st.fixed_dictionaries(
        {}, optional={q.key: st.sampled_from([a.key for a in q.answers]) for q in CONTENT.questions}
    ),
    importance=st.dictionaries(st.sampled_from(SCORED), st.sampled_from(["high", "off"]), max_size=4),
    before=st.frozensets(st.sampled_from([box.flag for box in CONTENT.before]), max_size=3),
    weights=st.dictionaries(st.sampled_from(SCORED), st.sampled_from([0.0, 0.5, 1.0, 3.0]), max_size=2),
)


def first_of(request: Request) -> tuple[str, ...]:
    result = recommend(MODELS, CONTENT, request)
    return tuple(ranked.model for ranked in result.tied or result.ranking[:1])


def by_brute_force(request: Request) -> list[tuple[str, str, tuple[str, ...]]]:
    """Every change of any answer, tried out, that brings another model to first place, alone or tied."""
    now, found = first_of(request), []
    for question in CONTENT.questions:
        for answer in question.answers:
            if request.answers.get(question.key) != answer.key:
                then = first_of(replace(request, answers={**request.answers, question.key: answer.key}))
                if set(then) - set(now) or (now and not then):
                    found.append((question.key, answer.key, then))
    return found


@settings(max_examples=60, deadline=None)
@given(requests)
def test_the_flips_listed_are_exactly_those_found_by_trying_every_change(request: Request) -> None:
    found = sensitivity(MODELS, CONTENT, request)

    assert by_brute_force(request) == listed(found)
    for change in found.changes:
        kept = set(found.first) & set(change.first)
        assert (change in found.flips) == (not kept and change.first != found.first)
        assert (change in found.ties) == bool(kept and set(change.first) - kept)


def listed(found: Sensitivity) -> list[tuple[str, str, tuple[str, ...]]]:
    changes = [change for change in found.changes if change in found.flips or change in found.ties]
    return [(change.question, change.answer, change.first) for change in changes]


@settings(max_examples=100, deadline=None)
@given(requests)
def test_the_short_way_to_the_first_place_agrees_with_the_long_one(request: Request) -> None:
    result = recommend(MODELS, CONTENT, request)
    ranking = result.ranking
    models, fit, clear = Table(MODELS, CONTENT).first(request)

    assert first_of(request) == models
    assert (ranking[0].fit if ranking else 0) == pytest.approx(fit, abs=1e-9)
    assert (bool(ranking) and not result.too_close) == clear


@pytest.mark.parametrize("case", scenarios(), ids=lambda case: case.id)
def test_the_worked_cases_say_what_would_change_them(case: object) -> None:
    request = getattr(case, "request")  # noqa: B009
    found = sensitivity(MODELS, CONTENT, request)

    assert found.first == first_of(request)
    assert len(found.changes) == found.holds + len(found.flips) + len(found.ties)
    assert by_brute_force(request) == listed(found)


def test_a_question_that_counts_for_nothing_and_rules_nothing_out_is_not_listed() -> None:
    request = Request(answers={"E": "E1", "X": "X2", "R": "R1"}, importance={"R": "off"})

    assert {"M", "P", "R"} & {change.question for change in sensitivity(MODELS, CONTENT, request).changes} == set()


def test_a_question_without_points_that_rules_models_out_is_listed() -> None:
    """The subject decides whether literacy coaching stays in."""
    request = Request(answers={"E": "E1", "X": "X2", "S": "S1"}, importance={})

    assert {"S2", "S3"} <= {change.answer for change in sensitivity(MODELS, CONTENT, request).changes}


def test_a_change_that_leaves_no_model_says_so() -> None:
    (only,) = [model for model in MODELS if model.id == "peer"]
    request = Request(answers={"V": "V1"}, importance={})

    found = sensitivity([only], CONTENT, request)

    assert Change(question="V", answer="V2", first=(), fit=0, clear=False) in found.flips


def test_own_weights_change_the_fit_and_a_weight_of_nothing_takes_a_question_out() -> None:
    answers = {"E": "E1", "X": "X2", "K": "K1"}
    usual = recommend(MODELS, CONTENT, Request(answers=answers, importance={}))
    without = recommend(MODELS, CONTENT, Request(answers=answers, importance={}, weights={"K": 0}))
    same = recommend(MODELS, CONTENT, Request(answers={"E": "E1", "X": "X2"}, importance={"K": "off"}))

    assert without.ranking == same.ranking
    assert without.ranking != usual.ranking
