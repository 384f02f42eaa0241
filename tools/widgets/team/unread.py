"""What was meant as a code and could not be read: kept in memory until it is repaired or left out, and never stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from coaching.selector_paste import Found, letters, one_slip_apart

MOST = 30
"""Texts that are told at a time."""


@dataclass(frozen=True, kw_only=True)
class Bad:
    """Something that was meant as a code and cannot be read."""

    line: int
    """The line of the text it came with, from 1."""
    text: str
    problem: str
    fresh: bool = True
    """Whether it came with the last reading."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return letters(self.text)


@dataclass(frozen=True, kw_only=True)
class Unread:
    """What could not be read so far."""

    bad: tuple[Bad, ...] = ()
    settled: tuple[str, ...] = ()
    """Keys of what was repaired or left out: reading the same chat again must not bring it back."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(bad.key for bad in self.bad)

    @property
    def aged(self) -> Unread:
        """The same when another text is read."""
        return replace(self, bad=tuple(replace(bad, fresh=False) for bad in self.bad))

    def found(self, found: Found) -> Unread:
        """With one text more that cannot be read."""
        bad = Bad(line=found.line, text=" ".join(found.text.split()), problem=found.problem)
        if bad.key in self.settled or bad.key in self.keys or len(self.bad) >= MOST:
            return self
        return replace(self, bad=(*self.bad, bad))

    def repaired(self, code: str) -> Unread:
        """Without what differs from a good code by one slip: it came again, and right."""
        right = letters(code)
        return self.without([key for key in self.keys if one_slip_apart(key, right)])

    def without(self, keys: Collection[str]) -> Unread:
        """Without these texts, for good."""
        bad = tuple(bad for bad in self.bad if bad.key not in keys)
        gone = (key for key in self.keys if key in keys)
        return Unread(bad=bad, settled=tuple(dict.fromkeys((*self.settled, *gone))))
