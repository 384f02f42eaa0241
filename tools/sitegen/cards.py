"""The picture that stands for a page when its link is shared: title, one line, and the name of the guide.

Drawn as SVG with the site's own fonts and turned into PNG, for that is what other sites show. Kept by the hash of what
it is drawn from: a picture takes longer than a page.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

import resvg_py
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from markupsafe import escape

from coaching.markup import plain
from sitegen.stage import Artifact
from sitegen.writer import Page, card_path

WIDTH, HEIGHT, EDGE = 1200, 630, 80
KINDS = {
    "model": "Coaching model",
    "phase": "The coaching cycle",
    "topic": "Guide",
    "dispute": "Disputed claim",
    "tool": "Tool",
}
"""Kind of target -> what stands above the title."""
PAPER, INK, SECOND, LINE = "#fdfcf7", "#1a2621", "#47564d", "#6b7963"
STROKES = (
    ("#8a5600", 5.7, 3, 5.5, 23), ("#4a6b10", 11, 3, 10.6, 23), ("#1f5f9c", 18.9, 3, 18.2, 23),
    ("#7c3c8c", 24.3, 3, 23.8, 23), ("#ab362b", 1.5, 19, 28, 6),
)  # fmt: skip
"""The five strokes of the mark: color, x1, y1, x2, y2."""


@dataclass(frozen=True)
class Font:
    """A font as a file that the renderer reads, and the width of its letters."""

    path: Path
    widths: dict[str, float]
    """Letter -> width, in parts of the font's size."""

    def width(self, text: str, size: float) -> float:
        return size * sum(self.widths.get(letter, 0.6) for letter in text)


def cards(pages: Iterable[Page], name: str, root: Path, cache: Path) -> Iterator[Artifact]:
    """A card for each page that has one of its own, and one for all others.

    Args:
        name: of the site, at the foot of every card.
        root: the project's folder, with `node_modules` installed.
        cache: folder for drawn cards and fonts.
    """
    head, text = _fonts(root, cache)
    for page in pages:
        kind = page.target.partition(":")[0]
        if kind == "page" and page.address:
            continue  # it shares the home page's
        svg = drawing(page.title, plain(page.description), KINDS.get(kind, ""), name, head, text)
        yield Artifact(card_path(page.target), _png(svg, head, text, cache), page.source)


def drawing(title: str, line: str, kind: str, name: str, head: Font, text: Font) -> str:
    """The card as SVG."""
    room = WIDTH - 2 * EDGE
    size = next(size for size in (84, 72, 60, 52) if size == 52 or len(_lines(title, head, size, room)) <= 2)
    rows = _lines(title, head, size, room)[:3]
    below = _lines(line, text, 34, room)[:3]
    y, parts = 218.0, []
    if kind:
        parts.append(_text(kind, EDGE, 112, 30, "text", SECOND))
    for row in rows:
        parts.append(_text(row, EDGE, y, size, "head", INK))
        y += size * 1.14
    y += 8
    for row in below:
        parts.append(_text(row, EDGE, y, 34, "text", SECOND))
        y += 46
    mark = "".join(
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{color}" stroke-width="2.75" stroke-linecap="round"/>'
        for color, x1, y1, x2, y2 in STROKES
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<path d="M0 520H{WIDTH}M0 527H{WIDTH}" stroke="{LINE}" stroke-width="2"/>'
        f'<rect width="{WIDTH}" height="14" fill="{INK}"/>'
        f'<g transform="translate({EDGE} 550) scale(1.7)">{mark}</g>'
        f"{_text(name, EDGE + 72, 585, 36, 'head', INK)}{''.join(parts)}</svg>"
    )


FAMILIES = {"head": "Besley", "text": "Atkinson Hyperlegible Next"}


def _text(words: str, x: float, y: float, size: float, font: str, color: str) -> str:
    family = FAMILIES[font]
    return f'<text x="{x}" y="{y:g}" font-family="{family}" font-size="{size}" fill="{color}">{escape(words)}</text>'


def _lines(words: str, font: Font, size: float, room: float) -> list[str]:
    """The words in lines that are not wider than `room`."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _png(svg: str, head: Font, text: Font, cache: Path) -> bytes:
    kept = cache / "cards" / f"{hashlib.sha256(svg.encode()).hexdigest()[:20]}.png"
    if not kept.is_file():
        fonts = [str(head.path), str(text.path)]
        made: bytes = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(made)
    return kept.read_bytes()


@once
def _fonts(root: Path, cache: Path) -> tuple[Font, Font]:
    from sitegen.assets import HEAD_FONT, TEXT_FONT

    return (
        _font(root / HEAD_FONT, cache),
        _font(root / TEXT_FONT / "atkinson-hyperlegible-next-latin-wght-normal.woff2", cache),
    )


def _font(source: Path, cache: Path) -> Font:
    """The web font as a plain one, upright and regular."""
    kept = cache / f"card-{source.stem}.ttf"
    if not kept.is_file():
        font = TTFont(source, recalcTimestamp=False)
        if "fvar" in font:
            font = instancer.instantiateVariableFont(font, {"wght": 400})
        font.flavor = None
        out = io.BytesIO()
        font.save(out)
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(out.getvalue())
    font = TTFont(kept)
    unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
    return Font(kept, {chr(code): widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()})
