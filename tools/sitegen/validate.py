"""A file's value against its content type: the finished record, or problems in words and with places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sitegen.describe import field_notes
from sitegen.problems import Problem, did_you_mean, nearest, quoted
from sitegen.source import MOST_PROBLEMS, Document, KeyPath
from sitegen.walk import record_fields, walk

_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dataclass_type": "keys and values",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
}


def validated(document: Document, hint: type, file_id: str | None = None) -> tuple[Any, list[Problem]]:
    """The record a file holds.

    Args:
        file_id: what the file's name says; it becomes the record's `id`.

    Returns:
        The record, and no problems; or None, and every way in which the file has not the shape of `hint`.
    """
    value = document.value
    if not isinstance(value, dict):
        found = "is empty" if value is None else f"holds {_found(value)}"
        message = f"this file {found}; it should hold keys and values"
        return None, [document.problem("WRONG-TYPE", document.at(()), message, "write lines such as name: Grow")]
    if file_id is not None:
        if "id" in value:
            message = "'id' cannot be given here: the file's name is the id"
            return None, [document.problem("UNKNOWN-KEY", document.at_key(("id",)), message, "remove this line")]
        value = {"id": file_id, **value}
    try:
        # As JSON, because there the strict mode takes lists for tuples, and still no text for a number.
        return _adapter(hint).validate_json(json.dumps(value), strict=True), []
    except ValidationError as error:
        return None, list(_Translation(document, hint, error.errors(include_url=False)).problems())


@cache
def _adapter(hint: type) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


class _Translation:
    """pydantic's errors in the words of this guide."""

    def __init__(self, document: Document, hint: type, errors: Sequence[ErrorDetails]) -> None:
        self.document = document
        self.errors = errors
        self.nodes = {node.path: node for node in walk(hint, document.value) if not node.is_key}
        self.meant: set[KeyPath] = set()
        """Keys that are missing because they are misspelt; the misspelling is told."""

    def problems(self) -> Iterator[Problem]:
        unknown = [error for error in self.errors if error["type"] in _UNKNOWN]
        # All of these come first: they say which keys are not missing but misspelt.
        yield from [self.unknown_key(self.path(error)) for error in unknown[:MOST_PROBLEMS]]
        seen: set[KeyPath] = set()
        others = [error for error in self.errors if error["type"] not in _UNKNOWN]
        for error in others[:MOST_PROBLEMS]:
            path = self.path(error)
            # The members of a union all complain about one value; the first complaint is enough.
            if path in seen or path in self.meant:
                continue
            seen.add(path)
            yield self.missing_key(path) if error["type"] == "missing" else self.wrong(path, error)

    def path(self, error: ErrorDetails) -> KeyPath:
        """Where the error is in the file; pydantic adds names of union members, which are no keys."""
        path: KeyPath = ()
        for step in error["loc"]:
            if (*path, step) in self.document.values:
                path = (*path, step)
        return (*path, error["loc"][-1]) if error["type"] == "missing" else path

    def unknown_key(self, path: KeyPath) -> Problem:
        *inside, key = path
        node = self.nodes.get(tuple(inside))
        known = list(record_fields(node.record)) if node and node.record else []
        meant = nearest(str(key), known)
        if meant:
            self.meant.add((*inside, meant))
        hint = did_you_mean(str(key), [name for name in known if name != "id" or inside]) or "remove it"
        return self.document.problem("UNKNOWN-KEY", self.document.at_key(path), f"unknown key {quoted(key)}", hint)

    def missing_key(self, path: KeyPath) -> Problem:
        *inside, key = path
        if isinstance(key, int):
            message = f"{_name(tuple(inside))} has too few items"
            place = self.document.at(tuple(inside))
            return self.document.problem("WRONG-VALUE", place, message, f"it needs item {key + 1}")
        node = self.nodes.get(tuple(inside))
        note = field_notes(node.record).get(key) if node and node.record else None
        place = self.document.at_key(tuple(inside))
        message = f"{_name(tuple(inside))} needs the key '{key}'"
        return self.document.problem("MISSING-KEY", place, message, note or f"add a line {key}: ...")

    def wrong(self, path: KeyPath, error: ErrorDetails) -> Problem:
        value = self.document.value_at(path)
        place = self.document.at(path)
        name = _name(path)
        if value is None:
            return no_value(self.document, path)
        if error["type"] == "literal_error":
            message = f"{name} cannot be {_shown(value)}"
            return self.document.problem("WRONG-VALUE", place, message, self.allowed(path, value))
        if error["type"] == "too_long":
            most = error["ctx"]["max_length"]
            return self.document.problem("WRONG-VALUE", place, f"{name} has too many items", f"it holds {most}")
        expected = _EXPECTED.get(error["type"])
        if expected is None:
            return self.document.problem("WRONG-VALUE", place, f"{name}: {error['msg'].lower()}")
        message = f"{name} should be {expected}, not {_found(value)}"
        return self.document.problem("WRONG-TYPE", place, message, _way_out(expected, value))

    def allowed(self, path: KeyPath, value: object) -> str:
        node = self.nodes.get(path)
        if node is None or get_origin(node.type) is not Literal:
            return "see the schema for what is allowed"
        names = [str(name) for name in get_args(node.type)]
        near = nearest(str(value), names) if len(names) > 5 else None
        return f"did you mean '{near}'?" if near else f"one of {', '.join(names)}"


def no_value(document: Document, path: KeyPath) -> Problem:
    """A key or a list item with nothing after it."""
    hint = "write it after the colon, or remove the line" if path and isinstance(path[-1], str) else "remove the -"
    return document.problem("EMPTY-TEXT", document.at_key(path), f"{_name(path)} has no value", hint)


def _name(path: KeyPath) -> str:
    return next((f"'{step}'" for step in reversed(path) if isinstance(step, str)), "this")


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else _found(value)


def _found(value: object) -> str:
    if isinstance(value, bool):
        return f"the word {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, list):
        return "a list"
    return "keys and values" if isinstance(value, dict) else "nothing"


def _way_out(expected: str, value: object) -> str | None:
    if expected == "text" and isinstance(value, (bool, int, float)):
        return "put it in quotes"
    if expected == "text" and isinstance(value, (list, dict)):
        return "a text with a colon, or with a bracket at its start, needs quotes"
    if expected == "a list" and not isinstance(value, list):
        return "start each item on a line of its own with - and a space"
    if expected == "keys and values":
        return "write lines such as name: Grow below it, further to the right"
    if isinstance(value, str):
        return "write it without quotes and without other words"
    return None
