"""What a goal in one sentence says: whose, how many, of how many, from where, by when, doing what, seen on what.

A text is cut into tokens once and each list of words is looked up in it once, so the time it takes grows with the text
alone, whatever the text is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from coaching.amounts import Amount, AmountWords, find_amounts
from coaching.content import record
from coaching.dates import FoundDate, find_dates
from coaching.goal_content import GoalContent, Language
from coaching.privacy import PrivacyWords
from coaching.words import Phrases, Token, fold, is_number, is_word, negated, quoted, same_clause, tokens

READ_AT_MOST = 10_000
"""Letters that are read of one text."""

LONG_AGO = timedelta(days=2 * 365)
"""A day so far back is no part of a plan."""

_STOPS = frozenset(".!?;")
_ENDS = frozenset(".!?;()")
_ARROWS = frozenset(("→", "->", "=>", "⇒", "–>"))
_TELLING = 4
"""Words from which on a text is long enough to tell its language."""


# ---- words, ready to be looked up


class Lexicon:
    """A language's lists of words, by their names in `Language`; `by` is that of its dates."""

    def __init__(self, language: Language) -> None:
        self.language = language
        dates = language.dates
        self._lists = {"by": Phrases(dates.by)} | {
            part.name: Phrases(words)
            for part in fields(language)
            if isinstance(words := getattr(language, part.name), tuple) and all(isinstance(word, str) for word in words)
        }
        self.amounts = AmountWords(
            of=self["of"],
            percent=self["percent"],
            labels=self["labels"],
            articles=self["articles"],
            units_of_time=Phrases((*dates.day_units, *dates.week_units, *dates.month_units)),
        )
        self.words = frozenset(fold(word) for words in self._lists.values() for word in words.firsts)
        self.leads_date = Phrases((*dates.by, *dates.within))
        self.privacy = PrivacyWords(
            births=self["births"],
            ids=self["id_words"],
            titles=self["titles"],
            particles=self["particles"],
            ordinary=self.words,
        )
        self.deficits = tuple((Phrases(deficit.say), deficit.instead) for deficit in language.deficits)

    def __getitem__(self, name: str) -> Phrases:
        return self._lists[name]


@lru_cache(maxsize=8)
def lexicon(language: Language) -> Lexicon:
    return Lexicon(language)


@lru_cache(maxsize=8)
def _phrases(words: tuple[str, ...]) -> Phrases:
    return Phrases(words)


def read_language(content: GoalContent, text: str) -> Language | None:
    """The language of `text` among those the sheet knows; None if it is written in another.

    A text too short to tell is taken to be in the first.
    """
    among = [token for token in tokens(text[:READ_AT_MOST]) if is_word(token)]
    foreign = sum(token.raw[0] > "\u024f" for token in among)  # neither Latin nor its extensions
    if foreign * 2 > len(among):
        return None
    counts = [len(lexicon(language)["common"].find(among)) for language in content.languages]
    elsewhere = len(_phrases(content.elsewhere).find(among))
    if max(counts) == elsewhere == 0:
        # "Fix poor classroom management" has no small words; any word of a list will do.
        known = [lexicon(language).words for language in content.languages]
        counts = [sum(token.word in words for token in among) for words in known]
    if len(among) >= _TELLING and (elsewhere > max(counts) or max(counts) == 0):
        return None
    return content.languages[counts.index(max(counts))]


# ---- one text, read


@dataclass(frozen=True)
class Text:
    """A text cut into tokens, with what is found in it. Places are token numbers; spans end before their second."""

    text: str
    today: date
    lex: Lexicon
    _spots: dict[str, dict[int, int]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.text)

    @cached_property
    def quoted(self) -> frozenset[int]:
        return quoted(self.text, self.tokens)

    @cached_property
    def dates(self) -> list[FoundDate]:
        return find_dates(self.tokens, self.today, self.lex.language.dates)

    @cached_property
    def day(self) -> FoundDate | None:
        """The day of the plan."""
        return self.day_of(self.dates)

    def day_of(self, dates: Iterable[FoundDate]) -> FoundDate | None:
        return next((found for found in dates if found.day and self.today - found.day < LONG_AGO), None)

    @cached_property
    def amounts(self) -> list[Amount]:
        taken = {place for found in self.dates for place in range(found.start, found.end)}
        return find_amounts(self.tokens, taken, self.lex.amounts)

    def spots(self, name: str) -> dict[int, int]:
        """Where phrases of a list begin, and how many tokens each takes."""
        if name not in self._spots:
            self._spots[name] = self.lex[name].spots(self.tokens)
        return self._spots[name]

    def at(self, name: str, place: int) -> int:
        """How many tokens a phrase of a list takes that begins at `place`; 0 if none does."""
        return self.spots(name).get(place, 0)

    def before(self, name: str, place: int) -> int:
        """How many tokens a phrase of a list takes that ends right before `place`; 0 if none does."""
        spots = self.spots(name)
        return next((length for length in (4, 3, 2, 1) if spots.get(place - length) == length), 0)

    def claimed(self, name: str) -> Iterator[tuple[int, int]]:
        """Spans of a list's phrases that the text says itself: not in quotation marks, not after a "not"."""
        return self.claims(self.lex[name])

    def claims(self, phrases: Phrases) -> Iterator[tuple[int, int]]:
        for start, end in phrases.find(self.tokens):
            if start not in self.quoted and not negated(self.tokens, start, self.lex["negators"]):
                yield start, end

    def words(self, start: int, end: int) -> str:
        """The text of some tokens, as typed."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def _sign(self, place: int) -> str:
        """The sign at `place`; empty for a word, a number and the end."""
        raw = self.tokens[place].raw if 0 <= place < len(self.tokens) else ""
        return "" if raw[:1].isalnum() else raw

    def _is_word(self, place: int) -> bool:
        return 0 <= place < len(self.tokens) and is_word(self.tokens[place])

    # ---- numbers

    @cached_property
    def rise(self) -> tuple[Amount, Amount] | None:
        """The two numbers of "from 9 to 20"."""
        pairs = pairwise(self.amounts)
        return next(((first, second) for first, second in pairs if self._leads_to(first, second)), None)

    def _leads_to(self, first: Amount, second: Amount) -> bool:
        between = range(first.end, second.start)
        if len(between) > 5 or any(set(self._sign(place)) & _ENDS for place in between):
            return False
        if self._sign(second.start - 1) in _ARROWS:
            return True
        return bool(self.before("start", first.start) and self.before("end", second.start))

    @cached_property
    def baseline(self) -> Amount | None:
        """How many do it now."""
        said = next((amount for amount in self.amounts if amount in self._nows), None)
        if said or not self.rise:
            return said
        return self.rise[0] if self.target == self.rise[1] else None

    @cached_property
    def target(self) -> Amount | None:
        """How many will: of several numbers the one that counts students, else the end of a rise, else a share."""
        from_here = {self.rise[0]} if self.rise else set()
        rest = [amount for amount in self.amounts if amount not in from_here and amount not in self._nows]
        orders = (
            self.counting.__contains__,
            lambda amount: self.rise is not None and amount == self.rise[1],
            lambda amount: amount.whole is not None,
            lambda amount: amount.percent,
            lambda amount: self.unit_of(amount) != "",
            lambda _: True,
        )
        return next((amount for fits in orders for amount in rest if fits(amount)), None)

    @cached_property
    def _nows(self) -> frozenset[Amount]:
        starts = {amount.start for amount in self.amounts}
        return frozenset(amount for amount in self.amounts if self._is_now(amount, starts))

    def _is_now(self, amount: Amount, starts: set[int]) -> bool:
        start = amount.start
        near = start - 1 if self._is_word(start - 1) and not self.at("will", start - 1) else start  # "now only 9"
        if self.before("now", start) or self.before("now", near):
            return True
        for place in range(amount.end, amount.end + 4):
            length = self.at("now", place)
            if length:  # "20 of 26 students now 9": that one belongs to the 9
                return place + length not in starts
            if not self._is_word(place) or self.at("will", place):
                return False
        return False

    @cached_property
    def counting(self) -> frozenset[Amount]:
        """The amounts that count students: "20 of 26 students", "80% of the class", "20 of 26 will"."""
        return frozenset(amount for amount in self.amounts if self._counts_students(amount))

    def _counts_students(self, amount: Amount) -> bool:
        if not amount.tied:
            return False
        first = amount.end + self.at("of", amount.end)
        for place in range(first, first + 4):
            if self.at("students", place) or self.at("will", place):
                return True
            if not self._is_word(place):
                return False
        return False

    def unit_of(self, amount: Amount) -> str:
        """What is counted, if that is not students: the "sentences" of "4 sentences"."""
        end = amount.end
        while end < amount.end + 2 and self._is_unit(end):
            end += 1
        return self.words(amount.end, end)

    def _is_unit(self, place: int) -> bool:
        others = ("common", "students", "will", "will_do", "measured_by", "now", "end", "of", "joining", "by")
        return self._is_word(place) and not any(self.at(name, place) for name in others)

    # ---- who does what

    @cached_property
    def students_act(self) -> int | None:
        """Where students stand as those who do something, in the main part of the sentence."""
        named = (span for span in self.lex["students"].find(self.tokens) if span[0] not in self.quoted)
        counted = ((amount.start, amount.end) for amount in self.amounts if amount.tied)
        doing = (start for spans in (named, counted) for start, end in spans if self._does(start, end))
        return next(doing, None)

    def _does(self, start: int, end: int) -> bool:
        return end < len(self.tokens) and self._next_act[end] - end < 14 and not self._is_aside(start)

    @cached_property
    def _next_act(self) -> list[int]:
        """For each place, where the next word stands in the same sentence that says that something is done."""
        acts = set().union(*(self.spots(name) for name in ("will", "will_do", "visible", "vague")))
        never = upcoming = 10 * len(self.tokens) + 100
        nearest = []
        for place in range(len(self.tokens) - 1, -1, -1):
            if set(self._sign(place)) & _STOPS:
                upcoming = never
            elif place in acts:
                upcoming = place
            nearest.append(upcoming)
        return nearest[::-1]

    def _is_aside(self, place: int) -> bool:
        """Does "when", "so that" or the like stand right before, maybe with "the" or "20 of 26" between?"""
        while place > 0 and (self.before("articles", place) or is_number(self.tokens[place - 1])):
            place -= self.before("articles", place) or 1
        if self.before("of", place):
            return self._is_aside(place - self.before("of", place))
        return self.before("asides", place) > 0

    @cached_property
    def teacher_acts(self) -> int | None:
        """Where a teacher stands as the one who does something, other than wanting it of students."""
        for start, end in self.lex["teachers"].find(self.tokens):
            acts = self.at("acts", start) or self.at("acts", end) or self.at("teaching", end)
            if acts and start not in self.quoted and not self._is_idle(end) and not self._is_aside(start):
                return start
        return None

    def _is_idle(self, end: int) -> bool:
        """Does a "not" follow on the one who would act, or a "want"?"""
        return any(self.at("negators", place) or self.at("wants", place) for place in range(end, end + 4))

    @cached_property
    def teaching_first(self) -> int | None:
        """Where the text begins with what a teacher does: "Implement exit tickets"."""
        first = next((place for place, token in enumerate(self.tokens) if is_word(token)), 0)
        first += self.at("end", first)  # "To implement ..."
        return first if self.at("teaching", first) and first not in self.quoted else None

    def same_sentence(self, one: int, other: int) -> bool:
        between = range(min(one, other), max(one, other))
        return not any(set(self._sign(place)) & _STOPS for place in between)

    def same_clause(self, one: int, other: int) -> bool:
        return same_clause(self.tokens, one, other)

    @cached_property
    def deeds(self) -> list[tuple[int, int]]:
        """What students are to do: each visible or vague verb right after a "will" or after a joining word."""
        found: list[tuple[int, int]] = []
        free = self.students_act or 0
        verbs = self.spots("visible") | self.spots("vague")
        for place, length in sorted(verbs.items()):
            if place < free or place in self.quoted or negated(self.tokens, place, self.lex["negators"]):
                continue
            led = self.before("will", place) or self.at("will_do", place)
            if led or (found and self._is_joined(place)):
                found.append((place, place + length))
                free = place + max(self.at("one_thing", place), length)
        return found

    def _is_joined(self, place: int) -> bool:
        return bool(self.before("joining", place)) or self._sign(place - 1) in (",", ";", "/", "&")

    # ---- parts of the sentence

    @cached_property
    def behavior(self) -> tuple[int, int] | None:
        """What students will do: from the verb to a date, a measure, another number or the end."""
        who = self.students_act
        start = self._first_deed(who) if who is not None else None
        if start is None:
            return None
        end = next((place for place in range(start, len(self.tokens)) if self._ends_deed(place)), len(self.tokens))
        while end > start and (self.at("joining", end - 1) or self._sign(end - 1)[:1] not in ("", *'”"»’%')):
            end -= 1
        return (start, end) if start < end else None

    def _first_deed(self, who: int) -> int | None:
        for place in range(who, len(self.tokens)):
            if self.at("will", place):
                return place + self.at("will", place)
            if self.at("will_do", place):
                return place
        return next((place for place in range(who, len(self.tokens)) if self.at("visible", place)), None)

    def _ends_deed(self, place: int) -> bool:
        if place in self.quoted:
            return False
        if set(self._sign(place)) & _ENDS or self._begins_date(place) or (self.measure and place == self.measure[0]):
            return True
        if place in self._counting_starts:
            return True
        starts = {amount.start for amount in (self.baseline, self.target) if amount}
        return any(place + self.at(name, place) in starts for name in ("start", "now", "end") if self.at(name, place))

    @cached_property
    def _counting_starts(self) -> frozenset[int]:
        return frozenset(amount.start for amount in self.counting)

    def _begins_date(self, place: int) -> bool:
        return place in self._date_starts or place + self.at("by", place) in self._date_starts

    @cached_property
    def _date_starts(self) -> frozenset[int]:
        return frozenset(found.start for found in self.dates)

    @cached_property
    def measure(self) -> tuple[int, int, int] | None:
        """(its "on", its first word, the token after it) of what the count is taken from."""
        for noun, noun_end in reversed(self.lex["measures"].find(self.tokens)):
            for place in range(noun - 1, max(noun - 9, -1), -1):
                if set(self._sign(place)) & {*_ENDS, ","}:
                    break
                length = self.at("measured_by", place)
                if length:
                    first = place + length
                    lead = min(p for p in range(max(place - 4, 0), first) if p + self.at("measured_by", p) == first)
                    return lead, min(first + self.at("articles", first), noun), self._measure_end(noun_end)
        return None

    def _measure_end(self, noun_end: int) -> int:
        for place in range(noun_end, len(self.tokens)):
            if set(self._sign(place)) & _ENDS or self._begins_date(place):
                return place
            if any(self.at(name, place) for name in ("will", "will_do", "start", "now")):
                return place
            if self._sign(place) == "," and self._begins_else(place + 1):
                return place
        return len(self.tokens)

    def _begins_else(self, place: int) -> bool:
        """Does something that is not the measure begin after this comma?"""
        if place >= len(self.tokens) or is_number(self.tokens[place]) or self._begins_date(place):
            return True
        return any(self.at(name, place) for name in ("start", "now", "students", "articles", "joining"))


def read_text(text: str, today: date, lex: Lexicon) -> Text:
    """`text`, ready to be asked."""
    return Text(text[:READ_AT_MOST], today, lex)


# ---- what a sentence offers for the fields


@record
class Reading:
    """What a sentence says, field by field, as it is typed there; empty where it says nothing."""

    from_: str = ""
    to: str = ""
    of: str = ""
    unit: str = ""
    by: str = ""
    behavior: str = ""
    measure: str = ""


def offers(text: Text, *, words: bool) -> Reading:
    """What a sentence offers for the fields; without `words`, numbers and dates alone."""
    target, baseline = text.target, text.baseline
    whole = target.whole if target else None
    day = text.day
    numbers = Reading(
        from_=baseline.text if baseline else "",
        to=target.text if target else "",
        of=whole.text if whole else "",
        by=text.words(day.start, day.end) if day else "",
    )
    if not words:
        return numbers
    measure, behavior = text.measure, text.behavior
    return replace(
        numbers,
        unit=text.unit_of(target) if target and not target.tied else "",
        behavior=text.words(*behavior) if behavior else "",
        measure=text.words(*measure[1:]) if measure else "",
    )
