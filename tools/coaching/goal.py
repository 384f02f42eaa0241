"""The goal sheet: what a reader fills in, and fourteen rules that look at it.

The rules give advice about the plan. They never grade, never block, and never raise, whatever is typed. Numbers and
dates are read from the fields, and where a field is empty from the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from coaching.amounts import Amount
from coaching.content import record
from coaching.dates import find_dates, write_date
from coaching.goal_content import (
    Deficit,
    DraftWords,
    FieldId,
    Five,
    GoalContent,
    GoalExample,
    GoalField,
    GoalRule,
    GoalSheet,
    GoalTexts,
    Language,
    Paper,
    PaperStep,
    RuleId,
    Say,
)
from coaching.goal_draft import draft, fill, is_empty, is_typed, language_of, short, texts_of
from coaching.goal_facts import Goal
from coaching.goal_reading import Reading, Text, lexicon, offers, read_language, read_text
from coaching.privacy import find_private
from coaching.words import tokens

__all__ = [
    "Deficit",
    "DraftWords",
    "FieldId",
    "Finding",
    "Five",
    "GoalContent",
    "GoalExample",
    "GoalField",
    "GoalRule",
    "GoalSheet",
    "GoalTexts",
    "Language",
    "Paper",
    "PaperStep",
    "Picture",
    "Reading",
    "RuleId",
    "Say",
    "State",
    "Summary",
    "check_goal",
    "draft",
    "fill",
    "is_empty",
    "is_typed",
    "knows_language",
    "picture",
    "pinned_day",
    "read_sentence",
    "short",
    "summarize",
]

State = Literal["open", "hint", "ok"]
"""`open` something is missing or at odds; `hint` worth a look, and the goal stands; `ok` an essential is in place."""

SOON, FAR = timedelta(weeks=3), timedelta(weeks=12)
"""The usual length of a goal."""
STEEP_POINTS, STEEP_TIME = 30, timedelta(weeks=6)
SMALL_GROUP = 10
"""Below so many students a percent misleads."""
MOST_DOTS = 60


@record
class Finding:
    """What one rule says about a goal."""

    rule: RuleId
    state: State
    title: str
    message: str
    """Empty when `state` is `ok`."""
    why: str
    example: str
    quote: str | None = None
    """The words that raised it, as typed."""


@record
class Summary:
    """How many essentials are in place, and which comes next. It is no score."""

    done: int
    total: int
    next: str
    """Name of the next essential; empty when all are in place."""
    line: str
    """The same in words: "4 of 6 essentials in place; next: baseline"."""


@record
class Picture:
    """How many of how many, now and at the goal, in whole students; None where it is not known."""

    of: int
    now: int | None
    goal: int | None


# ---- the door


def check_goal(content: GoalContent, sheet: GoalSheet, today: date) -> list[Finding]:
    """What the rules say about a goal; nothing about an empty sheet.

    Args:
        today: the reader's own day; weeks are counted from it.

    Returns:
        Open findings, privacy first; then hints; then the essentials that are in place. Each in the order of the rules.
        A rule says at most one thing. In a language the sheet does not know, only numbers and dates are looked at.
    """
    if is_empty(sheet):
        return []
    goal = Goal(content, sheet, today)
    found = [finding for rule in content.rules if (finding := _look(goal, rule))]
    order = {"open": 0, "hint": 1, "ok": 2}
    return sorted(found, key=lambda finding: (order[finding.state], finding.rule != "G11"))


def summarize(content: GoalContent, findings: Sequence[Finding]) -> Summary:
    """How many essentials are in place. A hint does not take one away."""
    there = {finding.rule for finding in findings if finding.state != "open"}
    missing = [rule for rule in content.essentials if rule not in there]
    names = {rule.id: rule.name for rule in content.rules}
    total = len(content.essentials)
    done = total - len(missing)
    name = names[missing[0]] if missing else ""
    said = content.texts.summary_line if missing else content.texts.summary
    return Summary(done=done, total=total, next=name, line=fill(said, done=done, total=total, name=name))


def read_sentence(content: GoalContent, sentence: str, today: date) -> Reading:
    """What a typed sentence offers for the fields, as typed in it."""
    language = read_language(content, sentence)
    # In a language the sheet does not know, numbers and signs are still read.
    lex = lexicon(language or content.languages[0])
    return offers(read_text(sentence, today, lex), words=language is not None)


def knows_language(content: GoalContent, sheet: GoalSheet) -> bool:
    """Is the sheet filled in in a language the rules know?"""
    return language_of(content, sheet) is not None


def pinned_day(content: GoalContent, text: str, today: date) -> str:
    """The day that "in 6 weeks" is, in full; empty for a day that does not move with the calendar."""
    for language in content.languages:
        found = find_dates(tokens(text), today, language.dates, whole=True)
        if found:
            day = found[0].day if found[0].moves else None
            return write_date(day, language.dates) if day else ""
    return ""


def picture(content: GoalContent, sheet: GoalSheet, today: date) -> Picture | None:
    """The goal as students out of students; None unless it says how many there are."""
    goal = Goal(content, sheet, today)
    of = goal.of
    if not of or of != int(of) or goal.counts_things:
        return None

    def students(amount: Amount | None) -> int | None:
        if amount is None or not 0 <= (value := amount.value * of / 100 if goal.is_percent(amount) else amount.value):
            return None
        return min(round(value), int(of))

    return Picture(of=int(of), now=students(goal.baseline), goal=students(goal.target))


# ---- the rules


@dataclass(frozen=True)
class _Verdict:
    """What a rule finds. `case` picks its words; `slots` fill them."""

    state: State
    case: str = ""
    quote: str | None = None
    slots: Mapping[str, object] = field(default_factory=dict)


def _open(case: str = "", quote: str | None = None, **slots: object) -> _Verdict:
    return _Verdict("open", case, quote, slots)


def _hint(case: str = "", quote: str | None = None, **slots: object) -> _Verdict:
    return _Verdict("hint", case, quote, slots)


def _ok(**slots: object) -> _Verdict:
    return _Verdict("ok", slots=slots)


def _look(goal: Goal, rule: GoalRule) -> Finding | None:
    verdict = _RULES[rule.id](goal)
    if verdict is None or (goal.language is None and rule.id in _NEED_WORDS):
        return None
    quote = short(verdict.quote) if verdict.quote else None
    slots = {"quote": quote or "", "target": goal.target_text} | dict(verdict.slots)
    said = (rule.cases or {}).get(verdict.case) or Say(title=rule.title, message=rule.message)
    fine = verdict.state == "ok"
    return Finding(
        rule=rule.id,
        state=verdict.state,
        title=fill((rule.title_ok or rule.title) if fine else said.title, **slots),
        message="" if fine else fill(said.message, **slots),
        why=rule.why,
        example=rule.example,
        quote=quote,
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _measurable(goal: Goal) -> _Verdict | None:
    """G1: a number with a unit, a percent, or x of y. Slots: target, quote."""
    if goal.target is None:
        return _open()
    if goal.is_percent(goal.target) or goal.target.whole or goal.of or goal.unit:
        return _ok()
    return _open("unit", goal.target.text)


def _baseline(goal: Goal) -> _Verdict | None:
    """G2: a first count, in the unit of the target. Slots: from, target, quote."""
    if goal.baseline is None:
        typed = goal.sheet.from_.strip()
        return _open("unread", typed) if typed else _open("target" if goal.target else "")
    if not goal.comparable:
        return _open("units", **{"from": goal.baseline.text})
    return _ok(**{"from": goal.sheet.from_.strip() or goal.baseline.text})


def _students_first(goal: Goal) -> _Verdict | None:
    """G3: students are the ones who act. Slots: quote."""
    typed = [text for text in goal.said if text.tokens]
    for text in typed:
        acting = text.teacher_acts
        students = text.students_act
        if acting is not None and (students is None or (acting < students and text.same_sentence(acting, students))):
            return _open("teacher", text.words(acting, min(acting + 3, len(text.tokens))))
        if text.teaching_first is not None and students is None and text is goal.sentence:
            return _open("teacher", text.words(text.teaching_first, min(text.teaching_first + 3, len(text.tokens))))
    if goal.sheet.behavior.strip() or goal.sentence.students_act is not None:
        return _ok()
    return _open()


def _date(goal: Goal) -> _Verdict | None:
    """G4: a day in the future, three to twelve weeks away as a rule. Slots: away, quote."""
    typed = goal.sheet.by.strip()
    if goal.day is None:
        unread = (found for found in goal.sentence.dates if found.day is None)
        written = typed or next((goal.sentence.words(found.start, found.end) for found in unread), "")
        return _open("unread", written) if written else _open()
    if goal.day <= goal.today:
        return _open("past", typed or write_date(goal.day, goal.lex.language.dates))
    if goal.day - goal.today < SOON:
        return _hint("soon", away=goal.away)
    if goal.day - goal.today > FAR:
        return _hint("far", away=goal.away)
    return _ok(away=goal.away)


def _one_thing(goal: Goal) -> _Verdict | None:
    """G5: one target and one thing to do. Slots: quote, n."""
    for text in goal.said:
        targets = _targets(text)
        if len(targets) > 1:
            return _open("targets", ", ".join(text.words(a.start, (a.whole or a).end) for a in targets[:4]))
        if len(text.deeds) > 1:
            verbs = [text.words(*span) for span in text.deeds]
            return _open("", ", ".join(verbs[:4]), n=len(verbs))
    return None


def _targets(text: Text) -> list[Amount]:
    """The numbers that each say how many students: not the baseline, not a mark to reach ("4 of 5 problems")."""
    before = {text.baseline, text.rise[0] if text.rise else None}
    shares = [amount for amount in text.amounts if amount.tied and amount not in before]
    ranges = {second for first, second in pairwise(shares) if _is_range(text, first, second)}
    single = [amount for amount in shares if amount not in ranges]
    counting = [amount for amount in single if amount in text.counting]
    return counting or single


def _is_range(text: Text, first: Amount, second: Amount) -> bool:
    """Is it "between 60% and 70%" or "60-70%"?"""
    dash = second.start - first.end == 1 and not text.at("joining", first.end)
    return dash or bool(text.before("between", first.start))


def _visible(goal: Goal) -> _Verdict | None:
    """G6: a verb that can be seen. Slots: quote, visible."""
    for text in goal.said:
        seen = next((start for start, _ in text.deeds if text.at("visible", start)), len(text.tokens))
        for start, end in text.claimed("vague"):
            shown = any(place >= end for place in text.spots("shows"))
            if start < seen and not shown:
                return _open("", text.words(start, end), visible=", ".join(goal.lex.language.offered))
    return None


def _reach(goal: Goal) -> _Verdict | None:
    """G7: the goal lies beyond the start and can be reached. Slots: from, target, points, away, quote."""
    now, aim, of = goal.baseline, goal.target, goal.of
    for amount in (aim, now):
        if amount and _is_over(goal, amount):
            return _open("over", goal.target_text if amount is aim else amount.text)
    if aim and now and goal.comparable:
        start, end = (goal.points(now), goal.points(aim)) if now.tied or aim.tied else (now.value, aim.value)
        if start is None or end is None:
            start, end = now.value, aim.value
        falling = _falls(goal)
        if (end <= start and falling is None) or end == start:
            return _open("", **{"from": now.text})
        if end > start and falling:
            return _open("lower", **{"from": now.text})
        steep = _steep(goal, now, aim)
        if steep:
            return _hint("steep", points=steep, away=goal.away)
    if aim and (aim.value == 100 if goal.is_percent(aim) else of is not None and aim.value == of > 0):
        return _hint("everyone")
    return None


def _is_over(goal: Goal, amount: Amount) -> bool:
    if goal.is_percent(amount):
        return amount.value > 100
    whole = amount.whole.value if amount.whole else goal.of
    return whole is not None and amount.value > whole and not goal.counts_things


def _steep(goal: Goal, now: Amount, aim: Amount) -> str:
    """How many points the climb is, if that is a lot for the time."""
    start, end = goal.points(now), goal.points(aim)
    time = goal.day - goal.today if goal.day else None
    if start is None or end is None or time is None or not timedelta(0) < time < STEEP_TIME:
        return ""
    points = abs(end - start)
    return f"{points:.0f}" if points > STEEP_POINTS else ""


def _falls(goal: Goal) -> bool | None:
    """Is a smaller number the better one? True if the goal leads with it, False if it is only mentioned, else None."""
    if goal.lex["lowering"].find(tokens(goal.sheet.unit)):
        return True
    mentioned = None
    for text in goal.said:
        first = min((amount.start for amount in text.amounts), default=-1)
        for start, _ in text.claimed("lowering"):
            if start < first:
                return True
            mentioned = False
    return mentioned


def _measure(goal: Goal) -> _Verdict | None:
    """G8: once there are numbers, a measure, the same at both ends. Slots: measure, quote, other."""
    if goal.language is None:
        return _ok(measure=short(goal.sheet.measure)) if goal.sheet.measure.strip() else None
    in_field = _nouns(goal.text(goal.sheet.measure))
    in_sentence = _nouns(goal.sentence)
    both = _two_measures(goal.sentence)
    if both is None and in_field and in_sentence and not _alike(in_field, in_sentence):
        both = in_sentence[0], in_field[0]
    if both:
        return _open("two", both[0], other=both[1])
    if goal.sheet.measure.strip():
        return _ok(measure=short(goal.sheet.measure))
    if in_sentence:
        named = goal.sentence.measure
        return _ok(measure=short(goal.sentence.words(*named[1:])) if named else in_sentence[0])
    return _open() if goal.target or goal.baseline else None


def _nouns(text: Text) -> list[str]:
    return [text.words(start, end) for start, end in text.lex["measures"].find(text.tokens)]


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Does one of the names stand in one of the others, apart from an "s"?"""
    pairs = ((one.lower().rstrip("s"), other.lower().rstrip("s")) for one in some for other in others)
    return any(one in other or other in one for one, other in pairs)


def _two_measures(text: Text) -> tuple[str, str] | None:
    """The measures of "from 9 on the quiz to 20 on the exit ticket", if they differ."""
    if not text.rise:
        return None
    first, second = text.rise
    nouns = text.lex["measures"].find(text.tokens)
    at_start = [text.words(*span) for span in nouns if first.end <= span[0] < second.start]
    at_end = [text.words(*span) for span in nouns if span[0] >= second.end]
    return (at_start[0], at_end[0]) if at_start and at_end and not _alike(at_start, at_end) else None


def _small_group(goal: Goal) -> _Verdict | None:
    """G9: a percent of few students. Slots: of, points, count, target."""
    if not goal.of or not 1 < goal.of < SMALL_GROUP or goal.counts_things or goal.of != int(goal.of):
        return None
    of, points = int(goal.of), _number(100 / goal.of)
    if goal.target and goal.is_percent(goal.target):
        count = f"{round(min(goal.target.value, 100) * of / 100)} of {of}"
        return _hint("", of=of, points=points, count=count)
    return _hint("counted", of=of, points=points)


def _kind_words(goal: Goal) -> _Verdict | None:
    """G10: labels for what students lack. Slots: quote, instead."""
    sheet = goal.sheet
    for text in (*goal.said, goal.text(sheet.group), goal.text(sheet.why), goal.text(sheet.strategy)):
        for phrases, instead in text.lex.deficits:
            for span in text.claims(phrases):
                return _open("", text.words(*span), instead=instead)
    return None


def _privacy(goal: Goal) -> _Verdict | None:
    """G11: what could tell who a student is. Slots: quote."""
    found = []
    for typed in dict.fromkeys(texts_of(goal.sheet)):
        text = goal.text(typed)
        found += find_private(
            text.text, text.tokens, text.dates, goal.today, text.lex.privacy, names=goal.language is not None
        )
    if not found:
        return None
    quotes = list(dict.fromkeys(private.quote for private in found))[:3]
    return _open(found[0].kind if len(quotes) == 1 else "", "”, “".join(map(short, quotes)))


def _care(goal: Goal) -> _Verdict | None:
    """G12: a goal nobody cares about, or that looks too hard. Slots: care, ease."""
    care, ease = goal.sheet.care, goal.sheet.ease
    unloved, hard = care is not None and care <= 2, ease is not None and ease <= 2
    if not unloved and not hard:
        return None
    return _hint("both" if unloved and hard else "ease" if hard else "", care=care, ease=ease)


def _strategy(goal: Goal) -> _Verdict | None:
    """G13: something to try first."""
    return _ok() if goal.sheet.strategy.strip() else _open()


def _about_plan(goal: Goal) -> _Verdict | None:
    """G14: words that judge a teacher. Slots: quote."""
    for text in (*goal.said, goal.text(goal.sheet.strategy)):
        for start, end in text.claimed("evaluative"):
            near = [*range(max(start - 4, 0), start), *range(end, end + 3)]
            about = next((place for place in near if text.at("about_teacher", place)), None)
            if about is not None and text.same_clause(start, about):
                last = about + text.at("about_teacher", about)
                return _open("", text.words(min(start, about), max(end, last)))
    return None


_RULES: Mapping[RuleId, Callable[[Goal], _Verdict | None]] = {
    "G1": _measurable,
    "G2": _baseline,
    "G3": _students_first,
    "G4": _date,
    "G5": _one_thing,
    "G6": _visible,
    "G7": _reach,
    "G8": _measure,
    "G9": _small_group,
    "G10": _kind_words,
    "G11": _privacy,
    "G12": _care,
    "G13": _strategy,
    "G14": _about_plan,
}
_NEED_WORDS = frozenset(("G3", "G5", "G6", "G10", "G14"))
"""Rules that know words, and so are silent about a language they do not know."""
