"""The goal in one sentence, written from the fields of the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from coaching.amounts import read_amount
from coaching.goal_content import GoalContent, GoalSheet, Language
from coaching.goal_reading import Lexicon, lexicon, read_language
from coaching.words import tokens

_SLOT = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(r"\s+")
_LONGEST_QUOTE = 80
_TELLING = 2_000
"""Letters of each field that are looked at to tell the language."""


def fill(text: str, **slots: object) -> str:
    """`text` with its `{slots}` filled in one pass, so that what a reader typed is never read as a slot."""
    return _SLOT.sub(lambda slot: str(slots.get(slot[1], slot[0])), text)


def short(text: str) -> str:
    """`text` on one line and not too long, to be quoted."""
    one_line = _SPACES.sub(" ", text[: 4 * _LONGEST_QUOTE]).strip()
    return one_line if len(one_line) <= _LONGEST_QUOTE else one_line[: _LONGEST_QUOTE - 1].rstrip() + "…"


def texts_of(sheet: GoalSheet) -> tuple[str, ...]:
    """Everything that was typed."""
    return (
        sheet.sentence,
        sheet.group,
        sheet.behavior,
        sheet.from_,
        sheet.to,
        sheet.of,
        sheet.unit,
        sheet.by,
        sheet.measure,
        sheet.why,
        sheet.strategy,
    )


def is_empty(sheet: GoalSheet) -> bool:
    """Is there nothing on the sheet?"""
    return sheet == GoalSheet() or not (any(text.strip() for text in texts_of(sheet)) or sheet.care or sheet.ease)


def language_of(content: GoalContent, sheet: GoalSheet) -> Language | None:
    """The language a sheet is filled in in; None if the rules do not know it."""
    written = (sheet.sentence, sheet.behavior, sheet.group, sheet.measure, sheet.strategy, sheet.why)
    return read_language(content, "\n".join(text[:_TELLING] for text in written))


def draft(content: GoalContent, sheet: GoalSheet) -> str:
    """One sentence from the fields: "By March 12, 20 of 26 students (now 9) will ... on the ...".

    What is missing is left out; a missing behavior is "…". Empty when no field says anything.
    """
    bare = replace(sheet, sentence="", why="", strategy="", care=None, ease=None, unit="")
    if is_empty(bare):
        return ""
    language = language_of(content, bare) or content.languages[0]
    return _Draft(sheet, lexicon(language)).sentence()


def is_typed(content: GoalContent, sheet: GoalSheet) -> bool:
    """Is the sentence the reader's own, and not the draft?"""
    return bool(sheet.sentence.strip()) and (sheet.sentence_edited or sheet.sentence != draft(content, sheet))


@dataclass(frozen=True)
class _Draft:
    sheet: GoalSheet
    lex: Lexicon

    def sentence(self) -> str:
        words = self.lex.language.draft
        if self._counts_things:
            parts = [self._by(), self._who(), words.will, self._deed() + ",", self._rise() + ",", self._measure()]
        else:
            parts = [self._by(), self._count(), self._now(), words.will, self._deed(), self._measure()]
        text = " ".join(part for part in parts if part.strip(",")).rstrip(", ")
        return text[:1].upper() + text[1:] + ("" if text.endswith(("…", ".", "!", "?")) else ".")

    @cached_property
    def _counts_things(self) -> bool:
        unit = tokens(self.sheet.unit)
        is_percent = (unit[:1] and unit[0].raw == "%") or self.lex["percent"].find(unit)
        return bool(unit) and not is_percent and not self.lex["people"].find(unit)

    def _typed(self, text: str) -> str:
        return _SPACES.sub(" ", text).strip(" .,;")

    def _by(self) -> str:
        day = self._typed(self.sheet.by)
        leads = self.lex.leads_date.length_at(tokens(day), 0)
        return f"{day if leads else fill(self.lex.language.draft.by, by=day)}," if day else ""

    def _who(self) -> str:
        group = self._typed(self.sheet.group)
        cut = tokens(group)
        if not self.lex["people"].find(cut):
            return fill(self.lex.language.draft.who_in, group=group) if group else self.lex.language.draft.who
        first = self.lex["articles"].length_at(cut, 0)
        plain = group[cut[first].start :] if first < len(cut) else group
        return self._lower(plain, "people")

    def _count(self) -> str:
        words, who = self.lex.language.draft, self._who()
        to, of = self._typed(self.sheet.to), self._typed(self.sheet.of)
        aim = read_amount(to, self.lex.amounts)
        if aim and not aim.percent and to == aim.text and self.lex["percent"].find(tokens(self.sheet.unit)):
            to += "%"
            aim = read_amount(to, self.lex.amounts)
        if aim and aim.whole:
            to, of = aim.text, aim.whole.text
        if to and of:
            return fill(words.count, to=to, of=of, who=who)
        return fill(words.share if aim and aim.percent else words.bare, to=to, who=who) if to else who

    def _now(self) -> str:
        now = self._typed(self.sheet.from_)
        return fill(self.lex.language.draft.now, **{"from": now}) if now else ""

    def _rise(self) -> str:
        words, unit = self.lex.language.draft, self._typed(self.sheet.unit)
        now, to = self._typed(self.sheet.from_), self._typed(self.sheet.to)
        if not to:
            return fill(words.now, **{"from": f"{now} {unit}"}) if now else ""
        return fill(words.rise if now else words.reach, to=to, unit=unit, **{"from": now})

    def _deed(self) -> str:
        deed = self._typed(self.sheet.behavior)
        cut = tokens(deed)
        start = self.lex["people"].length_at(cut, 0)
        will = self.lex["will"].length_at(cut, start)
        if will and start + will < len(cut):
            deed = deed[cut[start + will].start :]
        return self._lower(deed, "visible", "vague") or "…"

    def _measure(self) -> str:
        measure = self._typed(self.sheet.measure)
        cut = tokens(measure)
        if not measure or self.lex["measured_by"].length_at(cut, 0):
            return measure
        words = self.lex.language.draft
        named = self.lex["articles"].length_at(cut, 0)
        return fill(words.measure_named if named else words.measure, measure=self._lower(measure, "measures"))

    def _lower(self, text: str, *lists: str) -> str:
        """`text` with a small first letter, if its first word is an ordinary one."""
        cut = tokens(text)[:3]
        ordinary = any(self.lex[name].length_at(cut, 0) for name in lists)
        return text[:1].lower() + text[1:] if ordinary else text
