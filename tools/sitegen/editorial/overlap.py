"""Texts that stand in two places: a reader who follows a link should never read the same paragraph again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from sitegen.editorial.prose import SHELVES_OF_PAGES, Text, texts
from sitegen.problems import Problem, quoted
from sitegen.reading import Reading

SHINGLE = 5
"""Words in a row that are looked at together."""
SHORTEST = 14
"""Words of a text below which two may well be alike."""
MOST_SHARED = 0.4
"""Share of a text's shingles that may stand in one other text."""

_WORD = re.compile(r"[a-z0-9’']+")


def shared_texts(reading: Reading) -> Iterator[Problem]:
    """Texts that are mostly those of another place; told at the later one."""
    seen: list[Text] = []
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for file in reading.on(*SHELVES_OF_PAGES, "glossary.yml", "myths.yml", "questions.yml"):
        for text in texts(file):
            shingles = _shingles(text.words)
            if not shingles:
                continue
            found = Counter(place for shingle in shingles for place in where[shingle])
            place, count = found.most_common(1)[0] if found else (0, 0)
            if count > MOST_SHARED * len(shingles):
                other = seen[place]
                line = other.file.document.at(other.node.path).line
                message = f"much of this text also stands in {other.file.document.file}:{line}"
                hint = f"both have {quoted(_common(shingles, other))}; say it once and link, or say it anew"
                yield file.document.problem("SHARED-TEXT", file.document.at(text.node.path), message, hint)
            for shingle in shingles:
                where[shingle].append(len(seen))
            seen.append(text)


def _shingles(words: str) -> set[tuple[str, ...]]:
    found = _WORD.findall(words.lower())
    if len(found) < SHORTEST:
        return set()
    return {tuple(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)}


def _common(shingles: set[tuple[str, ...]], other: Text) -> str:
    return " ".join(min(shingles & _shingles(other.words)))
