"""The model selector as a page: a form of plain controls, what happens to it, and its HTML.

One form holds everything: the boxes to tick before, the questions, the answers to check, the result, the scoring key
for paper. Links to fragments (`#q-E`, `#check`, `#result`, `#paper`) lead through it and CSS shows the part asked for,
so that Back and Forward work and nothing here needs a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from math import ceil
from typing import Any, get_args

from jinja2 import Environment

from coaching.blending import own_model
from coaching.catalog import Catalog
from coaching.content import CoachingModel
from coaching.dates import write_date
from coaching.quick import NOT_SURE as NO_ANSWER
from coaching.selector import (
    MOST_WEIGHT,
    Condition,
    Excluded,
    FlagLevel,
    NextStep,
    Question,
    Recommendation,
    RedFlag,
    SelectorContent,
    Suggestion,
    importance_of,
    item,
    recommend,
)
from coaching.selector_code import Answered, encode, fits_code
from coaching.selector_explained import contributions, framed, headline, needs_more, paper_key, provisos
from coaching.selector_export import as_csv, as_json
from coaching.selector_table import nearly_alike
from coaching.sensitivity import Change, sensitivity
from widgets import handover
from widgets.links import Links
from widgets.qr import drawn
from widgets.runtime.env import environment
from widgets.runtime.files import read_record, record_data
from widgets.selector.addresses import Opened, ShareError, fragment, read_fragment
from widgets.selector.state import (
    NOT_SURE,
    STATE_VERSION,
    TOOL,
    WEIGHT,
    Record,
    State,
    chosen,
    form_of,
    read_form,
    sample_of,
    tried_answers,
)

IN_FULL = 3
"""Models whose reasons stand open in the result; the others are a line each that unfolds."""
MODELS_ON_PAPER = 18
"""Columns of models that a table of the paper key has room for."""

TOOK_THE_PLACE = "Your answers from the quick version took the place of your earlier ones."

Effect = dict[str, object]


def init(content: Catalog, now: str) -> State:
    """The form with nothing filled in."""
    return State()


def load(content: Catalog, data: object, now: str) -> State:
    """The state that was saved. Answers to questions that have changed since are left open.

    Raises:
        BadFile: this is not what was saved; the message is for the reader.
    """
    record = read_record(data, Record, TOOL, STATE_VERSION, {tool.id: tool.name for tool in content.site.tools})
    return read_form(form_of(record), content)


def update(content: Catalog, state: State, event: dict[str, Any], now: str) -> tuple[State, list[Effect]]:
    """The state after an event, and what the page should do about it."""
    if event.get("type") == "link":
        return _opened(content, state, str(event.get("fragment", "")))
    form = event["form"] if "form" in event else form_of(state)
    if event.get("type") == "apart":
        names = set(event["names"])
        form = [*(pair for pair in form_of(state) if pair[0] not in names), *form]
    filled = replace(read_form(form, content), qr=state.qr)
    if filled.kept == state.kept:
        filled = replace(state, tried=filled.tried, printed=False)
    action = event.get("action")
    if action == "clear" and filled.kept != State():
        words = "All answers are cleared. You can undo this."
        said: list[Effect] = [{"do": "go", "hash": "#before"}, {"do": "announce", "text": words}]
        return State(cleared=filled.kept), [{"do": "forget"}, {"do": "fill"}, *said]
    if action == "open":
        return _typed(content, filled, dict(event["form"]).get("code", ""))
    if action == "save" and state.unsaved:
        said = [{"do": "announce", "text": "These answers are kept on this device now."}]
        return replace(filled, came="", unsaved=False), [_save(filled, now), *said]
    if action == "undo" and filled.cleared:
        said = [{"do": "fill"}, {"do": "announce", "text": "Your answers are back."}]
        return filled.cleared, [_save(filled.cleared, now), *said]
    filled, asked = _pressed(content, filled, str(action), str(event.get("value", "")))
    effects = [] if filled.kept == state.kept else [_save(filled, now)]
    news = _news(content, state, filled) if filled.trying != state.trying else []
    return filled, [*effects, *news, *asked]


def _pressed(content: Catalog, state: State, action: str, value: str) -> tuple[State, list[Effect]]:
    """What a button does that is not about all answers at once."""
    if action == "print":
        what = value if value in ("blank", "ours", "steps", "all") else "filled"
        return replace(state, printed=what in ("filled", "all")), [{"do": "print", "what": what}]
    if action == "keep" and state.tried:
        words = "The answers you tried are yours now."
        kept = replace(state, answers={**state.answers, **state.tried}, tried={})
        return kept, [{"do": "fill"}, {"do": "announce", "text": words}]
    if action == "untry" and state.tried:
        return replace(state, tried={}), [{"do": "fill"}, {"do": "announce", "text": "Back to your own answers."}]
    if action == "sample":
        school = next((school for school in content.selector.samples if school.id == value), None)
        given = school.answers.items() if school else ()
        tried = {key: answer for key, answer in given if answer != state.answers.get(key)}
        return replace(state, tried=tried or state.tried), [{"do": "fill"}]
    if action == "qr":
        return replace(state, qr=not state.qr), []
    if action == "blend":
        return replace(state, own=_of_blend(content, state)), [{"do": "fill"}]
    if action == "weights":
        return replace(state, weights={}), [{"do": "fill"}, {"do": "announce", "text": "Our weights are back."}]
    if action == "download":
        request, models = state.trying, content.ranked
        result = recommend(models, content.selector, request)
        if value == "csv":
            text, kind = as_csv(models, content.selector, request, result), "text/csv"
        else:
            value, text, kind = "json", as_json(content.selector, request, result), "application/json"
        return state, [{"do": "download", "name": f"coaching-model-result.{value}", "type": kind, "text": text}]
    return state, []


def _typed(content: Catalog, state: State, text: str) -> tuple[State, list[Effect]]:
    """The answers of a code that was typed in, or of a link that was pasted."""
    link = text.strip().rpartition("#")[2]
    try:
        read_fragment(link if "=" in link else f"r={link}", content)
    except ShareError as error:
        return replace(state, refused=str(error)), [{"do": "announce", "text": str(error)}]
    return _opened(content, state, link if "=" in link else f"r={link}")


def _opened(content: Catalog, state: State, link: str) -> tuple[State, list[Effect]]:
    """The answers that a link holds. What the reader had stays on the device and can be brought back."""
    try:
        opened: Opened = read_fragment(link, content)
    except ShareError as error:
        said: list[Effect] = [{"do": "go", "hash": "#result", "replace": True}, {"do": "announce", "text": str(error)}]
        return replace(state, came=str(error)), said
    new = State(
        answers={**opened.request.answers, **dict.fromkeys(opened.unsure)},
        importance=opened.request.importance,
        before=tuple(box.flag for box in content.selector.before if box.flag in opened.request.before),
        role=opened.role,
        weights=opened.request.weights,
        own=opened.own,
    )
    mine = state.kept
    if mine != State() and mine != new:
        words = "These answers came with a link. Yours are kept." if opened.whole else TOOK_THE_PLACE
        new = replace(new, cleared=mine, came=words)
    elif opened.whole and mine != new:
        new = replace(new, came="These answers came with a link, and are not kept on this device yet.", unsaved=True)
    if opened.lost:
        new = replace(new, came=" ".join([new.came, *opened.lost]).strip())
    there = "#before"
    if opened.whole:
        enough = recommend(content.ranked, content.selector, new.request).answered >= content.selector.enough
        there = "#result" if enough else "#check"
    said = [{"do": "fill"}, {"do": "go", "hash": there, "replace": True}]
    return new, said


def _of_blend(content: Catalog, state: State) -> dict[str, str]:
    """The suggested blend as a mix to start from, as far as its partner is a model."""
    suggested = recommend(content.ranked, content.selector, state.trying).blend
    if not suggested:
        return dict(state.own)
    return _parts(suggested)


def _cycle(content: Catalog, state: State, result: Recommendation) -> dict[str, str]:
    """Phase id -> model id for a cycle with this result: the reader's own mix, else the blend, else the first model."""
    if state.own:
        return dict(state.own)
    if result.blend:
        return _parts(result.blend)
    return {phase.id: result.ranking[0].model for phase in content.phases} if result.ranking else {}


def _parts(suggested: Suggestion) -> dict[str, str]:
    """Phase id -> model id of a blend, as far as its partner is a model."""
    who = {"lead": suggested.lead, "partner": suggested.partner or ""}
    return {phase: who[part.who] for phase, part in suggested.blend.phases.items() if who[part.who]}


def _save(state: State, now: str) -> Effect:
    record = Record(
        saved=now,
        answers=state.answers,
        importance=state.importance,
        before=state.before,
        role=state.role,
        weights={key: f"{weight:g}" for key, weight in state.weights.items()},
        own=state.own,
    )
    return {"do": "save", "data": record_data(record)}


def _news(content: Catalog, before: State, after: State) -> list[Effect]:
    """The headline, if another model has come to first place."""
    old, new = (recommend(content.ranked, content.selector, state.trying) for state in (before, after))
    if new.answered < content.selector.enough or _first(old, content.selector) == _first(new, content.selector):
        return []
    return [{"do": "announce", "text": headline(new, content.selector).title}]


def _first(recommendation: Recommendation, content: SelectorContent) -> str | None:
    """The model in first place, if there are answers enough for one."""
    if recommendation.answered < content.enough or not recommendation.ranking:
        return None
    return recommendation.ranking[0].model


# ---- what is shown


def view(content: Catalog, state: State, now: str) -> str:
    """The inside of the tool: the form with the state in it, the result, the key for paper, the status line."""
    links = Links(content, f"tool:{TOOL}")
    selector, models = content.selector, content.ranked
    result = recommend(models, selector, state.trying)
    scored = selector.scored
    ranked, top = result.answered >= selector.enough, {entry.model for entry in result.ranking[:IN_FULL]}
    unsure = [question.key for question in selector.questions if chosen(state, question.key) == NOT_SURE]
    code = encode(selector, Answered(request=state.request, role=state.role)) if fits_code(selector) else ""
    flags = _flags(result, selector)
    share, with_qr = fragment(code, state.weights, state.own, unsure), bool(code) and (state.qr or state.printed)
    return templates().get_template(f"{TOOL}/view.html.jinja").render(
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
        headline=headline(result, selector, sum(question.key in unsure for question in scored)),
        flags=flags,
        stops=sum(flag.level == "stop" for flag, _ in flags),
        next_open=next((question.key for question in selector.questions if question.key not in state.answers), None),
        idea=[] if ranked else _idea(selector, state),
        scored=scored,
        twins=nearly_alike([model for model in models if model.id in top], selector),
        unsure=len(unsure),
        ranked=ranked,
        frame=framed(result, selector, state.trying),
        firm=_firm(content, state) if ranked and result.ranking else None,
        tried=tried_answers(selector, state),
        sample=sample_of(selector, state),
        mine=own_model(state.own, models, content.phases, selector, result),
        most_weight=MOST_WEIGHT,
        weight_pattern=WEIGHT,
        code=code,
        cycle=handover.fragment(_cycle(content, state, result)),
        share=share,
        here=links.full(f"tool:{TOOL}"),
        picture=drawn(f"https://{links.full(f'tool:{TOOL}')}/#{share}") if with_qr else None,
        today=write_date(date.fromisoformat(now[:10]), content.goal.languages[0].dates),
        steps_by=_by_person(selector),
        in_full=max(IN_FULL, len(result.tied)),
        out=_alike(result.excluded),
        provisos=provisos(models, selector, state.trying),
        helpful=needs_more(models, selector, state.request),
        points=contributions(models, selector, state.trying),
        key=paper_key(models, selector),
        columns=_columns(models),
        paper_flags=list(_paper_flags(content)),
        url=links.url,
        text=links.text,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Firm:
    """How firm the first place is."""

    clear: int
    """Single changes after which the same model is first, and not too close to call."""
    close: int
    """Those after which it is first and too close to call."""
    of: int
    ties: tuple[Change, ...]
    """Those after which it shares first place; in the order of the form, as the next."""
    flips: tuple[Change, ...]
    """Those that bring another model to first place."""
    listed: tuple[Change, ...]
    """Both."""


def _firm(content: Catalog, state: State) -> Firm:
    found = sensitivity(content.ranked, content.selector, state.request)
    moved = [*found.ties, *found.flips]
    return Firm(
        clear=found.clear,
        close=found.holds - found.clear,
        of=len(found.changes),
        ties=found.ties,
        flips=found.flips,
        listed=tuple(change for change in found.changes if change in moved),
    )


def _idea(content: SelectorContent, state: State) -> list[str]:
    """The part of the quick version's page with its result for these answers; empty if there is none."""
    given = [state.answers.get(key) or NO_ANSWER for key in content.quick if key in state.answers]
    return given if given and len(given) == len(content.quick) else []


def _by_person(content: SelectorContent) -> list[tuple[str, list[NextStep]]]:
    """The next steps, person by person."""
    return [(who, list(steps)) for who, steps in groupby(content.next_steps, key=lambda step: step.who)]


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
    ways = ["#before", *(f"#q-{question.key}" for question in content.questions), "#result"]
    for number, question in enumerate(content.questions, 1):
        answer = state.answers.get(question.key)
        marked = chosen(state, question.key)
        said = item(question.answers, "key", answer).label if answer else "Not sure" if marked else "Not answered yet"
        level = importance_of(question.key, content, state.request)
        yield Step(
            question=question,
            number=number,
            chosen=marked,
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
    return [(flag, [e.spoken for e in result.excluded if e.flag == flag.id]) for flag in flags]


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
            if (names := [model.spoken for model in content.ranked if model.id in exclusion.models])
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
def templates() -> Environment:
    """The environment of this tool's templates."""
    made = environment()
    made.filters["sentence_case"] = lambda text: text[:1].upper() + text[1:]
    made.filters["first_lower"] = lambda text: text[:1].lower() + text[1:]
    made.filters["listed"] = lambda words: " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])
    return made
