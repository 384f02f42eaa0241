"""Days that people write in a plan: "12 March", "3/12/2027", "12 de marzo", "in six weeks".

A day without a year is the next one that comes. The order of 3/4 is the language's own (March 4 or 3 April); if only
one order is a day, it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from coaching.content import record
from coaching.words import Phrases, Token, fold, is_number, tokens

_YEARS = range(1900, 2200)
_ORDINALS = frozenset(("st", "nd", "rd", "th", "º", "ª", "°", "o", "a"))
_FURTHEST_DAYS = 3_660


@record
class DateWords:
    """How a language writes days."""

    months: tuple[tuple[str, ...], ...]
    """Twelve lists, January first: each name and its short forms."""
    day_first: bool
    """3/4 is 3 April."""
    written: str
    """A day in full, from `{day}`, `{month}` and `{year}`."""
    by: tuple[str, ...]
    """Words before a day that ends something: by, before, until."""
    joins: tuple[str, ...]
    """Small words inside a date: the `of` of "12th of March"."""
    end_of: tuple[str, ...]
    """The last day of the month that follows."""
    within: tuple[str, ...]
    """Words before a stretch of time that starts today: in, within."""
    from_now: tuple[str, ...]
    """The same, after the stretch: from now."""
    counts: tuple[str, ...]
    """One, two, three, ...: the small counts in words, for "in six weeks"."""
    day_units: tuple[str, ...]
    week_units: tuple[str, ...]
    month_units: tuple[str, ...]


@dataclass(frozen=True)
class FoundDate:
    """A date among tokens; `day` is None where it is written like one and is none (31 February)."""

    day: date | None
    start: int
    """Its first token, without "by"."""
    end: int
    """The token after its last."""
    moves: bool = False
    """Is it counted from today, as "in 6 weeks" is, so that tomorrow it is another day?"""


def find_dates(among: Sequence[Token], today: date, words: DateWords, *, whole: bool = False) -> list[FoundDate]:
    """The dates among tokens, in order.

    `whole`: the text is meant to be a date, so "3/12" is one too; elsewhere that may be 3 of 12, and needs a "by".
    """
    reader = _reader(words)
    found: list[FoundDate] = []
    for place in reader.candidates(among):
        if not found or place >= found[-1].end:
            date_here = reader.at(among, place, today, whole=whole)
            if date_here:
                found.append(date_here)
    return found


def read_date(text: str, today: date, languages: Iterable[DateWords]) -> date | None:
    """The first day that `text` names in the first of the languages that finds one; None if there is no such day."""
    among = tokens(text)
    for words in languages:
        found = find_dates(among, today, words, whole=True)
        if found:
            return found[0].day
    return None


def write_date(day: date, words: DateWords) -> str:
    """A day in full, as the language writes it: "March 12, 2027"."""
    month = words.months[day.month - 1][0]
    # In English a month has a capital; the lists are for looking words up, so they have none.
    name = month if words.day_first else month.capitalize()
    return words.written.replace("{day}", str(day.day)).replace("{month}", name).replace("{year}", f"{day.year:04}")


@lru_cache(maxsize=8)
def _reader(words: DateWords) -> _Reader:
    return _Reader(words)


class _Reader:
    """The date words of one language, ready to be looked up."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self._months = {fold(name): number for number, names in enumerate(words.months, 1) for name in names}
        self._counts = {fold(name): number for number, name in enumerate(words.counts, 1)}
        self._days_in_unit = {
            fold(name): days for names, days in ((words.day_units, 1), (words.week_units, 7)) for name in names
        }
        self._month_units = frozenset(map(fold, words.month_units))

    @cached_property
    def _phrases(self) -> dict[str, Phrases]:
        words = self._words
        return {
            "by": Phrases(words.by),
            "joins": Phrases(words.joins),
            "end of": Phrases(words.end_of),
            "within": Phrases(words.within),
            "from now": Phrases(words.from_now),
        }

    def candidates(self, among: Sequence[Token]) -> list[int]:
        """Where a date may begin."""
        leads = self._phrases["end of"].spots(among) | self._phrases["within"].spots(among)
        months, counts = self._months, self._counts
        return [
            place
            for place, token in enumerate(among)
            if token.word in months or place in leads or token.word in counts or is_number(token)
        ]

    def at(self, among: Sequence[Token], place: int, today: date, *, whole: bool) -> FoundDate | None:
        token = among[place]
        if is_number(token):
            return self._from_number(among, place, today, whole=whole)
        return (
            self._month_day(among, place, today)
            or self._month_end(among, place, today)
            or self._within(among, place, today)
            or self._from_now(among, place, today)
            or self._month_alone(among, place)
        )

    def _from_number(self, among: Sequence[Token], place: int, today: date, *, whole: bool) -> FoundDate | None:
        near = among[place + 1 : place + 4]
        if "." in among[place].raw or (near and near[0].raw in ("/", "-")):
            return self._numeric(among, place) or self._short(among, place, today, whole=whole)
        if any(token.word in self._months for token in near):
            return self._day_month(among, place, today)
        return self._from_now(among, place, today)

    # Each of these answers what one way of writing a date finds at `place`, or None.

    def _numeric(self, among: Sequence[Token], place: int) -> FoundDate | None:
        """2027-03-12, 3/12/2027, 3-12-27, 12.03.2027."""
        numbers = among[place].raw.split(".")
        end = place + 1
        if len(numbers) == 1:
            piece = among[place : place + 5]
            if len(piece) < 5 or not _close(piece) or piece[1].raw not in "/-" or piece[1].raw != piece[3].raw:
                return None
            numbers, end = [piece[0].raw, piece[2].raw, piece[4].raw], place + 5
        if len(numbers) != 3 or not all(number.isdecimal() and len(number) in (1, 2, 4) for number in numbers):
            return None
        first, second, third = map(int, numbers)
        if len(numbers[0]) == 4:
            return FoundDate(_day(first, second, third), place, end)
        if len(numbers[2]) == 1:
            return None
        year = third if len(numbers[2]) == 4 else 2000 + third
        day_first = self._words.day_first or end == place + 1  # with points it is day first everywhere
        return FoundDate(_either(year, first, second, day_first=day_first), place, end)

    def _short(self, among: Sequence[Token], place: int, today: date, *, whole: bool) -> FoundDate | None:
        """3/12 where a date is meant: after "by", or alone in a date field."""
        piece = among[place : place + 3]
        if len(piece) < 3 or not _close(piece) or piece[1].raw != "/":
            return None
        if not whole and self._phrases["by"].begins_before(among, place) == place:
            return None
        if "/" in (_raw(among, place - 1), _raw(among, place + 3)):
            return None
        if self._phrases["joins"].length_at(among, place + 3):
            return None
        first, second = _small(piece[0]), _small(piece[2])
        if first is None or second is None:
            return None
        if self._words.day_first:
            first, second = second, first
        day = _next(first, second, today) or _next(second, first, today)
        return FoundDate(day, place, place + 3)

    def _day_month(self, among: Sequence[Token], place: int, today: date) -> FoundDate | None:
        """12 March, 12th of March 2027, 12 de marzo de 2027."""
        number = _small(among[place])
        if number is None:
            return None
        at = _after_ordinal(among, place)
        at += self._phrases["joins"].length_at(among, at)
        month = self._month(among, at)
        if month is None:
            return None
        year, end = self._year(among, _after_dot(among, at + 1))
        return FoundDate(_given(year, month, number, today), place, end)

    def _month_day(self, among: Sequence[Token], place: int, today: date) -> FoundDate | None:
        """March 12, Mar. 12th, 2027; not the "March 20" of "In March 20 of 26 students"."""
        month = self._month(among, place)
        if month is None:
            return None
        at = _after_dot(among, place + 1)
        at += self._phrases["joins"].length_at(among, at)
        number = _small(among[at]) if at < len(among) else None
        part_of_more = _close(among[at : at + 2]) and _raw(among, at + 1) in ("/", "%")
        if number is None or part_of_more:
            return None
        year, end = self._year(among, _after_ordinal(among, at))
        if year is None:
            after = end + self._phrases["joins"].length_at(among, end)
            if after > end and after < len(among) and is_number(among[after]):
                return None
        return FoundDate(_given(year, month, number, today), place, end)

    def _month_end(self, among: Sequence[Token], place: int, today: date) -> FoundDate | None:
        """The end of March."""
        at = place + self._phrases["end of"].length_at(among, place)
        month = self._month(among, at) if at > place else None
        if month is None:
            return None
        year, end = self._year(among, at + 1)
        if year is None:
            year = today.year + (month < today.month)
        return FoundDate(_last_day(year, month), place, end)

    def _month_alone(self, among: Sequence[Token], place: int) -> FoundDate | None:
        """By June: a month and no day."""
        named = self._month(among, place) is not None and self._phrases["by"].begins_before(among, place) < place
        return FoundDate(None, place, place + 1) if named else None

    def _within(self, among: Sequence[Token], place: int, today: date) -> FoundDate | None:
        """In 6 weeks, within two months."""
        at = place + self._phrases["within"].length_at(among, place)
        stretch = self._stretch(among, at) if at > place else None
        return FoundDate(_shift(today, *stretch), place, at + 2, moves=True) if stretch else None

    def _from_now(self, among: Sequence[Token], place: int, today: date) -> FoundDate | None:
        """6 weeks from now."""
        stretch = self._stretch(among, place)
        length = self._phrases["from now"].length_at(among, place + 2) if stretch else 0
        if not stretch or not length:
            return None
        return FoundDate(_shift(today, *stretch), place, place + 2 + length, moves=True)

    def _stretch(self, among: Sequence[Token], place: int) -> tuple[int, int] | None:
        """(days, months) of "6 weeks"."""
        if place + 1 >= len(among):
            return None
        unit = among[place + 1].word
        if unit not in self._month_units and unit not in self._days_in_unit:
            return None
        count = self._counts.get(among[place].word) or _small(among[place], digits=3)
        if count is None:
            return None
        return (0, count) if unit in self._month_units else (count * self._days_in_unit[unit], 0)

    def _month(self, among: Sequence[Token], place: int) -> int | None:
        return self._months.get(among[place].word) if place < len(among) else None

    def _year(self, among: Sequence[Token], place: int) -> tuple[int | None, int]:
        """The year that stands at `place`, maybe after a comma or an "of", and the token after it."""
        at = place + 1 if _raw(among, place) == "," else place + self._phrases["joins"].length_at(among, place)
        if at < len(among) and len(among[at].raw) == 4 and among[at].raw.isdecimal() and int(among[at].raw) in _YEARS:
            return int(among[at].raw), at + 1
        return None, place


def _raw(among: Sequence[Token], place: int) -> str:
    return among[place].raw if 0 <= place < len(among) else ""


def _close(piece: Sequence[Token]) -> bool:
    """Nothing stands between these tokens, as in 3/12."""
    return all(left.end == right.start for left, right in pairwise(piece))


def _small(token: Token, digits: int = 2) -> int | None:
    return int(token.raw) if token.raw.isdecimal() and len(token.raw) <= digits else None


def _after_dot(among: Sequence[Token], place: int) -> int:
    return place + (_raw(among, place) == ".")


def _after_ordinal(among: Sequence[Token], place: int) -> int:
    """The token after the number at `place` and its -th."""
    after = place + 1
    joined = after < len(among) and among[after].start == among[place].end
    return after + (joined and among[after].word in _ORDINALS)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date | None:
    following = _day(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1) if following else None


def _either(year: int, first: int, second: int, *, day_first: bool) -> date | None:
    usual, other = _day(year, first, second), _day(year, second, first)
    return (other or usual) if day_first else (usual or other)


def _next(month: int, day: int, today: date) -> date | None:
    """The next such day, today included; 29 February may be seven years away."""
    days = (_day(year, month, day) for year in range(today.year, today.year + 9))
    return next((day for day in days if day and day >= today), None)


def _given(year: int | None, month: int, day: int, today: date) -> date | None:
    return _next(month, day, today) if year is None else _day(year, month, day)


def _shift(today: date, days: int, months: int) -> date | None:
    if days > _FURTHEST_DAYS or months * 30 > _FURTHEST_DAYS:
        return None
    year, months_before = divmod(today.year * 12 + today.month - 1 + months, 12)
    last = _last_day(year, months_before + 1)
    return last.replace(day=min(today.day, last.day)) + timedelta(days=days) if last else None
