"""The content as it was read: every file with its place on the shelves, and every id with its place in a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from coaching.addresses import PAGES
from sitegen.problems import Problem
from sitegen.shelves import Shelf
from sitegen.source import Document, KeyPath, Place
from sitegen.walk import Node, walk

NAMES = {
    "model": "coaching model",
    "phase": "phase",
    "topic": "topic",
    "dispute": "disputed claim",
    "tool": "tool",
    "term": "term",
    "source": "source",
    "flag": "red flag",
    "blend": "blend",
    "page": "page",
}
"""Kind of id -> what readers call it; also the kinds that a target may have."""

# Where ids stand that are not the names of files: file, list, kind.
_ROWS = (
    ("site.yml", "tools", "tool"),
    ("glossary.yml", "terms", "term"),
    ("sources.yml", "sources", "source"),
    ("selector.yml", "flags", "flag"),
    ("selector.yml", "blends", "blend"),
)


@dataclass
class ReadFile:
    """One file of the content folder."""

    shelf: Shelf
    name: str
    """Path in the content folder."""
    document: Document
    record: Any = None
    """The finished record, if the file has the shape its shelf asks for."""

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Everything in the file that has a place in its type."""
        return tuple(walk(self.shelf.type, self.document.value)) if self.document.usable else ()

    def rows(self, key: str) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """The mappings in the list under `key`, each with its path."""
        value = self.document.value if self.document.usable else None
        rows = value.get(key) if isinstance(value, dict) else None
        for i, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                yield (key, i), row


@dataclass(frozen=True)
class Id:
    """An id and where it is given."""

    kind: str
    id: str
    file: ReadFile
    path: KeyPath
    """Empty if the file's name is the id."""

    @property
    def place(self) -> Place:
        return self.file.document.at(self.path) if self.path else Place(1, 1)

    def problem(self, code: str, message: str, hint: str | None = None) -> Problem:
        """A problem about this id."""
        return self.file.document.problem(code, self.place, message, hint)


@dataclass
class Reading:
    """The whole content folder as it was read."""

    files: list[ReadFile] = field(default_factory=list)

    def on(self, *where: str) -> list[ReadFile]:
        """The usable files of these shelves."""
        return [file for file in self.files if file.shelf.where in where and file.document.usable]

    @cached_property
    def ids(self) -> tuple[Id, ...]:
        """Every id, in the order of the files; also those of files that are wrong in other ways."""
        found: list[Id] = []
        for file in self.files:
            if file.shelf.kind:
                found.append(Id(file.shelf.kind, file.stem, file, ()))
            for name, key, kind in _ROWS:
                if file.name == name:
                    rows = [(path, row.get("id")) for path, row in file.rows(key)]
                    found += [Id(kind, id_, file, (*path, "id")) for path, id_ in rows if isinstance(id_, str)]
        return tuple(found)

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """Kind -> its ids."""
        known: dict[str, set[str]] = defaultdict(set)
        for id_ in self.ids:
            known[id_.kind].add(id_.id)
        known["page"] |= PAGES.keys()
        return {kind: frozenset(known[kind]) for kind in NAMES}

    @cached_property
    def checked(self) -> Mapping[str, object]:
        """Source id -> whether somebody has seen it: seen, recalled or house."""
        rows = [row for file in self.on("sources.yml") for _, row in file.rows("sources")]
        return {row["id"]: row.get("checked") for row in rows if isinstance(row.get("id"), str)}

    @cached_property
    def complete(self) -> frozenset[str]:
        """Kinds whose ids are all known: no file that gives them was unreadable."""
        broken = {file.name for file in self.files if not file.document.usable}
        there = {file.name for file in self.files}
        rows = {kind for name, _, kind in _ROWS if name in broken or name not in there}
        return frozenset(kind for kind in NAMES if kind not in rows)
