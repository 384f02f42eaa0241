"""A coach's week as arithmetic."""

from __future__ import annotations

import pytest

from coaching.caseload import caseload
from coaching.content import Caseload


def week(**changed: object) -> Caseload:
    """The week of the guide's example: 37.5 hours, 40 percent other duties, 45 + 30 + 20 + 15 minutes a teacher."""
    given: dict[str, object] = {
        "caption": "A week", "hours": 37.5, "other_percent": 40, "meet": 45, "observe": 30, "prepare": 20, "notes": 15,
        "weeks": 6, "rounds": 4,
    }  # fmt: skip
    return Caseload(**{**given, **changed})  # type: ignore[arg-type]


def test_the_week_of_the_example_carries_twelve_teachers_and_forty_eight_cycles_a_year() -> None:
    sums = caseload(week())

    assert (2250, 900, 1350, 110) == (sums.contracted, sums.other, sums.coaching, sums.per_teacher)
    assert (12, 48, 30) == (sums.teachers, sums.cycles, sums.spare)
    assert (900, 40) == (sums.with_teachers, sums.direct_percent)


def test_all_parts_of_the_week_together_are_the_week() -> None:
    for other in (0, 25, 40, 99):
        sums = caseload(week(other_percent=other))
        assert sums.contracted == sums.other + sums.with_teachers + sums.behind + sums.spare


def test_a_part_of_a_teacher_is_nobody() -> None:
    assert 1 == caseload(week(hours=6, other_percent=40)).teachers
    assert 0 == caseload(week(hours=1, other_percent=0)).teachers


@pytest.mark.parametrize("changed", [{"hours": 0}, {"meet": 0, "observe": 0, "prepare": 0, "notes": 0}])
def test_a_week_or_a_teacher_without_time_has_no_sum(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="need minutes"):
        caseload(week(**changed))
