"""What the table of scores favors by itself, before anybody has answered: who comes first by chance, and which models
it can hardly tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coaching.selector import Candidate, Case, Request, SelectorContent
from coaching.team_scoring import Scoring

ALIKE = 0.8
"""The share of answers on which two models have the same score, from which on they are nearly one row of the table."""
TOP = 3


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How one model fares with answers drawn by chance; shares are per cent, 0 to 100."""

    model: str
    name: str
    first: float
    """Alone or tied."""
    top: float
    """Among the first `TOP`."""
    out: float
    """Ruled out, by a red flag or by a score of 0."""


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Two models with nearly the same scores."""

    models: tuple[str, str]
    """Ids, in the order of the names."""
    names: tuple[str, str]
    spoken: tuple[str, str]
    """The names as a sentence says them."""
    same: int
    """Answers with the same score for both, of all answers that give points (`of`)."""
    of: int
    apart: tuple[tuple[str, str], ...]
    """(question key, answer key) of the others, in the order of the form."""


def base_rates(
    models: Sequence[Candidate],
    content: SelectorContent,
    draws: int,
    chance: Callable[[], float],
    given: Mapping[str, str] | None = None,
) -> tuple[Rate, ...]:
    """How often each model comes first if every answer to every question is as likely as any other.

    Args:
        draws: made-up schools, 1 at least; no question is left open and no box ticked.
        chance: numbers from 0 to below 1, evenly spread.
        given: question key -> answer key, the same in all of them.

    Returns:
        One rate a model, the most frequent first place first, then by the top places, then by name.
    """
    scoring = Scoring(models, content)
    first, top, out = Counter[int](), Counter[int](), Counter[int]()
    for _ in range(draws):
        drawn = {q.key: q.answers[int(chance() * len(q.answers))].key for q in content.questions}
        answers = {**drawn, **(given or {})}
        standing = scoring.standing(Case(content, Request(answers=answers, importance={})))
        first.update(scoring.firsts(standing))
        top.update(scoring.order([standing]).ranking[:TOP])
        out.update(i for i, gone in enumerate(standing.out) if gone)
    rates = [
        Rate(
            model=model.id,
            name=model.name,
            first=100 * first[i] / draws,
            top=100 * top[i] / draws,
            out=100 * out[i] / draws,
        )
        for i, model in enumerate(scoring.models)
    ]
    return tuple(sorted(rates, key=lambda rate: (-rate.first, -rate.top, rate.name.casefold(), rate.model)))


def nearly_alike(models: Sequence[Candidate], content: SelectorContent) -> list[Alike]:
    """The pairs of models that the selector can hardly tell apart, the most alike first, then by name."""
    cells = [(question.key, answer.key) for question in content.scored for answer in question.answers]
    ones = int("0" + "1" * len(cells), 8)
    # A model's row is one number with an octal digit for each score, so that a thousand models are soon compared.
    rows = [
        (model, int("0" + "".join(str(model.fits[question][answer].score) for question, answer in cells), 8))
        for model in sorted(models, key=lambda model: (model.name.casefold(), model.id))
    ]
    found = []
    for (one, mine), (other, theirs) in combinations(rows, 2):
        bits = mine ^ theirs
        same = len(cells) - ((bits | bits >> 1 | bits >> 2) & ones).bit_count()
        if cells and same >= ALIKE * len(cells):
            apart = tuple((q, a) for q, a in cells if one.fits[q][a].score != other.fits[q][a].score)
            found.append(
                Alike(
                    models=(one.id, other.id),
                    names=(one.name, other.name),
                    spoken=(one.spoken, other.spoken),
                    same=same,
                    of=len(cells),
                    apart=apart,
                )
            )
    return sorted(found, key=lambda pair: -pair.same)
