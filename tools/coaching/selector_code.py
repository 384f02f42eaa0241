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
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from math import prod
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Literal

from coaching.selector import Request, SelectorContent, importance_of

Fault = Literal["length", "letter", "check", "version", "questions", "value"]
Span = tuple[int, int]

LENGTH = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VERSIONS = 32
_ROLES = 8
"""Seven roles and "not said", however many there are now: a new role leaves the other digits in their places."""
_PRINTS = 512
_ROOM = 32**13

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# Soft hyphen, zero-width characters, marks of writing direction: messengers and word processors strew them in.
_UNSEEN = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
# Letter by letter, so that places stay the same: capitals, a Turkish i, every dash but the long one; full-width signs.
_FOLD = str.maketrans(ascii_lowercase + "ıİ‐‑‒–−﹣", ascii_uppercase + "II------") | {
    0xFEE0 + code: ord(chr(code).upper()) for code in range(ord("!"), ord("~") + 1)
}


class BadCode(Exception):
    """A text that is no code for these questions; the message is a sentence for the reader, with a way out."""

    def __init__(self, kind: Fault, message: str) -> None:
        super().__init__(message)
        self.kind: Fault = kind


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a code holds."""

    request: Request
    """Importance that is the usual one is left out, as in `parse_request`; weights of the reader's own have no room."""
    role: str | None
    """Key of a `TeamRole`; None is "not said"."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A code in a text, or something that was meant as one."""

    line: int
    """The line it begins on, from 1."""
    text: str
    """As it stood, without invisible characters and without the words around it."""
    answered: Answered | None
    problem: str
    """A sentence for the reader; empty if the code is fine."""


def fits_code(content: SelectorContent) -> bool:
    """Whether every way to answer these questions has a code."""
    return len(content.roles) < _ROLES and prod(_radices(content)) * _PRINTS <= _ROOM


def encode(content: SelectorContent, answered: Answered) -> str:
    """The code of these answers, in groups of four.

    Args:
        answered: keys that exist in `content`, as `parse_request` returns them.

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
        text: a code in any case, with or without dashes, spaces and signs; O is read as 0, I and L as 1.

    Raises:
        BadCode: with the first thing that is wrong, in the order of `Fault`.
    """
    return _Reader(content).read(text.translate(_UNSEEN).translate(_FOLD))


def find_codes(content: SelectorContent, text: str) -> list[Found]:
    """Every code in a pasted text, such as a chat or a mail, and what was evidently meant as one, in its order.

    What only resembles a code (words, dates, phone numbers) is left out. Takes time in proportion to the text.
    """
    reader, line, counted = _Reader(content), 1, 0
    found: list[Found] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    # The second step is for links that a mail filter has wrapped into its own.
    folded = text.translate(_FOLD).replace("%23R%3D", "    #R=")
    for start, end in _layered((reader.whole, _shaped, _spaced), folded, 0, len(folded)):
        line, counted = line + text.count("\n", counted, start), start
        answered, problem = None, ""
        try:
            answered = reader.read(folded[start:end])
        except BadCode as bad:
            problem = str(bad)
        found.append(Found(line=line, text=text[start:end], answered=answered, problem=problem))
    return found


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


class _Reader:
    """Reads codes of one question set, from folded text."""

    def __init__(self, content: SelectorContent) -> None:
        self.content, self.version = content, content.version % _VERSIONS
        self.radices, self.fingerprint = _radices(content), _fingerprint(content)

    def read(self, folded: str) -> Answered:
        letters = [letter for letter in folded if letter.isalnum()]
        if len(letters) != LENGTH:
            has = "1 character" if len(letters) == 1 else f"{len(letters) or 'no'} characters"
            raise BadCode("length", f"This is not a whole code: it has {has}, and a code has 16. Copy the code again.")
        for letter in letters:
            if letter not in _VALUE:
                raise BadCode("letter", f"“{letter}” is never in a code. Compare it with the screen it came from.")
        symbols = [_VALUE[letter] for letter in letters]
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

    def _answered(self, role: int, choices: Iterator[int]) -> Answered:
        # `zip` asks its first part first, so it takes no choice too many.
        content = self.content
        answers = {q.key: q.answers[n - 1].key for q, n in zip(content.questions, choices, strict=False) if n}
        importance = {q.key: content.importance[n].key for q, n in zip(content.scored, choices, strict=False) if n}
        before = frozenset(box.flag for box, n in zip(content.before, choices, strict=True) if n)
        request = Request(answers=answers, importance=importance, before=before)
        return Answered(request=request, role=content.roles[role - 1].key if role else None)

    def whole(self, folded: str, start: int, end: int) -> Iterator[Span]:
        """Words in a row that make a code, whatever their lengths: a name beside a code shifts nothing."""
        for row in _ROW.finditer(folded, start, end):
            if len(row[0]) < LENGTH:
                continue
            words = [word.span() for word in _WORD.finditer(folded, *row.span())]
            values = bytes(_VALUE[letter] for letter in row[0] if letter in _VALUE)
            places = [0, *accumulate(end - start for start, end in words)]
            ends = {place: end for place, (_, end) in zip(places[1:], words, strict=True)}
            for place, (first, _) in zip(places, words, strict=False):
                last, symbols = ends.get(place + LENGTH), values[place : place + LENGTH]
                # Two quick looks before the long one. By the check alone, one row of words in 1024 would be a code.
                if last and symbols[0] == self.version and not _check(symbols) and self._reads(folded[first:last]):
                    yield first, last

    def _reads(self, folded: str) -> bool:
        try:
            self.read(folded)
        except BadCode:
            return False
        return True


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


# ---- codes among other text

# What may stand within a code: spaces, dashes, a new line, the signs of a mail that is quoted.
_JOINT = r"[\s>—-]{1,12}"
_WORD = re.compile("[0-9A-Z]+")
_ROW = re.compile(rf"(?<![0-9A-Z])[0-9A-TV-Z]+(?:{_JOINT}[0-9A-TV-Z]+)*(?![0-9A-Z])")
# The whole of what dashes hold together; a line may end after a dash.
_CHAIN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]+(?:-(?:\n[> ]*)?[0-9A-Z]+)*")
# Four or more groups of about four on one line.
_GROUPS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{3,5}(?:(?:(?!\n)[\s—-]){1,3}[0-9A-Z]{3,5}){3,}(?![0-9A-Z])")
_KINDS = str.maketrans(digits + ascii_uppercase, "0" * 10 + "A" * 26)

Finder = Callable[[str, int, int], Iterator[Span]]


def _layered(finders: Sequence[Finder], folded: str, start: int, end: int) -> Iterator[Span]:
    """What the first finder finds and, in what it leaves over, what the next ones find; none over another."""
    if not finders:
        return
    find, *others = finders
    for first, last in (*find(folded, start, end), (end, end)):
        if first >= start:
            yield from _layered(others, folded, start, first)
            if first < last:
                yield first, last
            start = last


def _shaped(folded: str, start: int, end: int) -> Iterator[Span]:
    """What is no code and was evidently meant as one: the end of a link, groups with dashes, 16 characters.

    Of codes with one wrong character, 998 of 1000 are recognised with dashes and 98 of 100 without.
    """
    for chain in _CHAIN.finditer(folded, start, end):
        linked = folded.endswith("#R=", 0, chain.start())
        # No shape is shorter than three groups of three.
        if linked or (len(chain[0]) >= len("XXX-XXX-XXX") and _has_shape(chain[0])):
            yield chain.span()


def _has_shape(chain: str) -> bool:
    sizes, looks = [len(word) for word in _WORD.findall(chain)], _looks(chain)
    if sizes == [LENGTH]:
        return looks >= 3
    if sizes == [4, 4, 4, 4]:
        return looks >= 1
    return looks >= 2 and max(sizes) <= 5 and sum(size >= 3 for size in sizes) >= 3


def _spaced(folded: str, start: int, end: int) -> Iterator[Span]:
    """Four groups with spaces between them that look most like a code; 93 of 100 with a wrong character do."""
    for run in _GROUPS.finditer(folded, start, end):
        groups = [group.span() for group in _WORD.finditer(folded, *run.span())]
        fours = [(first, last) for (first, _), (_, last) in zip(groups, groups[3:], strict=False)]
        looks = [_looks(folded[first:last]) for first, last in fours]
        done = 0
        for (first, last), look, following in zip(fours, looks, [*looks[1:], 0], strict=True):
            # Of two alike the second: names stand before codes.
            if first >= done and look >= 3 and look > following:
                yield first, last
                done = last


def _looks(folded: str) -> int:
    """How much a text looks like a code: the places where letters and digits take turns, at most 1 unless both ways.

    Codes do it both ways. Room B101 and day1 go from letters to digits only, 10th and 45min the other way only.
    """
    kinds = folded.translate(_KINDS)
    ups, downs = kinds.count("A0"), kinds.count("0A")
    return ups + downs if ups and downs else min(1, ups + downs)
