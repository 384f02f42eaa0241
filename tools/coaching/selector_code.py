"""The result code: a reader's answers in 16 characters that can be read aloud, typed and pasted into a chat.

`K7QF-2M9X-R4TD-0WZP`, in Crockford's base 32 (no I, L, O, U). It holds the role, the answers, their importance and the
ticked boxes; no name and no free text.

- 1       the version of the questions, modulo 32
- 2-14    65 bits: one number with a digit for each choice (mixed radix), then a 9-bit fingerprint of the questions
- 15-16   two check symbols

The check symbols are a Reed-Solomon code over GF(32), x^5 + x^2 + 1, with generator (x - a)(x - a^2): two codes differ
in three characters at least, so one or two wrong characters, and so a swap of any two, are always noticed.

Other text passes the check once in 1024. It must also name the version (32), bear the fingerprint (512) and hold a
number that answers can make (5 in 6 with the questions of version 1): all in all about once in 20 million.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import prod
from string import ascii_lowercase, ascii_uppercase
from typing import Literal

from coaching.selector import Request, SelectorContent, importance_of

Fault = Literal["length", "letter", "check", "version", "questions", "value"]

LENGTH = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VERSIONS = 32
_ROLES = 8
"""Seven roles and "not said", however many there are now: a new role leaves the other digits in their places."""
_PRINTS = 512
_ROOM = 32**13

VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
"""letter -> its number, 0 to 31, of those in `ALPHABET` and those that look like one."""
# Soft hyphen, zero-width characters, marks of writing direction: messengers and word processors strew them in.
_UNSEEN = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
# What other keyboards have for a letter: Greek and Cyrillic capitals, zeros with a stroke. A key gives small ones too.
# Those of zero become O and no digit, or Jørn and Søren would look like parts of a code.
_ALIKE, _LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВСЕІЈКМНОРЅТУХӀØՕ∅⌀〇", "ABEZHIKMNOPTYXABCEIJKMHOPSTYXIOOOOO"
# Letter by letter, so that places stay the same: capitals, a Turkish i, every dash but the long one; full-width signs.
_FOLD = str.maketrans(
    ascii_lowercase + _ALIKE + _ALIKE.lower() + "ıİ‐‑‒–−﹣", ascii_uppercase + _LATIN + _LATIN + "II------"
) | {0xFEE0 + code: ord(chr(code).upper()) for code in range(ord("!"), ord("~") + 1)}


class BadCode(Exception):
    """A text that is no code for these questions; the message is a sentence for the reader, with a way out."""

    def __init__(self, kind: Fault, message: str) -> None:
        super().__init__(message)
        self.kind: Fault = kind


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a code holds."""

    request: Request
    """Importance that is the usual one is left out; weights of the reader's own have no room."""
    role: str | None
    """Key of a `TeamRole`; None is "not said"."""


def fits_code(content: SelectorContent) -> bool:
    """Whether every way to answer these questions has a code."""
    return len(content.roles) < _ROLES and prod(_radices(content)) * _PRINTS <= _ROOM


def encode(content: SelectorContent, answered: Answered) -> str:
    """The code of these answers, in groups of four.

    Args:
        answered: keys that exist in `content`.

    Raises:
        ValueError: the questions do not fit into a code, or have no such answer or role.
    """
    if not fits_code(content):
        raise ValueError("the questions do not fit into a code of 16 characters")
    number = 0
    for radix, digit in zip(_radices(content), _digits(content, answered), strict=True):
        number = number * radix + digit
    number = number * _PRINTS + _fingerprint(content)
    data = [content.version % _VERSIONS, *(number >> 5 * place & 31 for place in reversed(range(13)))]
    letters = "".join(ALPHABET[symbol] for symbol in (*data, *divmod(_check(data), 32)))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def decode(content: SelectorContent, text: str) -> Answered:
    """The answers that a code holds.

    Args:
        text: a code in any case, with or without dashes, spaces and signs; what looks like a 0 or 1 is read so.

    Raises:
        BadCode: with the first thing that is wrong, in the order of `Fault`.
    """
    return Reader(content).read(fold(strip_unseen(text)))


def strip_unseen(text: str) -> str:
    """A text without the characters that nobody sees."""
    return text.translate(_UNSEEN)


def fold(text: str) -> str:
    """A text in Latin capitals and with one kind of dash, as `Reader` reads it; every character keeps its place."""
    return text.translate(_FOLD)


# ---- from answers to a number and back


def _radices(content: SelectorContent) -> list[int]:
    """How many values each digit has: role, answers, importance, boxes."""
    answers = [1 + len(question.answers) for question in content.questions]
    return [_ROLES, *answers, *(len(content.importance) for _ in content.scored), *(2 for _ in content.before)]


def _digits(content: SelectorContent, answered: Answered) -> Iterator[int]:
    request = answered.request
    yield [None, *(role.key for role in content.roles)].index(answered.role)
    for question in content.questions:
        yield [None, *(answer.key for answer in question.answers)].index(request.answers.get(question.key))
    for question in content.scored:
        yield content.importance.index(importance_of(question.key, content, request))
    yield from (int(box.flag in request.before) for box in content.before)


def _fingerprint(content: SelectorContent) -> int:
    """9 bits that change when the questions do, so that a code made with other ones is noticed."""
    keys = [
        [role.key for role in content.roles],
        [[question.key, question.use == "score", *(a.key for a in question.answers)] for question in content.questions],
        [level.key for level in content.importance],
        [box.flag for box in content.before],
    ]
    return int.from_bytes(sha256(json.dumps(keys).encode()).digest()[:2]) % _PRINTS


class Reader:
    """Reads codes of one question set, from text as `fold` gives it."""

    def __init__(self, content: SelectorContent) -> None:
        self.content, self.version = content, content.version % _VERSIONS
        self.radices, self.fingerprint = _radices(content), _fingerprint(content)

    def read(self, folded: str) -> Answered:
        """The answers that a code holds.

        Raises:
            BadCode: as in `decode`.
        """
        letters = [letter for letter in folded if letter.isalnum()]
        if len(letters) != LENGTH:
            has = "1 character" if len(letters) == 1 else f"{len(letters) or 'no'} characters"
            raise BadCode("length", f"This is not a whole code: it has {has}, and a code has 16. Copy the code again.")
        for letter in letters:
            if letter not in VALUES:
                raise BadCode("letter", f"“{letter}” is never in a code. Compare it with the screen it came from.")
        symbols = [VALUES[letter] for letter in letters]
        if _check(symbols):
            wrong = "A character in this code is wrong or two are swapped."
            raise BadCode("check", f"{wrong} Compare it with the screen it came from.")
        if symbols[0] != self.version:
            raise BadCode("version", _other_version(symbols[0], self.content.version))
        number = 0
        for symbol in symbols[1:-2]:
            number = number << 5 | symbol
        number, fingerprint = divmod(number, _PRINTS)
        if fingerprint != self.fingerprint:
            raise BadCode("questions", "This code was made with other questions than this page has. Ask for a new one.")
        choices: list[int] = []
        for radix in reversed(self.radices):
            number, choice = divmod(number, radix)
            choices.append(choice)
        role = choices.pop()
        if number or role > len(self.content.roles):
            raise BadCode("value", "This code holds an answer that this page does not have. Ask for a new code.")
        return self._answered(role, reversed(choices))

    @property
    def possible(self) -> list[str]:
        """The characters that can stand at each of the 16 places: few where the version and the fingerprint are."""
        high, low = divmod(self.fingerprint, 32)
        known = {0: {self.version}, 12: {high, high | 16}, 13: {low}}
        return [
            "".join(letter for letter, value in VALUES.items() if value in known.get(place, range(32)))
            for place in range(LENGTH)
        ]

    def _answered(self, role: int, choices: Iterator[int]) -> Answered:
        # `zip` asks its first part first, so it takes no choice too many.
        content = self.content
        answers = {q.key: q.answers[n - 1].key for q, n in zip(content.questions, choices, strict=False) if n}
        importance = {q.key: content.importance[n].key for q, n in zip(content.scored, choices, strict=False) if n}
        before = frozenset(box.flag for box, n in zip(content.before, choices, strict=True) if n)
        request = Request(answers=answers, importance=importance, before=before)
        return Answered(request=request, role=content.roles[role - 1].key if role else None)


def _other_version(residue: int, ours: int) -> str:
    """The nearest version it can be: a code holds the remainder by 32 only."""
    ahead = (residue - ours) % _VERSIONS
    older = ours + ahead - _VERSIONS
    if ahead < _VERSIONS // 2 or older < 1:
        made = f"This code was made with version {ours + ahead} of the questions, and this page has version {ours}."
        return f"{made} Reload the page, or ask for a new code."
    made = f"This code was made with an older version ({older}) of the questions; this page has version {ours}."
    return f"{made} Ask for a new code."


# ---- check symbols


def _times_a(symbol: int) -> int:
    """The product with a, the root of x^5 + x^2 + 1, in GF(32)."""
    return symbol << 1 ^ (0b100101 if symbol & 16 else 0)


def _feedback(symbol: int) -> int:
    """The symbol times what the generator, x^2 + (a + a^2) x + a^3, has below x^2."""
    once = _times_a(symbol)
    twice = _times_a(once)
    return (once ^ twice) << 5 | _times_a(twice)


_FEEDBACK = [_feedback(symbol) for symbol in range(32)]


def _check(symbols: Iterable[int]) -> int:
    """The remainder of the symbols, shifted by two, on division by the generator.

    For the data these are both check symbols, 5 bits each; for a whole code it is 0.
    """
    rest = 0
    for symbol in symbols:
        rest = (rest & 31) << 5 ^ _FEEDBACK[rest >> 5 ^ symbol]
    return rest
