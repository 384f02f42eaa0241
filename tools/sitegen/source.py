"""YAML read strictly, with the place of everything in it.

What is read is a small, plain part of YAML 1.2: mappings, lists and text. `no`, `on`, `12:30`, `012`, `1.10` and dates
stay text; anchors, aliases, tags, merge keys and second documents are refused, so no file can unfold into more than it
shows. Events of the parser are read one by one and nothing here recurses, so any bytes give a value or problems with a
place, in time that grows with the size of the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from sitegen import syntax
from sitegen.problems import Problem, quoted

DEEPEST = 20
"""Levels of mappings and lists inside each other."""

LARGEST = 1_000_000
"""Bytes of a file."""

MOST_VALUES = 20_000
"""Values in a file."""

MOST_PROBLEMS = 100
"""Problems told of one file; who has more has one big one."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of a file: ("cycle", 2, "phase")."""


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass
class Document:
    """What a file says and where it says it. `usable` is False if the value cannot be trusted to be what was meant."""

    file: str
    value: object = None
    usable: bool = False
    problems: list[Problem] = field(default_factory=list)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    """Path -> where its key starts; a list item has no key."""
    values: dict[KeyPath, tuple[Place, Place]] = field(default_factory=dict)
    """Path -> where its value starts and where it ends."""
    lines: list[str] = field(default_factory=list)

    def at_key(self, path: KeyPath) -> Place:
        """Where the key at `path` starts; its value for a list item; the nearest thing around it if it is not there."""
        return self.keys[path] if path in self.keys else self.at(path)

    def at(self, path: KeyPath) -> Place:
        """Where the value at `path` starts, or the nearest thing around it."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values[path][0] if path in self.values else Place(1, 1)

    def find(self, path: KeyPath, words: str, skip: int = 0) -> Place:
        """Where `words` stand in the text at `path`, or what follows the first `skip` characters of them.

        The start of the text if they are broken over lines.
        """
        if path not in self.values or not words:
            return self.at(path)
        start, end = self.values[path]
        for number in range(start.line, min(end.line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            first = start.column - 1 if number == start.line else 0
            column = line.find(words, first, end.column - 1 if number == end.line else len(line))
            if column >= 0:
                return Place(number, column + 1 + skip)
        return start

    def value_at(self, path: KeyPath) -> object:
        """The value at `path`. KeyError, IndexError or TypeError if there is none."""
        value: Any = self.value
        for step in path:
            value = value[step]
        return value

    def problem(self, code: str, place: Place, message: str, hint: str | None = None) -> Problem:
        """A problem in this file."""
        return Problem(self.file, place.line, place.column, code, message, hint)


def read_document(path: Path, file: str) -> Document:
    """Read a YAML file.

    Args:
        file: the name that problems give the file.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return _refused(Document(file), "UNREADABLE", Place(1, 1), f"this file cannot be read: {reason}")
    return parse(data, file)


def parse(data: bytes, file: str) -> Document:
    """Read YAML from bytes: any bytes give a document, usable or with problems that say why not."""
    document = Document(file)
    if len(data) > LARGEST:
        message = f"this file has more than {LARGEST:,} bytes"
        return _refused(document, "TOO-LARGE", Place(1, 1), message, "split it, or look for what does not belong in it")
    text = _decoded(data, document)
    if text is None:
        return document
    document.lines = re.split("\r\n?|\n", text)
    document.problems += islice(_strange_characters(document), MOST_PROBLEMS)
    if not document.problems:
        _Builder(document).read(text)
    return document


def _refused(document: Document, code: str, place: Place, message: str, hint: str | None = None) -> Document:
    document.problems.append(document.problem(code, place, message, hint))
    return document


def _decoded(data: bytes, document: Document) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _refused(document, "ENCODING", Place(1, 1), "this file is saved as UTF-16", "save it as UTF-8")
        return None
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(codecs.BOM_UTF8).decode("utf-8")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        _refused(document, "ENCODING", place, message, "save the file as UTF-8 in your editor")
        return None


# What the parser refuses, what it takes for a line break where editors see none, and the mark of a lost character.
_STRANGE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffc\U00010000-\U0010ffff]")


def _strange_characters(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.lines, start=1):
        for found in _STRANGE.finditer(line):
            place = Place(number, found.start() + 1)
            if found[0] == "\t":
                yield document.problem("TAB", place, "a tab character", "use spaces, two for each level")
            else:
                message = f"the character U+{ord(found[0]):04X} cannot be part of a text"
                yield document.problem("ENCODING", place, message, "delete it and type what is missing")


class _Builder:
    """Makes the value of a document from the parser's events, with a stack of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.started = False
        self.count = 0

    def read(self, text: str) -> None:
        self.document.usable = True
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self.take(event)
        except yaml.YAMLError as error:
            self.document.problems.append(syntax.problem(self.document.file, self.document.lines, error))
            self.document.usable = False
        except _Stop:
            self.document.usable = False

    def take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            if self.started:
                self.tell("YAML-FEATURE", event, "a second document in one file", "make a file of its own for it")
                raise _Stop
            self.started = True
        elif isinstance(event, CollectionEndEvent):
            done = self.open.pop()
            if done.path is not None:
                self.document.values[done.path] = (done.start, _place(event.end_mark))
        elif isinstance(event, NodeEvent):
            self.refuse_features(event)
            inside = self.open[-1] if self.open else None
            if inside and isinstance(inside.value, dict) and inside.key is None:
                self.take_key(event, inside)
            else:
                self.take_value(event, inside)

    def refuse_features(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent):
            self.refuse(event, f"an alias, *{event.anchor}", "write the text again, or put a text with * in quotes")
        elif event.anchor is not None:
            self.refuse(event, f"an anchor, &{event.anchor}", "remove it, or put a text with & in quotes")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "a tag, !", "remove it, or put a text with ! in quotes")

    def take_key(self, event: NodeEvent, inside: _Open) -> None:
        if not isinstance(event, ScalarEvent):
            self.refuse(event, "a key that is not a word", "put a text that starts with [ or { in quotes")
            raise _Stop
        if event.value == "<<" and event.implicit[0]:
            self.refuse(event, "a merge key, <<", "write the keys themselves")
        inside.key = event.value
        inside.twice = event.value in inside.value
        path = inside.inner_path
        if not inside.twice:
            if path is not None:
                self.document.keys[path] = _place(event.start_mark)
        elif inside.path is not None:
            first = self.document.keys[(*inside.path, event.value)]
            hint = f"the first one is at {first.line}:{first.column}; keep one of them"
            self.tell("DUPLICATE-KEY", event, f"{quoted(event.value)} is here a second time", hint)

    def take_value(self, event: NodeEvent, inside: _Open | None) -> None:
        self.count += 1
        if self.count > MOST_VALUES:
            message = f"this file has more than {MOST_VALUES:,} values"
            self.tell("TOO-LARGE", event, message, "split it, or look for what does not belong in it")
            raise _Stop
        value: object = None
        if isinstance(event, ScalarEvent):
            value = scalar(event.value) if event.implicit[0] else event.value
        elif isinstance(event, CollectionStartEvent):
            value = {} if isinstance(event, MappingStartEvent) else []
        start = _place(event.start_mark)
        path = inside.inner_path if inside else ()
        if path is not None:
            self.document.values[path] = (start, _place(event.end_mark))
        if inside:
            inside.add(value)
        else:
            self.document.value = value
        if isinstance(value, (dict, list)):
            if len(self.open) == DEEPEST:
                message = f"more than {DEEPEST} levels inside each other"
                self.tell("TOO-DEEP", event, message, "look for a bracket that is not closed")
                raise _Stop
            self.open.append(_Open(value, path, start))

    def refuse(self, event: NodeEvent, message: str, hint: str) -> None:
        self.tell("YAML-FEATURE", event, message, hint)
        self.document.usable = False

    def tell(self, code: str, event: Event, message: str, hint: str) -> None:
        self.document.problems.append(self.document.problem(code, _place(event.start_mark), message, hint))
        if len(self.document.problems) >= MOST_PROBLEMS:
            raise _Stop


class _Mark(Protocol):
    """A place as the parser counts: from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _Stop(Exception):
    """Reading on would not help; what is wrong has been told."""


@dataclass
class _Open:
    """A mapping or a list whose end has not come yet."""

    value: dict[str, object] | list[object]
    path: KeyPath | None
    """None inside the value of a doubled key: it counts for nothing."""
    start: Place
    key: str | None = None
    """The key that waits for its value."""
    twice: bool = False

    @property
    def inner_path(self) -> KeyPath | None:
        """Path of the value that comes next."""
        if self.path is None or self.twice:
            return None
        return (*self.path, len(self.value) if self.key is None else self.key)

    def add(self, value: object) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is not None and not self.twice:
            self.value[self.key] = value
        self.key, self.twice = None, False


def _place(mark: _Mark | None) -> Place:
    # Every event of a parsed text has its marks; the types of PyYAML do not say so.
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def scalar(text: str) -> bool | int | float | str | None:
    """What a text without quotes means.

    A number is one only if it is written as a number would be written back: `1.10` could be a version and `012` a room,
    so both stay text.
    """
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        number = float(text) if "." in text else int(text)
        if str(number) == text:
            return number
    return text
