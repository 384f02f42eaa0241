"""What a team's answers to the model selector say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.selector import (
    Case,
    RedFlag,
    Request,
    SelectorContent,
    raised_flags,
    recommend,
)
from coaching.team import HIDES, IN_A_ROLE, TALKS, TeamResult, Voice, _whatever, agreement, team_result
from coaching.team_scoring import Scoring
from selector_data import model, on_the_site, selector
from team_data import ALFA, BETA, GAMMA, THREE, WITH_ROLES, WORKED, says

SELECTOR = selector()
MODELS = on_the_site()


def means(result: TeamResult) -> dict[str, Any]:
    return {row.model: pytest.approx(row.mean) for row in result.mean}


# ---- averages and first places


def test_the_best_average_of_the_fits_comes_first() -> None:
    assert {"alfa": 100 * 10 / 12, "beta": 100 * 8 / 12, "gamma": 100 * 16 / 36} == means(WORKED)
    assert ["alfa", "beta", "gamma"] == [row.model for row in WORKED.mean]


def test_an_average_comes_with_the_lowest_and_the_highest_fit_first_places_and_who_rules_it_out() -> None:
    alfa, beta, gamma = WORKED.mean

    assert pytest.approx((100 * 8 / 12, 100)) == (alfa.lowest, alfa.highest)
    assert (2, 1, 0) == (alfa.first, beta.first, gamma.first)
    assert (0, 0, 1) == (alfa.excluded, beta.excluded, gamma.excluded)
    assert (True, True, False) == (alfa.may_lead, beta.may_lead, gamma.may_lead)


def test_whoever_rules_a_model_out_still_counts_in_its_average() -> None:
    # Without the first voice Gamma would have (5 + 9) / 24, more than with it.
    assert 100 * 16 / 36 == means(WORKED)["gamma"]


def test_a_model_is_out_once_more_than_half_of_the_people_rule_it_out() -> None:
    half = team_result([ALFA, GAMMA], WITH_ROLES, [says("A2", "B1"), says("A2", "B2")])
    more = team_result([ALFA, GAMMA], WITH_ROLES, [says("A2", "B1"), says("A2", "B1"), says("A2", "B2")])

    assert (["gamma", "alfa"], []) == ([row.model for row in half.mean], [row.model for row in half.out])
    assert (["alfa"], ["gamma"]) == ([row.model for row in more.mean], [row.model for row in more.out])


def test_a_model_that_most_answers_keep_from_first_place_does_not_come_first() -> None:
    weak, fair = model("Weak", A=(1, 4), B=(4, 4)), model("Fair", A=(2, 2), B=(0, 1))
    heavy = team_result([weak, fair], WITH_ROLES, [says("A1", "B2"), says("A1", "B2"), says("A2", "B2")])

    # Weak has (6 + 6 + 12) / 36, Fair (5 + 5 + 5) / 36.
    assert {"fair": 100 * 15 / 36, "weak": 100 * 24 / 36} == means(heavy)
    assert ["fair", "weak"] == [row.model for row in heavy.mean]
    assert (
        "Of the models that at least half of the people’s answers let lead, Fair coaching has the best average. "
        "It also comes first for 2 of 3 people, more than any other."
    ) == heavy.sentence


def test_a_tied_first_place_counts_for_each_model_that_shares_it() -> None:
    twin = replace(ALFA, id="twin", name="Twin")
    result = team_result([ALFA, twin, BETA], WITH_ROLES, THREE)

    assert {"alfa": 2, "twin": 2, "beta": 1} == result.firsts
    said = "Alfa coaching and Twin coaching share the best average. Alfa coaching also comes first for 2 of 3 people."
    assert said == result.sentence


STEADY = model("Steady", A=(3, 3), B=(3, 3))  # always 75
SHARP = model("Sharp", A=(4, 2), B=(2, 1))  # 83.3 with A1 B1, 41.7 with A2 B2


def test_a_best_average_that_is_not_the_most_common_first_choice_is_told_with_both_counts() -> None:
    result = team_result([STEADY, SHARP], WITH_ROLES, [says("A1", "B1")] * 3 + [says("A2", "B2")] * 2)

    assert result.differ
    assert (
        "Steady coaching has the best average. But Sharp coaching is first for more people: 3 of 5. "
        "Steady coaching is first for 2."
    ) == result.sentence


def test_a_best_average_that_is_also_the_most_common_first_choice_is_told_in_one() -> None:
    assert not WORKED.differ
    assert "Alfa coaching has the best average. It also comes first for 2 of 3 people, more than any other." == (
        WORKED.sentence
    )


def test_several_most_common_first_choices_are_all_named() -> None:
    other = model("Other", A=(4, 2), B=(2, 1))
    result = team_result([STEADY, SHARP, other], WITH_ROLES, [says("A1", "B1")] * 3 + [says("A2", "B2")] * 2)

    assert (
        "Steady coaching has the best average. But Other coaching and Sharp coaching are each first for more people: "
        "3 of 5. Steady coaching is first for 2."
    ) == result.sentence


def test_with_no_model_left_or_none_for_the_challenge_the_sentence_says_so() -> None:
    out, weak = model("Out", A=(0, 0), B=(4, 4)), model("Weak", A=(1, 1), B=(4, 4))

    assert "No model is left: the answers of more than half of the people rule out each one." == (
        team_result([out], WITH_ROLES, THREE).sentence
    )
    assert "There is no leader to put to the test." == team_result([out], WITH_ROLES, THREE).robust.sentence
    assert (
        "No model can come first by the answers of at least half of the people. "
        "Of those left, Weak coaching has the best average. It also comes first for 3 of 3 people, more than any other."
    ) == team_result([weak], WITH_ROLES, THREE).sentence


def test_people_with_few_answers_count_in_the_spread_and_not_in_the_averages() -> None:
    result = team_result([ALFA, BETA, GAMMA], WITH_ROLES, [*THREE, says("A2"), says("A2", "B1", A="off")])

    assert (5, 2) == (result.count, result.too_few)
    assert WORKED.mean == result.mean
    assert {"A1": 2, "A2": 3} == result.questions[0].answers
    assert 1 == result.questions[1].unsure


def test_with_fewer_than_two_people_to_average_nobodys_own_result_is_shown() -> None:
    result = team_result([ALFA, BETA], WITH_ROLES, [says("A1", "B1", role="coach"), says("A1")])

    assert ((), (), 0, ()) == (result.mean, result.out, result.robust.cases, result.talk_first)
    assert "Averages need at least two people who have answered enough questions." == result.sentence
    assert result.leader is None


@pytest.mark.parametrize("count", [0, 1, 61])
def test_a_team_is_two_to_sixty_people(count: int) -> None:
    with pytest.raises(ValueError, match=f"^A team is 2 to 60 people; here are the answers of {count}.$"):
        team_result([ALFA], WITH_ROLES, [says("A1", "B1")] * count)


# ---- each question


@pytest.mark.parametrize(
    ("word", "counts"),
    [
        ("nobody", []),
        ("nobody", [0, 0]),
        ("one voice", [0, 1]),
        ("strong", [2, 0]),
        ("strong", [3, 1]),
        ("mixed", [2, 1]),
        ("mixed", [4, 2, 2]),
        ("split", [1, 1]),
        ("split", [3, 2]),
        ("split", [4, 3, 2]),
        ("mixed", [8, 3, 0]),
    ],
)
def test_agreement_is_strong_from_three_quarters_and_split_without_a_half_or_with_two_of_two_fifths(
    word: str, counts: list[int]
) -> None:
    assert word == agreement(counts) == agreement(counts[::-1])


def test_a_question_tells_its_answers_those_who_left_it_open_and_how_much_it_should_count() -> None:
    a, b = team_result([ALFA], WITH_ROLES, [says("A1", "B1", A="high"), says("A2"), says("A1", A="off")]).questions

    assert ({"A1": 2, "A2": 1}, 0, "mixed") == (a.answers, a.unsure, a.agreement)
    assert {"normal": 1, "high": 1, "off": 1} == a.importance
    assert ({"B1": 1, "B2": 0}, 2, "one voice") == (b.answers, b.unsure, b.agreement)


def test_the_questions_to_talk_about_first_are_those_whose_answers_change_the_leader_or_its_distance() -> None:
    # All A1: Alfa (10 + 12 + 12) / 36, Beta (8 + 6 + 6) / 36, 14/36 ahead;
    # all A2: Alfa 22/36, Beta 32/36, 10/36 behind.
    # All B1: Alfa 26/36, Beta 28/36, 2/36 behind; all B2: Alfa 32/36, Beta 22/36, 10/36 ahead.
    first, second = WORKED.talk_first

    assert ("A", {"A1": "alfa", "A2": "beta"}) == (first.question, first.leaders)
    assert ("B", {"B1": "beta", "B2": "alfa"}) == (second.question, second.leaders)
    assert pytest.approx((100 * 24 / 36, 100 * 12 / 36)) == (first.moves, second.moves)
    assert "If all said “A1” (2 of 3), Alfa coaching would lead; if “A2” (1 of 3), Beta coaching." == first.reason
    assert "If all said “B2” (2 of 3), Alfa coaching would lead; if “B1” (1 of 3), Beta coaching." == second.reason


def test_a_question_that_keeps_the_leader_is_talked_about_for_the_distance_and_left_out_without_it() -> None:
    best, next_best = model("Best", A=(4, 4), B=(4, 4)), model("Next", A=(3, 3), B=(3, 2))
    voices = [says("A1", "B1"), says("A2", "B2")]
    (topic,) = team_result([best, next_best], WITH_ROLES, voices).talk_first

    assert "B" == topic.question, "A changes nothing"
    assert (
        "Whatever people say here, Best coaching leads; its distance to Next coaching changes by 8 points."
    ) == topic.reason


WIDE = [model("Ash", A=(4, 2), B=(4, 4)), model("Birch", A=(2, 4), B=(4, 4))]


@pytest.mark.parametrize(
    ("tried", "answers"),
    [
        ({"A1": "ash", "A2": "birch"}, ["A1", "A1", "A2"]),
        ({"A1": "ash", "A2": "birch"}, ["A1", "A1", "A1", "A2", "A2"]),
        (None, ["A1", "A1", "A2", "", ""]),
        (None, ["A1", "A2", "", "", ""]),
    ],
)
def test_from_five_people_on_an_answer_of_only_one_person_is_not_tried(
    tried: dict[str, str] | None, answers: list[str]
) -> None:
    voices = [says("B2", *([answer] if answer else [])) for answer in answers]

    assert ([tried] if tried else []) == [t.leaders for t in team_result(WIDE, WITH_ROLES, voices).talk_first]


def test_a_leader_that_is_not_one_of_the_two_compared_is_told_apart_from_their_distance() -> None:
    scoring = Scoring([model(name, A=(4, 4), B=(4, 4)) for name in ("Ash", "Birch", "Cedar")], WITH_ROLES)

    assert (
        "Whatever people say here, Cedar coaching leads; the distance between Ash coaching and Birch coaching changes "
        "by 1 point."
    ) == _whatever(scoring, "cedar", 1.2, 0, 1)


def weighing(a: float, b: float) -> SelectorContent:
    """`WITH_ROLES` with other weights of A and B."""
    return replace(
        WITH_ROLES, questions=tuple(replace(q, weight=w) for q, w in zip(WITH_ROLES.questions, (a, b), strict=True))
    )


def test_a_question_that_moves_the_distance_by_less_than_a_point_is_left_out() -> None:
    best, next_best = model("Best", A=(4, 4), B=(4, 4)), model("Next", A=(3, 3), B=(3, 2))
    voices = [says("A1", "B1"), says("A2", "B2")]

    # 0.1 of 8.4 points that are possible, then 0.05 of 8.2.
    assert ["B"] == [topic.question for topic in team_result([best, next_best], weighing(2, 0.1), voices).talk_first]
    assert () == team_result([best, next_best], weighing(2, 0.05), voices).talk_first


def test_of_questions_that_move_the_distance_alike_the_one_people_disagree_on_more_comes_first() -> None:
    best, next_best = model("Best", A=(4, 4), B=(4, 4)), model("Next", A=(3, 2), B=(3, 2))
    voices = [says("A1", "B1")] * 3 + [says("A1", "B2"), says("A2", "B2"), says("A2", "B2")]
    first, second = team_result([best, next_best], weighing(1, 1), voices).talk_first

    # B is answered 3 to 3, A 4 to 2.
    assert ("B", "A") == (first.question, second.question)
    assert 12.5 == first.moves == second.moves


def test_a_question_that_changes_the_leader_comes_before_one_that_only_moves_the_distance() -> None:
    # Of 8 points Pine always has 7; Quince 7 with B1 and 6 with B2; Rose 8 with A1 and 5 with A2.
    models = [
        model("Pine", A=(3, 3), B=(4, 4)),
        model("Quince", A=(3, 3), B=(4, 3)),
        model("Rose", A=(4, 1), B=(4, 4)),
    ]
    voices = [says("A1", "B1"), says("A1", "B2"), says("A2", "B1"), says("A2", "B1"), says("A2", "B2")]
    first, second = team_result(models, weighing(1, 1), voices).talk_first

    assert ("A", {"A1": "rose", "A2": "pine"}, 0) == (first.question, first.leaders, first.moves)
    assert ("B", {"B1": "pine", "B2": "pine"}, 12.5) == (second.question, second.leaders, second.moves)


def test_an_answer_that_rules_every_model_out_is_worth_a_talk() -> None:
    (topic,) = team_result(
        [model("M", A=(4, 4), B=(4, 0))], WITH_ROLES, [says("A1", "B1"), says("A1", "B2")]
    ).talk_first

    assert {"B1": "m", "B2": None} == topic.leaders
    assert "If all said “B1” (1 of 2), M coaching would lead; if “B2” (1 of 2), no model." == topic.reason


# ---- one person fewer, roles, red flags


def test_leaving_out_any_one_person_tells_how_firm_the_leader_is() -> None:
    assert (3, 3, {}) == (WORKED.robust.cases, WORKED.robust.stays, WORKED.robust.others)
    assert "With one person fewer, Alfa coaching and Beta coaching share first place in 1 of 3 cases." == (
        WORKED.robust.sentence
    )
    same = team_result([ALFA, BETA], WITH_ROLES, [says("A1", "B1")] * 3).robust
    assert "Leave out any one person: Alfa coaching still leads." == same.sentence

    # Sharp has (83.3 x 3 + 41.7) / 4, less than 75, and 83.3 without the last person.
    close = team_result([STEADY, SHARP], WITH_ROLES, [says("A1", "B1")] * 3 + [says("A2", "B2")]).robust

    assert (4, 3, {"sharp": 1}) == (close.cases, close.stays, close.others)
    assert "With one person fewer, Sharp coaching leads in 1 of 4 cases." == close.sentence


def test_people_are_counted_by_role_in_the_order_of_the_content_and_those_without_one_last() -> None:
    voices = [says("A1", role=role) for role in (None, "leader", "teacher", "leader")]
    counted = team_result([ALFA], WITH_ROLES, voices).roles

    assert [("teacher", 1), ("coach", 0), ("leader", 2), (None, 1)] == list(counted.items())
    assert None not in team_result([ALFA], WITH_ROLES, voices[1:]).roles


@pytest.mark.parametrize(
    ("shown", "sizes"),
    [
        ({"teacher": 3}, {"teacher": 3}),
        ({}, {"teacher": 2}),
        ({"teacher": 3, "coach": 3}, {"teacher": 3, "coach": 3}),
        # Two coaches could be worked out, so nobody is told apart.
        ({}, {"teacher": 3, "coach": 2}),
        ({"teacher": 4}, {"teacher": 4, "coach": 3, None: 1}),
        ({"teacher": 3}, {"teacher": 3, "coach": 3, "leader": 1}),
        ({"teacher": 3}, {"teacher": 3, "coach": 2, "leader": 1}),
    ],
)
def test_a_role_is_shown_only_if_neither_it_nor_the_rest_is_one_or_two_people(
    shown: dict[str, int], sizes: dict[str | None, int]
) -> None:
    voices = [says("A1", "B1", role=role) for role, n in sizes.items() for _ in range(n)]

    assert shown == {view.role: view.count for view in team_result([ALFA, BETA], WITH_ROLES, voices).by_role}


def test_a_role_shows_its_three_best_models_with_their_averages() -> None:
    voices = [replace(voice, role="coach") for voice in THREE]
    others = [says("A2", "B2", role="teacher")] * 3
    (_, coach) = team_result([ALFA, BETA, GAMMA], WITH_ROLES, voices + others).by_role

    assert [(row.model, row.mean) for row in WORKED.mean] == list(coach.top)


def test_a_red_flag_is_counted_for_each_person_who_raises_it_by_number() -> None:
    def flag(id_: str, answer: str) -> RedFlag:
        return RedFlag(
            id=id_, level="watch", title="", then="", link="page:x", link_label="", when=({answer[0]: (answer,)},)
        )

    content = replace(WITH_ROLES, flags=(flag("RF10", "A1"), flag("RF9", "B2"), flag("RF1", "A3")))

    assert [("RF9", 2), ("RF10", 2)] == list(team_result([ALFA], content, THREE).flags.items())


# ---- what must hold for all teams

ANY_TEAM = settings(max_examples=40, deadline=None)

ANSWERS = {q.key: [a.key for a in q.answers] for q in SELECTOR.questions}
ROLES = [role.key for role in SELECTOR.roles]
full_answers = st.fixed_dictionaries({key: st.sampled_from(answers) for key, answers in ANSWERS.items()})
some_answers = st.fixed_dictionaries({}, optional={key: st.sampled_from(answers) for key, answers in ANSWERS.items()})
importances = st.dictionaries(
    st.sampled_from([q.key for q in SELECTOR.scored]), st.sampled_from(["high", "off"]), max_size=3
)
boxes = st.frozensets(st.sampled_from([box.flag for box in SELECTOR.before]), max_size=2)


def teams(
    answers: st.SearchStrategy[dict[str, str]], most: int = 9, roles: Sequence[str | None] = (*ROLES, None)
) -> st.SearchStrategy[list[Voice]]:
    requests = st.builds(Request, answers=answers, importance=importances, before=boxes)
    return st.lists(st.builds(Voice, request=requests, role=st.sampled_from(roles)), min_size=2, max_size=most)


def together(voices: Sequence[Voice]) -> TeamResult:
    return team_result(MODELS, SELECTOR, voices)


def generated(count: int, seed: int) -> list[Voice]:
    """Voices that leave some questions open."""
    random = Random(seed)

    def request() -> Request:
        answers: Mapping[str, str] = {k: random.choice(keys) for k, keys in ANSWERS.items() if random.random() < 0.9}
        return Request(answers=answers, importance={"X": random.choice(["normal", "high"])})

    return [Voice(request=request(), role=random.choice(ROLES)) for _ in range(count)]


@ANY_TEAM
@given(full_answers | some_answers, importances, boxes, full_answers, st.sampled_from([None, *ANSWERS]))
def test_one_voice_is_scored_as_recommend_does_it_with_an_answer_changed_too(
    answers: dict[str, str], importance: dict[str, str], before: frozenset[str], other: dict[str, str], key: str | None
) -> None:
    request = Request(
        answers={**answers, "D": "D1", "L": "L1", "R": "R1", "G": "G1"}, importance=importance, before=before
    )
    changed = {key: other[key]} if key else {}
    expected = recommend(MODELS, SELECTOR, replace(request, answers={**request.answers, **changed}))

    scoring = Scoring(MODELS, SELECTOR)
    standing = scoring.standing(Case(SELECTOR, request), changed)
    place = {m.id: i for i, m in enumerate(scoring.models)}

    assert {e.model for e in expected.excluded} == {id_ for id_, i in place.items() if standing.out[i]}
    for ranked in expected.ranking:
        assert pytest.approx(ranked.fit, abs=1e-9) == standing.fits[place[ranked.model]]
        assert ranked.may_lead == standing.may_lead[place[ranked.model]]
    firsts = {r.model for r in expected.tied or expected.ranking[:1]}
    assert {place[id_] for id_ in firsts} == scoring.firsts(standing)


@ANY_TEAM
@given(teams(some_answers), st.randoms(use_true_random=False))
def test_the_order_of_voices_and_of_models_never_matters(voices: list[Voice], random: Random) -> None:
    mixed = team_result(random.sample(MODELS, len(MODELS)), SELECTOR, random.sample(voices, len(voices)))

    assert together(voices) == mixed
    assert repr(together(voices)) == repr(mixed), "the order of every table is the same, too"


@ANY_TEAM
@given(teams(full_answers | some_answers))
def test_an_average_lies_between_the_lowest_and_the_highest_fit(voices: list[Voice]) -> None:
    result = together(voices)

    for row in (*result.mean, *result.out):
        assert 0 <= row.lowest <= row.mean + 1e-9
        assert row.mean - 1e-9 <= row.highest <= 100 + 1e-9


@ANY_TEAM
@given(teams(full_answers).filter(lambda voices: len(voices) > 2))
def test_one_person_fewer_gives_what_the_team_without_that_person_gives(voices: list[Voice]) -> None:
    result = together(voices)
    without = [together([*voices[:i], *voices[i + 1 :]]).leader for i in range(len(voices))]
    leaders = [row.model if row else None for row in without]
    now = result.leader.model if result.leader else None

    assert len(voices) == result.robust.cases
    assert leaders.count(now) == result.robust.stays
    assert {m: leaders.count(m) for m in set(leaders) - {now}} == result.robust.others


@ANY_TEAM
@given(teams(full_answers | some_answers))
def test_what_to_talk_about_first_is_at_most_three_questions_without_strong_agreement(voices: list[Voice]) -> None:
    result = together(voices)
    open_questions = {spread.question for spread in result.questions if spread.agreement in ("mixed", "split")}

    assert TALKS >= len(result.talk_first)
    assert {topic.question for topic in result.talk_first} <= open_questions


@ANY_TEAM
@given(teams(full_answers, most=7))
def test_forcing_an_answer_gives_the_leader_that_the_team_has_if_everybody_gives_it(voices: list[Voice]) -> None:
    for topic in together(voices).talk_first:
        given = Counter(voice.request.answers.get(topic.question) for voice in voices)
        fewest = 2 if len(voices) >= HIDES else 1
        assert {answer for answer, people in given.items() if answer and people >= fewest} == set(topic.leaders)
        for answer, leader in topic.leaders.items():
            agreed = [
                replace(v, request=replace(v.request, answers={**v.request.answers, topic.question: answer}))
                for v in voices
            ]
            found = together(agreed).leader
            assert leader == (found.model if found else None)


@ANY_TEAM
@given(full_answers, boxes, st.integers(2, 60))
def test_a_team_of_one_mind_gets_what_recommend_gives_and_has_nothing_to_talk_about(
    answers: dict[str, str], before: frozenset[str], count: int
) -> None:
    request = Request(answers=answers, importance={}, before=before)
    alone, result = recommend(MODELS, SELECTOR, request), together([Voice(request=request, role=None)] * count)

    assert [r.model for r in alone.ranking] == [row.model for row in result.mean]
    assert [pytest.approx(r.fit) for r in alone.ranking] == [row.mean for row in result.mean]
    assert {r.model: count for r in alone.tied or alone.ranking[:1]} == result.firsts
    assert {"strong"} == {spread.agreement for spread in result.questions}
    assert () == result.talk_first
    assert (count, count) == (result.robust.cases, result.robust.stays)
    assert dict.fromkeys(alone.red_flags, count) == result.flags
    assert not result.differ


@ANY_TEAM
@given(teams(full_answers, most=14, roles=(*ROLES[:3], None)))
def test_no_role_is_shown_with_fewer_than_three_people_and_none_can_be_found_by_subtraction(
    voices: list[Voice],
) -> None:
    result = together(voices)
    rest = len(voices) - sum(view.count for view in result.by_role)

    assert all(view.count >= IN_A_ROLE for view in result.by_role)
    assert not result.by_role or rest == 0 or rest >= IN_A_ROLE


def test_sixty_people_on_the_real_models_are_all_counted() -> None:
    voices = generated(60, seed=7)
    result = together(voices)

    assert 60 == result.count == sum(result.roles.values())
    assert {m.id for m in MODELS} == {row.model for row in (*result.mean, *result.out)}
    assert {60} == {spread.answered + spread.unsure for spread in result.questions}
    assert TALKS == len(result.talk_first)
    assert 60 - result.too_few == result.robust.cases
    for flag, count in result.flags.items():
        assert count == sum(flag in {f.id for f in raised_flags(MODELS, SELECTOR, v.request)} for v in voices)
