"""What the table of scores favors before anybody has answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from coaching.selector import Request, recommend
from coaching.selector_table import ALIKE, TOP, base_rates, nearly_alike
from selector_data import SMALL, model, on_the_site, selector

ALFA = model("Alfa", A=(4, 1), B=(2, 4))
BETA = model("Beta", A=(3, 4), B=(4, 2))
OUT = model("Out", A=(0, 0), B=(4, 4))


def test_a_rate_is_the_share_of_schools_in_which_a_model_comes_first_counted_over_every_school_there_can_be() -> None:
    # Two questions with two answers each: in turn these numbers draw all four schools, 100 times over.
    halves = (x for _ in range(100) for pair in product((0.25, 0.75), repeat=2) for x in pair)
    rates = {rate.model: rate for rate in base_rates([ALFA, BETA, OUT], SMALL, 400, halves.__next__)}
    schools = [Request(answers={"A": a, "B": b}, importance={}) for a, b in product(("A1", "A2"), ("B1", "B2"))]
    results = [recommend([ALFA, BETA, OUT], SMALL, school) for school in schools]
    firsts = [[r.model for r in result.tied or result.ranking[:1]] for result in results]

    for id_ in ("alfa", "beta", "out"):
        assert 25 * sum(id_ in first for first in firsts) == rates[id_].first
    assert (100, 0, 0) == (rates["out"].out, rates["out"].first, rates["out"].top)
    assert 100 == rates["beta"].top


def test_on_the_site_the_rates_are_those_of_the_rules_themselves() -> None:
    chance, again = Random(20261128).random, Random(20261128).random
    rates = {rate.model: rate for rate in base_rates(on_the_site(), selector(), 60, chance)}
    firsts, tops, outs = dict.fromkeys(rates, 0), dict.fromkeys(rates, 0), dict.fromkeys(rates, 0)
    for _ in range(60):
        answers = {q.key: q.answers[int(again() * len(q.answers))].key for q in selector().questions}
        result = recommend(on_the_site(), selector(), Request(answers=answers, importance={}))
        for ranked in result.tied or result.ranking[:1]:
            firsts[ranked.model] += 1
        for ranked in result.ranking[:TOP]:
            tops[ranked.model] += 1
        for excluded in result.excluded:
            outs[excluded.model] += 1

    for id_, rate in rates.items():
        assert pytest.approx((firsts[id_] / 0.6, tops[id_] / 0.6, outs[id_] / 0.6)) == (rate.first, rate.top, rate.out)


def test_two_models_with_nearly_the_same_scores_are_told_with_where_they_part() -> None:
    base = on_the_site()[0]
    cells = [(q.key, a.key) for q in selector().scored for a in q.answers]
    question, answer = cells[-1]
    fits = {key: dict(row) for key, row in base.fits.items()}
    fits[question][answer] = replace(fits[question][answer], score=(fits[question][answer].score + 1) % 5)
    twin = replace(base, id="twin", name="Twin", fits=fits)
    (pair,) = nearly_alike([base, twin], selector())

    assert {base.id, "twin"} == set(pair.models)
    assert (len(cells) - 1, len(cells), ((question, answer),)) == (pair.same, pair.of, pair.apart)


def test_models_that_part_on_more_than_a_fifth_of_the_answers_are_no_pair() -> None:
    models = on_the_site()
    for pair in nearly_alike(models, selector()):
        assert pair.same >= ALIKE * pair.of
    assert [] == nearly_alike([ALFA, BETA], SMALL)
