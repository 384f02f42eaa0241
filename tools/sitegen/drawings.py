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
    beyond: bool = False
    """Whether the value goes on beyond the end of the scale."""


def ruler(low: int, high: int, scale: tuple[int, int], labels: Sequence[int], small: int = 1) -> Ruler:
    """A ruler over `scale` (both ends included) that marks `low` to `high`; what lies beyond its end is cut off there.

    Args:
        labels: numbers written under it; the value's ends are added, and a label that would touch them is left out.
        small: short ticks between two whole numbers of the scale.
    """
    first, last = scale
    ends = [value for value in (low, high) if value <= last]
    beyond = high > last
    high = min(high, last)
    # A value that is beyond the scale altogether shows as the last step of it.
    low = min(low, last - 1) if beyond else low

    def at(value: float) -> float:
        return round(4 + 92 * (value - first) / (last - first), 2)

    near = (last - first) / 12
    kept = {n for n in labels if all(n == v or abs(n - v) > near for v in ends)} | set(ends)
    return Ruler(
        ticks=tuple((at(first + i / small), (first + i / small) in kept) for i in range((last - first) * small + 1)),
        labels=tuple((at(n), n, n in ends) for n in sorted(kept)),
        start=at(low),
        end=at(high),
        beyond=beyond,
    )


# ---- maps, timelines, shares


GRADES = ("D", "C", "C+", "B", "B+", "A-", "A")


def grade_rank(grade: str) -> int:
    """0 for the weakest grade of evidence, and up."""
    return GRADES.index(grade)


@dataclass(frozen=True)
class Bar:
    """A thing on a map: a bar over its span and a label beside it."""

    id: str
    name: str
    x: float
    y: float
    width: float
    text_x: float
    anchor: str


@dataclass(frozen=True)
class Band:
    name: str
    y: float
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class SpanMap:
    """Things with a span each, in bands one above the other."""

    width: float
    height: float
    ticks: tuple[tuple[float, int], ...]
    """x and number."""
    bands: tuple[Band, ...]


MAP_WIDTH, MAP_START, MAP_END, LANE, LETTER = 880.0, 96.0, 690.0, 26.0, 7.9


def span_map(
    things: Sequence[tuple[str, str, float, float, str]], scale: tuple[float, float], ticks: Sequence[int]
) -> SpanMap:
    """Lay things out so that no two labels touch; where a label has room on neither side, the map grows.

    Args:
        things: id, name, low, high, name of its band; bands stand in the order of their first thing.
        scale: lowest and highest value of the axis.
        ticks: numbers to write under it.
    """

    def at(value: float) -> float:
        return round(MAP_START + (MAP_END - MAP_START) * (value - scale[0]) / (scale[1] - scale[0]), 1)

    bands: list[Band] = []
    top, most = 8.0, MAP_WIDTH
    for name in dict.fromkeys(thing[4] for thing in things):
        free: list[float] = []  # where each lane ends
        bars: list[Bar] = []
        inside = sorted(
            (thing for thing in things if thing[4] == name), key=lambda thing: (thing[2], thing[3], thing[1])
        )
        for id_, label, low, high, _ in inside:
            start, width = at(low) - 5, max(at(high) - at(low), 0) + 10
            words = len(label) * LETTER
            after = start + width + 8 + words <= MAP_WIDTH or start - 8 - words < 0
            left = start if after else start - 8 - words
            right = start + width + 8 + words if after else start + width
            lane = next((i for i, end in enumerate(free) if end + 10 <= left), len(free))
            free[lane : lane + 1] = [right]
            most = max(most, right)
            text_x, anchor = (start + width + 8, "start") if after else (start - 8, "end")
            bars.append(
                Bar(id_, label, round(start, 1), top + 8 + LANE * lane, round(width, 1), round(text_x, 1), anchor)
            )
        height = 16 + LANE * len(free)
        bands.append(Band(name, top, height, tuple(bars)))
        top += height
    return SpanMap(most, top + 34, tuple((at(tick), tick) for tick in ticks), tuple(bands))


@dataclass(frozen=True)
class Stretch:
    """A stretch of a timeline; x and width are percentages of its length."""

    number: int
    x: float
    width: float
    middle: float


@dataclass(frozen=True)
class Timeline:
    stretches: tuple[Stretch, ...]
    ticks: tuple[tuple[float, int], ...]
    """Middle of each labelled week or month, and its number."""


def timeline(spans: Sequence[tuple[int, int]]) -> Timeline:
    """Stretches of weeks or months on one line.

    Args:
        spans: first and last week of each, both included, in order; the line runs from 1 to the last of all.
    """
    last = max(end for _, end in spans)
    each = 100 / last
    every = 1 if last <= 14 else 2
    return Timeline(
        stretches=tuple(
            Stretch(
                i,
                round((start - 1) * each, 2),
                round((end - start + 1) * each, 2),
                round((start + end - 1) / 2 * each, 2),
            )
            for i, (start, end) in enumerate(spans, start=1)
        ),
        ticks=tuple((round((n - 0.5) * each, 2), n) for n in range(1, last + 1, every)),
    )


@dataclass(frozen=True)
class Share:
    x: float
    width: float
    percent: int


def shares(parts: Sequence[int]) -> tuple[Share, ...]:
    """Parts of a whole side by side, in percent of their sum; a part of nothing has no width."""
    total = sum(parts)
    done, found = 0, []
    for part in parts:
        found.append(Share(round(100 * done / total, 2), round(100 * part / total, 2), round(100 * part / total)))
        done += part
    return tuple(found)


FOR_TEMPLATES = {
    "ring": ring,
    "ruler": ruler,
    "span_map": span_map,
    "timeline": timeline,
    "shares": shares,
    "grade_rank": grade_rank,
}
"""Name in the templates -> function."""
