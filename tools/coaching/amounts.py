"""Numbers that people write in a plan: 20, 65%, 0,5, 1,200, "20 of 26".

A number that names something (grade 6, question 3, 6th, 6B, a date) counts nothing and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coaching.words import Phrases, Token, is_number, is_word, tokens

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_MOST_DIGITS = 9
_ORDINALS = frozenset(("st", "nd", "rd", "th", "º", "ª", "°", "o", "a"))


@dataclass(frozen=True)
class Amount:
    """A number, and the whole it is a part of if that is said."""

    value: float
    text: str
    """As typed, with its percent sign."""
    percent: bool
    start: int
    """Its first token; its own, not that of a "now" before it."""
    end: int
    """The token after its last."""
    whole: Amount | None = None

    @property
    def tied(self) -> bool:
        """Does it say what it is out of: 20 of 26, 65%?"""
        return self.percent or self.whole is not None


@dataclass(frozen=True)
class AmountWords:
    """What a language puts around numbers."""

    of: Phrases
    percent: Phrases
    labels: Phrases
    articles: Phrases
    units_of_time: Phrases


def number(text: str) -> float | None:
    """The number that `text` is: "20", "0,5", "1,200"; None for anything else and for ten digits or more."""
    if sum(letter.isdecimal() for letter in text) > _MOST_DIGITS:
        return None
    plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def find_amounts(among: Sequence[Token], taken: Collection[int], words: AmountWords) -> list[Amount]:
    """The amounts among tokens, in order; "20 of 26" is one of them.

    Args:
        taken: tokens that are read already, as dates are.
    """
    around = _around(among, words)
    singles = [
        amount
        for place, token in enumerate(among)
        if is_number(token) and place not in taken and (amount := _single(among, place, around))
    ]
    found: list[Amount] = []
    for amount in singles:
        if found and found[-1].whole is None and _joined(among, found[-1].end, amount.start, words):
            part = found.pop()
            amount = Amount(part.value, part.text, part.percent, part.start, amount.end, amount)
        found.append(amount)
    return found


def read_amount(text: str, words: AmountWords) -> Amount | None:
    """The first amount of a short text, as a number field holds it: "9", "about 35%", "20/26"."""
    found = find_amounts(tokens(text), (), words)
    return found[0] if found else None


@dataclass(frozen=True)
class _Around:
    """Where the words that matter to numbers stand in one text: place -> how many tokens they take."""

    percent: dict[int, int]
    units_of_time: dict[int, int]
    label_ends: frozenset[int]


def _around(among: Sequence[Token], words: AmountWords) -> _Around:
    labels = words.labels.spots(among)
    ends = frozenset(place + length for place, length in labels.items())
    return _Around(words.percent.spots(among), words.units_of_time.spots(among), ends)


def _single(among: Sequence[Token], place: int, around: _Around) -> Amount | None:
    token = among[place]
    value = number(token.raw)
    if value is None or _is_name(among, place, around):
        return None
    sign = place + 1 < len(among) and among[place + 1].raw[0] == "%"
    length = 1 if sign else around.percent.get(place + 1, 0)
    if place + 1 + length in around.units_of_time:
        return None
    return Amount(value, token.raw + "%" * bool(length), bool(length), place, place + 1 + length)


def _is_name(among: Sequence[Token], place: int, around: _Around) -> bool:
    """Is this the 6 of grade 6, 6th, 6B, #6, or of a 6-point rubric?"""
    if place in around.label_ends or (place and among[place - 1].raw.endswith("#")):
        return True
    if place + 1 >= len(among) or among[place + 1].start != among[place].end:
        return False
    after = among[place + 1]
    if after.word in _ORDINALS or (is_word(after) and len(after.raw) == 1):
        return True
    return after.raw == "-" and place + 2 < len(among) and is_word(among[place + 2])


def _joined(among: Sequence[Token], end: int, start: int, words: AmountWords) -> bool:
    """Is what stands between two numbers an "of", maybe with "the" or "our", or a slash?"""
    if start - end == 1 and among[end].raw == "/":
        return True
    at = end + words.of.length_at(among, end)
    if at == end:
        return False
    while at < start and (length := words.articles.length_at(among, at)):
        at += length
    return at == start
