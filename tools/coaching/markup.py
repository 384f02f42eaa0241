"""The inline markup of content: `**strong**`, `[words](kind:id)` and `[@source-id]`; everything else is plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Words:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Anchor:
    """Words that lead to a target, `kind:id`."""

    text: str
    target: str
    strong: bool = False


@dataclass(frozen=True)
class Citation:
    source: str
    strong: bool = False


Token: TypeAlias = Words | Anchor | Citation

_MARK = re.compile(
    r"(?P<strong>\*\*)"
    r"|\[@(?P<source>[^\[\]@;,\s]+)\]"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
)
_STRAY = (
    (re.compile(r"[\[\]]"), "a square bracket that is part of no link and no source"),
    (re.compile(r"\*"), "a single *"),
    (re.compile(r"`"), "a backtick"),
    (re.compile(r"~~"), "struck-out text"),
    (re.compile(r"(?i)\bhttps?://|\bwww\."), "a web address"),
    (re.compile(r"(?<!\w)_{1,2}(?=[^\W_])[^_\n]*(?<=\w)_{1,2}(?!\w)"), "_underscores_ around words"),
)
_AT_START = re.compile(r"(#{1,6}|[-+>])\s")


def parse(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order; never fails: what is no markup is words. White space becomes single spaces.

    >>> parse("See **[this](page:home)** [@lee].")
    (Words(text='See ', strong=False), Anchor(text='this', target='page:home', strong=True),
     Words(text=' ', strong=False), Citation(source='lee', strong=False), Words(text='.', strong=False))
    """
    return tuple(_tokens(" ".join(text.split())))


def parse_marked(text: str, find: Callable[[str], Iterator[tuple[int, int, str]]]) -> tuple[Token, ...]:
    """The tokens of a text, with more words turned into links to terms.

    Args:
        find: for words outside of links, the stretches to be linked: start, end and the term's id, from left to right.
    """
    return tuple(part for token in parse(text) for part in _marked(token, find))


def _marked(token: Token, find: Callable[[str], Iterator[tuple[int, int, str]]]) -> Iterator[Token]:
    if not isinstance(token, Words):
        yield token
        return
    done = 0
    for start, end, term in find(token.text):
        if start > done:
            yield Words(token.text[done:start], token.strong)
        yield Anchor(token.text[start:end], f"term:{term}", token.strong)
        done = end
    if done < len(token.text):
        yield Words(token.text[done:], token.strong)


def _tokens(text: str) -> Iterator[Token]:
    strong, done = False, 0
    for mark in _MARK.finditer(text):
        if mark.start() > done:
            yield Words(text[done : mark.start()], strong)
        done = mark.end()
        if mark["strong"]:
            strong = not strong
        elif mark["source"]:
            yield Citation(mark["source"], strong)
        else:
            yield Anchor(mark["words"], mark["target"], strong)
    if done < len(text):
        yield Words(text[done:], strong)


def plain(text: str) -> str:
    """The text without markup and without its sources, for descriptions and search."""
    shown = "".join(token.text for token in parse(text) if not isinstance(token, Citation))
    return re.sub(r" +([.,;:!?)]|$)", r"\1", " ".join(shown.split()))


def citations(text: str) -> list[str]:
    """Ids of the sources that the text cites, in order."""
    return [token.source for token in parse(text) if isinstance(token, Citation)] if "[@" in text else []


def targets(text: str) -> list[str]:
    """Where the links of the text lead, in order."""
    return [token.target for token in parse(text) if isinstance(token, Anchor)] if "](" in text else []


def faults(text: str) -> Iterator[tuple[str, str]]:
    """What looks like markup and is none that we know: the words that show it, and what they are."""
    stripped = text.strip()
    if "\n" in stripped:
        yield re.split(r"\s*\n\s*", stripped)[1][:20], "a line break inside one text"
    start = _AT_START.match(stripped)
    if start:
        yield start[0].strip(), f"a text that starts with {start[1]}"
    marks = [mark for mark in _MARK.finditer(stripped) if mark["strong"]]
    if len(marks) % 2:
        yield "**", "** that is opened and not closed"
    if "![" in stripped:
        yield "![", "a picture"
    for token in parse(stripped):
        if isinstance(token, Citation):
            continue
        if isinstance(token, Anchor) and "**" in token.text:
            yield token.text, "** inside the words of a link; put it around the link"
            continue
        for pattern, what in _STRAY:
            found = pattern.search(token.text)
            if found:
                yield found[0], what
