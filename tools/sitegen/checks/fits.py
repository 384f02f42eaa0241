"""The selector against the models: every answer has a fit with a reason, and every model can come first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

from coaching.quick import MOST_RESULTS, NOT_SURE
from coaching.selector import SelectorContent
from coaching.selector_check import faults
from sitegen.problems import Problem, did_you_mean, quoted
from sitegen.reading import ReadFile, Reading

Scores: TypeAlias = dict[tuple[str, str], int]
"""(question, answer) -> score."""


_STUDY = re.compile(
    r"\btrials?\b|\b(?:was|were) (?:tested|tried out)\b|\b(?:a|an|one|two|the|some|many|several) stud(?:y|ies)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scored:
    """A question of the selector that gives points."""

    key: str
    answers: tuple[str, ...]
    leads: bool


def selector_parts(reading: Reading) -> Iterator[Problem]:
    """Parts of the selector that do not fit each other."""
    for file in reading.on("selector.yml"):
        if isinstance(file.record, SelectorContent):
            for fault in faults(file.record):
                # An unknown id has a code of its own.
                if fault.where[-1] != "flag":
                    yield file.document.problem("SELECTOR", file.document.at_key(fault.where), fault.message)


def quick_questions(reading: Reading) -> Iterator[Problem]:
    """Questions of the quick version that it cannot ask, and more of them than one page can hold the results of."""
    for file in reading.on("selector.yml"):
        if isinstance(file.record, SelectorContent):
            for place, message, hint in _quick_faults(file.record):
                path = ("quick", place) if isinstance(place, int) else ("quick",)
                where = file.document.at(path) if isinstance(place, int) else file.document.at_key(path)
                yield file.document.problem("SELECTOR", where, message, hint)


def _quick_faults(content: SelectorContent) -> Iterator[tuple[int | None, str, str | None]]:
    scored = {question.key: question for question in content.scored}
    asked = []
    for i, key in enumerate(content.quick):
        if key not in scored:
            yield i, f"the selector has no scored question {quoted(key)}", did_you_mean(key, scored)
        elif key in content.quick[:i]:
            yield i, f"{quoted(key)} is there twice", None
        else:
            asked.append(scored[key])
            for answer in asked[-1].answers:
                # The answers' keys make up the addresses of the page's parts.
                if answer.key == NOT_SURE or not answer.key.isalnum():
                    hint = f"letters and digits, and not {NOT_SURE} alone: that stands for “not sure”"
                    yield i, f"the quick version cannot use the answer key {quoted(answer.key)}", hint
    results = prod(len(question.answers) + 1 for question in asked)
    if results > MOST_RESULTS:
        hint = f"ask fewer questions, so that there are at most {MOST_RESULTS}: (answers + 1) multiplied"
        yield None, f"{len(asked)} quick questions make {results:,} results, too many for one page", hint


def fit_keys(reading: Reading) -> Iterator[Problem]:
    """Answers that a model has no fit for, and fits for answers that do not exist."""
    questions = _scored(reading)
    for file in reading.on("models/") if questions else []:
        fits = _fits(file)
        if fits is not None and not _is_blend(file):
            yield from _unknown(file, ("fits",), fits, [question.key for question in questions], "question")
            for question in questions:
                yield from _missing(file, fits, question)


def _missing(file: ReadFile, fits: Mapping[str, Any], question: Scored) -> Iterator[Problem]:
    answers = fits.get(question.key)
    if answers is None:
        message = f"no fits for question {question.key}"
        hint = f"give a score and a reason for {', '.join(question.answers)}"
        yield file.document.problem("FIT-MISSING", file.document.at_key(("fits",)), message, hint)
    elif isinstance(answers, dict):
        path = ("fits", question.key)
        yield from _unknown(file, path, answers, question.answers, "answer")
        for answer in question.answers:
            if answer not in answers:
                yield file.document.problem("FIT-MISSING", file.document.at_key(path), f"no fit for answer {answer}")


def _unknown(
    file: ReadFile, path: tuple[str, ...], given: Mapping[str, Any], known: list[str] | tuple[str, ...], what: str
) -> Iterator[Problem]:
    for key in given:
        if key not in known:
            place = file.document.at_key((*path, key))
            message = f"the selector has no scored {what} {quoted(key)}"
            yield file.document.problem("FIT-UNKNOWN", place, message, did_you_mean(key, known))


def fit_reasons(reading: Reading) -> Iterator[Problem]:
    """A fit without a reason."""
    for file in reading.on("models/"):
        for question, answers in (_fits(file) or {}).items():
            for answer, fit in answers.items() if isinstance(answers, dict) else []:
                reason = fit.get("reason") if isinstance(fit, dict) else None
                if isinstance(reason, str) and len(reason.split()) < 2:
                    place = file.document.at(("fits", question, answer, "reason"))
                    message = f"{quoted(reason)} is no reason" if reason.strip() else "the reason is empty"
                    yield file.document.problem("FIT-REASON", place, message, "say why, in two words or more")


def fit_sources(reading: Reading) -> Iterator[Problem]:
    """A reason that speaks of a study and does not say which."""
    for file in reading.on("models/"):
        for question, answers in (_fits(file) or {}).items():
            for answer, fit in answers.items() if isinstance(answers, dict) else []:
                reason = fit.get("reason") if isinstance(fit, dict) else None
                if isinstance(reason, str) and not fit.get("sources") and (found := _STUDY.search(reason)):
                    place = file.document.at(("fits", question, answer, "reason"))
                    hint = "name it beside the reason: sources: [its-id]"
                    yield file.document.problem("FIT-UNSOURCED", place, f"which one is {quoted(found[0])}?", hint)


def unreachable_models(reading: Reading) -> Iterator[Problem]:
    """A model that no reader will ever see first, whatever they answer."""
    questions = _scored(reading)
    files = {file.stem: file for file in reading.on("models/")}
    scores = {name: _scores(file, questions) for name, file in files.items()}
    complete = {name: tuple(own.values()) for name, own in scores.items() if own}
    betters = _betters(complete, questions)
    for name in complete:
        why = _why_never(scores[name], questions, _lead_score(reading))
        if why is None and name in betters:
            why = f"never first: {quoted(betters[name])} fits better, whatever the answers"
        if why:
            document = files[name].document
            place = document.at_key(("fits",))
            yield document.problem("MODEL-UNREACHABLE", place, why, "look at its scores again")


def _why_never(own: Scores, questions: list[Scored], lead: int) -> str | None:
    for question in questions:
        best = max((own[question.key, answer] for answer in question.answers), default=0)
        if best == 0:
            return f"never ranked: its fit is 0 for every answer to question {question.key}"
        if question.leads and best < lead:
            return f"never first: its fit is below {lead} for every answer to question {question.key}"
    return None


def _betters(scores: Mapping[str, tuple[int, ...]], questions: list[Scored]) -> dict[str, str]:
    """Model -> a model that scores at least as much everywhere, and more for every answer to some question.

    Without that question the two share first place for some answers, and then readers see both.
    """
    blocks, start = [], 0
    for question in questions:
        blocks.append(range(start, start + len(question.answers)))
        start += len(question.answers)
    # A set of models is a whole number with a bit for each, so a thousand models need no million comparisons.
    names = list(scores)
    at_least: dict[tuple[int, int], int] = defaultdict(int)
    alike: dict[tuple[int, ...], int] = defaultdict(int)
    for bit, own in enumerate(scores.values()):
        alike[own] |= 1 << bit
        for cell, score in enumerate(own):
            for lower in range(score + 1):
                at_least[cell, lower] |= 1 << bit
    found = {}
    for name, own in scores.items():
        better = ~alike[own]
        for cell, score in enumerate(own):
            better &= at_least[cell, score]
        while own and better:
            bit = better.bit_length() - 1
            other = scores[names[bit]]
            # With a fit of 0 a model is not ranked, so nothing is shared there.
            if any(all(other[cell] > own[cell] or own[cell] == 0 for cell in block) for block in blocks):
                found[name] = names[bit]
                break
            better ^= 1 << bit
    return found


def _scored(reading: Reading) -> list[Scored]:
    found = []
    for file in reading.on("selector.yml"):
        for _, row in file.rows("questions"):
            if row.get("use") == "score" and isinstance(row.get("key"), str):
                answers = row.get("answers")
                keys = [a.get("key") for a in answers if isinstance(a, dict)] if isinstance(answers, list) else []
                known = tuple(key for key in keys if isinstance(key, str))
                found.append(Scored(row["key"], known, row.get("leads") is True))
    return found


def _lead_score(reading: Reading) -> int:
    values = [file.document.value for file in reading.on("selector.yml")]
    return next((v["lead_score"] for v in values if isinstance(v, dict) and isinstance(v.get("lead_score"), int)), 0)


def _is_blend(file: ReadFile) -> bool:
    """A blend is made of other models and is not ranked."""
    value = file.document.value
    return isinstance(value, dict) and value.get("role") == "blend"


def _fits(file: ReadFile) -> dict[str, Any] | None:
    value = file.document.value
    fits = value.get("fits") if isinstance(value, dict) else None
    return fits if isinstance(fits, dict) else None


def _scores(file: ReadFile, questions: list[Scored]) -> Scores:
    """The model's scores; none unless there is one for every answer."""
    found: Scores = {}
    for question in questions:
        for answer in question.answers:
            try:
                score = (_fits(file) or {})[question.key][answer]["score"]
            except (KeyError, TypeError):
                return {}
            if type(score) is not int or score not in range(5):
                return {}
            found[question.key, answer] = score
    return found
