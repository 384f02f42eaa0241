"""Spelling: known slips and British forms, by codespell's dictionaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from sitegen.editorial.prose import texts
from sitegen.problems import Problem, quoted
from sitegen.reading import Reading

DICTIONARIES = ("dictionary.txt", "dictionary_en-GB_to_en-US.txt")
OURS = {
    "programme": "program",
    "programmes": "programs",
    "learnt": "learned",
    "whilst": "while",
    "judgement": "judgment",
}
"""Added to the dictionaries: word -> what to write."""
ALLOWED = {"dialogue", "dialogues", "ines"}
"""In the dictionaries, and right here: what Knight calls dialogue is no box on a screen, and Ines is a name."""
OTHERS_WORDS = ("title", "venue", "authors", "also_known_as", "keywords")
"""Fields that repeat what others wrote, or what readers type."""

_WORD = re.compile(r"[A-Za-z][a-z’']*[a-z]")


def misspelled(reading: Reading) -> Iterator[Problem]:
    """Words that are known slips, and words spelled as in Britain."""
    for file in reading.files:
        for text in texts(file, ("prose", "example", "label")):
            if text.node.field in OTHERS_WORDS and file.shelf.where in ("sources.yml",):
                continue
            for found in _WORD.finditer(text.words):
                right = _slips().get(found[0].lower())
                if right and found[0].lower() not in ALLOWED:
                    place = file.document.find(text.node.path, found[0])
                    yield file.document.problem(
                        "SPELLING", place, f"{quoted(found[0])} is misspelled", f"write {right}"
                    )


@cache
def _slips() -> dict[str, str]:
    """Word -> what to write instead."""
    found: dict[str, str] = {}
    for name in DICTIONARIES:
        text = resources.files("codespell_lib").joinpath("data", name).read_text("utf-8")
        for line in text.splitlines():
            wrong, _, right = line.partition("->")
            # After a comma come further guesses, and after the last one a reason why the word may be right.
            found.setdefault(wrong, right.split(",")[0].strip())
    return {**found, **OURS}
