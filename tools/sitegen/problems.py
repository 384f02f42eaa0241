"""A mistake in the content, with its place and a way out, and how mistakes are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.codes import CODES, Code, Severity

LONGEST_SHOWN = 60
"""Characters of somebody's text that a message repeats."""

LONGEST_GUESSED = 80
"""Characters of a word for which we still look for a similar one; comparing takes time that grows with their square."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. Lines and columns count from 1; `code` is a key of `CODES`, where the page explains it."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str | None = None

    @property
    def severity(self) -> Severity:
        """`error` stops a build; `warning` does not."""
        return CODES[self.code].severity

    def to_dict(self) -> dict[str, object]:
        """The problem as plain data for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
        }

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


def explained() -> tuple[Code, ...]:
    """Every code with its explanation, in the order of the page about them."""
    return tuple(CODES.values())


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and place."""
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.code, p.message, p.hint or ""))


def render(problems: Sequence[Problem]) -> str:
    """All problems as text, one or two lines each, and a last line that counts them."""
    return "\n".join([*map(str, problems), summary(problems)])


def summary(problems: Sequence[Problem]) -> str:
    """ "1 problem in 1 file", "3 problems and 1 warning in 2 files", "No problems"."""
    if not problems:
        return "No problems"
    wrong = len(errors(problems))
    counts = [_count(wrong, "problem"), _count(len(problems) - wrong, "warning")]
    told = " and ".join(count for count in counts if not count.startswith("0 "))
    return f"{told} in {_count(len({problem.file for problem in problems}), 'file')}"


def quoted(text: object) -> str:
    """Somebody's text inside a message: on one line, without signs that a terminal obeys, and not too long."""
    shown = "".join(sign if sign.isprintable() else " " for sign in str(text)[: 2 * LONGEST_SHOWN]).strip()
    return f"'{shown[: LONGEST_SHOWN - 1]}…'" if len(str(text)) > LONGEST_SHOWN else f"'{shown}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, if there is one."""
    if len(word) > LONGEST_GUESSED:
        return None
    lowered = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), lowered, 1, 0.6)
    return lowered[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint for a word that is not known: "did you mean 'grow'?", or the few that are known."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return f"did you mean '{near}'?"
    return f"known here: {', '.join(names)}" if 0 < len(names) <= 12 else None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
