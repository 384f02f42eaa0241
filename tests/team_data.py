"""A small team, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from coaching.selector import Request, TeamRole
from coaching.team import Voice, team_result
from selector_data import SMALL, model

WITH_ROLES = replace(
    SMALL,
    roles=tuple(TeamRole(key=key, label=f"a {key}", plural=f"{key}s") for key in ("teacher", "coach", "leader")),
)


def says(*answers: str, role: str | None = None, **importance: str) -> Voice:
    """`says("A1", "B2")` answers A with A1 and B with B2."""
    return Voice(request=Request(answers={a[0]: a for a in answers}, importance=importance), role=role)


#                                                 A1 B1   A1 B2   A2 B2   mean
ALFA = model("Alfa", A=(4, 2), B=(2, 4))  #       10/12   12/12    8/12   10/12
BETA = model("Beta", A=(2, 4), B=(4, 2))  #        8/12    6/12   10/12    8/12
GAMMA = model("Gamma", A=(1, 3), B=(0, 3))  #      2/12    5/12    9/12   16/36; out with B1, no lead with A1
THREE = [says("A1", "B1"), says("A1", "B2"), says("A2", "B2")]
WORKED = team_result([ALFA, BETA, GAMMA], WITH_ROLES, THREE)
