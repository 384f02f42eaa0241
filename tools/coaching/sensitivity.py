"""How firm a first place is: which single answers would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from operator import itemgetter
from typing import get_args

from coaching.content import Grade, Level
from coaching.selector import MOST, Candidate, Case, Request, SelectorContent, active_exclusions, is_raised


@dataclass(frozen=True, kw_only=True)
class Change:
    """One answer given otherwise, and which model comes first then."""

    question: str
    answer: str
    first: tuple[str, ...]
    """Ids of the models that come first: one, several if they are tied, none if every model is out."""
    fit: float
    """Their fit, per cent; 0 if there is none."""
    clear: bool
    """Whether one leads by so much that it is not too close to call."""


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """Every single change of an answer that can matter, in the order of the form."""

    first: tuple[str, ...]
    """The models that come first as things are."""
    changes: tuple[Change, ...]

    @property
    def flips(self) -> tuple[Change, ...]:
        """The changes after which none of the models that are first now is first."""
        return tuple(change for change in self.changes if not self._stay(change) and change.first != self.first)

    @property
    def ties(self) -> tuple[Change, ...]:
        """The changes after which a model that is first now shares its place with one that is not."""
        return tuple(change for change in self.changes if self._stay(change) and set(change.first) - set(self.first))

    @property
    def holds(self) -> int:
        """How many of the changes bring no other model to first place."""
        return len(self.changes) - len(self.flips) - len(self.ties)

    @property
    def clear(self) -> int:
        """How many of the changes leave the same model first, and not too close to call."""
        return sum(change.clear for change in self.changes if change.first == self.first)

    def _stay(self, change: Change) -> bool:
        return not set(self.first).isdisjoint(change.first)


def sensitivity(models: Sequence[Candidate], content: SelectorContent, request: Request) -> Sensitivity:
    """What each single change of an answer does to the first place.

    A change gives one question an answer that it does not have now; an open question can be answered in every way.
    Questions that count for nothing, and those that neither give points nor rule a model out, are left out.
    """
    table = Table(models, content)
    first, _, _ = table.first(request)
    return Sensitivity(first=first, changes=tuple(_changes(table, content, request)))


def _changes(table: Table, content: SelectorContent, request: Request) -> Iterator[Change]:
    counting = Case(content, request).weights
    deciding = {
        key
        for flag in content.flags
        for exclusion in flag.excludes
        for condition in (*flag.when, exclusion.when or {})
        for key in condition
    }
    for question in content.questions:
        if question.key not in counting and question.key not in deciding:
            continue
        for answer in question.answers:
            if request.answers.get(question.key) != answer.key:
                changed = replace(request, answers={**request.answers, question.key: answer.key})
                first, fit, clear = table.first(changed)
                yield Change(question=question.key, answer=answer.key, first=first, fit=fit, clear=clear)


Scores = Mapping[str, Mapping[str, int]]
"""question key -> answer key -> score of one model."""


class Table:
    """The models' scores, laid out so that finding the first place takes no more than adding up.

    `recommend` says why; this only says who. A test holds one against the other.
    """

    def __init__(self, models: Sequence[Candidate], content: SelectorContent) -> None:
        self._content = content
        self._rows = [
            (
                model.id,
                {q.key: {a.key: model.fits[q.key][a.key].score for a in q.answers} for q in content.scored},
                (
                    get_args(Grade).index(model.grade),
                    get_args(Level).index(model.cost),
                    model.name.casefold(),
                    model.id,
                ),
            )
            for model in models
        ]
        self._ruling = [flag for flag in content.flags if flag.excludes]

    def first(self, request: Request) -> tuple[tuple[str, ...], float, bool]:
        """The models that `recommend` has first, in its order, their fit, and whether one leads clearly.

        Nothing and 0 if no model is left.
        """
        case = Case(self._content, request)
        gone = {
            model
            for flag in self._ruling
            if is_raised(flag, request)
            for exclusion in active_exclusions(flag, request)
            for model in exclusion.models
        }
        given = [(key, request.answers[key], case.weights[key]) for key in case.answered]
        still_open = [(key, case.weights[key]) for key in case.open]
        # The best two, and whoever is level with the first: where each comes, which it is, and its fit.
        top: list[tuple[tuple[object, ...], str, float, Scores]] = []
        for name, scores, rest in self._rows:
            if name in gone:
                continue
            own = [scores[key][answer] for key, answer, _ in given]
            if 0 in own:
                continue
            if given:
                fit = 100 * fsum(weight * score for (_, _, weight), score in zip(given, own, strict=True)) / case.most
            elif not still_open:
                fit = 50.0
            else:
                low, high = (
                    fsum(weight * edge(scores[key].values()) for key, weight in still_open) for edge in (min, max)
                )
                fit = (100 * low / case.most_of_all + 100 * high / case.most_of_all) / 2
            lead = min((scores[key][request.answers[key]] for key in case.leads), default=MOST)
            place = (lead < self._content.lead_score, -round(fit, 9), -lead, *rest)
            if len(top) < 2 or place < top[-1][0] or place[:2] == top[0][0][:2]:
                top = sorted([*top, (place, name, fit, scores)], key=itemgetter(0))
                level = sum(other[0][:2] == top[0][0][:2] for other in top)
                del top[max(level, 2) :]
        if not top:
            return (), 0, False
        (best, _, fit, mine), *second = top
        low, _ = self._range(case, mine, fit)
        clear = all(
            fit - other >= self._content.close and self._range(case, others, other)[1] < low
            for _, _, other, others in second
        )
        return tuple(name for other, name, _, _ in top if other[:2] == best[:2]), fit, clear

    def _range(self, case: Case, scores: Scores, fit: float) -> tuple[float, float]:
        """Lowest and highest fit, as `recommend` has them."""
        if not case.weights:
            return 0, 100
        sure = [case.weights[key] * scores[key][case.request.answers[key]] for key in case.answered]
        low, high = (
            100
            * fsum([*sure, *(case.weights[key] * edge(scores[key].values()) for key in case.open)])
            / case.most_of_all
            for edge in (min, max)
        )
        return (min(low, fit), max(high, fit)) if case.answered else (low, high)
