"""A team's second round against its first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.team import Voice, team_result
from coaching.team_rounds import compare
from team_data import ALFA, BETA, GAMMA, THREE, WITH_ROLES, WORKED, says

ALL = [ALFA, BETA, GAMMA]


def test_a_second_round_tells_who_leads_what_is_settled_and_how_many_moved_at_the_least() -> None:
    second = team_result(ALL, WITH_ROLES, [says("A2", "B2"), says("A2", "B1"), says("A2", "B2")])
    change = compare(WORKED, second)
    a, b = change.talked

    assert ("alfa", "beta") == (change.leader_before, change.leader_now)
    assert "Alfa coaching led before; now Beta coaching leads." == change.sentence
    assert ("A",) == change.settled
    assert ("A", ["A1"], 2, "mixed") == (a.question, a.before.peaks, a.before.most, a.before.agreement)
    assert (["A2"], 3, "strong", 2, False) == (a.now.peaks, a.now.most, a.now.agreement, a.moved, a.stays)
    assert ("B", 0, True) == (b.question, b.moved, b.stays)


def test_rounds_of_different_size_do_not_tell_how_many_moved() -> None:
    change = compare(WORKED, team_result([ALFA, BETA], WITH_ROLES, THREE[:2]))

    assert [("A", "strong"), ("B", "split")] == [(shift.question, shift.now.agreement) for shift in change.talked]
    assert ("A",) == change.settled, "another disagreement settles nothing"
    assert {None} == {shift.moved for shift in change.talked}
    assert "Alfa coaching led before and leads now." == change.sentence


def test_rounds_of_different_size_tell_what_moved_by_the_most_common_answer_and_the_agreement() -> None:
    first = team_result(ALL, WITH_ROLES, [says("A1", "B1")] * 3 + [says("A1", "B2")])
    (more, turned) = (compare(first, team_result(ALL, WITH_ROLES, [says("A1", answer)] * 3)) for answer in ("B1", "B2"))

    assert (["A", "B"], []) == ([s.question for s in more.still], [s.question for s in more.moved])
    assert (["A"], ["B"]) == ([s.question for s in turned.still], [s.question for s in turned.moved])


def test_a_question_that_nobody_had_to_talk_about_is_told_once_somebody_has_changed_an_answer() -> None:
    first = team_result(ALL, WITH_ROLES, [says("A1", "B1")] * 4)
    change = compare(first, team_result(ALL, WITH_ROLES, [says("A1", "B1")] * 3 + [says("A2", "B1")]))

    assert ((), ["A"], ["B"]) == (
        change.talked,
        [shift.question for shift in change.moved],
        [shift.question for shift in change.still],
    )
    assert 1 == change.moved[0].moved


def test_a_round_without_a_leader_is_told_so() -> None:
    none = team_result([ALFA], WITH_ROLES, [says("A1"), says("A2")])

    assert "Alfa coaching leads now; there was no leader before." == compare(none, WORKED).sentence
    assert "There is no leader now." == compare(WORKED, none).sentence


voices = st.builds(
    lambda a, b: says(*filter(None, [a, b])), st.sampled_from(["A1", "A2", ""]), st.sampled_from(["B1", "B2", ""])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(voices, min_size=2, max_size=7), st.lists(voices, min_size=2, max_size=7))
def test_every_question_is_told_once_and_a_round_like_the_first_moves_nothing(
    first: list[Voice], second: list[Voice]
) -> None:
    before = team_result(ALL, WITH_ROLES, first)
    change, same = compare(before, team_result(ALL, WITH_ROLES, second)), compare(before, before)

    assert ["A", "B"] == sorted(s.question for s in (*change.talked, *change.moved, *change.still))
    assert all(shift.stays for shift in (*same.talked, *same.still))
    assert () == same.moved
    # Nobody can be shown to have moved who did not: no two rounds differ by more people than there are.
    assert all(shift.moved is None or shift.moved <= len(first) for shift in (*change.talked, *change.moved))
