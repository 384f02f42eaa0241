"""What other programs read: JSON for each collection and each item, its description, and all fits as a table.

Version 1 promises: fields and files are added, never renamed or taken away.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from coaching.addresses import PARTS, Addresses
from coaching.catalog import Catalog, as_plain
from coaching.content import Change, CoachingModel, Dispute, MythEntry, Phase, QuestionGroup, Source, Term, Topic
from coaching.selector import Blend, RedFlag, SelectorContent
from sitegen.stage import Artifact

VERSION = "1.0.0"
BASE = "api/v1/"


@dataclass(frozen=True)
class Entry:
    """A line of the data's own changelog."""

    version: str
    day: str
    change: str


CHANGELOG = (Entry("1.0.0", "2026-11-24", "The first version."),)


@dataclass(frozen=True)
class Collection:
    """One collection: a file with all of it and, if `items`, a file for each item."""

    name: str
    title: str
    type: Any
    target: str | None
    """Kind of target that its pages have; None if items have no page or anchor of their own."""
    of: Callable[[Catalog], tuple[Any, ...]]
    items: bool = True


COLLECTIONS = (
    Collection("models", "Coaching models", CoachingModel, "model", lambda c: c.models),
    Collection("phases", "Phases of the cycle", Phase, "phase", lambda c: c.phases),
    Collection("topics", "Topics", Topic, "topic", lambda c: tuple(t for part in PARTS for t in getattr(c, part))),
    Collection("disputes", "Disputed claims", Dispute, "dispute", lambda c: c.disputes),
    Collection("sources", "Sources", Source, "source", lambda c: c.sources),
    Collection("terms", "Glossary", Term, "term", lambda c: c.terms),
    Collection("flags", "Red flags", RedFlag, "flag", lambda c: c.selector.flags),
    Collection("blends", "Blends", Blend, "blend", lambda c: c.selector.blends),
    Collection("questions", "Questions for situations", QuestionGroup, None, lambda c: c.questions, items=False),
    Collection("myths", "Myths", MythEntry, None, lambda c: c.myths, items=False),
    Collection("changes", "Changes", Change, None, lambda c: c.changes, items=False),
)


def data_files(catalog: Catalog) -> Iterator[Artifact]:
    """Every file below `api/v1/`."""
    base = catalog.site.address
    addresses = Addresses(catalog)
    for collection in COLLECTIONS:
        rows = []
        for record in collection.of(catalog):
            row = _row(collection, record, base, addresses)
            rows.append(_short(row) if collection.items else row)
            if collection.items:
                name = f"{collection.name}/{record.id}.json"
                yield _file(name, row, "tools/sitegen/data.py")
        listed = {"name": collection.name, "title": collection.title, "count": len(rows), "items": rows}
        yield _file(f"{collection.name}.json", listed, "tools/sitegen/data.py")
    yield _file("selector.json", as_plain(catalog.selector), "content/selector.yml")
    yield _file("index.json", _index(catalog), "tools/sitegen/data.py")
    yield _file("openapi.json", description(catalog), "tools/sitegen/data.py")
    yield Artifact(f"{BASE}fits.csv", fits_table(catalog).encode(), "content/models")


def _row(collection: Collection, record: Any, base: str, addresses: Addresses) -> dict[str, Any]:
    row: dict[str, Any] = as_plain(record)
    if collection.target:
        row["page"] = base + addresses.address(f"{collection.target}:{record.id}")
    if collection.items:
        row["self"] = f"{base}{BASE}{collection.name}/{record.id}.json"
    return row


SHORT = (
    "id", "name", "title", "term", "number", "one_line", "plain", "claim", "verdict", "authors", "year", "level",
    "role", "grade", "stance", "weeks", "strength", "reviewed", "page", "self",
)  # fmt: skip
"""What a collection says about an item that has a file of its own."""


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in SHORT if key in row}


def _file(name: str, value: Any, source: str) -> Artifact:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Artifact(BASE + name, text.encode() + b"\n", source)


def fits_table(catalog: Catalog) -> str:
    """All fits as CSV: a row for each model and answer, in the order of the site."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["model", "model_name", "question", "question_text", "answer", "answer_label", "score", "reason", "sources"]
    )
    for model in catalog.ranked:
        for question in catalog.selector.questions:
            for answer in question.answers if question.key in model.fits else ():
                fit = model.fits[question.key][answer.key]
                writer.writerow([
                    model.id, model.name, question.key, question.text, answer.key, answer.label, fit.score, fit.reason,
                    " ".join(fit.sources),
                ])  # fmt: skip
    return out.getvalue()


def _index(catalog: Catalog) -> dict[str, Any]:
    base = catalog.site.address + BASE
    return {
        "name": catalog.site.name,
        "version": VERSION,
        "reviewed": catalog.site.reviewed,
        "license": catalog.site.licence,
        "description": f"{base}openapi.json",
        "collections": [
            {"name": c.name, "title": c.title, "count": len(c.of(catalog)), "url": f"{base}{c.name}.json"}
            for c in COLLECTIONS
        ],
        "selector": f"{base}selector.json",
        "fits": f"{base}fits.csv",
    }


# ---- the description


class _Served(GenerateJsonSchema):
    """Schemas of what is served: names instead of titles, no defaults."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> Any:
        return self.generate_inner(schema["schema"])


REF = "#/components/schemas/{model}"


def description(catalog: Catalog) -> dict[str, Any]:
    """The files as an OpenAPI 3.1 document."""
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for collection in COLLECTIONS:
        whole = _served(collection, schemas)
        short = {"type": "object", "required": ["id", "self"], "properties": {"id": {"type": "string"}}}
        row: dict[str, Any] = {**short, "additionalProperties": True} if collection.items else whole
        listed = {
            "type": "object",
            "required": ["name", "title", "count", "items"],
            "properties": {
                "name": {"const": collection.name},
                "title": {"type": "string"},
                "count": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": row},
            },
            "additionalProperties": False,
        }
        summary = f"{collection.title}: all of them"
        paths[f"/{collection.name}.json"] = _get(collection.name, summary, listed)
        if collection.items:
            known = [record.id for record in collection.of(catalog)]
            item = _get(f"{collection.name}-item", f"{collection.title}: one item", whole)
            item["parameters"] = [
                {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "enum": known},
                }
            ]
            paths[f"/{collection.name}/{{id}}.json"] = item
    _add(SelectorContent, schemas)
    paths["/selector.json"] = _get("selector", "Questions, weights, flags, blends", {"$ref": _ref("SelectorContent")})
    paths["/index.json"] = _get("index", "What there is", {"type": "object", "required": ["version", "collections"]})
    paths["/fits.csv"] = {
        "get": {
            "operationId": "fits",
            "summary": "All fits as a table",
            "responses": {"200": {"description": "CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": catalog.site.name,
            "version": VERSION,
            "description": "Static files. Within version 1, fields and files are added, never renamed or taken away.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": (catalog.site.address + BASE).rstrip("/")}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _ref(name: str) -> str:
    return REF.format(model=name)


def _served(collection: Collection, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a collection's item: its record, and the addresses that every served item has."""
    added = {"page": collection.target is not None, "self": collection.items}
    fields = [field for field, there in added.items() if there]
    record = {"$ref": _ref(_add(collection.type, schemas))}
    if not fields:
        return record
    address = {"type": "string", "format": "uri"}
    return {"allOf": [record, {"required": fields, "properties": dict.fromkeys(fields, address)}]}


def _add(type_: type, schemas: dict[str, Any]) -> str:
    """Put a type and all it is made of among the schemas, and say its name."""
    made = TypeAdapter(type_).json_schema(schema_generator=_Served, ref_template=REF)
    for name, part in {**made.pop("$defs", {}), type_.__name__: made}.items():
        schemas.setdefault(name, _open(part))
    return type_.__name__


def _open(part: dict[str, Any]) -> dict[str, Any]:
    """Readers must expect fields that later minor versions add."""
    part.pop("title", None)
    part.pop("additionalProperties", None)
    return part


def _get(id_: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {"get": {"operationId": id_, "summary": summary, "responses": {"200": answer}}}
