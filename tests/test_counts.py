"""Numbers in the site's own texts: the build counts, so that no text goes out of date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coaching.catalog import Catalog
from factory import spoiled, texts, write
from sitegen.counts import counted, counts, slots
from sitegen.load import load_content


def test_numbers_are_words_and_a_capital_begins_a_sentence(catalog: Catalog) -> None:
    three = catalog.models[:3]

    found = counts(three, catalog.selector)

    assert ("three", "three", "Three", "Three") == tuple(found[n] for n in ("models", "scored", "Models", "Scored"))
    assert "no" == counts((), catalog.selector)["models"]


def test_the_numbers_of_the_selector_can_be_named(catalog: Catalog) -> None:
    selector = replace(catalog.selector, close=8, enough=6, lead_score=2, blend_within=12.5)
    found = counts((), selector)

    assert ("eight", "six", "two", "12.5") == tuple(found[n] for n in ("close", "enough", "lead_score", "blend_within"))


def test_a_number_above_twenty_is_written_in_digits(catalog: Catalog) -> None:
    assert "21" == counts((catalog.models[0],) * 21, catalog.selector)["Models"]


def test_a_blend_is_counted_and_not_scored(catalog: Catalog) -> None:
    blend = next(model for model in catalog.models if model.role == "blend")

    found = counts((catalog.models[0], blend), catalog.selector)

    assert ("two", "one") == tuple(found[name] for name in ("models", "scored"))


def test_other_braces_stay_as_they_are() -> None:
    assert "two of {them}" == counted("{models} of {them}", {"models": "two"})
    assert ["models", "them"] == list(slots("{models} of {them}"))


def test_one_more_file_of_a_model_changes_the_words_of_the_site(tmp_path: Path) -> None:
    files = texts()
    files["site.yml"] = spoiled(files["site.yml"], "description: A guide to {models} models.")
    two = load_content(write(tmp_path / "two", files)).catalog
    three = load_content(write(tmp_path / "three", {**files, "models/third.yml": files["models/ask.yml"]})).catalog

    assert two
    assert "A guide to two models." == two.site.description
    assert three
    assert "A guide to three models." == three.site.description
