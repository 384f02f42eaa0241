"""The team view as a page: codes in, names out, and what the answers say together.

What is pasted may hold names: only the codes in it are kept and, in memory, what was meant as one; the text goes with
the event that brought it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coaching.catalog import Catalog
from coaching.dates import write_date
from coaching.selector import SelectorContent, item
from coaching.selector_code import BadCode, decode, encode
from coaching.selector_paste import find_codes
from coaching.team import FEWEST, HIDES, IN_A_ROLE, MOST_VOICES, TeamResult, Topic, Voice, team_result
from coaching.team_rounds import compare
from widgets.links import Links
from widgets.qr import drawn
from widgets.runtime.env import environment
from widgets.runtime.files import FORMAT, read_record, record_data
from widgets.team.unread import Bad, Unread

STATE_VERSION = 1
TOOL = "team"
ROUNDS = 2
READS = ("add", "photo", "late")
"""Actions that read codes: from the field or the camera; from a picture; from the field into round one."""
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
class State:
    """The codes of one round or two."""

    rounds: tuple[tuple[Entry, ...], ...] = ((),)
    """The last one is collected now."""
    unread: Unread = field(default_factory=Unread)
    """What could not be read: in memory only."""
    unread_before: Unread = field(default_factory=Unread)
    """The same of round one while round two is collected."""
    old: tuple[str, ...] = ()
    """Codes of the last paste that round one has too: the reader says whether they count again."""
    said: str = ""
    """What the last paste brought, in a sentence."""
    readings: int = 0
    """How many texts, pictures and codes held up were read."""
    qr: bool = False
    """Whether the link to the selector is drawn, for people to scan."""
    printed: bool = False
    """Whether it is drawn for paper, because the sheet for the session is being printed."""
    cleared: State | None = None

    @property
    def codes(self) -> tuple[Entry, ...]:
        return self.rounds[-1]

    @property
    def bad(self) -> tuple[Bad, ...]:
        return self.unread.bad

    @property
    def kept(self) -> State:
        return State(rounds=self.rounds)

    @property
    def before_clearing(self) -> State:
        """What `undo` brings back."""
        return replace(self, said="", cleared=None)


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
    action, value = str(event.get("action")), str(event.get("value", ""))
    state = replace(state, printed=False)
    if action in READS:
        return _read(content.selector, state, action, value, dict(event.get("form", ())), now)
    if action == "print":
        what = "ours" if value == "ours" else "filled"
        return replace(state, printed=what == "ours"), [{"do": "print", "what": what}]
    new = _changed(state, action, value)
    after = [_to(id_) for id_ in _onward(action, state, new)]
    if new.kept == state.kept:
        return new, after
    return new, [_save(new, now) if new.kept != State() else {"do": "forget"}, *after]


def _read(
    content: SelectorContent, state: State, action: str, value: str, form: Mapping[str, str], now: str
) -> tuple[State, list[Effect]]:
    seen = action == "photo" or bool(value)
    text = value if seen else form.get("paste", "")
    new = _added(content, state, text, shown=action == "add" and bool(value), late=action == "late")
    if action == "photo" and not find_codes(content, text):
        new = replace(new, said="That picture has no result code that can be read. Go closer, or type the code.")
    # Codes from a picture or the camera leave the field and the reader where they are.
    told: list[Effect] = [{"do": "announce", "text": new.said}] if seen else [{"do": "fill"}, _to("said")]
    return new, [*([_save(new, now)] if new.kept != state.kept else []), *told]


def _onward(action: str, state: State, new: State) -> Iterator[str]:
    """Ids of where the reader goes on, when the button that was pressed is gone or has brought something."""
    if new.cleared and new.cleared != state.cleared:
        yield "undo"
    elif action == "round" and new.rounds != state.rounds:
        yield "paste"
    elif action == "qr" and new.qr:
        yield "address"
    elif action == "drop" and new.bad:
        yield "bad"
    elif action in ("drop", "leave", "same") and new != state:
        yield "said"


def _to(id_: str) -> Effect:
    return {"do": "focus", "id": id_}


def _added(content: SelectorContent, state: State, text: str, *, shown: bool, late: bool) -> State:
    """The state with the codes of a pasted text. Of the text nothing else is kept, but what was meant as a code.

    Args:
        shown: it was one code that somebody held up, so that the same one again may be another person.
        late: it belongs to round one, while round two is collected.
    """
    place = 0 if late else len(state.rounds) - 1
    entries = {entry.code: entry for entry in state.rounds[place]}
    earlier = {entry.code for entry in state.rounds[0]} if place else set()
    unread, before = state.unread.aged, state.unread_before
    new, twice, there, left = 0, 0, 0, 0
    here: set[str] = set()
    old: list[str] = []
    everything = find_codes(content, text)
    for found in everything:
        if found.answered is None:
            unread = unread.found(found)
            continue
        code = encode(content, found.answered)
        unread, before = unread.repaired(code), before.repaired(code)
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
    said = _said(new, twice, there, len(old), len(unread.bad), left, " to round one" if late else "")
    return replace(
        state,
        rounds=(*state.rounds[:place], tuple(entries.values()), *state.rounds[place + 1 :]),
        unread=unread,
        unread_before=before,
        old=tuple(old),
        said=said if everything else "There is no code in that text. A code looks like K7QF-2M9X-R4TD-0WZP.",
        readings=state.readings + 1,
        cleared=None,
    )


def _said(new: int, twice: int, there: int, old: int, bad: int, left: int, where: str) -> str:
    parts = [f"{_codes(new)} added{where}." if new else "No new code."]
    if there:
        parts.append(f"{_codes(there)} {'was' if there == 1 else 'were'} there already.")
    if twice:
        parts.append(f"{_codes(twice)} came twice and {'is' if twice == 1 else 'are'} counted once.")
    if old:
        parts.append(f"{_codes(old)} {'is' if old == 1 else 'are'} from round one; see below.")
    if bad:
        looks = "looks like a code" if bad == 1 else "look like codes"
        parts.append(f"{bad} {looks} and could not be read; see below.")
    if left:
        parts.append(f"{_codes(left)} left out: {MOST_VOICES} people are the most this page can take.")
    return " ".join(parts)


def _codes(number: int) -> str:
    return "1 code" if number == 1 else f"{number} codes"


def _changed(state: State, action: str, value: str) -> State:
    entries, said = state.codes, ""
    if action == "two":
        entries = tuple(replace(e, people=3 - e.people) if e.code == value and e.again else e for e in entries)
    elif action == "remove":
        rest = tuple(entry for entry in entries if entry.code != value)
        return _latest(state, rest, said="1 code is removed.", cleared=state.before_clearing)
    elif action == "same" and state.old:
        entries = (*entries, *(Entry(code=code) for code in state.old))
        said = f"{_codes(len(state.old))} added."
    elif action == "leave" and state.old:
        came = [bad.key for bad in state.bad if bad.fresh]
        return replace(state, unread=state.unread.without(came), old=(), said="They are left out.")
    elif action == "drop":
        return replace(state, unread=state.unread.without([value]), said="It is left out.")
    elif action in ("round", "back", "clear"):
        return _other_round(state, action, value)
    elif action == "undo" and state.cleared:
        return replace(state.cleared, readings=state.readings)
    elif action == "qr":
        return replace(state, qr=not state.qr)
    else:
        return state
    return _latest(state, entries, said=said, old=(), cleared=None)


def _latest(state: State, entries: tuple[Entry, ...], **changes: Any) -> State:
    """The state with these codes in the round that is collected now."""
    return replace(state, rounds=(*state.rounds[:-1], entries), **changes)


def _other_round(state: State, action: str, value: str) -> State:
    """Another round, or one that starts again."""
    empty = State(readings=state.readings, qr=state.qr)
    if action == "round" and len(state.rounds) < ROUNDS and state.codes:
        # What could not be read in round one is no news when the old chat is pasted again.
        known = state.unread.without(state.unread.keys)
        return replace(empty, rounds=(*state.rounds, ()), unread=known, unread_before=state.unread)
    if action == "back" and len(state.rounds) > 1 and not state.codes:
        return replace(empty, rounds=state.rounds[:-1], unread=state.unread_before)
    if action == "clear" and value == "two" and len(state.rounds) > 1:
        known = replace(state.unread, bad=())
        words = "Round two is cleared. Round one is still here."
        return _latest(state, (), unread=known, old=(), said=words, cleared=state.before_clearing)
    if action == "clear" and value != "two" and state.kept != State():
        return replace(
            empty,
            cleared=state.before_clearing,
            said="All codes are cleared. You can undo this until the page is closed: on a shared computer, close it.",
        )
    return state


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
    return environment().get_template(f"{TOOL}/view.html.jinja").render(
        selector=selector,
        state=state,
        people=sum(entry.people for entry in state.codes),
        fewest=FEWEST,
        result=result,
        who=_who(selector, result) if result else "",
        today=write_date(date.fromisoformat(now[:10]), content.goal.languages[0].dates),
        change=compare(before, result) if before and result else None,
        topics=[(topic, list(_sides(selector, topic, result))) for topic in result.talk_first] if result else [],
        loud=sorted((one for one in flags if _volume(selector, *one, result) == "loud"), key=_stop_first(selector)),
        quiet=[one for one in flags if _volume(selector, *one, result) == "quiet"],
        private=[flag for flag, raised in flags if _volume(selector, flag, raised, result) == "private"],
        models=models,
        names={model: found.spoken for model, found in models.items()},
        label=lambda question, key: item(selector.question(question).answers, "key", key).label,
        level=lambda key: item(selector.importance, "key", key).label,
        role=lambda key: item(selector.roles, "key", key),
        with_span=result is not None and result.count - result.too_few >= HIDES,
        small=result is not None and result.count < HIDES,
        shown=SHOWN,
        minutes=sum(step.minutes for step in selector.script),
        start=selector_page.removeprefix("https://"),
        picture=drawn(selector_page) if state.qr or state.printed else None,
        url=links.url,
        text=links.text,
    )  # fmt: skip


def _who(content: SelectorContent, result: TeamResult) -> str:
    """How many people in which roles; roles of one or two people only together, so that nobody stands alone."""
    told = {role: people for role, people in result.roles.items() if people >= IN_A_ROLE}
    rest = result.count - sum(told.values())
    if not told:
        return f"{result.count} people"
    names = {role.key: role.plural for role in content.roles}
    parts = [f"{people} {names[role] if role else 'without a role'}" for role, people in told.items()]
    return ", ".join([*parts, *([f"{rest} {'other' if rest == 1 else 'others'}"] if rest else [])])


def _result(content: Catalog, entries: Sequence[Entry]) -> TeamResult | None:
    answered = [(decode(content.selector, entry.code), entry.people) for entry in entries]
    voices = [Voice(request=one.request, role=one.role) for one, people in answered for _ in range(people)]
    return team_result(content.ranked, content.selector, voices) if len(voices) >= FEWEST else None


def _volume(content: SelectorContent, id_: str, raised: int, result: TeamResult | None) -> str:
    """How a room is told of a red flag: in full if it says stop or a quarter of the people raise it, else in a line.

    What may be about one person, and what only one or two people raise, is kept apart: a count of it would point at
    them. What asks nothing of anybody is a line.
    """
    flag = content.flag(id_)
    if flag.private or raised < IN_A_ROLE:
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
    names: Mapping[str | None, str] = {row.model: row.spoken for row in (*result.mean, *result.out)}
    for answer in content.question(topic.question).answers:
        if answer.key in topic.leaders:
            leader = names.get(topic.leaders[answer.key], "no model")
            yield Side(label=answer.label, people=spread.answers[answer.key], leader=leader)
