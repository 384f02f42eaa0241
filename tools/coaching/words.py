"""Words and signs of a text, and phrases found among them.

Everything here takes time in proportion to the text, whatever the text is: a reader may paste a novel or noise, and a
check that runs while somebody types must answer in milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

READ_AT_MOST = 400
"""Words and signs that are read of one text: a long paragraph. A goal in one sentence has about thirty."""

LONGEST_WORD = 40
"""Letters after which a word is no longer looked up; no list holds a longer one."""

_PIECES = re.compile(
    # A word, with its accents; o’clock and exit-ticket are one.
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’\-](?:[^\W\d_]|[\u0300-\u036f])+)*"
    # A number as typed; 1,200 and 0,5 are one.
    r"|\d+(?:[.,]\d+)*"
    # A run of signs.
    r"|[^\w\s]+"
)
_QUOTES = re.compile(r'[“”"«»‘’]')
_CLOSES = {"”": "“", "»": "«", "’": "‘"}
_LONGEST_QUOTE = 400
_QUOTES_READ = 200
_CLAUSE_ENDS = frozenset(".;:!?,()[]—–")


class Token(NamedTuple):
    """One word, number or run of signs."""

    word: str
    """Lower case and without accents, so that "más" and "Mas" are found alike."""
    raw: str
    """As typed."""
    start: int
    end: int


def fold(word: str) -> str:
    """`word` in lower case, with straight apostrophes and without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word[:LONGEST_WORD].casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> list[Token]:
    """The first words, numbers and signs of a text, in order."""
    return [
        Token(fold(piece[0]), piece[0], piece.start(), piece.end())
        for piece in islice(_PIECES.finditer(text), READ_AT_MOST)
    ]


def is_number(token: Token) -> bool:
    return token.raw[0].isdecimal()


def is_word(token: Token) -> bool:
    return token.raw[0].isalpha()


class Phrases:
    """A list of phrases, found among tokens.

    `explain` is a word, `out of` two; `mejora*` begins so and `*arán` ends so (with its accents as written). What
    stands beside a star has two letters or more.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # Three tables of what may begin a phrase: a whole word, its first two letters, its last two.
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._heads: dict[str, list[tuple[str, ...]]] = {}
        self._tails: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            parts = _parts(phrase)
            if parts[0].startswith("*"):
                self._tails.setdefault(parts[0][-2:], []).append(parts)
            elif parts[0].endswith("*"):
                self._heads.setdefault(parts[0][:2], []).append(parts)
            else:
                self._whole.setdefault(parts[0], []).append(parts)
        # Most phrases are one word; looking these up needs no comparing.
        self._single = frozenset(first for first, known in self._whole.items() if all(len(p) == 1 for p in known))

    @property
    def firsts(self) -> frozenset[str]:
        """The words, in full, that may begin a phrase."""
        return frozenset(self._whole)

    def length_at(self, among: Sequence[Token], place: int) -> int:
        """How many tokens the longest phrase that begins at `place` takes; 0 if none does, also outside the text."""
        if not 0 <= place < len(among):
            return 0
        token = among[place]
        longest = 0
        if token.word in self._single and not self._heads and not self._tails:
            return 1
        for known in (
            self._whole.get(token.word),
            self._heads.get(token.word[:2]),
            self._tails.get(token.raw[-2:].lower()),
        ):
            for parts in known or ():
                if len(parts) > longest and _match(parts, among, place):
                    longest = len(parts)
        return longest

    def spots(self, among: Sequence[Token]) -> dict[int, int]:
        """Every place where a phrase begins, and how many tokens the longest one there takes."""
        return {place: length for place in self._candidates(among) if (length := self.length_at(among, place))}

    def find(self, among: Sequence[Token]) -> list[tuple[int, int]]:
        """Where phrases stand: (first token, token after the last), longest first at each place, not overlapping."""
        found: list[tuple[int, int]] = []
        free = 0
        for place, length in self.spots(among).items():
            if place >= free:
                free = place + length
                found.append((place, free))
        return found

    def _candidates(self, among: Sequence[Token]) -> list[int]:
        whole, heads, tails = self._whole, self._heads, self._tails
        if not heads and not tails:
            return [place for place, token in enumerate(among) if token.word in whole]
        return [
            place
            for place, token in enumerate(among)
            if token.word in whole or token.word[:2] in heads or token.raw[-2:].lower() in tails
        ]

    def begins_before(self, among: Sequence[Token], place: int) -> int:
        """Where the longest phrase begins that ends right before `place`; `place` itself if none does."""
        for back in range(4, 0, -1):
            if self.length_at(among, place - back) == back:
                return place - back
        return place


def _parts(phrase: str) -> tuple[str, ...]:
    if "*" in phrase:
        # The accent is what tells "explicaré" (I will) from "quiere", so an ending keeps it.
        return tuple(part.lower() if part.startswith("*") else fold(part) for part in phrase.split())
    return tuple(token.word for token in tokens(phrase)) or (phrase,)


def _match(parts: tuple[str, ...], among: Sequence[Token], place: int) -> bool:
    if place + len(parts) > len(among):
        return False
    for step, part in enumerate(parts):
        token = among[place + step]
        if part != token.word and not ("*" in part and _fits(part, token)):
            return False
    return True


def _fits(part: str, token: Token) -> bool:
    if part.endswith("*"):
        return token.word.startswith(part[:-1])
    return len(token.raw) <= LONGEST_WORD and token.raw.lower().endswith(part[1:])


def quoted(text: str, among: Sequence[Token]) -> frozenset[int]:
    """Tokens that stand between quotation marks: somebody's words, not the plan's."""
    spans: list[tuple[int, int]] = []
    begun: dict[str, int] = {}
    for mark in islice(_QUOTES.finditer(text), _QUOTES_READ):
        sign, place = mark[0], mark.start()
        opener = _CLOSES.get(sign, sign)
        if (sign in _CLOSES or sign == '"') and opener in begun:
            start = begun.pop(opener)
            if place - start <= _LONGEST_QUOTE:
                spans.append((start, place))
        elif sign not in _CLOSES:
            begun[sign] = place
    inside = (at for at, token in enumerate(among) if any(start < token.start < end for start, end in spans))
    return frozenset(inside)


def same_clause(among: Sequence[Token], one: int, other: int) -> bool:
    """Does no comma, full stop or bracket stand between two tokens?"""
    between = among[min(one, other) : max(one, other)]
    return not any(token.raw[-1] in _CLAUSE_ENDS for token in between)


def negated(among: Sequence[Token], place: int, negators: Phrases, reach: int = 4) -> bool:
    """Is there a "not", "without" or "instead of" in the same clause, at most `reach` words before `place`?"""
    before = range(max(place - reach, 0), place)
    return any(negators.length_at(among, at) and same_clause(among, at, place) for at in before)
