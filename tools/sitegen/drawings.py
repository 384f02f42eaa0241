"""Where the points of the drawings lie. Templates turn these numbers into SVG; nothing here knows a color or a word.

Units are SVG user units; angles run clockwise from three o'clock, as SVG's do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, radians, sin

CENTER = (216.0, 166.0)
ORBIT = 118.0
INNER = 82.0
GAP = 15.0  # degrees that stay free on either side of a phase mark
REACH = 22.0  # degrees that a stage's arc goes beyond its first and last mark


@dataclass(frozen=True)
class Node:
    number: int
    x: float
    y: float
    anchor: str
    lines: tuple[tuple[float, float, str], ...]
    """x, y and text of each line of the label."""


@dataclass(frozen=True)
class Arc:
    name: str
    path: str
    ticks: tuple[tuple[float, float, float, float], ...]
    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    nodes: tuple[Node, ...]
    orbits: tuple[tuple[str, str], ...]
    """Path of each arrow's line and of its head, from one phase to the next; the last one leads back."""
    arcs: tuple[Arc, ...]


def point(angle: float, radius: float) -> tuple[float, float]:
    """The point at `angle` degrees on a circle of `radius` around the center, rounded to a tenth."""
    x, y = CENTER
    return round(x + radius * cos(radians(angle)), 1), round(y + radius * sin(radians(angle)), 1)


def ring(labels: Sequence[str], stages: Sequence[str] = ()) -> Ring:
    """The cycle as a ring: one mark a phase from the top clockwise, and the stages of a model as arcs inside.

    Args:
        labels: one name a phase, in order; a name longer than ten letters is broken before its last two words.
        stages: the model's own stage name for each phase; neighbors with one name share an arc.
    """
    step = 360 / len(labels)
    angles = [-90 + step * i for i in range(len(labels))]
    return Ring(
        nodes=tuple(_node(i + 1, angle, label) for i, (angle, label) in enumerate(zip(angles, labels, strict=True))),
        orbits=tuple(_arrow(angle + GAP, angle + step - GAP) for angle in angles),
        arcs=tuple(_arcs(angles, stages)) if stages else (),
    )


def _node(number: int, angle: float, label: str) -> Node:
    x, y = point(angle, ORBIT)
    lines = _broken(label)
    if abs(x - CENTER[0]) < 1:
        return Node(number, x, y, "middle", ((x, y - 34.0, label),))
    below = y > CENTER[1] + 40
    if below:
        return Node(number, x, y, "middle", tuple((x, y + 45 + 20 * i, line) for i, line in enumerate(lines)))
    side = 1 if x > CENTER[0] else -1
    first = y + 6 - 10 * (len(lines) - 1)
    texts = tuple((round(x + 30 * side, 1), first + 20 * i, line) for i, line in enumerate(lines))
    return Node(number, x, y, "start" if side > 0 else "end", texts)


def _broken(label: str) -> tuple[str, ...]:
    words = label.split()
    return (label,) if len(label) <= 10 or len(words) < 2 else (" ".join(words[:-2]) or words[0], " ".join(words[-2:]))


def _arrow(start: float, end: float) -> tuple[str, str]:
    (x0, y0), (x1, y1) = point(start, ORBIT), point(end, ORBIT)
    barbs = []
    for turn in (-25, 25):
        back = radians(end + 90 + 180 + turn)
        barbs.append((round(x1 + 9 * cos(back), 1), round(y1 + 9 * sin(back), 1)))
    (ax, ay), (bx, by) = barbs
    return f"M{x0} {y0}A{ORBIT:g} {ORBIT:g} 0 0 1 {x1} {y1}", f"M{ax} {ay}L{x1} {y1}L{bx} {by}"


def _arcs(angles: Sequence[float], stages: Sequence[str]) -> list[Arc]:
    arcs = []
    for name, group in groupby(zip(angles, stages, strict=True), key=lambda pair: pair[1]):
        spanned = [angle for angle, _ in group]
        start, end = spanned[0] - REACH, spanned[-1] + REACH
        (x0, y0), (x1, y1) = point(start, INNER), point(end, INNER)
        large = 1 if end - start > 180 else 0
        x, y = point((start + end) / 2, 38 if len(spanned) > 1 else 50)
        ticks = tuple((*point(at, INNER), *point(at, INNER + 7)) for at in (start, end))
        arcs.append(Arc(name, f"M{x0} {y0}A{INNER:g} {INNER:g} 0 {large} 1 {x1} {y1}", ticks, x, round(y + 6, 1)))
    return arcs


@dataclass(frozen=True)
class Ruler:
    """A horizontal scale; every `x` is a percentage of its width, so that lines stay thin at any size."""

    ticks: tuple[tuple[float, bool], ...]
    """x, and whether it is a long one."""
    labels: tuple[tuple[float, int, bool], ...]
    """x, number, and whether it belongs to the value."""
    start: float
    end: float


def ruler(low: int, high: int, scale: tuple[int, int], labels: Sequence[int], small: int = 1) -> Ruler:
    """A ruler over `scale` (both ends included) that marks `low` to `high`.

    Args:
        labels: numbers written under it; the value's ends are added, and a label that would touch them is left out.
        small: short ticks between two whole numbers of the scale.
    """
    first, last = scale

    def at(value: float) -> float:
        return round(4 + 92 * (value - first) / (last - first), 2)

    near = (last - first) / 12
    kept = {n for n in labels if all(n == v or abs(n - v) > near for v in (low, high))} | {low, high}
    return Ruler(
        ticks=tuple((at(first + i / small), (first + i / small) in kept) for i in range((last - first) * small + 1)),
        labels=tuple((at(n), n, n in (low, high)) for n in sorted(kept)),
        start=at(low),
        end=at(high),
    )
