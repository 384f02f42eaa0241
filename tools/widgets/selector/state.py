"""What a reader has filled in at the selector: the state, the form that stands for it, and its record in storage."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coaching.catalog import Catalog
from coaching.selector import MOST_WEIGHT, Request, SampleSchool, SelectorContent, item
from widgets.runtime.files import FORMAT

TOOL = "selector"
STATE_VERSION = 2
NOT_SURE = "not-sure"
"""Value of the radio button "Not sure"; in the state and in storage it is null."""

WEIGHT = rf"[0-9]([.,][0-9]{{0,2}})?|[.,][0-9]{{1,2}}|{MOST_WEIGHT}([.,]0{{0,2}})?"
"""What a reader may type as a weight: two decimals, for a link has room for no more."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What the reader has filled in; everything shown follows from it."""

    answers: Mapping[str, str | None] = field(default_factory=dict)
    """question key -> answer key, None for "Not sure"; a question that was not touched is missing."""
    importance: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    role: str | None = None
    """Key of the `TeamRole` that the reader answers as."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """question key -> weight, where the reader disagrees with ours."""
    own: Mapping[str, str] = field(default_factory=dict)
    """phase id -> model id: the mix that the reader builds."""
    tried: Mapping[str, str] = field(default_factory=dict)
    """question key -> answer key, given otherwise to see what happens. Never saved."""
    qr: bool = False
    """Whether the code is drawn as a QR code."""
    printed: bool = False
    """Whether it is drawn for paper only, because the result is being printed."""
    cleared: State | None = None
    """What "Clear all answers", or a link, took away, until something new is filled in."""
    came: str = ""
    """What a link that was opened brought, or why it could not be read: a sentence for the reader."""
    unsaved: bool = False
    """Whether what it brought is not on this device yet."""
    refused: str = ""
    """Why a code that was typed in could not be read."""

    @property
    def request(self) -> Request:
        """The reader's own answers."""
        answers = {key: answer for key, answer in self.answers.items() if answer is not None}
        before = frozenset(self.before)
        return Request(answers=answers, importance=self.importance, before=before, weights=self.weights)

    @property
    def trying(self) -> Request:
        """The answers with those that are only tried out."""
        return replace(self.request, answers={**self.request.answers, **self.tried})

    @property
    def kept(self) -> State:
        """What is worth keeping of it."""
        return replace(self, tried={}, qr=False, printed=False, cleared=None, came="", unsaved=False, refused="")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A filled form in the browser's storage."""

    format: str = FORMAT + TOOL
    version: int = STATE_VERSION
    saved: str
    answers: Mapping[str, str | None]
    importance: Mapping[str, str]
    before: tuple[str, ...]
    role: str | None = None
    weights: Mapping[str, str] = field(default_factory=dict)
    """As text: JavaScript makes 2 of 2.0."""
    own: Mapping[str, str] = field(default_factory=dict)


def form_of(filled: State | Record) -> list[tuple[str, str]]:
    """The form, on whatever page, as it stands for this."""
    return [
        *((key, NOT_SURE if answer is None else answer) for key, answer in filled.answers.items()),
        *((f"{key}-counts", level) for key, level in filled.importance.items()),
        *(("before", flag) for flag in filled.before),
        *((f"weight-{key}", f"{float(weight):g}") for key, weight in filled.weights.items()),
        *((f"own-{phase}", model) for phase, model in filled.own.items()),
        ("role", filled.role or ""),
    ]


def read_form(form: Sequence[Sequence[str]], catalog: Catalog) -> State:
    """The state that a filled form stands for; what the form does not know is passed over."""
    content = catalog.selector
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
    role = given.get("role", [""])[-1]
    models = {model.id for model in catalog.ranked}
    own = {phase.id: given.get(f"own-{phase.id}", [""])[-1] for phase in catalog.phases}
    tried = dict(pair.split(":", 1) for pair in given.get("try", []) if ":" in pair)
    known = {question.key: [answer.key for answer in question.answers] for question in content.questions}
    return State(
        answers=answers,
        importance=importance,
        before=before,
        role=role if role in [one.key for one in content.roles] else None,
        weights=_weights(given, content),
        own={phase: model for phase, model in own.items() if model in models},
        tried={k: answer for k, answer in tried.items() if answer in known.get(k, []) and answer != answers.get(k)},
    )


def _weights(given: Mapping[str, Sequence[str]], content: SelectorContent) -> dict[str, float]:
    """The weights that are not ours; where something else than a weight stands, ours counts."""
    found = {}
    for question in content.scored:
        text = given.get(f"weight-{question.key}", [""])[-1].strip()
        if not re.fullmatch(WEIGHT, text):
            continue
        weight = float(text.replace(",", "."))
        if weight != question.weight:
            found[question.key] = weight
    return found


def chosen(state: State, key: str) -> str:
    """Value of the control that is on for a question; "" if none is."""
    return state.answers.get(key) or (NOT_SURE if key in state.answers else "")


def tried_answers(content: SelectorContent, state: State) -> list[tuple[str, str]]:
    """What is only tried out: each question with the answer, in words."""
    asked = ((content.question(key), answer) for key, answer in state.tried.items())
    return [(question.text, item(question.answers, "key", answer).label) for question, answer in asked]


def sample_of(content: SelectorContent, state: State) -> SampleSchool | None:
    """The made-up school that is being tried out, if it is one."""
    seen = state.trying.answers
    return next((school for school in content.samples if state.tried and seen == school.answers), None)
