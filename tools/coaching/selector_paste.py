"""Result codes in a pasted text: a chat, a mail, a list of names.

What reads as a code is found wherever it stands, even glued to a name or to the next code. What does not and was
evidently meant as one is found as well, so that the reader hears what is wrong with it; words, dates and phone numbers
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase, digits

from coaching.selector import SelectorContent
from coaching.selector_code import ALPHABET, LENGTH, VALUES, Answered, BadCode, Reader, fold, strip_unseen

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]

# What may stand within a code: spaces, dashes, a new line, the signs of a mail that is quoted.
_JOINT = r"[\s>—-]{0,12}+"
# Between groups of four anything may that is no letter.
_BETWEEN = r"[\W_]{0,12}+"
_WORD = re.compile("[0-9A-Z]+")
# The whole of what dashes hold together; a line may end after a dash.
_CHAIN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]+(?:-(?:\n[> ]*)?[0-9A-Z]+)*")
# Four groups of about four with one sign between them, and no more: a path or an address goes on.
_SIGN = r"[./\\_|·•・,;+*~]"
_JOINED = re.compile(
    rf"(?<![0-9A-Z]{_SIGN})(?<![0-9A-Z./\\])[0-9A-Z]{{3,5}}({_SIGN})[0-9A-Z]{{3,5}}(?:\1[0-9A-Z]{{3,5}}){{2}}"
    rf"(?!{_SIGN}?[0-9A-Z])"
)
# Four or more groups of about four on one line.
_GROUPS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{3,5}(?:(?:(?!\n)[\s—-]){1,3}[0-9A-Z]{3,5}){3,}(?![0-9A-Z])")
# What a link carries behind its question mark: passwords of meetings, numbers of calls.
_PARAMETER = re.compile(r"(?:[?&]|&AMP;)[\w.~%\[\]-]{1,40}=([^\s&#<>\"']*)")
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

    What only resembles a code (words, dates, phone numbers, a parameter of a link) is left out. Takes time in
    proportion to the text.
    """
    reader, line, counted = Reader(content), 1, 0
    found: list[Found] = []
    text = strip_unseen(text.replace("\r\n", "\n").replace("\r", "\n"))
    # The second step is for links that a mail filter has wrapped into its own.
    folded = fold(text).replace("%23R%3D", "    #R=")
    for start, end in _spans(reader, folded):
        line, counted = line + text.count("\n", counted, start), start
        answered, problem = None, ""
        try:
            answered = reader.read(folded[start:end])
        except BadCode as bad:
            problem = str(bad)
        found.append(Found(line=line, text=text[start:end], answered=answered, problem=problem))
    return found


def letters(text: str) -> str:
    """What a reader would compare of a code, or of what was meant as one: its letters, those that look alike as one."""
    folded = (letter for letter in fold(strip_unseen(text)) if letter.isalnum())
    return "".join(ALPHABET[VALUES[letter]] if letter in VALUES else letter for letter in folded)


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two texts are the same but for one character that is wrong, missing or too many, or two swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    a, b = one[same:], other[same:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _spans(reader: Reader, folded: str) -> list[Span]:
    """Where the codes are and what was meant as one. In the parameters of links only what reads as a code counts."""
    codes = _layered([partial(_whole, reader, form) for form in _forms(reader)], folded)
    rest = _without(codes, folded)
    rest = _without([found.span(1) for found in _PARAMETER.finditer(rest)], rest)
    return sorted([*codes, *_layered((_shaped, _joined, _spaced), rest)])


def _layered(finders: Sequence[Finder], folded: str) -> list[Span]:
    """What the first finder finds and, in what it leaves over, what the next ones find; in the text's order."""
    found: list[Span] = []
    for find in finders:
        spans = list(find(folded))
        found += spans
        folded = _without(spans, folded)
    return sorted(found)


def _without(spans: Sequence[Span], folded: str) -> str:
    """A text with nothing that a code could hold where the spans are, so that what was glued to them stands alone."""
    parts, done = list[str](), 0
    for start, end in spans:
        parts += folded[done:start], "\0" * (end - start)
        done = end
    return "".join([*parts, folded[done:]])


def _forms(reader: Reader) -> tuple[str, str]:
    """Patterns of what may be a code: in one piece or four groups, wherever in a word; and words of any lengths.

    The first goes first, or a time before a code could make another one with the most of it. The second takes whole
    words, or it would borrow a letter of the next word for one that is missing.
    """
    letters = [f"[{letters}]" for letters in reader.possible]
    groups = ["".join(letters[at : at + 4]) for at in range(0, LENGTH, 4)]
    return _BETWEEN.join(groups), f"(?<![0-9A-Z]){_JOINT.join(letters)}(?![0-9A-Z])"


def _whole(reader: Reader, form: str, folded: str) -> Iterator[Span]:
    """Sixteen characters in this form that make a code.

    By the check alone, one row in 1024 would be one. With the version and the fingerprint, which the form has, a false
    code comes in about 700 million characters of prose and in 80 million of links, numbers and hashes.
    """
    done = 0
    # Looking ahead only, so that the next try begins one character on and not behind what was no code.
    for match in re.finditer(f"(?=({form}))", folded):
        if match.start() >= done and _reads(reader, match[1]):
            done = match.end(1)
            yield match.span(1)


def _reads(reader: Reader, folded: str) -> bool:
    try:
        reader.read(folded)
    except BadCode:
        return False
    return True


def _shaped(folded: str) -> Iterator[Span]:
    """What is no code and was evidently meant as one: the end of a link, groups with dashes, 16 characters.

    Of codes with one wrong character, 998 of 1000 are recognised with dashes and 98 of 100 without.
    """
    for run in _CHAIN.finditer(folded):
        linked = folded.endswith("#R=", 0, run.start())
        # No shape is shorter than three groups of three.
        if linked or (len(run[0]) >= len("XXX-XXX-XXX") and _has_shape(run[0])):
            yield run.span()
        elif glued := _glued(run):
            yield glued


def _has_shape(chain: str) -> bool:
    sizes, looks = [len(word) for word in _WORD.findall(chain)], _looks(chain)
    if sizes == [LENGTH]:
        return looks >= 3
    if sizes == [4, 4, 4, 4]:
        return looks >= 1
    return looks >= 2 and max(sizes) <= 5 and sum(size >= 3 for size in sizes) >= 3


def _glued(run: re.Match[str]) -> Span | None:
    """The code in four groups with a name before the first or behind the last, without the name."""
    sizes, code = [len(word) for word in _WORD.findall(run[0])], slice(len("XXXX-XXXX-XXXX-XXXX"))
    if len(sizes) != 4 or max(sizes) == 4:
        return None
    if sizes[1:] == [4, 4, 4]:
        code = slice(-code.stop, None)
    elif sizes[:3] != [4, 4, 4]:
        return None
    start, end, _ = code.indices(len(run[0]))
    return (run.start() + start, run.start() + end) if _looks(run[0][code]) >= 3 else None


def _joined(folded: str) -> Iterator[Span]:
    """Four groups with a dot, slash or the like between them; 95 of 100 with a wrong character look enough like one."""
    for run in _JOINED.finditer(folded):
        # A character too few or too many is a slip; with more, it is a list of rooms.
        if abs(len(run[0]) - 3 - LENGTH) <= 1 and _looks(run[0]) >= 3:
            yield run.span()


def _spaced(folded: str) -> Iterator[Span]:
    """Four groups with spaces between them that look most like a code; 93 of 100 with a wrong character do."""
    for run in _GROUPS.finditer(folded):
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
