"""The texts of a file as a reader meets them: without markup, without sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from coaching import markup
from sitegen.reading import ReadFile
from sitegen.walk import Node

SHELVES_OF_PAGES = (
    "basics/",
    "choosing/",
    "cycle/",
    "cycle.yml",
    "disputes/",
    "impact/",
    "leading/",
    "models/",
    "support/",
)
"""Files that are pages by themselves."""


@dataclass(frozen=True)
class Text:
    """One text and where it stands."""

    node: Node
    file: ReadFile
    words: str


def texts(file: ReadFile, kinds: tuple[str, ...] = ("prose", "example")) -> Iterator[Text]:
    """The texts of these kinds, in the order of the file."""
    for node in file.nodes:
        if node.kind in kinds and isinstance(node.value, str) and not node.is_key:
            words = _plain(node.value)
            if words:
                yield Text(node, file, words)


@lru_cache(maxsize=50_000)
def _plain(value: str) -> str:
    return markup.plain(value)
