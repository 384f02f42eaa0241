"""The catalog as JSON, and the part of it that goes into the browser."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from coaching.catalog import Catalog, for_tools, from_json, structure, to_json
from coaching.content import CoachingModel, Fit, Span, Table, Topic
from factory import content, texts, write
from sitegen.load import load_content

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A small catalog that holds at least one of everything that is required."""
    loaded = load_content(write(tmp_path_factory.mktemp("content"), texts())).catalog
    assert loaded
    return loaded


@pytest.fixture(scope="module")
def real() -> Catalog:
    """The guide's own content."""
    loaded = load_content(ROOT / "content").catalog
    assert loaded
    return loaded


# ---- order


def test_models_come_first_as_the_site_says_and_then_by_name(catalog: Catalog) -> None:
    assert ("grow",) == catalog.site.first_models
    assert ["grow", "ask"] == [model.id for model in catalog.models]


def test_phases_come_by_their_number(catalog: Catalog) -> None:
    assert ["goals", "data", "co-plan", "observe", "reflect"] == [phase.id for phase in catalog.phases]


def test_topics_come_by_their_order(tmp_path: Path) -> None:
    late, early = (texts()["basics/start.yml"].replace("order: 1", f"order: {order}") for order in (20, 10))
    loaded = load_content(write(tmp_path, {**texts(), "basics/start.yml": late, "basics/zero.yml": early})).catalog

    assert loaded
    assert ["zero", "start"] == [topic.id for topic in loaded.basics]


def test_the_name_of_a_file_is_the_id_of_what_is_in_it(catalog: Catalog) -> None:
    assert ["start", "novices", "factors", "time", "outcomes", "transfer", "cycle"] == [
        catalog.basics[0].id,
        catalog.support[0].id,
        catalog.choosing[0].id,
        catalog.leading[0].id,
        catalog.impact[0].id,
        catalog.disputes[0].id,
        catalog.cycle.id,
    ]


# ---- JSON


def test_what_is_written_is_read_back_the_same(catalog: Catalog, real: Catalog) -> None:
    assert catalog == from_json(to_json(catalog))
    assert real == from_json(to_json(real))


def test_every_value_comes_back_with_its_own_type(real: Catalog) -> None:
    """1 and 1.0 and True are equal, so equality does not show this."""
    assert shape(real) == shape(from_json(to_json(real)))


def shape(value: Any) -> Any:
    if is_dataclass(value):
        return type(value), [shape(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [shape(item) for item in value]
    if isinstance(value, dict):
        return [(key, shape(item)) for key, item in value.items()]
    return type(value)


def test_equal_catalogs_give_equal_text(real: Catalog) -> None:
    again = load_content(ROOT / "content").catalog

    assert to_json(real) == to_json(again)


def test_the_order_in_which_answers_were_written_is_kept() -> None:
    fits = {"E": {"E2": Fit(score=1, reason="b"), "E1": Fit(score=2, reason="a")}}

    assert ["E2", "E1"] == list(json.loads(to_json(fits))["E"])


def test_what_has_its_default_is_not_written() -> None:
    topic = Topic(
        id="start",
        order=1,
        title="A",
        answers="B",
        one_line="C",
        lead="D",
        sections=(),
        related=(),
        reviewed="2026-11-23",
    )

    assert '{"id":"start","order":1,"title":"A","answers":"B","one_line":"C","lead":"D","sections":[],"related":[],' + (
        '"reviewed":"2026-11-23"}'
    ) == to_json(topic)


def test_data_is_structured_by_its_type() -> None:
    assert Span(low=1, high=2) == structure(Span, {"low": 1, "high": 2})
    assert Table(caption="a", columns=("b",), rows=(("c",),)) == structure(
        Table, {"caption": "a", "columns": ["b"], "rows": [["c"]]}
    )
    assert {"E": {"E1": Fit(score=4, reason="a b")}} == structure(
        dict[str, dict[str, Fit]], {"E": {"E1": {"score": 4, "reason": "a b"}}}
    )
    assert (1.0, None, ("a",)) == structure(tuple[float, str | None, tuple[str, ...]], [1, None, ["a"]])


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(TypeError, match="high"):
        structure(Span, {"low": 1})


# ---- for the browser


def test_the_tools_get_what_they_ask_for(real: Catalog) -> None:
    part = for_tools(real)

    assert (real.selector, real.goal, real.site.tools) == (part.selector, part.goal, part.site.tools)
    for whole, kept in zip(real.models, part.models, strict=True):
        names = ("id", "name", "stance", "grade", "cost", "fits", "cycle")
        assert all(getattr(whole, name) == getattr(kept, name) for name in names)
    assert [(p.id, p.number, p.name, p.short) for p in real.phases] == [
        (p.id, p.number, p.name, p.short) for p in part.phases
    ]
    kept = {source.id for source in part.sources}
    assert kept < {source.id for source in real.sources}
    assert set(re.findall(r"\[@([a-z0-9-]+)\]", to_json(replace(part, sources=())))) <= kept


def test_the_tools_get_no_pages(real: Catalog) -> None:
    part = for_tools(real)

    assert ((), (), "", ()) == (part.terms, part.models[0].principles, part.models[0].essence, part.cycle.sections)
    assert "" == part.site.home.headline


def test_the_part_for_the_tools_is_a_catalog_like_any_other(real: Catalog) -> None:
    part = for_tools(real)

    assert part == from_json(to_json(part)) == for_tools(part)


def test_the_part_for_the_tools_is_small(real: Catalog) -> None:
    text = to_json(for_tools(real))

    pages = len(to_json(real)) - len(to_json(real.selector)) - len(to_json(real.goal))
    kept = len(text) - len(to_json(real.selector)) - len(to_json(real.goal))
    assert kept < pages / 4


@pytest.mark.parametrize(
    ("name", "own", "spoken"),
    [
        ("Technical", None, "Technical coaching"),
        ("Peer coaching", None, "Peer coaching"),
        ("Lesson study", "Lesson study", "Lesson study"),
    ],
)
def test_a_sentence_names_a_model_as_its_file_says(real: Catalog, name: str, own: str | None, spoken: str) -> None:
    assert spoken == replace(real.models[0], name=name, in_a_sentence=own).spoken


def test_a_model_needs_nothing_but_its_type_to_become_one() -> None:
    data = {"id": "grow", **content()["models/grow.yml"]}
    model = structure(CoachingModel, data)

    assert Fit(score=3, reason="clear steps") == model.fits["E"]["E1"]
    assert 5 == len(model.cycle)
