"""Choosing a coaching model: what coaches write about it, and the rules that rank the models.

Everything that decides is content: `content/selector.yml` holds questions, weights, red flags and blends, each model's
own file holds how well it fits each answer. The code names no model and no question.

The rules, in one place:
- fit     100 x points / most possible points over the answered questions; points = weight x importance x score (0-4).
- range   lowest to highest fit over every way to answer the questions that were left open; it always holds the fit.
- out     a model with a score of 0 on an answer given, or one that a red flag excludes; it is shown with the reason.
- order   models made for the main challenge first, then by fit; then the better score on the challenge, the better
          evidence, the lower cost, the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from math import floor, fsum
from typing import Literal, Protocol, TypeVar, get_args

from coaching.content import Example, Fit, FlagId, Grade, Label, Level, PhaseId, Prose, Target, record

T = TypeVar("T")

MOST = 4
"""The best score a model can have on an answer."""
MOST_WEIGHT = 10
"""What a reader can make of a question's weight at most; 0 leaves the question out."""

Use = Literal["score", "gate", "flag"]
FlagLevel = Literal["stop", "watch", "gate"]
Role = Literal["lead", "partner"]

Condition = Mapping[str, tuple[str, ...]]
"""question key -> answers, any of which will do; every question named must have one of its answers."""


# ---- what coaches write


@record
class Importance:
    """How much a reader wants a question to count."""

    key: str
    label: Label
    times: float
    """What the question's own weight is multiplied with; 0 leaves the question out."""


@record
class Answer:
    key: str
    label: Label
    help: Label | None = None
    said: Label
    """The answer as half a sentence, after "You said that": "most of the teachers are new to the job"."""


@record
class Question:
    key: str
    text: Label
    short: Label
    """At most three words, for tables: "Main challenge"."""
    help: Label
    why: Prose
    known: Prose | None = None
    """What research knows about it."""
    use: Use
    """`score` gives points; `gate` and `flag` only raise red flags."""
    weight: float = 0
    leads: bool = False
    """True for the one question whose low scores keep a model from first place."""
    answers: tuple[Answer, ...]


@record
class Before:
    """A box to tick before the questions; it raises a red flag."""

    flag: FlagId
    text: Label
    help: Label | None = None


@record
class Exclusion:
    """Models that a red flag takes out of the ranking."""

    models: tuple[str, ...]
    """Model ids. Plain text on purpose: it may name models that this catalog does not hold."""
    because: Label
    """Why, after the model's name: "teachers cannot speak freely to a judge"."""
    when: Condition | None = None
    """Further answers this needs; without it the flag alone is enough."""


@record
class RedFlag:
    """Something to settle before, or beside, the choice of a model."""

    id: str
    level: FlagLevel
    """`stop`: first of all. `watch`: while you go on. `gate`: rules models out, and is silent if it rules out none."""
    title: Label
    then: Prose
    """The first thing to do, kindly and concretely."""
    link: Target
    link_label: Label
    private: bool = False
    """True if it may be about one person: a team's view gives no count of it, and keeps it closed."""
    when: tuple[Condition, ...] = ()
    """Any of these raises the flag; so does its box under `before`."""
    excludes: tuple[Exclusion, ...] = ()


@record
class BlendPhase:
    who: Role
    text: Example


@record
class Blend:
    """Two models that work together, one of which decides when they differ."""

    id: str
    name: Label
    when: Label
    leads: tuple[str, ...] = ()
    """Ids of models that may lead; none means any. Plain text, as in `Exclusion.models`."""
    partners: tuple[str, ...] = ()
    beside: Label | None = None
    """A partner that is not a coaching model, such as a mentor; `partners` is empty then."""
    given: Condition | None = None
    """Answers without which this blend is not suggested."""
    by_choice: bool = False
    """Never suggested: no question asks for what it is made for. Readers find it on the page of blends."""
    how: Prose
    phases: Mapping[PhaseId, BlendPhase]


@record
class TeamRole:
    """Who answers, for the answers of a whole team; at most seven of them fit into a result code."""

    key: str
    label: Label
    """One person: "a coach"."""
    plural: Label
    """Several: "coaches"."""


@record
class NextStep:
    """What somebody does after the choice."""

    who: Label
    by: int
    """Days from now: 30, 60 or 90."""
    text: Prose
    link: Target
    link_label: Label


@record
class ScriptStep:
    """One step of a talk about a team's result."""

    minutes: int
    text: Example


@record
class Frame:
    """A model that is used with, or between, other models and so scores well nearly everywhere: the result says so."""

    model: str
    """Model id. Plain text, as in `Exclusion.models`."""
    what: Label
    """What it is, after its name: "is a frame: it changes with each teacher"."""
    beside: Label
    """What the best model that is no frame is to it, before the name: "The best fit among the others"."""
    question: str | None = None
    """Key of the question that decides on its stance, if one does."""
    stances: Mapping[str, Label] = field(default_factory=dict)
    """answer key -> the stance it would take, after "Here it would ": "show and rehearse one step at a time"."""


@record
class SampleSchool:
    """A school that we made up, for readers who want to see what the numbers do before they answer for their own."""

    id: str
    name: Label
    text: Example
    answers: Mapping[str, str]
    """question key -> answer key."""


@record
class Clash:
    """Two models that do not go together in one cycle."""

    models: tuple[str, str]
    """Model ids. Plain text, as in `Exclusion.models`."""
    because: Label


@record
class SelectorContent:
    """`content/selector.yml`."""

    version: int
    """Goes up when a question or an answer changes its meaning."""
    close: float
    """A lead of fewer points than this is too close to call."""
    enough: int
    """Scored questions that must be answered before a ranking is shown."""
    blend_within: float
    """Points within which a second model may join the first in a blend."""
    lead_score: int
    """The lowest score on the question marked `leads` with which a model may come first."""
    importance: tuple[Importance, ...]
    """The first one is what counts unless the reader says otherwise."""
    quick: tuple[str, ...] = ()
    """Keys of the three scored questions that the quick version asks, in its order; without them there is none."""
    roles: tuple[TeamRole, ...] = ()
    frames: tuple[Frame, ...] = ()
    clashes: tuple[Clash, ...] = ()
    samples: tuple[SampleSchool, ...] = ()
    script: tuple[ScriptStep, ...] = ()
    """For the person who leads the talk about a team's result."""
    next_steps: tuple[NextStep, ...] = ()
    """In the order readers see: by person, then by day."""
    before: tuple[Before, ...]
    questions: tuple[Question, ...]
    flags: tuple[RedFlag, ...]
    blends: tuple[Blend, ...]

    def question(self, key: str) -> Question:
        """The question with this key; KeyError if there is none."""
        return item(self.questions, "key", key)

    def flag(self, flag_id: str) -> RedFlag:
        """The red flag with this id; KeyError if there is none."""
        return item(self.flags, "id", flag_id)

    @property
    def scored(self) -> tuple[Question, ...]:
        """The questions that give points, in their order."""
        return tuple(q for q in self.questions if q.use == "score")


class Candidate(Protocol):
    """What the rules need of a coaching model; `content.CoachingModel` has it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def spoken(self) -> str: ...
    @property
    def grade(self) -> Grade: ...
    @property
    def cost(self) -> Level: ...
    @property
    def fits(self) -> Mapping[str, Mapping[str, Fit]]: ...


# ---- what a reader asks


@dataclass(frozen=True, kw_only=True)
class Request:
    """A reader's answers. What is missing is "not sure"."""

    answers: Mapping[str, str]
    """question key -> answer key."""
    importance: Mapping[str, str]
    """question key -> importance key, for scored questions that should count more or not at all."""
    before: frozenset[str] = frozenset()
    """Ids of the red flags whose boxes are ticked."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """question key -> weight, where a reader disagrees with the question's own; 0 leaves it out."""

    def meets(self, condition: Condition) -> bool:
        """Whether every question of the condition has one of the answers it asks for."""
        return all(self.answers.get(question) in answers for question, answers in condition.items())

    def to_dict(self) -> dict[str, object]:
        """The request as plain data for JSON, as `selector_request.parse_request` reads it; keys in their order."""
        return {
            "answers": dict(sorted(self.answers.items())),
            "importance": dict(sorted(self.importance.items())),
            "before": sorted(self.before),
            "weights": dict(sorted(self.weights.items())),
        }


# ---- what the rules answer


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One question's say for or against a model."""

    question: str
    answer: str
    score: int
    reason: str

    def to_dict(self) -> dict[str, object]:
        return {"question": self.question, "answer": self.answer, "score": self.score, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A model in the ranking. `fit`, `low` and `high` are per cent, 0 to 100, low <= fit <= high."""

    model: str
    name: str
    spoken: str
    """The name as a sentence says it."""
    fit: float
    low: float
    high: float
    may_lead: bool
    """False if its score on the main challenge keeps it from first place."""
    pros: tuple[Reason, ...]
    """At most three, the weightiest first."""
    cons: tuple[Reason, ...]
    """At most two, the weightiest first."""

    def to_dict(self) -> dict[str, object]:
        return {
            "model": self.model,
            "fit": round(self.fit, 1),
            "low": round(self.low, 1),
            "high": round(self.high, 1),
            "for": [reason.to_dict() for reason in self.pros],
            "against": [reason.to_dict() for reason in self.cons],
        }


@dataclass(frozen=True, kw_only=True)
class Excluded:
    """A model that is out, by a red flag or by an answer; one of the two is given."""

    model: str
    name: str
    spoken: str
    because: str
    flag: str | None = None
    answer: str | None = None
    question: str | None = None
    """The question of `answer`."""

    def to_dict(self) -> dict[str, object]:
        return {"model": self.model, "flag": self.flag} if self.flag else {"model": self.model, "answer": self.answer}


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A blend for the models at hand."""

    blend: Blend
    lead: str
    """Model id."""
    partner: str | None
    """Model id; None if the partner is not a coaching model (`Blend.beside`)."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """The answer to a request.

    `ranking` has every model that is not excluded, best first; `excluded` the others, by name; `red_flags` are ids in
    the order of their numbers; `answered` counts the answered questions that give points.
    """

    ranking: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]
    red_flags: tuple[str, ...]
    blend: Suggestion | None
    too_close: bool
    answered: int
    open: tuple[str, ...] = ()
    """Scored questions that count and have no answer, in the order of the form."""
    aside: tuple[str, ...] = ()
    """Scored questions that count for nothing, by weight or importance."""

    @property
    def tied(self) -> tuple[Ranked, ...]:
        """The models that share the first place exactly; empty if one stands alone."""
        level = [r for r in self.ranking if (r.may_lead, round(r.fit, 9)) == self._first]
        return tuple(level) if len(level) > 1 else ()

    @property
    def _first(self) -> tuple[bool, float]:
        return (self.ranking[0].may_lead, round(self.ranking[0].fit, 9))

    def to_dict(self) -> dict[str, object]:
        """The recommendation as plain data for JSON; per cents with one decimal."""
        return {
            "ranking": [ranked.to_dict() for ranked in self.ranking],
            "excluded": [excluded.to_dict() for excluded in self.excluded],
            "red_flags": list(self.red_flags),
            "blend": self.blend.blend.id if self.blend else None,
            "too_close": self.too_close,
        }


def recommend(models: Iterable[Candidate], content: SelectorContent, request: Request) -> Recommendation:
    """Rank coaching models for a school's answers.

    Args:
        models: any number, in any order; each has a fit for every answer of every scored question.
        request: keys that exist in `content`, as `selector_request.parse_request` returns them.
    """
    models, case = list(models), Case(content, request)
    raised = raised_flags(models, content, request)
    ranked: list[tuple[Candidate, Ranked]] = []
    excluded: list[Excluded] = []
    for model in models:
        out = _excluded(model, case, raised)
        if out:
            excluded.append(out)
        else:
            ranked.append((model, _ranked(model, case)))
    ranked.sort(key=lambda pair: _place(pair[0], pair[1], case))
    ranking = tuple(entry for _, entry in ranked)
    return Recommendation(
        ranking=ranking,
        excluded=tuple(sorted(excluded, key=lambda e: (e.name.casefold(), e.model))),
        red_flags=tuple(flag.id for flag in raised),
        blend=_suggested(ranking, case),
        too_close=_too_close(ranking, content.close),
        answered=len(case.answered),
        open=tuple(case.open),
        aside=tuple(question.key for question in content.scored if question.key not in case.weights),
    )


def raised_flags(models: Iterable[Candidate], content: SelectorContent, request: Request) -> list[RedFlag]:
    """The red flags these answers raise, by number; a gate only if it rules out one of the models."""
    ids = {model.id for model in models}

    def raised(flag: RedFlag) -> bool:
        if not is_raised(flag, request):
            return False
        return flag.level != "gate" or any(ids & set(e.models) for e in active_exclusions(flag, request))

    return sorted(filter(raised, content.flags), key=lambda flag: _number(flag.id))


def is_raised(flag: RedFlag, request: Request) -> bool:
    """Whether these answers, or a ticked box, raise the flag, whatever it does."""
    return flag.id in request.before or any(request.meets(condition) for condition in flag.when)


def active_exclusions(flag: RedFlag, request: Request) -> list[Exclusion]:
    """What a raised flag rules out with these answers."""
    return [e for e in flag.excludes if e.when is None or request.meets(e.when)]


def importance_of(key: str, content: SelectorContent, request: Request) -> Importance:
    """How much the reader wants this question to count."""
    return item(content.importance, "key", request.importance.get(key, content.importance[0].key))


def whole(points: float) -> int:
    """A fit, or a distance of two, in whole points as readers see it: halves go up, as on paper."""
    # A sum of thirds may stand a hair below the half that it is.
    return floor(points + 0.5 + 1e-9)


# ---- the small steps


class Case:
    """A request beside the content: what counts, how much, and what is still open."""

    def __init__(self, content: SelectorContent, request: Request) -> None:
        self.content, self.request = content, request
        own = {q.key: request.weights.get(q.key, q.weight) for q in content.scored}
        weights = {key: weight * importance_of(key, content, request).times for key, weight in own.items()}
        self.weights = {key: weight for key, weight in weights.items() if weight > 0}
        """question key -> weight x importance, for the questions that count at all."""
        self.answered = [key for key in self.weights if key in request.answers]
        self.open = [key for key in self.weights if key not in request.answers]
        self.leads = [q.key for q in content.scored if q.leads and q.key in self.answered]

    # Sums do not depend on the order of the questions: `fsum` is exact.
    @cached_property
    def most(self) -> float:
        """Points possible over the answered questions."""
        return MOST * fsum(self.weights[key] for key in self.answered)

    @cached_property
    def most_of_all(self) -> float:
        """Points possible once the open questions are answered too."""
        return MOST * fsum(self.weights.values())

    def fit(self, model: Candidate, question: str) -> Fit:
        return model.fits[question][self.request.answers[question]]

    def lead_score(self, model: Candidate) -> int:
        """The score on the question that leads; the best one while it is open or left out."""
        return min((self.fit(model, key).score for key in self.leads), default=MOST)


def _excluded(model: Candidate, case: Case, raised: Sequence[RedFlag]) -> Excluded | None:
    """Why a model is out, if it is: the first red flag that says so, else its weightiest 0."""
    for flag in raised:
        for exclusion in active_exclusions(flag, case.request):
            if model.id in exclusion.models:
                return Excluded(
                    model=model.id, name=model.name, spoken=model.spoken, because=exclusion.because, flag=flag.id
                )
    zeros = [key for key in case.answered if case.fit(model, key).score == 0]
    if not zeros:
        return None
    key = min(zeros, key=lambda key: (-case.weights[key], key))
    return Excluded(
        model=model.id,
        name=model.name,
        spoken=model.spoken,
        because=case.fit(model, key).reason,
        answer=case.request.answers[key],
        question=key,
    )


def _ranked(model: Candidate, case: Case) -> Ranked:
    fits = {key: case.fit(model, key) for key in case.answered}

    # Alike cells are told in the order of their keys, so that the order of the questions changes nothing.
    def gain(key: str) -> tuple[float, int, str]:
        return (-case.weights[key] * fits[key].score, -fits[key].score, key)

    def loss(key: str) -> tuple[float, int, str]:
        return (-case.weights[key] * (MOST - fits[key].score), fits[key].score, key)

    pros = sorted((key for key in fits if fits[key].score >= 3), key=gain)[:3]
    cons = sorted((key for key in fits if fits[key].score <= 2), key=loss)[:2]
    if not cons:
        # Nothing weak: say what is least strong, unless all is at its best.
        lesser = [key for key in fits if fits[key].score < MOST]
        cons = sorted(lesser, key=lambda key: (fits[key].score, loss(key)))[:1]

    def told(key: str) -> Reason:
        answer = case.request.answers[key]
        return Reason(question=key, answer=answer, score=fits[key].score, reason=fits[key].reason)

    low, fit, high = _range(model, case)
    return Ranked(
        model=model.id,
        name=model.name,
        spoken=model.spoken,
        fit=fit,
        low=low,
        high=high,
        may_lead=case.lead_score(model) >= case.content.lead_score,
        pros=tuple(told(key) for key in pros),
        cons=tuple(told(key) for key in cons),
    )


def _range(model: Candidate, case: Case) -> tuple[float, float, float]:
    """Lowest, fit, highest in per cent; with nothing answered the fit is the middle of what is possible.

    Points add up question by question, so the lowest of all ways to answer is the sum of the lowest answers.
    """
    if not case.weights:
        return 0.0, 50.0, 100.0
    points = [case.weights[key] * case.fit(model, key).score for key in case.answered]
    still_open = [(case.weights[key], [fit.score for fit in model.fits[key].values()]) for key in case.open]
    low = 100 * fsum([*points, *(weight * min(scores) for weight, scores in still_open)]) / case.most_of_all
    high = 100 * fsum([*points, *(weight * max(scores) for weight, scores in still_open)]) / case.most_of_all
    if not case.answered:
        return low, (low + high) / 2, high
    fit = 100 * fsum(points) / case.most
    # The fit leaves the open questions out, so it can lie beyond every way to answer them; the range reaches to it.
    return min(low, fit), fit, max(high, fit)


def _place(model: Candidate, ranked: Ranked, case: Case) -> tuple[bool, float, int, int, int, str, str]:
    """Sorting key: the best place is the smallest."""
    return (
        not ranked.may_lead,
        -round(ranked.fit, 9),
        -case.lead_score(model),
        get_args(Grade).index(model.grade),
        get_args(Level).index(model.cost),
        model.name.casefold(),
        model.id,
    )


def _too_close(ranking: Sequence[Ranked], close: float) -> bool:
    if len(ranking) < 2:
        return False
    first, second = ranking[:2]
    return first.fit - second.fit < close or second.high >= first.low


def _suggested(ranking: Sequence[Ranked], case: Case) -> Suggestion | None:
    """The blend with the lowest number that the first model and a near one can make, either of them leading."""
    if not ranking:
        return None
    first = ranking[0].model
    near = [r.model for r in ranking[1:] if abs(ranking[0].fit - r.fit) <= case.content.blend_within]
    for blend in sorted(case.content.blends, key=lambda blend: _number(blend.id)):
        if blend.by_choice or (blend.given is not None and not case.request.meets(blend.given)):
            continue
        if blend.beside and _may_lead(blend, first):
            return Suggestion(blend=blend, lead=first, partner=None)
        for other in near:
            for lead, partner in ((first, other), (other, first)):
                if _may_lead(blend, lead) and partner in blend.partners:
                    return Suggestion(blend=blend, lead=lead, partner=partner)
    return None


def _may_lead(blend: Blend, model: str) -> bool:
    return not blend.leads or model in blend.leads


def _number(numbered: str) -> tuple[int, str]:
    """RF9 before RF10."""
    digits = "".join(c for c in numbered if c.isdigit())
    return (int(digits or 0), numbered)


def item(items: Sequence[T], attribute: str, key: str) -> T:
    """The item whose attribute is `key`; KeyError if there is none."""
    for item in items:
        if getattr(item, attribute) == key:
            return item
    raise KeyError(key)


def unknown_key(what: str, key: object, known: Iterable[str], place: str) -> str:
    """A sentence about a key that does not exist, with the nearest one that does."""
    near = get_close_matches(str(key).upper(), [k.upper() for k in known], 1, 0.5)
    names = {k.upper(): k for k in known}
    hint = f"; did you mean {names[near[0]]!r}?" if near else f"; known are {', '.join(sorted(known))}"
    return f"{place}unknown {what} {str(key)!r}{hint}"
