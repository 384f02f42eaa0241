"""Editorial rules: how the content reads. They warn, and never stop a build: a district may have reasons of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.editorial import depth, orphans, overlap, plain_words, spelling
from sitegen.problems import Problem
from sitegen.reading import Reading

RULES = (
    depth.thin_lists,
    orphans.orphan_pages,
    overlap.shared_texts,
    plain_words.hard_to_read,
    plain_words.filler,
    spelling.misspelled,
)


def editorial(reading: Reading) -> Iterator[Problem]:
    """Everything the rules have to say about the content, in no order."""
    for rule in RULES:
        yield from rule(reading)
