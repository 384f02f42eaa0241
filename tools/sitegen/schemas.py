"""JSON Schemas of the content files, for editors: completion, descriptions and red lines while somebody types."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from sitegen.describe import field_notes, record_note
from sitegen.shelves import SHELVES, Shelf
from sitegen.stage import write_if_changed

FOLDER = "schemas"


class _Plain(GenerateJsonSchema):
    """Without the titles that pydantic makes of every field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schemas() -> dict[str, bytes]:
    """File name -> the schema's JSON; the same types give the same bytes."""
    return {f"{shelf.schema}.schema.json": _schema(shelf) for shelf in SHELVES}


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas that have changed into `folder`, and say which."""
    return [folder / name for name, content in schemas().items() if write_if_changed(folder / name, content)]


def _schema(shelf: Shelf) -> bytes:
    made = TypeAdapter(shelf.type).json_schema(schema_generator=_Plain, ref_template="#/$defs/{model}")
    records = {record.__name__: record for record in _records(shelf.type)}
    for name, part in {**made.get("$defs", {}), shelf.type.__name__: made}.items():
        _describe(part, records[name])
    if shelf.kind:
        del made["properties"]["id"]
        made["required"].remove("id")
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **made}
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _describe(part: dict[str, Any], record: type) -> None:
    note = record_note(record)
    if note:
        part["description"] = note
    for name, text in field_notes(record).items():
        field = part["properties"][name]
        # Draft 7 passes over everything beside a $ref.
        part["properties"][name] = {**({"allOf": [field]} if "$ref" in field else field), "description": text}
    part.pop("title", None)


@cache
def _records(start: type) -> tuple[type, ...]:
    """All records that can stand in a file of this type."""
    found: list[type] = []
    waiting: list[Any] = [start]
    while waiting:
        hint = waiting.pop()
        if is_dataclass(hint) and isinstance(hint, type):
            if hint not in found:
                found.append(hint)
                waiting += get_type_hints(hint).values()
        else:
            waiting += get_args(hint)
    return tuple(found)


if __name__ == "__main__":
    for path in write_schemas(Path(FOLDER)):
        print(path)  # noqa: T201
