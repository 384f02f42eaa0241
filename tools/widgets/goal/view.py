"""The goal sheet as a page: a form, what it remembers, and its HTML.

The sentence on top is written from the fields until the reader changes it; then it is theirs, and what it says is
offered for the fields. Python changes a field only when a button asks for it, and every such change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, get_args

from jinja2 import Template

from coaching.catalog import Catalog
from coaching.content import CoachingModel, Phase
from coaching.dates import read_date, write_date
from coaching.goal import (
    MOST_DOTS,
    FieldId,
    Finding,
    Five,
    GoalField,
    GoalSheet,
    Picture,
    Reading,
    check_goal,
    draft,
    fill,
    is_empty,
    is_typed,
    knows_language,
    picture,
    pinned_day,
    read_sentence,
    short,
    summarize,
)
from widgets import handover
from widgets.links import Links
from widgets.runtime.env import environment
from widgets.runtime.files import BadFile, clean, read_file, read_record, record_data, write_file

STATE_VERSION = 1

TOOL = "goal"
FORMAT = "coaching-field-guide/goal"
MOST_UNDO = 10
MOST_DRAFTS = 6
"""Drafts that are still known as drafts: the page may send one that is a moment old."""

Effect = dict[str, object]

_EMPTY = GoalSheet()
_CHOICES: tuple[FieldId, ...] = ("care", "ease")
_LETTERS_A_LINE = {"sentence": 46, "why": 56}
_FEWEST_LINES = {"sentence": 3, "why": 2}


@dataclass(frozen=True, kw_only=True)
class State:
    """What the reader has filled in, and what the page has to remember about it."""

    sheet: GoalSheet = _EMPTY
    drafts: tuple[str, ...] = ()
    """The last drafts shown, newest last."""
    undo: tuple[GoalSheet, ...] = ()
    """Sheets to go back to, newest last."""
    typing: str = ""
    """The field that was typed in last: going on there is no new step to undo."""
    asking: str = ""
    """What waits for a yes: `over`, or the id of an example."""
    refused: tuple[str, ...] = ()
    """Why the last file was not opened."""
    refused_name: str = ""
    filed: str = ""
    """When this sheet was last saved in a file; empty if never."""
    stale: bool = False
    """Has it changed since?"""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A sheet in a file and in the browser's storage."""

    format: str = FORMAT
    version: int = STATE_VERSION
    saved: str
    sheet: GoalSheet
    filed: str = ""
    stale: bool = False


# ---- from event to state


def init(content: Catalog, now: str) -> State:
    """The sheet with nothing on it."""
    return State()


def load(content: Catalog, data: object, now: str) -> State:
    """The state that a stored record holds.

    Raises:
        BadFile: it is none of ours; the message is for the reader.
    """
    return _from_record(content, read_record(data, Record, TOOL, STATE_VERSION, _tools(content)))


def update(content: Catalog, state: State, event: dict[str, Any], now: str) -> tuple[State, list[Effect]]:
    """The state after an event, and what the page should do about it."""
    typed = _typed(content, state, event["form"]) if event.get("form") else state
    if event.get("type") == "link":
        after, effects = _started(content, typed, str(event.get("fragment", "")))
    elif event.get("type") == "file":
        after, effects = _open_file(content, typed, event, now)
    elif event.get("type") == "action":
        work = _ACTIONS.get(str(event.get("action")))
        after, effects = work(_Press(content, typed, str(event.get("value", "")), now)) if work else (typed, [])
    else:
        after, effects = typed, _spoken(content, state, typed, now)
    after = replace(after, drafts=_drafts(content, after))
    return after, [*_kept(content, state, after, effects, now), *effects, *_refilled(state, after, effects)]


def _typed(content: Catalog, state: State, form: Sequence[Sequence[str]]) -> State:
    """The state with what the form holds. A field that the form does not have stays as it is."""
    given = {str(name): clean(str(value)) for name, value in form}
    texts = {name: given[name] for name in _texts() if name in given}
    choices = {name: _five(given.get(name)) for name in _CHOICES}
    sheet = _with_sentence(state, _changed(state.sheet, texts | choices), given)
    changed = [name for name in (*_names(), "sentence") if _value(sheet, name) != _value(state.sheet, name)]
    if not changed:
        return state
    going_on = changed == [state.typing]
    before = state if going_on else _remembering(state)
    return replace(
        before, sheet=sheet, typing=changed[0] if len(changed) == 1 else "", asking="", stale=bool(state.filed)
    )


def _with_sentence(state: State, sheet: GoalSheet, given: Mapping[str, str]) -> GoalSheet:
    """Keeps the sentence if it is the reader's own. Emptied by hand it stays empty until the draft is asked for."""
    sentence = given.get("sentence")
    if sentence is None or (not state.sheet.sentence_edited and sentence in ("", *state.drafts)):
        return sheet
    blank = is_empty(replace(sheet, sentence=sentence))
    return replace(sheet, sentence="" if blank else sentence, sentence_edited=not blank)


def _remembering(state: State) -> State:
    return replace(state, undo=(*state.undo, state.sheet)[-MOST_UNDO:], typing="")


def _drafts(content: Catalog, state: State) -> tuple[str, ...]:
    new = draft(content.goal, replace(state.sheet, sentence="", sentence_edited=False))
    return state.drafts if not new or new in state.drafts[-1:] else (*state.drafts, new)[-MOST_DRAFTS:]


def _kept(content: Catalog, before: State, after: State, effects: list[Effect], now: str) -> list[Effect]:
    """Saves what changed; an empty sheet leaves nothing behind."""
    downloaded = any(effect["do"] == "download" for effect in effects)
    if after.sheet == before.sheet and not downloaded:
        return []
    if is_empty(after.sheet) and not after.sheet.models:
        return [{"do": "forget"}]
    return [{"do": "save", "data": record_data(_record(content, after, now))}]


def _refilled(before: State, after: State, effects: list[Effect]) -> list[Effect]:
    """The draft changes as the fields do, so the page is asked to show it."""
    shown = after.drafts[-1:] != before.drafts[-1:] and not after.sheet.sentence_edited
    return [{"do": "fill"}] if shown and not any(effect["do"] == "fill" for effect in effects) else []


def _spoken(content: Catalog, before: State, after: State, now: str) -> list[Effect]:
    """Says the summary to those who listen, when it changes."""
    if after.sheet == before.sheet or is_empty(after.sheet):
        return []
    old, new = (summarize(content.goal, _check(content, state, now)).line for state in (before, after))
    return [{"do": "announce", "text": new + "."}] if old != new or is_empty(before.sheet) else []


# ---- what buttons do


@dataclass(frozen=True)
class _Press:
    """A button that was pressed."""

    content: Catalog
    state: State
    value: str
    now: str

    @property
    def today(self) -> date:
        return _today(self.now)

    def changed(self, sheet: GoalSheet, said: str, focus: str = "") -> tuple[State, list[Effect]]:
        """The sheet that a button makes, with a way back."""
        before = _remembering(self.state)
        state = replace(before, sheet=sheet, asking="", stale=bool(before.filed))
        focused: list[Effect] = [{"do": "focus", "id": focus}] if focus else []
        return state, [{"do": "fill"}, *focused, {"do": "announce", "text": said}]


def _use(press: _Press) -> tuple[State, list[Effect]]:
    """Puts what the sentence says into a field, or into all."""
    content, sheet = press.content, press.state.sheet
    found = {name: value for name, value in _offers(content, sheet, press.now) if press.value in (name, "all")}
    if not found:
        return press.state, []
    used = _changed(sheet, found)
    if press.value == "all":
        return press.changed(used, content.goal.texts.said_used_all, "goal-from")
    ((name, value),) = found.items()
    said = fill(content.goal.texts.said_used, label=_field(content, name).label, value=short(value))
    return press.changed(used, said, f"goal-{name}")


def _draft_again(press: _Press) -> tuple[State, list[Effect]]:
    sheet = replace(press.state.sheet, sentence="", sentence_edited=False)
    return press.changed(sheet, press.content.goal.texts.said_drafted, "goal-sentence")


def _start(press: _Press) -> tuple[State, list[Effect]]:
    """Takes an example as the sheet; asks first if that would replace something."""
    if is_empty(press.state.sheet):
        return _replace(press)
    if press.value not in {example.id for example in press.content.goal.examples}:
        return press.state, []
    return replace(press.state, asking=press.value), [{"do": "focus", "id": "goal-ask"}]


def _replace(press: _Press) -> tuple[State, list[Effect]]:
    example = next((example for example in press.content.goal.examples if example.id == press.value), None)
    if example is None:
        return press.state, []
    day = pinned_day(press.content.goal, example.sheet.by, press.today)
    sheet = replace(example.sheet, by=day or example.sheet.by, models=press.state.sheet.models)
    return press.changed(sheet, fill(press.content.goal.texts.said_started, title=example.title), "goal-sentence")


def _over(press: _Press) -> tuple[State, list[Effect]]:
    return replace(press.state, asking="over"), [{"do": "focus", "id": "goal-ask"}]


def _clear(press: _Press) -> tuple[State, list[Effect]]:
    state, effects = press.changed(GoalSheet(), press.content.goal.texts.said_cleared, "goal-sentence")
    return replace(state, filed="", stale=False), effects


def _keep(press: _Press) -> tuple[State, list[Effect]]:
    """Answers no to what was asked."""
    back = "goal-over" if press.state.asking == "over" else f"goal-start-{press.state.asking}"
    said = press.content.goal.texts.said_kept
    return replace(press.state, asking=""), [{"do": "focus", "id": back}, {"do": "announce", "text": said}]


def _undo(press: _Press) -> tuple[State, list[Effect]]:
    state, texts = press.state, press.content.goal.texts
    if not state.undo:
        return state, [{"do": "announce", "text": texts.said_nothing_to_undo}]
    back = replace(state, sheet=state.undo[-1], undo=state.undo[:-1], typing="", asking="", stale=bool(state.filed))
    return back, [{"do": "fill"}, {"do": "announce", "text": texts.said_undone}]


def _models_off(press: _Press) -> tuple[State, list[Effect]]:
    sheet = replace(press.state.sheet, models={})
    return press.changed(sheet, press.content.goal.texts.said_models_off, "goal-sentence")


def _file(press: _Press) -> tuple[State, list[Effect]]:
    name = f"goal-{press.now[:10]}.json"
    state = replace(press.state, filed=press.now, stale=False)
    text = write_file(replace(_record(press.content, state, press.now), filed=press.now))
    said = fill(press.content.goal.texts.said_file, name=name)
    download: Effect = {"do": "download", "name": name, "type": "application/json", "text": text}
    return state, [download, {"do": "announce", "text": said}]


def _print(press: _Press) -> tuple[State, list[Effect]]:
    return press.state, [{"do": "print", "what": "blank" if press.value == "blank" else "filled"}]


def _close(press: _Press) -> tuple[State, list[Effect]]:
    return replace(press.state, refused=(), refused_name=""), [{"do": "focus", "id": "goal-file"}]


_ACTIONS: Mapping[str, Callable[[_Press], tuple[State, list[Effect]]]] = {
    "use": _use,
    "draft": _draft_again,
    "start": _start,
    "replace": _replace,
    "over": _over,
    "clear": _clear,
    "keep": _keep,
    "undo": _undo,
    "file": _file,
    "print": _print,
    "close": _close,
    "models-off": _models_off,
}
"""A button's `value` is one of these and, after a colon, what it is about."""


# ---- files and records


def _started(content: Catalog, state: State, link: str) -> tuple[State, list[Effect]]:
    """The models of a cycle that starts come onto the sheet, beside whatever is on it."""
    models = handover.read_fragment(link, content)
    top: Effect = {"do": "go", "hash": "#goal-form", "replace": True}
    if not models or models == state.sheet.models:
        return state, [top]
    sheet = replace(state.sheet, models=models)
    after = replace(_remembering(state), sheet=sheet, stale=bool(state.filed))
    return after, [{"do": "fill"}, top, {"do": "announce", "text": content.goal.texts.said_models}]


def _open_file(content: Catalog, state: State, event: Mapping[str, Any], now: str) -> tuple[State, list[Effect]]:
    """Opens a file as the sheet, or says why not and leaves everything as it is."""
    name = clean(str(event.get("name", "")))[:80]
    try:
        record = read_file(str(event.get("text", "")), Record, TOOL, STATE_VERSION, _tools(content))
    except BadFile as error:
        return replace(state, refused=error.reasons, refused_name=name), [{"do": "focus", "id": "goal-refused"}]
    opened = _from_record(content, record)
    undo = _remembering(state).undo if state.sheet != _EMPTY else state.undo
    said = fill(content.goal.texts.said_opened, name=name)
    return replace(opened, undo=undo, filed=record.saved), [{"do": "fill"}, {"do": "announce", "text": said}]


def _record(content: Catalog, state: State, now: str) -> Record:
    """The sheet as it is kept; a drafted sentence goes along for whoever reads the file without this page."""
    return Record(saved=now, sheet=_shown(content, state.sheet), filed=state.filed, stale=state.stale)


def _from_record(content: Catalog, record: Record) -> State:
    sheet = record.sheet
    if not sheet.sentence_edited:
        sheet = replace(sheet, sentence="")
    state = State(sheet=sheet, filed=record.filed[:16], stale=record.stale)
    return replace(state, drafts=_drafts(content, state))


def _tools(content: Catalog) -> dict[str, str]:
    return {tool.id: tool.name.lower() for tool in content.site.tools}


# ---- fields by name


def _names() -> tuple[FieldId, ...]:
    return tuple(name for name in get_args(FieldId) if name != "sentence")


def _texts() -> tuple[FieldId, ...]:
    return tuple(name for name in _names() if name not in _CHOICES)


def _attribute(name: str) -> str:
    return "from_" if name == "from" else name


def _changed(sheet: GoalSheet, values: Mapping[FieldId, Any]) -> GoalSheet:
    return replace(sheet, **{_attribute(name): value for name, value in values.items()})


def _value(sheet: GoalSheet, name: str) -> Any:
    return getattr(sheet, _attribute(name))


def _field(content: Catalog, name: str) -> GoalField:
    return next(field for field in content.goal.fields if field.id == name)


def _five(text: str | None) -> Five | None:
    return next((number for number in get_args(Five) if str(number) == text), None)


def _today(now: str) -> date:
    return date.fromisoformat(now[:10])


def _check(content: Catalog, state: State, now: str) -> list[Finding]:
    return check_goal(content.goal, _shown(content, state.sheet), _today(now))


def _shown(content: Catalog, sheet: GoalSheet) -> GoalSheet:
    """The sheet as the reader sees it: with the draft, where no sentence was typed."""
    return sheet if sheet.sentence_edited else replace(sheet, sentence=draft(content.goal, replace(sheet, sentence="")))


def _offers(content: Catalog, sheet: GoalSheet, now: str) -> list[tuple[FieldId, str]]:
    """What can be put into a field with one tap: (field, value), only where the field says something else."""
    found: list[tuple[FieldId, str]] = []
    if sheet.sentence_edited and is_typed(content.goal, sheet):
        reading = read_sentence(content.goal, sheet.sentence, _today(now))
        new = ((name, value) for name, value in _read_fields(reading) if value)
        found = [(name, value) for name, value in new if not _says(content, sheet, name, value, now)]
    day = pinned_day(content.goal, sheet.by, _today(now))
    return [*found, ("by", day)] if day and all(name != "by" for name, _ in found) else found


def _offer(content: Catalog, name: FieldId, value: str) -> str:
    field = _field(content, name)
    return fill(field.offer or field.label, value=short(value))


def _says(content: Catalog, sheet: GoalSheet, name: FieldId, value: str, now: str) -> bool:
    """Does a field already say what the sentence says, in these words or in others?"""
    typed = str(_value(sheet, name)).strip()
    if name == "by":
        languages = [language.dates for language in content.goal.languages]
        days = {read_date(text, _today(now), languages) for text in (typed, value)}
        return len(days) == 1 and None not in days
    return value.lower() in typed.lower() if name in ("behavior", "measure", "unit") else value == typed


def _read_fields(reading: Reading) -> list[tuple[FieldId, str]]:
    names: Sequence[FieldId] = ("from", "to", "of", "by", "behavior", "measure", "unit")
    assert {field.name for field in fields(reading)} == {_attribute(name) for name in names}
    return [(name, getattr(reading, _attribute(name))) for name in names]


# ---- what is shown


def view(content: Catalog, state: State, now: str) -> str:
    """The inside of the tool: the form with the sheet in it, what the rules say, the sheet for paper."""
    goal, links = content.goal, Links(content, f"tool:{TOOL}")
    sheet = _shown(content, state.sheet)
    findings = _check(content, state, now)
    rules = {rule.id: rule for rule in goal.rules}
    open_rules = {finding.rule for finding in findings if finding.state == "open"}
    missing = {rules[id_].field for id_ in goal.essentials if id_ in open_rules}
    return _template().render(
        t=goal.texts,
        fill=fill,
        fields={field.id: _in_form(field, sheet, missing) for field in goal.fields},
        sheet=sheet,
        state=state,
        empty=is_empty(state.sheet),
        models=_models(content, sheet),
        again=state.sheet.sentence_edited and bool(state.drafts) and _can_draft(content, state.sheet),
        offers=[(name, _offer(content, name, value)) for name, value in _offers(content, state.sheet, now)],
        drawing=_drawing(content, sheet, now),
        findings=findings,
        rules=rules,
        sources=lambda rule: [links.source(id_) for id_ in rule.sources],
        summary=summarize(goal, findings),
        essentials=[rules[id_] for id_ in goal.essentials],
        knows=knows_language(goal, sheet),
        examples=[(example, draft(goal, example.sheet)) for example in goal.examples],
        paper=goal.paper,
        five=get_args(Five),
        filed=_filed(content, state, now),
        url=links.url,
        text=links.text,
        address=links.full("tool:goal"),
    )


def _models(content: Catalog, sheet: GoalSheet) -> list[tuple[CoachingModel, list[Phase]]]:
    """The models of this cycle in the order in which they come, each with its phases."""
    known = {model.id: model for model in content.ranked}
    parts = [(known[sheet.models[phase.id]], phase) for phase in content.phases if sheet.models.get(phase.id) in known]
    first = list(dict.fromkeys(model.id for model, _ in parts))
    return [(known[id_], [phase for model, phase in parts if model.id == id_]) for id_ in first]


@cache
def _template() -> Template:
    return environment().get_template("goal/view.html.jinja")


def _can_draft(content: Catalog, sheet: GoalSheet) -> bool:
    return draft(content.goal, replace(sheet, sentence="", sentence_edited=False)) not in ("", sheet.sentence)


def _filed(content: Catalog, state: State, now: str) -> str:
    """Whether this sheet is in a file."""
    texts = content.goal.texts
    if not state.filed:
        return texts.not_in_file
    time = state.filed[11:16]
    if state.filed[:10] != now[:10]:
        time = f"{write_date(_today(state.filed), content.goal.languages[0].dates)}, {time}"
    return fill(texts.in_file_older if state.stale else texts.in_file, time=time)


@dataclass(frozen=True)
class _Shown:
    """A field as it stands in the form."""

    id: str
    label: str
    help: str | None
    placeholder: str
    value: str
    ask: bool
    """Is it one of the next things to fill?"""
    rows: int


def _in_form(field: GoalField, sheet: GoalSheet, missing: set[FieldId]) -> _Shown:
    value = str(_value(sheet, field.id) or "")
    lines = sum(len(line) // _LETTERS_A_LINE.get(field.id, 60) + 1 for line in value.split("\n"))
    return _Shown(
        id=field.id,
        label=field.label,
        help=field.help,
        # A blank one lets CSS tell an empty field from a filled one.
        placeholder=field.placeholder or " ",
        value=value,
        ask=field.id in missing and not value.strip(),
        rows=max(lines, _FEWEST_LINES.get(field.id, 1)),
    )


@dataclass(frozen=True)
class _Drawing:
    """The goal as dots or on a line, with the same in words."""

    of: int
    now: int | None
    goal: int | None
    dots: bool
    words: str


def _drawing(content: Catalog, sheet: GoalSheet, now: str) -> _Drawing | None:
    seen = picture(content.goal, sheet, _today(now))
    if seen is None or (seen.now is None and seen.goal is None and seen.of > MOST_DOTS):
        return None
    dots = seen.of <= MOST_DOTS
    said = fill(_words(content, seen, dots=dots), **{"from": seen.now, "to": seen.goal, "of": seen.of})
    return _Drawing(seen.of, seen.now, seen.goal, dots, said)


def _words(content: Catalog, seen: Picture, *, dots: bool) -> str:
    texts = content.goal.texts
    if seen.now is not None and seen.goal is not None:
        return texts.dots_both if dots else texts.line_both
    if seen.goal is not None:
        return texts.dots_goal if dots else texts.line_goal
    if seen.now is not None:
        return texts.dots_now if dots else texts.line_now
    return texts.dots_of
