"""What other programs read: every file is what its description says, and every id leads somewhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.readers import read_from_filename

from coaching.catalog import Catalog
from sitegen.data import BASE, COLLECTIONS, VERSION, data_files, description, fits_table
from sitegen.feeds import atom, feeds, llms

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, bytes]:
    return {artifact.path.removeprefix(BASE): artifact.content for artifact in data_files(catalog)}


@pytest.fixture(scope="module")
def described(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["openapi.json"])
    return found


def test_the_description_is_sound_openapi_3_1(
    described: dict[str, Any], tmp_path: Path, files: dict[str, bytes]
) -> None:
    assert "3.1.0" == described["openapi"]
    assert [] == [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()]
    (tmp_path / "openapi.json").write_bytes(files["openapi.json"])
    assert described == read_from_filename(str(tmp_path / "openapi.json"))[0]


def test_every_file_is_described_and_every_described_file_is_there(
    described: dict[str, Any], files: dict[str, bytes]
) -> None:
    there = set(files) - {"openapi.json"}
    told = set()
    for path, operations in described["paths"].items():
        ids = [p["schema"]["enum"] for p in operations.get("parameters", [])]
        told |= {path.replace("{id}", id_).lstrip("/") for id_ in ids[0]} if ids else {path.lstrip("/")}

    assert there == told


def test_every_file_has_the_shape_that_its_description_says(described: dict[str, Any], files: dict[str, bytes]) -> None:
    wrong = []
    for path, operations in described["paths"].items():
        content = operations["get"]["responses"]["200"]["content"]
        if "application/json" not in content:
            continue
        schema = {**content["application/json"]["schema"], "components": described["components"]}
        validator = Draft202012Validator(schema)
        ids = operations["parameters"][0]["schema"]["enum"] if "parameters" in operations else [""]
        for id_ in ids:
            name = path.replace("{id}", id_).lstrip("/")
            for error in validator.iter_errors(json.loads(files[name])):
                wrong.append(f"{name}: {error.json_path} {error.message[:200]}")

    assert [] == wrong


def test_a_file_of_another_shape_would_be_refused(described: dict[str, Any]) -> None:
    """The test before this one can fail."""
    schema = {"$ref": "#/components/schemas/CoachingModel", "components": described["components"]}

    assert not Draft202012Validator(schema).is_valid({"id": "grow"})
    assert not Draft202012Validator(schema).is_valid([])


def test_a_collection_lists_every_item_and_each_leads_to_its_file_and_page(
    catalog: Catalog, files: dict[str, bytes]
) -> None:
    base = catalog.site.address
    for collection in COLLECTIONS:
        listed = json.loads(files[f"{collection.name}.json"])
        assert len(collection.of(catalog)) == listed["count"] == len(listed["items"]), collection.name
        for item in listed["items"] if collection.items else ():
            name = item["self"].removeprefix(base + BASE)
            assert json.loads(files[name])["id"] == item["id"]
            assert item["page"].startswith(base)


def test_the_index_says_the_version_and_counts(catalog: Catalog, files: dict[str, bytes]) -> None:
    index = json.loads(files["index.json"])

    assert VERSION == index["version"]
    assert len(catalog.models) == {c["name"]: c["count"] for c in index["collections"]}["models"]


def test_the_table_of_fits_has_a_row_for_every_model_and_scored_answer(catalog: Catalog) -> None:
    rows = list(csv.DictReader(io.StringIO(fits_table(catalog))))
    answers = sum(len(question.answers) for question in catalog.selector.questions if question.use == "score")

    assert len(catalog.ranked) * answers == len(rows)
    assert {"0", "1", "2", "3", "4"} >= {row["score"] for row in rows}
    first = next(row for row in rows if row["model"] == "technical" and row["answer"] == "E1")
    assert ("4", "clear steps suit a teacher who is new") == (first["score"], first["reason"])


def test_two_descriptions_of_one_catalog_are_equal(catalog: Catalog) -> None:
    assert description(catalog) == description(catalog)


# ---- the feed and the map


def test_the_feed_is_atom_that_readers_understand(catalog: Catalog) -> None:
    feed = feedparser.parse(atom(catalog))

    assert not feed.bozo
    assert "atom10" == feed.version
    assert catalog.site.name == feed.feed.title
    assert [change.title for change in catalog.changes] == [entry.title for entry in feed.entries]
    assert len(feed.entries) == len({entry.id for entry in feed.entries})
    assert all(entry.link.startswith(catalog.site.address) and entry.updated_parsed for entry in feed.entries)
    assert sorted((entry.updated for entry in feed.entries), reverse=True) == [entry.updated for entry in feed.entries]


def test_the_map_for_language_models_names_every_model_topic_and_claim(catalog: Catalog) -> None:
    text = llms(catalog)
    topics = (*catalog.basics, *catalog.support, *catalog.choosing, *catalog.leading, *catalog.impact)

    assert text.startswith(f"# {catalog.site.name}\n\n> ")
    for item in (*catalog.models, *catalog.phases, *topics, *catalog.disputes):
        assert f"/{item.id}/)" in text, item.id


def test_the_small_files_say_what_a_person_edits(catalog: Catalog) -> None:
    assert {"feed.xml", "llms.txt", "assets/search-words.json"} == {artifact.path for artifact in feeds(catalog)}
    assert all(artifact.source.startswith("content/") for artifact in feeds(catalog))
