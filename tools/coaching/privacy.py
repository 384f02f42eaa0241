"""What in a text could tell who a student is: full names, e-mail addresses, record numbers, days of birth.

A hint for the reader on the reader's own device. It would rather ask once too often than miss a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coaching.dates import FoundDate
from coaching.words import Phrases, Token, is_number, is_word

PrivateKind = Literal["name", "email", "number", "birth"]

_LONG_NUMBER = re.compile(r"(?<![\d.,])(?:\d{6,40}|\d{3}[-. ]\d{2}[-. ]\d{4}|\d{3}[-. ]\d{3}[-. ]\d{4})(?![\d])")
_MAIL = frozenset("._%+-")
_LONGEST_MAIL = 64
_MAILS_TRIED = 50
_OLD = timedelta(days=3 * 365)
"""A plan has no reason to name a day that long ago; a birthday is one."""
_TITLE_CASE = 0.6
"""Share of words with a capital from which on capitals say nothing: a headline."""


@dataclass(frozen=True)
class Private:
    kind: PrivateKind
    quote: str
    start: int
    """The letter it begins with."""


@dataclass(frozen=True)
class PrivacyWords:
    """The words of one language that tell names and records from the rest."""

    births: Phrases
    ids: Phrases
    titles: Phrases
    particles: Phrases
    ordinary: frozenset[str]
    """Words that are no name even with a capital."""


def find_private(
    text: str, among: Sequence[Token], dates: Sequence[FoundDate], today: date, words: PrivacyWords, *, names: bool
) -> list[Private]:
    """What could tell who a student is, in the order of the text.

    Args:
        among, dates: the text's tokens and the dates among them.
        names: whether to look for names; the words of another language would look like them.
    """
    found = [*_mails(text), *_births(text, among, dates, today, words), *_numbers(text, among, words)]
    if names:
        found += _names(text, among, words)
    return sorted(found, key=lambda private: private.start)


def _span(text: str, among: Sequence[Token], start: int, end: int, kind: PrivateKind) -> Private:
    first, last = among[start].start, among[end - 1].end
    return Private(kind, text[first:last], first)


def _mails(text: str) -> Iterator[Private]:
    place = -1
    for _ in range(_MAILS_TRIED):
        place = text.find("@", place + 1)
        if place < 0:
            return
        start, end = place, place + 1
        while start > max(place - _LONGEST_MAIL, 0) and (text[start - 1].isalnum() or text[start - 1] in _MAIL):
            start -= 1
        while end < min(place + _LONGEST_MAIL, len(text)) and (text[end].isalnum() or text[end] in ".-"):
            end += 1
        while text[end - 1] in ".-":
            end -= 1
        if start < place and "." in text[place:end]:
            yield Private("email", text[start:end], start)


def _births(
    text: str, among: Sequence[Token], dates: Sequence[FoundDate], today: date, words: PrivacyWords
) -> Iterator[Private]:
    taken: set[int] = set()
    for start, end in words.births.find(among):
        for place in range(end, min(end + 4, len(among))):
            day = next((found for found in dates if found.start == place), None)
            if day or is_number(among[place]):
                last = day.end if day else place + 1
                taken.update(range(start, last))
                yield _span(text, among, start, last, "birth")
                break
    for found in dates:
        if found.start not in taken and found.day and today - found.day > _OLD:
            yield _span(text, among, found.start, found.end, "birth")


def _numbers(text: str, among: Sequence[Token], words: PrivacyWords) -> Iterator[Private]:
    for match in _LONG_NUMBER.finditer(text):
        yield Private("number", match[0], match.start())
    for start, end in words.ids.find(among):
        place = end
        while place < min(end + 2, len(among)) and among[place].raw in (":", "#", "-", "=", ":#"):
            place += 1
        if place < len(among) and is_number(among[place]) and 3 <= len(among[place].raw) < 6:
            yield _span(text, among, start, place + 1, "number")


def _names(text: str, among: Sequence[Token], words: PrivacyWords) -> Iterator[Private]:
    written = [token for token in among if is_word(token) and len(token.raw) > 3]
    if len(written) > 6 and sum(token.raw[0].isupper() for token in written) > _TITLE_CASE * len(written):
        return
    place = 0
    while place < len(among):
        end = _name_end(among, place, words)
        if end:
            yield _span(text, among, place, end, "name")
        place = end or place + 1


def _name_end(among: Sequence[Token], place: int, words: PrivacyWords) -> int | None:
    """The token after a name that begins at `place`: two or more capitals in a row, or a title and one."""
    title = words.titles.length_at(among, place)
    at = place + title
    if title and at < len(among) and among[at].raw == ".":
        at += 1
    capitals = 0
    end = at
    while at < len(among) and _could_be_name(among[at], words):
        capitals += 1
        at = end = at + 1
        particle = words.particles.length_at(among, at)
        if particle and at + particle < len(among) and _could_be_name(among[at + particle], words):
            at += particle
    return end if capitals >= 2 or (title and capitals) else None


def _could_be_name(token: Token, words: PrivacyWords) -> bool:
    raw = token.raw
    if len(raw) < 2 or not raw[0].isupper() or not any(letter.islower() for letter in raw):
        return False
    return token.word.removesuffix("'s") not in words.ordinary
