"""Result codes in a pasted text: a chat, a mail, a list of names.

What fits a code is found wherever it stands. What does not and was evidently meant as one is found as well, so that
the reader hears what is wrong with it; words, dates and phone numbers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from string import ascii_uppercase, digits

from coaching.selector import SelectorContent
from coaching.selector_code import LENGTH, VALUES, Answered, BadCode, Reader, fold, strip_unseen

Span = tuple[int, int]
Finder = Callable[[str, int, int], Iterator[Span]]

# What may stand within a code: spaces, dashes, a new line, the signs of a mail that is quoted.
_JOINT = r"[\s>—-]{1,12}"
_WORD = re.compile("[0-9A-Z]+")
_ROW = re.compile(rf"(?<![0-9A-Z])[0-9A-TV-Z]+(?:{_JOINT}[0-9A-TV-Z]+)*(?![0-9A-Z])")
# The whole of what dashes hold together; a line may end after a dash.
_CHAIN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]+(?:-(?:\n[> ]*)?[0-9A-Z]+)*")
# Four or more groups of about four on one line.
_GROUPS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{3,5}(?:(?:(?!\n)[\s—-]){1,3}[0-9A-Z]{3,5}){3,}(?![0-9A-Z])")
_KINDS = str.maketrans(digits + ascii_uppercase, "0" * 10 + "A" * 26)


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


def find_codes(content: SelectorContent, text: str) -> list[Found]:
    """Every code in a pasted text, such as a chat or a mail, and what was evidently meant as one, in its order.

    What only resembles a code (words, dates, phone numbers) is left out. Takes time in proportion to the text.
    """
    reader, line, counted = Reader(content), 1, 0
    found: list[Found] = []
    text = strip_unseen(text.replace("\r\n", "\n").replace("\r", "\n"))
    # The second step is for links that a mail filter has wrapped into its own.
    folded = fold(text).replace("%23R%3D", "    #R=")
    for start, end in _layered((partial(_whole, reader), _shaped, _spaced), folded, 0, len(folded)):
        line, counted = line + text.count("\n", counted, start), start
        answered, problem = None, ""
        try:
            answered = reader.read(folded[start:end])
        except BadCode as bad:
            problem = str(bad)
        found.append(Found(line=line, text=text[start:end], answered=answered, problem=problem))
    return found


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


def _whole(reader: Reader, folded: str, start: int, end: int) -> Iterator[Span]:
    """Words in a row that make a code, whatever their lengths: a name beside a code shifts nothing."""
    for row in _ROW.finditer(folded, start, end):
        if len(row[0]) < LENGTH:
            continue
        words = [word.span() for word in _WORD.finditer(folded, *row.span())]
        values = bytes(VALUES[letter] for letter in row[0] if letter in VALUES)
        places = [0, *accumulate(end - start for start, end in words)]
        ends = {place: end for place, (_, end) in zip(places[1:], words, strict=True)}
        for place, (first, _) in zip(places, words, strict=False):
            last = ends.get(place + LENGTH)
            # A quick look before the long one. By the check alone, one row of words in 1024 would be a code.
            if last and reader.may_read(values[place : place + LENGTH]) and _reads(reader, folded[first:last]):
                yield first, last


def _reads(reader: Reader, folded: str) -> bool:
    try:
        reader.read(folded)
    except BadCode:
        return False
    return True


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
