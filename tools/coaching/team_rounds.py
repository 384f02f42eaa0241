"""A team's second round against its first: who leads, what was talked over, what moved.

A question has moved if its agreement or its most common answer is another one, or if somebody must have changed an
answer. Where both rounds are of one size, at least so many people changed it as the counts of its answers, "not sure"
among them, differ by in all, halved, if the same people answered; a swap cannot be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from coaching.team import Average, Spread, TeamResult


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One question in two rounds."""

    before: Spread
    now: Spread
    moved: int | None
    """People who changed their answer, at the least; None if the rounds are of different size."""

    @property
    def question(self) -> str:
        return self.now.question

    @property
    def short(self) -> str:
        return self.now.short

    @property
    def stays(self) -> bool:
        """Whether nothing tells of a change."""
        return not self.moved and _kind(self.before) == _kind(self.now)


@dataclass(frozen=True, kw_only=True)
class Change:
    """Round two against round one."""

    leader_before: str | None
    leader_now: str | None
    sentence: str
    """Who led and who leads."""
    talked: tuple[Shift, ...]
    """The questions that were to be talked about first, in that order."""
    moved: tuple[Shift, ...]
    """The other ones that have moved, in the order of the form; `still` those that have not."""
    still: tuple[Shift, ...]

    @property
    def settled(self) -> tuple[str, ...]:
        """Questions that were to be talked about first and have strong agreement now."""
        return tuple(shift.question for shift in self.talked if shift.now.agreement == "strong")


def compare(before: TeamResult, now: TeamResult) -> Change:
    """What a second round changed, from the results of both, with the same questions."""
    earlier = {spread.question: spread for spread in before.questions}
    same_size = before.count == now.count
    shifts = {
        spread.question: Shift(
            before=earlier[spread.question],
            now=spread,
            moved=_moved(earlier[spread.question], spread) if same_size else None,
        )
        for spread in now.questions
        if spread.question in earlier
    }
    talked = tuple(shifts.pop(topic.question) for topic in before.talk_first if topic.question in shifts)
    return Change(
        leader_before=before.leader.model if before.leader else None,
        leader_now=now.leader.model if now.leader else None,
        sentence=_leaders(before.leader, now.leader),
        talked=talked,
        moved=tuple(shift for shift in shifts.values() if not shift.stays),
        still=tuple(shift for shift in shifts.values() if shift.stays),
    )


def _kind(spread: Spread) -> tuple[str, list[str]]:
    return spread.agreement, spread.peaks


def _moved(before: Spread, now: Spread) -> int:
    keys = before.answers.keys() | now.answers.keys()
    differences = [abs(before.answers.get(key, 0) - now.answers.get(key, 0)) for key in keys]
    return (sum(differences) + abs(before.unsure - now.unsure)) // 2


def _leaders(before: Average | None, now: Average | None) -> str:
    if not before or not now:
        return f"{now.spoken} leads now; there was no leader before." if now else "There is no leader now."
    if before.model == now.model:
        return f"{now.spoken} led before and leads now."
    return f"{before.spoken} led before; now {now.spoken} leads."
