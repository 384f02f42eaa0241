"""Everything in a file beside what its type says about it.

The walk follows the content types through what a file holds, not through finished records: what is wrong in one corner
of a file does not hide what is wrong in another.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from coaching.content import Kind, To
from sitegen.source import KeyPath


@dataclass(slots=True)
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


def walk(hint: object, value: object) -> list[Node]:
    """Every record, list, mapping, key and value in `value`, outside first, as far as it has the shape of `hint`."""
    found: list[Node] = []
    _walk(found, hint, value, (), None, None)
    return found


def _walk(found: list[Node], hint: object, value: object, path: KeyPath, owner: type | None, field: str | None) -> None:
    bare, kind, to = unwrapped(hint, value)
    found.append(Node(path, value, bare, kind, to, owner, field))
    origin, inner = _parts(bare)
    if isinstance(value, dict) and isinstance(bare, type) and is_dataclass(bare):
        hints = field_hints(bare)
        for name, item in value.items():
            if name in hints:
                _walk(found, hints[name], item, (*path, name), bare, name)
    elif isinstance(value, list) and origin is tuple:
        each = inner[:1] * len(value) if inner[-1] is ... else inner
        for i, (item_hint, item) in enumerate(zip(each, value, strict=False)):
            _walk(found, item_hint, item, (*path, i), owner, field)
    elif isinstance(value, dict) and isinstance(origin, type) and issubclass(origin, Mapping):
        key_type, key_kind, key_to = unwrapped(inner[0], "")
        for key, item in value.items():
            found.append(Node((*path, key), key, key_type, key_kind, key_to, owner, field, is_key=True))
            _walk(found, inner[1], item, (*path, key), owner, field)


Unwrapped: TypeAlias = tuple[Any, str | None, str | None]
"""A type without its annotations, and what these said: the kind of a text, and what an id points to."""


def unwrapped(hint: object, value: object) -> Unwrapped:
    """The bare type behind `hint`; of a union, the member that suits `value`, else the first."""
    members = _members(hint)
    if len(members) == 1:
        return members[0]
    return next((member for member in members if _suits(member[0], value)), members[0])


@cache
def _members(hint: Any) -> tuple[Unwrapped, ...]:
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        kind = next((note.name for note in notes if isinstance(note, Kind)), None)
        to = next((note.kind for note in notes if isinstance(note, To)), None)
        return tuple((bare, own or kind, own_to or to) for bare, own, own_to in _members(inner))
    if get_origin(hint) in (Union, types.UnionType):
        parts = [part for part in get_args(hint) if part is not type(None)]
        return tuple(member for part in parts for member in _members(part))
    return ((hint, None, None),)


@cache
def _parts(bare: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(bare), get_args(bare)


def _suits(bare: Any, value: object) -> bool:
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
