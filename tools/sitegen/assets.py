"""What the pages load besides their HTML: one stylesheet, two fonts cut to size, a few scripts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import rcssmin
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from sitegen.stage import Artifact

NODE = Path("node_modules")
TEXT_FONT = NODE / "@fontsource-variable/atkinson-hyperlegible-next/files"
HEAD_FONT = NODE / "@fontsource/besley/files/besley-latin-500-normal.woff2"

PLAIN = [*range(0x20, 0x7F), 0xA0, 0xB7, 0xD7, 0xF7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2212]
"""What American English needs; the rest of Latin is a second file that a page asks for when it has such a letter."""
REST = [code for code in range(0xA1, 0x180) if code not in PLAIN]

WEIGHTS = (400, 700)
"""What the stylesheet asks for; the lighter and heavier half of the font stays behind."""

FONTS = {
    "text.woff2": (TEXT_FONT / "atkinson-hyperlegible-next-latin-wght-normal.woff2", PLAIN, ["kern", "tnum", "pnum"]),
    "text-rest.woff2": (TEXT_FONT / "atkinson-hyperlegible-next-latin-wght-normal.woff2", REST, ["kern"]),
    "head.woff2": (HEAD_FONT, PLAIN, ["kern", "tnum", "lnum"]),
    "head-rest.woff2": (HEAD_FONT, REST, ["kern"]),
}

SCRIPTS = {
    # The small build has no module form of its own; one line makes it one, for a fifth of the bytes.
    "assets/vendor/idiomorph.js": (NODE / "idiomorph/dist/idiomorph.min.js", b"\nexport { Idiomorph };\n"),
    "assets/vendor/idb.js": (NODE / "idb/build/index.js", b""),
    "assets/vendor/valibot.js": (NODE / "valibot/dist/index.min.mjs", b""),
    "assets/vendor/qr/decode.js": (NODE / "qr/decode.js", b""),
    "assets/vendor/qr/index.js": (NODE / "qr/index.js", b""),
}
"""Where a script of somebody else's is served, its file, and what is added to it."""


def assets(root: Path, cache: Path) -> Iterator[Artifact]:
    """Stylesheet, fonts and scripts of the site.

    Args:
        root: the project's folder, with `node_modules` installed.
        cache: folder for what is slow to make; kept by the hash of what it is made from.
    """
    yield Artifact("assets/site.css", stylesheet(root).encode(), "overrides/styles/")
    for name, (source, codes, features) in FONTS.items():
        yield Artifact(f"assets/fonts/{name}", _cut(root / source, codes, features, cache), str(source))
    for path, (source, added) in SCRIPTS.items():
        yield Artifact(path, (root / source).read_bytes() + added, str(source))
    for folder in ("runtime", "reading"):
        for script in sorted((root / "tools/widgets" / folder).glob("*.js")):
            path = f"tools/widgets/{folder}/{script.name}"
            yield Artifact(f"assets/{folder}/{script.name}", script.read_bytes(), path)


def stylesheet(root: Path) -> str:
    """All styles as one minified sheet: the site's in the order of their names, then each tool's."""
    parts = [*sorted(root.glob("overrides/styles/*.css")), *sorted(root.glob("tools/widgets/*/style.css"))]
    minified: str = rcssmin.cssmin("\n".join(part.read_text("utf-8") for part in parts))
    return minified + "\n"


def _cut(source: Path, codes: list[int], features: list[str], cache: Path) -> bytes:
    key = hashlib.sha256(source.read_bytes() + repr((codes, features, WEIGHTS)).encode()).hexdigest()[:16]
    kept = cache / f"font-{key}.woff2"
    if not kept.is_file():
        font = TTFont(source, recalcTimestamp=False)
        cutter = subset.Subsetter(subset.Options(layout_features=features, hinting=False, name_IDs=[]))
        cutter.populate(unicodes=codes)
        cutter.subset(font)
        if "fvar" in font:
            # The cut font is read anew: the variations of what was cut off are still in the one at hand.
            font = TTFont(io.BytesIO(_saved(font, None)), recalcTimestamp=False)
            font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(_saved(font, "woff2"))
    return kept.read_bytes()


def _saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
