"""Plain words: how hard a page is to read, and words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sitegen.editorial.prose import SHELVES_OF_PAGES, texts
from sitegen.problems import Problem, quoted
from sitegen.reading import Reading

HIGHEST_GRADE = 9
"""School grade by Flesch and Kincaid."""
ENOUGH_WORDS = 150
"""Below this the formula says more about single words than about the text."""

# Sayings in quotation marks are somebody else's words.
_QUOTED = re.compile(r"“[^”]*”")

FILLER = (
    "it is important to note", "it should be noted", "in order to", "in today’s", "plays a crucial role",
    "plays a vital role", "a wide range of", "a wide variety of", "at the end of the day", "needless to say",
    "first and foremost", "when it comes to", "in terms of", "leverages", "leveraging", "utilize",
    "utilizes", "utilizing", "delve", "delves", "unlock the", "empower", "empowers", "empowering", "game-changer",
    "game changer", "holistic", "cutting-edge", "best-in-class", "world-class", "robust", "seamless", "seamlessly",
    "journey", "impactful", "transformative", "myriad", "plethora", "paradigm", "crucial",
    "foster a culture", "fosters a culture",
)  # fmt: skip
"""Words and phrases that can go, or that stand for a plainer one."""


def hard_to_read(reading: Reading) -> Iterator[Problem]:
    """Files whose texts, taken together, need more than a ninth-grader's reading."""
    for file in reading.on(*SHELVES_OF_PAGES, "selector.yml", "worksheets/goal.yml", "questions.yml", "myths.yml"):
        told = [_ended(_QUOTED.sub("that", text.words)) for text in texts(file)]
        whole = " ".join(told)
        if len(whole.split()) < ENOUGH_WORDS:
            continue
        grade = reading_grade(whole)
        if grade > HIGHEST_GRADE:
            hardest = max(told, key=lambda text: reading_grade(text) if len(text.split()) > 12 else 0)
            message = f"the texts read at grade {grade:.1f}, and {HIGHEST_GRADE} is the most"
            hint = f"shorter words and sentences; the hardest begins {quoted(hardest)}"
            yield file.document.problem("READING-GRADE", file.document.at(()), message, hint)


def reading_grade(text: str) -> float:
    """School grade that a text asks for, by Flesch and Kincaid."""
    import textstat  # it reads its dictionary when it is loaded, and only this check needs it

    return float(textstat.flesch_kincaid_grade(text))


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?”" else f"{text}."


OTHERS_WORDS = ("seed.yml", "sources.yml")
"""Files that repeat headings and titles of others."""


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, FILLER))})\b")


def filler(reading: Reading) -> Iterator[Problem]:
    """Words that say nothing, outside of quotation marks."""
    for file in reading.files:
        if file.shelf.where in OTHERS_WORDS:
            continue
        for text in texts(file, ("prose", "example", "label")):
            found = _filler().search(_QUOTED.sub("", text.words))
            if found:
                place = file.document.find(text.node.path, found[0])
                message = f"{quoted(found[0])} says little"
                yield file.document.problem("FILLER", place, message, "leave it out, or say the plain thing")
