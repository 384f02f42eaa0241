"""How a team's voices are scored: one person's view of every model, and the order that several of them give.

The rules stand in `coaching.team`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import NamedTuple, get_args

from coaching.content import Grade, Level
from coaching.selector import MOST, Candidate, Case, Request, SelectorContent, active_exclusions, is_raised


class Standing(NamedTuple):
    """One person's view of every model, in the order of `Scoring.models`."""

    fits: Sequence[float]
    """Per cent, for models that are ruled out too."""
    out: Sequence[bool]
    may_lead: Sequence[bool]
    """False also if it is out."""
    challenge: Sequence[int]
    """Score on the main challenge."""


class Order(NamedTuple):
    """Models as places in `Scoring.models`."""

    ranking: Sequence[int]
    """Best first, without those that are out."""
    out: Sequence[int]
    means: Sequence[float]
    """Per cent, of every model in the order of `Scoring.models`."""
    level: Sequence[int] = ()
    """Those of the ranking that share its first place; one, if it is not shared."""


class Scoring:
    """The fits of `recommend`, and nothing else: fast enough to try every answer on every voice."""

    def __init__(self, models: Iterable[Candidate], content: SelectorContent) -> None:
        self.models, self.content = sorted(models, key=lambda m: m.id), content
        self.names: dict[str | None, str] = {None: "no model", **{m.id: m.spoken for m in self.models}}
        self._scores = {
            (q.key, a.key): [model.fits[q.key][a.key].score for model in self.models]
            for q in content.scored
            for a in q.answers
        }
        self._weighted: dict[tuple[str, str, float], Sequence[float]] = {}
        self._best = [MOST] * len(self.models)
        self._leads = [q.key for q in content.scored if q.leads]
        self._flags = [flag for flag in content.flags if flag.excludes]
        self._last = [
            (get_args(Grade).index(m.grade), get_args(Level).index(m.cost), m.name.casefold(), m.id)
            for m in self.models
        ]

    def standing(self, case: Case, changed: Mapping[str, str] | None = None) -> Standing:
        """How one person sees the models, with some answers changed; at least one answer gives points."""
        answers = {**case.request.answers, **(changed or {})}
        weights = {key: weight for key, weight in case.weights.items() if key in answers}
        most = MOST * fsum(weights.values())
        # One row per question becomes one column of points per model.
        points = list(zip(*(self._points(key, answers[key], weights[key]) for key in weights), strict=True))
        barred = self._barred(Request(answers=answers, importance={}, before=case.request.before))
        out = [model.id in barred or 0 in column for model, column in zip(self.models, points, strict=True)]
        leads = [self._scores[key, answers[key]] for key in self._leads if key in weights]
        challenge = list(map(min, *leads, self._best)) if leads else self._best
        return Standing(
            fits=[100 * fsum(column) / most for column in points],
            out=out,
            may_lead=[not o and c >= self.content.lead_score for o, c in zip(out, challenge, strict=True)],
            challenge=challenge,
        )

    def _points(self, question: str, answer: str, weight: float) -> Sequence[float]:
        key = (question, answer, weight)
        if key not in self._weighted:
            self._weighted[key] = [weight * score for score in self._scores[question, answer]]
        return self._weighted[key]

    def _barred(self, request: Request) -> set[str]:
        """Models that a red flag takes out."""
        raised = [flag for flag in self._flags if is_raised(flag, request)]
        return {
            model for flag in raised for exclusion in active_exclusions(flag, request) for model in exclusion.models
        }

    def firsts(self, standing: Standing) -> set[int]:
        """The models one person has first: one, several if tied, none if all are out."""
        places = {
            i: (standing.may_lead[i], round(standing.fits[i], 9)) for i, out in enumerate(standing.out) if not out
        }
        best = max(places.values(), default=None)
        return {i for i, place in places.items() if place == best}

    def order(self, standings: Sequence[Standing]) -> Order:
        """The team's ranking."""
        if not standings:
            return Order([], [], [], [])
        # One row per person becomes one sum per model; sums are exact, so the order of the voices changes nothing.
        fits, out, may_lead, challenge = (
            [fsum(column) for column in zip(*rows, strict=True)] for rows in zip(*standings, strict=True)
        )
        means, half = [fit / len(standings) for fit in fits], len(standings) / 2
        places = [
            (lead < half, -round(mean, 9), -score, *last)
            for lead, mean, score, last in zip(may_lead, means, challenge, self._last, strict=True)
        ]
        best_first = sorted(range(len(places)), key=places.__getitem__)
        ranking = [i for i in best_first if out[i] <= half]
        level = [i for i in ranking if places[i][:2] == places[ranking[0]][:2]]
        return Order(ranking, [i for i in best_first if out[i] > half], means, level)

    def leader(self, order: Order) -> str | None:
        return self.models[order.ranking[0]].id if order.ranking else None
