"""A goal sheet with its numbers, its day and its words read: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coaching.amounts import Amount, read_amount
from coaching.dates import find_dates, read_date
from coaching.goal_content import GoalContent, GoalSheet, Language
from coaching.goal_draft import is_typed, language_of
from coaching.goal_reading import Lexicon, Text, lexicon, read_text
from coaching.words import tokens


@dataclass(frozen=True)
class Goal:
    """A sheet with its numbers, its day and its words read. A field goes before the sentence."""

    content: GoalContent
    sheet: GoalSheet
    today: date
    _read: dict[str, Text] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def language(self) -> Language | None:
        return language_of(self.content, self.sheet)

    @cached_property
    def lex(self) -> Lexicon:
        return lexicon(self.language or self.content.languages[0])

    def text(self, typed: str) -> Text:
        """A text, read once."""
        if typed not in self._read:
            self._read[typed] = read_text(typed, self.today, self.lex)
        return self._read[typed]

    @cached_property
    def sentence(self) -> Text:
        """The sentence, if the reader wrote it; a draft only repeats the fields."""
        return self.text(self.sheet.sentence if is_typed(self.content, self.sheet) else "")

    @cached_property
    def behavior(self) -> Text:
        return self.text(self.sheet.behavior)

    @cached_property
    def said(self) -> tuple[Text, ...]:
        """What the goal says, without saying anything twice."""
        repeated = self.sheet.behavior.strip() in self.sentence.text
        return (self.sentence,) if repeated else (self.sentence, self.behavior)

    def amount(self, text: str) -> Amount | None:
        return read_amount(text, self.lex.amounts)

    @cached_property
    def target(self) -> Amount | None:
        return self.amount(self.sheet.to) or self.sentence.target

    @cached_property
    def baseline(self) -> Amount | None:
        return self.amount(self.sheet.from_) or self.sentence.baseline

    @cached_property
    def of(self) -> float | None:
        field_of = self.amount(self.sheet.of)
        wholes = (amount.whole for amount in (self.target, self.baseline, self.sentence.target) if amount)
        whole = field_of or next((whole for whole in wholes if whole), None)
        return whole.value if whole else None

    @cached_property
    def unit(self) -> str:
        typed = self.sentence.target
        return self.sheet.unit.strip() or (self.sentence.unit_of(typed) if typed and not typed.tied else "")

    @cached_property
    def counts_things(self) -> bool:
        """Is something counted that is not students: sentences, minutes, four of five problems?"""
        if self.sheet.unit.strip() and not self._unit_is_percent:
            return not self.lex["people"].find(tokens(self.sheet.unit))
        target = self.sentence.target
        from_sentence = target is not None and not self.sheet.to.strip() and not self.sheet.of.strip()
        return from_sentence and target not in self.sentence.counting

    @cached_property
    def _unit_is_percent(self) -> bool:
        unit = self.sheet.unit.strip()
        return unit.startswith("%") or bool(self.lex["percent"].find(tokens(unit)))

    def is_percent(self, amount: Amount) -> bool:
        return amount.percent or self._unit_is_percent

    def points(self, amount: Amount) -> float | None:
        """In percent of the whole."""
        if self.is_percent(amount):
            return amount.value
        whole = amount.whole.value if amount.whole else self.of
        return 100 * amount.value / whole if whole else None

    @cached_property
    def target_text(self) -> str:
        """The target as a reader would say it: "20 of 26", "80%", "4 sentences"."""
        if not self.target:
            return ""
        whole = self.sheet.of.strip() or (self.target.whole.text if self.target.whole else "")
        if self.target.percent or not whole:
            return " ".join(part for part in (self.target.text, self.unit) if part)
        return f"{self.target.text} of {whole}"

    @cached_property
    def comparable(self) -> bool:
        """Are the baseline and the target counted alike, as far as one can tell?"""
        now, goal = self.baseline, self.target
        if not now or not goal or self.is_percent(now) == self.is_percent(goal):
            return True
        # "from 60 to 80%" is percent at both ends, unless it is known how many there are.
        return self.of is None and not (now.percent and self.unit)

    @cached_property
    def day(self) -> date | None:
        languages = [self.lex.language.dates, *(language.dates for language in self.content.languages)]
        if self.sheet.by.strip():
            return read_date(self.sheet.by, self.today, languages)
        found = self.sentence.day
        if self.language is None:
            cut = self.sentence.tokens
            found = self.sentence.day_of(date_ for words in languages for date_ in find_dates(cut, self.today, words))
        return found.day if found else None

    @cached_property
    def away(self) -> str:
        """From today to the day, in whole weeks or, under two weeks, in days."""
        days = (self.day - self.today).days if self.day else 0
        count, (one, many) = (days, self.content.texts.day) if days < 14 else (days // 7, self.content.texts.week)
        return f"{count} {one if count == 1 else many}"
