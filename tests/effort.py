"""How much work something takes, counted in a yardstick of the same moment, so that a busy machine changes nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def look() -> int:
    """The yardstick: a look at each of 100,000 letters, some 3.5 ms."""
    return sum(1 for letter in "x" * 100_000 if letter.casefold() in "aeiou")


def looks(work: Callable[[], object], most: float, tries: int = 5) -> float:
    """CPU time of `work` as a multiple of `look`, the best of some tries each; the first below `most` is the last.

    Nothing is collected meanwhile: that would cost what the whole process holds, not what `work` needs.
    """
    yardstick = best = float("inf")
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(tries):
            yardstick = min(yardstick, _seconds(look), _seconds(look))
            best = min(best, _seconds(work))
            if best < most * yardstick:
                break
    finally:
        if collects:
            gc.enable()
    return best / yardstick


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
