"""The quick version of the selector: a few questions, and the result for every way to answer them, worked out before.

The page holds the whole table, so a reader needs neither Python nor a script. What a result says comes from
`recommend`; with so few answers it is a first idea, and the words say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from math import prod
from typing import Protocol

from coaching.selector import (
    Candidate,
    Excluded,
    Question,
    Ranked,
    Recommendation,
    Request,
    SelectorContent,
    recommend,
    whole,
)
from coaching.selector_explained import alone_for_the_challenge, listed, provisos

NOT_SURE = "0"
"""Stands for an answer that is left open, in a path."""
SHOWN = 3
"""Models that a result shows."""
MOST_RESULTS = 500
"""Results that one page can hold and a phone can open at once."""

Path = tuple[str, ...]
"""One answer key, or `NOT_SURE`, for each quick question in its order; shorter while questions are still to come."""


class QuickCandidate(Candidate, Protocol):
    """What a quick result needs of a coaching model."""

    @property
    def not_short(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class QuickChoice:
    """One way to answer a question, and where it leads."""

    path: Path
    label: str
    help: str
    chosen: bool = False
    first: str = ""
    """Who comes first then, in a few words: "Technical", "a tie of 3 models"."""


@dataclass(frozen=True, kw_only=True)
class QuickStep:
    """A question, after the answers that were given before it."""

    question: Question
    number: int
    path: Path
    """The answers so far."""
    said: tuple[str, ...]
    """The same in words."""
    choices: tuple[QuickChoice, ...]


@dataclass(frozen=True, kw_only=True)
class QuickPlace:
    """A model that a result shows."""

    ranked: Ranked
    because: str
    """One sentence: what speaks for it."""
    watch: str
    """One sentence: the weightiest thing against it, or where it is out of place."""
    proviso: str
    """What a question that is not asked here would say: "Only if the subject is reading"; "" if none would."""


@dataclass(frozen=True, kw_only=True)
class QuickRow:
    """A question with all its answers beside the one that was given: what if it were another?"""

    question: Question
    choices: tuple[QuickChoice, ...]


@dataclass(frozen=True, kw_only=True)
class QuickResult:
    """What one way to answer the quick questions comes to."""

    path: Path
    answers: Mapping[str, str]
    """question key -> answer key, in the order of the questions; without what was left open."""
    title: str
    because: str
    first: str
    """Who comes first, in a few words."""
    ranking: tuple[str, ...]
    """Ids of all models that are not out, best first; where points are the same, by name."""
    places: tuple[QuickPlace, ...]
    """The first of them; none if nothing was answered."""
    level: tuple[Ranked, ...]
    """Models that have no place in `places`, though they have the same points as the last one there."""
    out: tuple[tuple[Excluded, ...], ...]
    """Models that are out; those for one reason together."""
    flags: tuple[str, ...]
    """Ids of the red flags that these answers raise."""
    rows: tuple[QuickRow, ...]


def quick_questions(content: SelectorContent) -> tuple[Question, ...]:
    """The questions of the quick version in its order; none if there is no quick version."""
    return tuple(content.question(key) for key in content.quick)


def quick_size(content: SelectorContent) -> int:
    """How many results there are: one for every way to answer, "not sure" among them; 0 without a quick version."""
    return prod(len(question.answers) + 1 for question in quick_questions(content)) if content.quick else 0


def quick_steps(content: SelectorContent) -> tuple[QuickStep, ...]:
    """The questions, each once for every way to answer those before it; the first one is first."""
    questions = quick_questions(content)
    return tuple(
        QuickStep(
            question=question,
            number=number,
            path=path,
            said=tuple(_label(q, key) for q, key in zip(questions, path, strict=False)),
            choices=tuple(
                QuickChoice(path=(*path, key), label=label, help=help_) for key, label, help_ in _ways(question)
            ),
        )
        for number, question in enumerate(questions, start=1)
        for path in product(*(_keys(before) for before in questions[: number - 1]))
    )


def quick_results(models: Sequence[QuickCandidate], content: SelectorContent) -> tuple[QuickResult, ...]:
    """The result for every way to answer the quick questions, each way once, in the order of the questions' answers.

    Args:
        models: those that the selector ranks, in any order.
    """
    questions = quick_questions(content)
    if not questions:
        return ()
    known = {model.id: model for model in models}
    found = {path: _found(models, content, path) for path in product(*(_keys(question) for question in questions))}
    firsts = {path: _first(result) for path, (_, result) in found.items()}
    return tuple(_result(path, request, result, known, content, firsts) for path, (request, result) in found.items())


# ---- the small steps


def _found(models: Sequence[Candidate], content: SelectorContent, path: Path) -> tuple[Request, Recommendation]:
    answers = {key: answer for key, answer in zip(content.quick, path, strict=True) if answer != NOT_SURE}
    request = Request(answers=answers, importance={})
    return request, recommend(models, content, request)


def _result(
    path: Path,
    request: Request,
    result: Recommendation,
    known: Mapping[str, QuickCandidate],
    content: SelectorContent,
    firsts: Mapping[Path, str],
) -> QuickResult:
    ranking = _in_order(result)
    shown = ranking[:SHOWN] if result.answered else []
    title, because = _words(ranking, result, content)
    unasked = provisos(list(known.values()), content, request)
    return QuickResult(
        path=path,
        answers=request.answers,
        title=title,
        because=because,
        first=firsts[path],
        ranking=tuple(ranked.model for ranked in ranking),
        places=tuple(
            QuickPlace(
                ranked=ranked,
                because=_because(ranked, content),
                watch=_watch(ranked, content, known[ranked.model].not_short),
                proviso=_sentence(unasked.get(ranked.model, "")),
            )
            for ranked in shown
        ),
        level=tuple(ranked for ranked in ranking[SHOWN:] if shown and _points(ranked) == _points(shown[-1])),
        out=tuple(tuple(alike) for _, alike in groupby(sorted(result.excluded, key=_reason), key=_reason)),
        flags=tuple(flag for flag in result.red_flags if content.flag(flag).level != "gate"),
        rows=tuple(_row(question, i, path, firsts) for i, question in enumerate(quick_questions(content))),
    )


def _row(question: Question, place: int, path: Path, firsts: Mapping[Path, str]) -> QuickRow:
    choices = []
    for key, label, help_ in _ways(question):
        other = (*path[:place], key, *path[place + 1 :])
        choices.append(QuickChoice(path=other, label=label, help=help_, chosen=key == path[place], first=firsts[other]))
    return QuickRow(question=question, choices=tuple(choices))


def _keys(question: Question) -> tuple[str, ...]:
    return (*(answer.key for answer in question.answers), NOT_SURE)


def _ways(question: Question) -> list[tuple[str, str, str]]:
    """Key, words and help of each answer, and of "not sure"."""
    ways = [(answer.key, answer.label, answer.help or "") for answer in question.answers]
    return [*ways, (NOT_SURE, "Not sure", "We leave it out.")]


def _label(question: Question, key: str) -> str:
    return next(label for way, label, _ in _ways(question) if way == key)


def _points(ranked: Ranked) -> tuple[bool, float]:
    return not ranked.may_lead, -round(ranked.fit, 9)


def _in_order(result: Recommendation) -> list[Ranked]:
    """The ranking, with models of the same points by name: three answers cannot tell them apart."""
    return [
        ranked
        for _, alike in groupby(result.ranking, key=_points)
        for ranked in sorted(alike, key=lambda ranked: (ranked.name.casefold(), ranked.model))
    ]


def _reason(excluded: Excluded) -> tuple[str, str, str]:
    return excluded.flag or "", excluded.answer or "", excluded.because


# ---- in words


def _words(ranking: Sequence[Ranked], result: Recommendation, content: SelectorContent) -> tuple[str, str]:
    """The title of a result, and the sentences under it."""
    if not result.answered:
        return (
            "Nothing to go on yet.",
            "All of it is left open, so every model is still possible. Answer one question, take the full version, or "
            "start with how to choose.",
        )
    if not ranking:
        return "No model is left.", "Your answers rule out each one. Start with the answer that you can change."
    idea = f"{_number(result.answered)} {'answer gives' if result.answered == 1 else 'answers give'} a first idea, "
    idea += "not a ranking."
    first, tied = ranking[0], [ranked for ranked in ranking if _points(ranked) == _points(ranking[0])]
    if not first.may_lead:
        nearest = f"{listed([r.spoken for r in tied[:SHOWN]])} {'comes' if len(tied) == 1 else 'come'} closest"
        return "None of these models is made for your main challenge.", f"{idea} {nearest} on the rest."
    if len(tied) > SHOWN:
        shown = f"these are the first {_number(SHOWN).lower()} in alphabetical order"
        return f"{_number(len(tied))} models share first place.", f"{idea} Their points are the same; {shown}."
    if len(tied) > 1:
        title = f"{listed([ranked.spoken for ranked in tied])} share first place."
        return title, f"{idea} Their points are the same, so they stand in alphabetical order."
    if len(ranking) == 1:
        return f"{first.spoken} is the only model left.", idea
    return _one_first(first, ranking[1], result, content, idea)


def _one_first(
    first: Ranked, second: Ranked, result: Recommendation, content: SelectorContent, idea: str
) -> tuple[str, str]:
    """One model is first. `second` may have more points, if the main challenge keeps it from first place."""
    name, other, gap = first.spoken, second.spoken, first.fit - second.fit
    shown = whole(first.fit) - whole(second.fit)
    if not second.may_lead and gap < content.close:
        title, points = alone_for_the_challenge(first, second)
        return title, f"{idea} {points}"
    if gap < content.close:
        # "8 points behind; under 8 points" would read as a mistake, so 7.6 is "fewer than 8".
        points = f"fewer than {content.close:g} points" if shown >= content.close else _as_points(shown)
        return (
            f"{name} is ahead, but it is too close to call.",
            f"{idea} {other} is {points} behind; under {content.close:g} points we call it too close.",
        )
    turn = ", and what is still open could turn that around" if result.too_close else ""
    title = f"{name} is ahead so far." if result.too_close else f"{name} fits these answers best."
    return title, f"{idea} {other} is {_as_points(shown)} behind{turn}."


def _first(result: Recommendation) -> str:
    """Who comes first, in a few words."""
    if not result.answered:
        return "nothing to go on yet"
    ranking = _in_order(result)
    tied = [ranked.name for ranked in ranking if _points(ranked) == _points(ranking[0])]
    if not tied:
        return "no model"
    if len(tied) == 1:
        return tied[0]
    return f"a tie of {listed(tied)}" if len(tied) == 2 else f"a tie of {len(tied)} models"


def _because(ranked: Ranked, content: SelectorContent) -> str:
    """What speaks for a model: the weightiest answer with its reason, and the next reason."""
    if not ranked.pros:
        return "Nothing in these answers speaks for it."
    reasons = "; ".join(reason.reason for reason in ranked.pros[:2])
    return f"{_sentence(_said(ranked.pros[0].question, ranked.pros[0].answer, content))}: {reasons}."


def _watch(ranked: Ranked, content: SelectorContent, not_short: str) -> str:
    weak = [reason for reason in ranked.cons if reason.score <= 2]
    if not weak:
        return f"It does not work well with {not_short[:1].lower()}{not_short[1:]}."
    return f"{_sentence(_said(weak[0].question, weak[0].answer, content))}: {weak[0].reason}."


def _said(question: str, answer: str, content: SelectorContent) -> str:
    return next(a.said for a in content.question(question).answers if a.key == answer)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _as_points(number: int) -> str:
    return {0: "less than a point", 1: "1 point"}.get(number, f"{number} points")


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[number] if number < len(words) else str(number)
