"""What the selector's tests stand on: its real content, the models on the site, the worked cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from coaching.catalog import structure
from coaching.content import Fit, Grade, Level
from coaching.selector import Answer, Importance, Question, Request, SelectorContent

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, kw_only=True)
class TestModel:
    """A coaching model as far as the rules look at it."""

    __test__ = False  # pytest: not a test class

    id: str
    name: str
    grade: Grade
    cost: Level = "medium"
    fits: Mapping[str, Mapping[str, Fit]]

    @property
    def spoken(self) -> str:
        return self.name if "coach" in self.name.casefold() else f"{self.name} coaching"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    id: str
    vignette: str
    answers: Mapping[str, str]
    recommended: tuple[str, ...]
    """Any of these belongs in the top three."""
    acceptable: tuple[str, ...]
    """Fine there too."""
    avoid: tuple[str, ...]
    """None of these belongs there."""
    flags: tuple[str, ...]
    blend: str | None
    """What the rules suggest."""

    @property
    def request(self) -> Request:
        return Request(answers=self.answers, importance={})


def _read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


@cache
def selector() -> SelectorContent:
    """`content/selector.yml`."""
    content: SelectorContent = structure(SelectorContent, _read("content/selector.yml"))
    return content


@cache
def table() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """`tests/fits.yml`: model -> question -> answer -> score."""
    return {
        model: {question: {answer: score for answer, (score, _) in cells.items()} for question, cells in row.items()}
        for model, row in _read("tests/fits.yml").items()
    }


@cache
def on_the_site() -> tuple[TestModel, ...]:
    """The models of `content/models/` that are ranked, by id."""
    found = {path.stem: _read(f"content/models/{path.name}") for path in (ROOT / "content/models").glob("*.yml")}
    return tuple(
        TestModel(
            id=id_,
            name=model["name"],
            grade=model["grade"],
            cost=model["cost"],
            fits=structure(Mapping[str, Mapping[str, Fit]], model["fits"]),
        )
        for id_, model in sorted(found.items())
        if model.get("role") != "blend"
    )


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(structure(Scenario, case) for case in _read("tests/scenarios.yml"))


# ---- a small selector for examples that can be followed by hand: question A weighs 2 and leads, B weighs 1

SMALL = SelectorContent(
    version=1,
    close=8,
    enough=2,
    blend_within=15,
    lead_score=2,
    importance=(
        Importance(key="normal", label="Normal", times=1),
        Importance(key="high", label="High", times=2),
        Importance(key="off", label="Not for us", times=0),
    ),
    before=(),
    questions=tuple(
        Question(
            key=key,
            text=f"Question {key}?",
            short=key,
            help="",
            why="",
            use="score",
            weight=weight,
            leads=key == "A",
            answers=tuple(Answer(key=f"{key}{n}", label=f"{key}{n}", said=f"{key} is {n}") for n in (1, 2)),
        )
        for key, weight in (("A", 2), ("B", 1))
    ),
    flags=(),
    blends=(),
)


def model(name: str, **scores: tuple[int, int]) -> TestModel:
    """A model with two scores for each question of `SMALL`."""
    fits = {
        key: {f"{key}{n}": Fit(score=score, reason=f"{name} {key}{n}") for n, score in enumerate(pair, 1)}  # type: ignore[arg-type]
        for key, pair in scores.items()
    }
    return TestModel(id=name.lower(), name=name, grade="B", fits=fits)
