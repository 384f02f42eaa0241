"""The team view as a page: codes in, names out, and what the answers say together.

What is pasted may hold names: only the codes in it are kept, and the text goes with the event that brought it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jinja2 import Environment

from coaching.catalog import Catalog
from coaching.selector import SelectorContent, item
from coaching.selector_code import BadCode, decode, encode
from coaching.selector_explained import spoken
from coaching.selector_paste import find_codes
from coaching.team import FEWEST, MOST_VOICES, TeamResult, Topic, Voice, team_result
from coaching.team_rounds import compare
from widgets.links import Links
from widgets.qr import drawn
from widgets.runtime.env import environment
from widgets.runtime.files import FORMAT, read_record, record_data

STATE_VERSION = 1
TOOL = "team"
ROUNDS = 2
ENOUGH_FOR_SPAN = 5
"""People from whom on lowest and highest fits are shown: with fewer they would be somebody's own result."""
MOST_BAD = 30
"""Damaged codes that are told of one paste."""
SHOWN = 5
"""Models in the team's ranking that stand open."""

Effect = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A code that was handed in."""

    code: str
    people: int = 1
    """2 if the reader says that two people gave the same answers."""
    again: bool = False
    """Whether it was handed in more than once."""


@dataclass(frozen=True, kw_only=True)
class Bad:
    """Something in the last paste that was meant as a code and cannot be read."""

    line: int
    text: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class State:
    """The codes of one round or two."""

    rounds: tuple[tuple[Entry, ...], ...] = ((),)
    """The last one is collected now."""
    bad: tuple[Bad, ...] = ()
    old: tuple[str, ...] = ()
    """Codes of the last paste that round one has too: the reader says whether they count again."""
    said: str = ""
    """What the last paste brought, in a sentence."""
    qr: bool = False
    """Whether the link to the selector is drawn, for people to scan."""
    cleared: State | None = None

    @property
    def codes(self) -> tuple[Entry, ...]:
        return self.rounds[-1]

    @property
    def kept(self) -> State:
        return State(rounds=self.rounds)


@dataclass(frozen=True, kw_only=True)
class Record:
    """Codes in the browser's storage."""

    format: str = FORMAT + TOOL
    version: int = STATE_VERSION
    saved: str
    rounds: tuple[tuple[str, ...], ...]
    """A code for each person, so a code of two people is there twice."""


def init(content: Catalog, now: str) -> State:
    """No codes yet."""
    return State()


def load(content: Catalog, data: object, now: str) -> State:
    """The codes that were saved; those of questions that have changed since are left out.

    Raises:
        BadFile: this is not what was saved; the message is for the reader.
    """
    record = read_record(data, Record, TOOL, STATE_VERSION, {tool.id: tool.name for tool in content.site.tools})
    rounds = tuple(tuple(_again(codes, content.selector)) for codes in record.rounds[:ROUNDS])
    return State(rounds=rounds or ((),))


def _again(codes: Sequence[str], content: SelectorContent) -> Iterator[Entry]:
    for code in dict.fromkeys(codes):
        try:
            decode(content, code)
        except BadCode:
            continue
        yield Entry(code=code, people=min(codes.count(code), 2), again=codes.count(code) > 1)


def update(content: Catalog, state: State, event: dict[str, Any], now: str) -> tuple[State, list[Effect]]:
    """The state after an event, and what the page should do about it."""
    action, value = event.get("action"), str(event.get("value", ""))
    form = dict(event.get("form", ()))
    if action == "add":
        new = _added(content.selector, state, value or str(form.get("paste", "")), shown=bool(value))
        # Codes from a picture or the camera leave the field and the reader where they are.
        told: list[Effect] = [{"do": "announce", "text": new.said}] if value else [{"do": "fill"}, _to("said")]
        return new, [*([_save(new, now)] if new.kept != state.kept else []), *told]
    if action == "print":
        return state, [{"do": "print", "what": "ours" if value == "ours" else "filled"}]
    new = _changed(state, str(action), value)
    after: list[Effect] = [_to("undo")] if new.cleared and new.cleared != state.cleared else []
    if new.kept == state.kept:
        return new, after
    return new, [_save(new, now) if new.kept != State() else {"do": "forget"}, *after]


def _to(id_: str) -> Effect:
    return {"do": "focus", "id": id_}


def _added(content: SelectorContent, state: State, text: str, shown: bool = False) -> State:
    """The state with the codes of a pasted text. Of the text nothing else is kept.

    Args:
        shown: it was one code that somebody held up, so that the same one again may be another person.
    """
    entries = {entry.code: entry for entry in state.codes}
    earlier = {entry.code for entry in state.rounds[0]} if len(state.rounds) > 1 else set()
    new, twice, there, bad, left = 0, 0, 0, [], 0
    here: set[str] = set()
    old: list[str] = []
    for found in find_codes(content, text):
        if found.answered is None:
            bad.append(Bad(line=found.line, text=" ".join(found.text.split()), problem=found.problem))
            continue
        code = encode(content, found.answered)
        if code in here or (shown and code in entries):
            twice += 1
            if code in entries:
                entries[code] = replace(entries[code], again=True)
        elif code in entries:
            there += 1
        elif code in earlier:
            old.append(code)
        elif sum(entry.people for entry in entries.values()) >= MOST_VOICES:
            left += 1
        else:
            new += 1
            entries[code] = Entry(code=code)
        here.add(code)
    return replace(
        state,
        rounds=(*state.rounds[:-1], tuple(entries.values())),
        bad=tuple(bad[:MOST_BAD]),
        old=tuple(old),
        said=_said(new, twice, there, len(old), len(bad), left),
        cleared=None,
    )


def _said(new: int, twice: int, there: int, old: int, bad: int, left: int) -> str:
    if not (new or twice or there or old or bad or left):
        return "There is no code in that text. A code looks like K7QF-2M9X-R4TD-0WZP."
    parts = [f"{_codes(new)} added." if new else "No new code."]
    if there:
        parts.append(f"{_codes(there)} {'was' if there == 1 else 'were'} there already.")
    if twice:
        parts.append(f"{_codes(twice)} came twice and {'is' if twice == 1 else 'are'} counted once.")
    if old:
        parts.append(f"{_codes(old)} {'is' if old == 1 else 'are'} from round one; see below.")
    if bad:
        parts.append(f"{bad} {'looks like a code' if bad == 1 else 'look like codes'} and cannot be read; see below.")
    if left:
        parts.append(f"{_codes(left)} left out: {MOST_VOICES} people are the most this page can take.")
    return " ".join(parts)


def _codes(number: int) -> str:
    return "1 code" if number == 1 else f"{number} codes"


def _changed(state: State, action: str, value: str) -> State:
    entries = state.codes
    if action == "two":
        entries = tuple(replace(e, people=3 - e.people) if e.code == value and e.again else e for e in entries)
    elif action == "remove":
        rest = tuple(entry for entry in entries if entry.code != value)
        return replace(state, rounds=(*state.rounds[:-1], rest), said="1 code is removed.", cleared=state.kept)
    elif action == "same" and state.old:
        entries = (*entries, *(Entry(code=code) for code in state.old))
    elif action == "back" and len(state.rounds) > 1 and not entries:
        return State(rounds=state.rounds[:-1])
    elif action == "leave":
        return replace(state, old=(), said="")
    elif action == "round" and len(state.rounds) < ROUNDS and entries:
        return State(rounds=(*state.rounds, ()))
    elif action == "clear" and state.kept != State():
        return State(cleared=state.kept, said="All codes are cleared.")
    elif action == "undo" and state.cleared:
        return state.cleared
    elif action == "qr":
        return replace(state, qr=not state.qr)
    else:
        return state
    return replace(state, rounds=(*state.rounds[:-1], entries), said="", old=(), cleared=None)


def _save(state: State, now: str) -> Effect:
    rounds = tuple(tuple(entry.code for entry in entries for _ in range(entry.people)) for entries in state.rounds)
    return {"do": "save", "data": record_data(Record(saved=now, rounds=rounds))}


# ---- what is shown


def view(content: Catalog, state: State, now: str) -> str:
    """The inside of the tool."""
    links = Links(content, f"tool:{TOOL}")
    selector, models = content.selector, {model.id: model for model in content.ranked}
    results = [_result(content, entries) for entries in state.rounds]
    result = results[-1]
    before = results[0] if len(results) > 1 else None
    flags = list(result.flags.items()) if result else []
    selector_page = f"https://{links.full('tool:selector')}/"
    return _environment().get_template(f"{TOOL}/view.html.jinja").render(
        selector=selector,
        state=state,
        people=sum(entry.people for entry in state.codes),
        fewest=FEWEST,
        result=result,
        change=compare(before, result) if before and result else None,
        topics=[(topic, list(_sides(selector, topic, result))) for topic in result.talk_first] if result else [],
        loud=sorted((one for one in flags if _volume(selector, *one, result) == "loud"), key=_stop_first(selector)),
        quiet=[one for one in flags if _volume(selector, *one, result) == "quiet"],
        private=[flag for flag, _ in flags if selector.flag(flag).private],
        models=models,
        names={model: spoken(found.name) for model, found in models.items()},
        label=lambda question, key: item(selector.question(question).answers, "key", key).label,
        level=lambda key: item(selector.importance, "key", key).label,
        role=lambda key: item(selector.roles, "key", key),
        with_span=result is not None and result.count - result.too_few >= ENOUGH_FOR_SPAN,
        shown=SHOWN,
        minutes=sum(step.minutes for step in selector.script),
        start=selector_page.removeprefix("https://"),
        picture=drawn(selector_page) if state.qr else None,
        url=links.url,
        text=links.text,
    )  # fmt: skip


def _result(content: Catalog, entries: Sequence[Entry]) -> TeamResult | None:
    answered = [(decode(content.selector, entry.code), entry.people) for entry in entries]
    voices = [Voice(request=one.request, role=one.role) for one, people in answered for _ in range(people)]
    return team_result(content.ranked, content.selector, voices) if len(voices) >= FEWEST else None


def _volume(content: SelectorContent, id_: str, raised: int, result: TeamResult | None) -> str:
    """How a room is told of a red flag: in full if it says stop or a quarter of the people raise it, else in a line.

    What may be about one person is kept apart, and what asks nothing of anybody is a line.
    """
    flag = content.flag(id_)
    if flag.private:
        return "private"
    many = result is not None and 4 * raised >= result.count
    return "loud" if flag.level == "stop" or (many and flag.level != "gate") else "quiet"


def _stop_first(content: SelectorContent) -> Callable[[tuple[str, int]], bool]:
    return lambda one: content.flag(one[0]).level != "stop"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One answer to a question worth a talk."""

    label: str
    people: int
    leader: str
    """Who would lead if everybody gave it, as words."""


def _sides(content: SelectorContent, topic: Topic, result: TeamResult) -> Iterator[Side]:
    spread = item(result.questions, "question", topic.question)
    names: Mapping[str | None, str] = {row.model: spoken(row.name) for row in (*result.mean, *result.out)}
    for answer in content.question(topic.question).answers:
        if answer.key in topic.leaders:
            leader = names.get(topic.leaders[answer.key], "no model")
            yield Side(label=answer.label, people=spread.answers[answer.key], leader=leader)


@cache
def _environment() -> Environment:
    made = environment()
    made.filters["spoken"] = spoken
    return made
