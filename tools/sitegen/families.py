"""Who leads in a coaching model: the groups of the navigation and of the filters."""

from __future__ import annotations

from coaching.content import CoachingModel

FAMILIES = ("Teacher leads", "Shared lead", "Coach leads")


def family(model: CoachingModel) -> str:
    """One of `FAMILIES`, from the model's stance."""
    if model.stance.high <= 2:
        return FAMILIES[0]
    return FAMILIES[2] if model.stance.low >= 4 else FAMILIES[1]
