"""Everything in a file beside what its type says about it.

The walk follows the content types through what a file holds, not through finished records: what is wrong in one corner
of a file does not hide what is wrong in another.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from coaching.content import Kind, To
from sitegen.source import KeyPath


@dataclass(frozen=True)
class Node:
    """A value, or a key of a mapping, and what its type says about it."""

    path: KeyPath
    value: object
    type: Any
    """The type without its annotations; the record itself for a record."""
    kind: str | None = None
    """label, prose or example, for text."""
    to: str | None = None
    """The collection an id points to."""
    owner: type | None = None
    """The record that has this value as a field, or inside a list of a field."""
    field: str | None = None
    is_key: bool = False

    @property
    def record(self) -> type | None:
        """The record's class, if this is one."""
        return self.type if isinstance(self.type, type) and is_dataclass(self.type) else None

    def get(self, name: str) -> object:
        """A field of a record, None if it is not given."""
        return self.value.get(name) if isinstance(self.value, dict) else None


def walk(
    hint: object, value: object, path: KeyPath = (), owner: type | None = None, field: str | None = None
) -> Iterator[Node]:
    """Every record, list, mapping, key and value in `value`, outside first, as far as it has the shape of `hint`."""
    bare, kind, to = unwrapped(hint, value)
    yield Node(path, value, bare, kind, to, owner, field)
    origin, inner = get_origin(bare), get_args(bare)
    if is_dataclass(bare) and isinstance(bare, type) and isinstance(value, dict):
        hints = field_hints(bare)
        for name, item in value.items():
            if name in hints:
                yield from walk(hints[name], item, (*path, name), bare, name)
    elif origin is tuple and isinstance(value, list):
        each = inner[0] if len(inner) == 2 and inner[1] is ... else None
        for i, item in enumerate(value):
            if each is not None or i < len(inner):
                yield from walk(inner[i] if each is None else each, item, (*path, i), owner, field)
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, dict):
        key_type, key_kind, key_to = unwrapped(inner[0], "")
        for key, item in value.items():
            yield Node((*path, key), key, key_type, key_kind, key_to, owner, field, is_key=True)
            yield from walk(inner[1], item, (*path, key), owner, field)


def unwrapped(hint: object, value: object) -> tuple[Any, str | None, str | None]:
    """A type without its annotations and without what `value` rules out of a union; and what the annotations said."""
    kind = to = None
    while True:
        if get_origin(hint) is Annotated:
            hint, *notes = get_args(hint)
            for note in notes:
                kind = note.name if isinstance(note, Kind) else kind
                to = note.kind if isinstance(note, To) else to
        elif get_origin(hint) in (Union, types.UnionType):
            members = [member for member in get_args(hint) if member is not type(None)]
            hint = next((member for member in members if _suits(member, value)), members[0])
        else:
            return hint, kind, to


def _suits(member: object, value: object) -> bool:
    bare = unwrapped(member, value)[0]
    origin = get_origin(bare)
    if is_dataclass(bare):
        return isinstance(value, dict) and value.keys() <= {f.name for f in fields(bare)}
    if origin is Literal:
        return value in get_args(bare)
    if origin is tuple:
        return isinstance(value, list)
    if isinstance(origin, type):
        return isinstance(value, dict)
    return isinstance(bare, type) and isinstance(value, bare)


@cache
def field_hints(record: type) -> Mapping[str, object]:
    """Field name -> type with its annotations."""
    return typing.get_type_hints(record, include_extras=True)


@cache
def record_fields(record: type) -> Mapping[str, Field[Any]]:
    """Field name -> field."""
    return {f.name: f for f in fields(record)}


def is_required(field: Field[Any]) -> bool:
    """Whether a file has to give the field."""
    return field.default is MISSING and field.default_factory is MISSING
