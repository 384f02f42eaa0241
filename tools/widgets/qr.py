"""QR codes as SVG paths, so that they print, scale and follow the page's colors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

QUIET = 4
"""Modules of white around a code, as the standard asks."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    path: str
    """For the `d` of a path that is filled: a rectangle for each run of dark modules."""
    size: int
    """Modules along one side, with the quiet zone."""


@lru_cache(maxsize=8)
def drawn(text: str) -> Drawing:
    """A text as a QR code that may be damaged by about 15 percent and is still read."""
    from segno.encoder import encode

    code = encode(text, error="m", micro=False)  # type: ignore[no-untyped-call]
    rows = [list(row) for row in code.matrix]
    path = "".join(run for y, row in enumerate(rows) for run in _runs(row, y))
    return Drawing(path=path, size=len(rows) + 2 * QUIET)


def _runs(row: list[int], y: int) -> Iterator[str]:
    x = QUIET
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield f"M{x} {y + QUIET}h{length}v1h-{length}z"
        x += length
