"""What the goal sheet's tests stand on: the real content, and the day on which its examples were worked out."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from coaching.catalog import structure
from coaching.goal import Finding, GoalContent, GoalSheet, check_goal

ROOT = Path(__file__).parent.parent

NOW = "2027-01-18T10:42"
TODAY = date(2027, 1, 18)

WEAK = "I will improve engagement"
STRONG = "By 12 March, 20 of 26 students (now 9) will justify an answer with evidence on the Friday exit ticket"
SENTENCE_RULES = {"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G14"}


@cache
def content() -> GoalContent:
    """`content/worksheets/goal.yml`."""
    read: GoalContent = structure(
        GoalContent, yaml.safe_load((ROOT / "content/worksheets/goal.yml").read_text("utf-8"))
    )
    return read


def findings(sentence: str = "", **fields: Any) -> dict[str, Finding]:
    """What the rules say about a sentence and fields, by rule."""
    sheet = GoalSheet(sentence=sentence, **fields)
    return {finding.rule: finding for finding in check_goal(content(), sheet, TODAY)}


def raised(sentence: str = "", **fields: Any) -> set[str]:
    """The rules that have something to say against a goal."""
    return {rule for rule, finding in findings(sentence, **fields).items() if finding.state != "ok"}
