"""How many teachers one coach can carry: the week as arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from coaching.content import Caseload


@dataclass(frozen=True)
class Week:
    """What a coach's week holds. Minutes are those of one week."""

    contracted: int
    other: int
    """For other duties."""
    coaching: int
    """What is left for coaching."""
    per_teacher: int
    """For one teacher, all included."""
    teachers: int
    """At once; a part of a teacher is nobody."""
    cycles: int
    """In a school year."""
    with_teachers: int
    """Meeting and observing, all teachers together."""
    behind: int
    """Preparing and writing notes, all teachers together."""
    spare: int
    """Too little for one more teacher."""
    direct_percent: int
    """Share of the contracted week spent with teachers, rounded."""


def caseload(load: Caseload) -> Week:
    """The sums of a coach's week.

    Raises:
        ValueError: a teacher takes no time, or the week has none.

    >>> week = caseload(Caseload(caption="", hours=37.5, other_percent=40, meet=45, observe=30, prepare=20, notes=15,
    ...                          weeks=6, rounds=4))
    >>> week.coaching, week.per_teacher, week.teachers, week.cycles, week.direct_percent
    (1350, 110, 12, 48, 40)
    """
    per_teacher = load.meet + load.observe + load.prepare + load.notes
    contracted = round(load.hours * 60)
    if per_teacher <= 0 or contracted <= 0:
        raise ValueError("a week and a teacher both need minutes")
    other = round(contracted * load.other_percent / 100)
    coaching = contracted - other
    teachers = coaching // per_teacher
    with_teachers = teachers * (load.meet + load.observe)
    return Week(
        contracted=contracted,
        other=other,
        coaching=coaching,
        per_teacher=per_teacher,
        teachers=teachers,
        cycles=teachers * load.rounds,
        with_teachers=with_teachers,
        behind=teachers * (load.prepare + load.notes),
        spare=coaching - teachers * per_teacher,
        direct_percent=round(100 * with_teachers / contracted),
    )
