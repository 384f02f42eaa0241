"""The model selector as a page: a form of plain controls, what it remembers, and its HTML.

One form holds everything: the boxes to tick before, the questions, the answers to check, the result, the scoring key
for paper. Links to fragments (`#q-E`, `#check`, `#result`, `#paper`) lead through it and CSS shows the part asked for,
so that Back and Forward work and nothing here needs a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Any, get_args

from jinja2 import Environment

from coaching.catalog import Catalog
from coaching.content import CoachingModel
from coaching.selector import (
    Condition,
    Excluded,
    FlagLevel,
    Question,
    Recommendation,
    RedFlag,
    Request,
    SelectorContent,
    importance_of,
    item,
    recommend,
)
from coaching.selector_explained import contributions, headline, needs_more, paper_key, spoken
from widgets.links import Links
from widgets.runtime.env import environment
from widgets.runtime.files import FORMAT, read_record, record_data

STATE_VERSION = 1

TOOL = "selector"
NOT_SURE = "not-sure"
"""Value of the radio button "Not sure"; in the state and in storage it is null."""
IN_FULL = 3
"""Models whose reasons stand open in the result; the others are a line each that unfolds."""
MODELS_ON_PAPER = 18
"""Columns of models that a table of the paper key has room for."""

Effect = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class State:
    """What the reader has filled in; everything shown follows from it."""

    answers: Mapping[str, str | None] = field(default_factory=dict)
    """question key -> answer key, None for "Not sure"; a question that was not touched is missing."""
    importance: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    cleared: State | None = None
    """What "Clear all answers" took away, until something new is filled in."""

    @property
    def request(self) -> Request:
        answers = {key: answer for key, answer in self.answers.items() if answer is not None}
        return Request(answers=answers, importance=self.importance, before=frozenset(self.before))


@dataclass(frozen=True, kw_only=True)
class Record:
    """A filled form in the browser's storage."""

    format: str = FORMAT + TOOL
    version: int = STATE_VERSION
    saved: str
    answers: Mapping[str, str | None]
    importance: Mapping[str, str]
    before: tuple[str, ...]


def init(content: Catalog, now: str) -> State:
    """The form with nothing filled in."""
    return State()


def load(content: Catalog, data: object, now: str) -> State:
    """The state that was saved. Answers to questions that have changed since are left open.

    Raises:
        BadFile: this is not what was saved; the message is for the reader.
    """
    record = read_record(data, Record, TOOL, STATE_VERSION, {tool.id: tool.name for tool in content.site.tools})
    form = [
        *((key, NOT_SURE if answer is None else answer) for key, answer in record.answers.items()),
        *((f"{key}-counts", level) for key, level in record.importance.items()),
        *(("before", flag) for flag in record.before),
    ]
    return _read(form, content.selector)


def update(content: Catalog, state: State, event: dict[str, Any], now: str) -> tuple[State, list[Effect]]:
    """The state after an event, and what the page should do about it."""
    filled = _read(event["form"], content.selector) if "form" in event else state
    if filled == replace(state, cleared=None):
        filled = state
    action = event.get("action")
    if action == "clear" and replace(filled, cleared=None) != State():
        words = "All answers are cleared. You can undo this."
        said: list[Effect] = [{"do": "go", "hash": "#before"}, {"do": "announce", "text": words}]
        return State(cleared=replace(filled, cleared=None)), [{"do": "forget"}, {"do": "fill"}, *said]
    if action == "undo" and filled.cleared:
        said = [{"do": "fill"}, {"do": "announce", "text": "Your answers are back."}]
        return filled.cleared, [_save(filled.cleared, now), *said]
    effects = [] if filled == state else [_save(filled, now), *_news(content, state, filled)]
    if action == "print":
        effects.append({"do": "print", "what": "blank" if event.get("value") == "blank" else "filled"})
    return filled, effects


def _save(state: State, now: str) -> Effect:
    record = Record(saved=now, answers=state.answers, importance=state.importance, before=state.before)
    return {"do": "save", "data": record_data(record)}


def _news(content: Catalog, before: State, after: State) -> list[Effect]:
    """The headline, if another model has come to first place."""
    old, new = (recommend(content.ranked, content.selector, state.request) for state in (before, after))
    if new.answered < content.selector.enough or _first(old, content.selector) == _first(new, content.selector):
        return []
    return [{"do": "announce", "text": headline(new, content.selector).title}]


def _first(recommendation: Recommendation, content: SelectorContent) -> str | None:
    """The model in first place, if there are answers enough for one."""
    if recommendation.answered < content.enough or not recommendation.ranking:
        return None
    return recommendation.ranking[0].model


def _read(form: Sequence[Sequence[str]], content: SelectorContent) -> State:
    """The state that a filled form stands for; what the form does not know is passed over."""
    given: dict[str, list[str]] = {}
    for name, value in form:
        given.setdefault(name, []).append(value)
    answers: dict[str, str | None] = {}
    importance: dict[str, str] = {}
    for question in content.questions:
        chosen = given.get(question.key, [""])[-1]
        if chosen == NOT_SURE:
            answers[question.key] = None
        elif chosen in [answer.key for answer in question.answers]:
            answers[question.key] = chosen
        counts = given.get(f"{question.key}-counts", [""])[-1]
        if question.use == "score" and counts in [level.key for level in content.importance[1:]]:
            importance[question.key] = counts
    boxes = given.get("before", [])
    before = tuple(box.flag for box in content.before if box.flag in boxes)
    return State(answers=answers, importance=importance, before=before)


# ---- what is shown


def view(content: Catalog, state: State, now: str) -> str:
    """The inside of the tool: the form with the state in it, the result, the key for paper, the status line."""
    links = Links(content, TOOL)
    selector, models = content.selector, content.ranked
    result = recommend(models, selector, state.request)
    scored = selector.scored
    return _environment().get_template(f"{TOOL}/view.html.jinja").render(
        selector=selector,
        state=state,
        not_sure=NOT_SURE,
        steps=list(_steps(selector, state)),
        number={question.key: n for n, question in enumerate(selector.questions, 1)},
        question=selector.question,
        answer=lambda question, key: item(selector.question(question).answers, "key", key),
        models={model.id: model for model in models},
        phases=content.phases,
        result=result,
        headline=headline(result, selector),
        flags=_flags(result, selector),
        scored=scored,
        left_open=len(scored) - result.answered,
        ranked=result.answered >= selector.enough,
        in_full=max(IN_FULL, len(result.tied)),
        out=_alike(result.excluded),
        helpful=needs_more(models, selector, state.request),
        points=contributions(models, selector, state.request),
        key=paper_key(models, selector),
        columns=_columns(models),
        paper_flags=list(_paper_flags(content)),
        spoken=spoken,
        url=links.url,
        text=links.text,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Step:
    """A question as it stands in the form."""

    question: Question
    number: int
    chosen: str
    """Value of the radio button that is on; "" if none is."""
    said: str
    """The answer in words."""
    importance: str
    """Key of the level that is on; `counts` its name, "" if it is the usual one."""
    counts: str
    back: str
    """Fragment of the step before; `next` that of the step after."""
    next: str


def _steps(content: SelectorContent, state: State) -> Iterator[Step]:
    ways = ["#before", *(f"#q-{question.key}" for question in content.questions), "#check"]
    for number, question in enumerate(content.questions, 1):
        answer = state.answers.get(question.key)
        chosen = answer or (NOT_SURE if question.key in state.answers else "")
        said = item(question.answers, "key", answer).label if answer else "Not sure" if chosen else "Not answered yet"
        level = importance_of(question.key, content, state.request)
        yield Step(
            question=question,
            number=number,
            chosen=chosen,
            said=said,
            importance=level.key,
            counts="" if level is content.importance[0] else level.label,
            back=ways[number - 1],
            next=ways[number + 1],
        )


def _columns(models: Sequence[CoachingModel]) -> list[Sequence[CoachingModel]]:
    """The models in groups that a table of the paper key has room for, as even as can be."""
    tables = ceil(len(models) / MODELS_ON_PAPER)
    cuts = [len(models) * i // tables for i in range(tables + 1)]
    return [models[start:end] for start, end in pairwise(cuts)]


def _flags(result: Recommendation, content: SelectorContent) -> list[tuple[RedFlag, list[str]]]:
    """The red flags raised, those that say stop first, each with the names of the models it took out."""
    flags = sorted(map(content.flag, result.red_flags), key=lambda flag: get_args(FlagLevel).index(flag.level))
    return [(flag, [spoken(e.name) for e in result.excluded if e.flag == flag.id]) for flag in flags]


def _alike(excluded: Sequence[Excluded]) -> list[list[Excluded]]:
    """The models that are out, those with one reason together, in the order of the first of them."""
    groups: dict[tuple[str | None, str | None, str], list[Excluded]] = {}
    for out in excluded:
        groups.setdefault((out.flag, out.answer, out.because), []).append(out)
    return list(groups.values())


def _paper_flags(content: Catalog) -> Iterator[tuple[RedFlag, list[str], list[tuple[list[str], str]]]]:
    """Every red flag that can matter here: the flag, the ways to see it on paper, and the models it takes out.

    The models come in groups, each with what must be ticked besides; "" if the flag alone is enough.
    """
    for flag in content.selector.flags:
        out = [
            (names, _marks(exclusion.when, content.selector) if exclusion.when else "")
            for exclusion in flag.excludes
            if (names := [spoken(model.name) for model in content.ranked if model.id in exclusion.models])
        ]
        if out or flag.level != "gate":
            yield flag, list(_signs(flag, content.selector)), out


def _signs(flag: RedFlag, content: SelectorContent) -> Iterator[str]:
    """The ways to see on paper that a red flag applies."""
    yield from (box.text for box in content.before if box.flag == flag.id)
    yield from (_marks(condition, content) for condition in flag.when)


def _marks(condition: Condition, content: SelectorContent) -> str:
    """A condition as it looks on a filled form: which answers are marked in which question."""
    numbers = {question.key: number for number, question in enumerate(content.questions, 1)}
    parts = []
    for key, answers in condition.items():
        labels = [f"“{item(content.question(key).answers, 'key', answer).label}”" for answer in answers]
        parts.append(f"{' or '.join(labels)} in question {numbers[key]}")
    return " and ".join(parts)


@cache
def _environment() -> Environment:
    made = environment()
    made.filters["sentence_case"] = lambda text: text[:1].upper() + text[1:]
    made.filters["listed"] = lambda words: " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])
    return made
