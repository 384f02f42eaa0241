"""A page as it is written: terms marked once and explained, data for search engines, a picture for shared links."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
import yaml

from coaching.catalog import Catalog
from coaching.content import Term
from coaching.markup import Anchor, Words, parse_marked
from factory import spoiled, texts, write
from sitegen.cards import Font, _lines, cards
from sitegen.load import load_content
from sitegen.pages import every_page, staged_pages
from sitegen.writer import Terms

ROOT = Path(__file__).parent.parent
NOW = "2027-01-18T10:42"


@pytest.fixture(scope="module")
def pages(catalog: Catalog) -> dict[str, str]:
    """Address -> the staged text."""
    staged = staged_pages(catalog, every_page(catalog, NOW))
    return {artifact.path.removesuffix("index.md"): artifact.content.decode() for artifact in staged}


# ---- terms


@pytest.fixture
def terms() -> Terms:
    found = Terms((
        Term(id="baseline", term="Baseline", plain="The first count.", mark=("baseline",)),
        Term(id="wait-time", term="Wait time", plain="The pause.", mark=("wait time", "wait")),
        Term(id="goal", term="Goal", plain="The aim."),
    ))  # fmt: skip
    found.start(marking=True)
    return found


def test_a_term_is_marked_at_its_first_mention_and_not_again(terms: Terms) -> None:
    assert (Words("Take a "), Anchor("baseline", "term:baseline"), Words(".")) == parse_marked(
        "Take a baseline.", terms.find
    )
    assert (Words("The baseline holds."),) == parse_marked("The baseline holds.", terms.find)


def test_the_longest_wording_counts_and_parts_of_words_do_not(terms: Terms) -> None:
    assert "wait time" in [token.text for token in parse_marked("Use wait time.", terms.find) if token != Words("")]
    assert (Words("An awaited waiter, re-baseline."),) == parse_marked("An awaited waiter, re-baseline.", terms.find)


def test_words_of_a_link_and_terms_without_wordings_are_let_be(terms: Terms) -> None:
    text = "See [the baseline](phase:data) and the goal."

    assert [Anchor("the baseline", "phase:data")] == [
        t for t in parse_marked(text, terms.find) if isinstance(t, Anchor)
    ]


def test_a_page_starts_anew_and_lists_its_terms_by_name(terms: Terms) -> None:
    for text in ("Use wait time.", "Take a baseline."):
        parse_marked(text, terms.find)
    assert ["Baseline", "Wait time"] == [term.term for term in terms.list()]

    terms.start(marking=True)
    assert [] == terms.list()


def test_every_marked_term_is_explained_on_its_page(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        marked = set(re.findall(r'class="fg-term" href="#(t-[a-z0-9-]+)"', text))
        assert marked <= set(re.findall(r'id="(t-[a-z0-9-]+)"', text)), address
    assert 'class="fg-term"' in pages["models/technical/"]


# ---- data for search engines


def linked(text: str) -> dict[str, object]:
    front = yaml.safe_load(text.removeprefix("---\n").split("\n---\n")[0])
    assert "<" not in front["linked"]
    found: dict[str, object] = json.loads(front["linked"])
    return found


def test_every_page_tells_search_engines_what_it_is_with_absolute_addresses(
    catalog: Catalog, pages: dict[str, str]
) -> None:
    base = catalog.site.address
    for address, text in pages.items():
        found = linked(text)
        assert "https://schema.org" == found["@context"], address
        assert base + address == found["url"], address
        if address:
            crumbs = found["breadcrumb"]["itemListElement"]  # type: ignore[index]
            assert list(range(1, len(crumbs) + 1)) == [crumb["position"] for crumb in crumbs], address
            assert all(crumb["item"].startswith(base) for crumb in crumbs), address


def test_a_model_is_a_resource_to_learn_from_that_cites_its_works(pages: dict[str, str]) -> None:
    found = linked(pages["models/mtp/"])

    assert "LearningResource" == found["@type"]
    assert any("Interaction-Based Approach" in work["name"] for work in found["citation"])  # type: ignore[attr-defined]


# ---- pictures for shared links


def test_every_model_phase_topic_claim_and_tool_has_a_picture_of_the_right_size(
    catalog: Catalog, tmp_path: Path
) -> None:
    """Those of the last build are taken from its cache."""
    made = {a.path: a.content for a in cards(list(every_page(catalog, NOW)), "Guide", ROOT, tmp_path)}
    wanted = {f"assets/cards/model-{model.id}.png" for model in catalog.models}

    assert wanted | {"assets/cards/home.png", "assets/cards/phase-goals.png"} <= set(made)
    for name, data in made.items():
        assert b"\x89PNG" == data[:4], name
        assert (1200, 630) == struct.unpack(">II", data[16:24]), name


def test_lines_of_a_picture_are_never_wider_than_their_room() -> None:
    font = Font(Path("none"), dict.fromkeys("abcdefghij ", 0.5))

    assert ["abc def", "ghij"] == _lines("abc def ghij", font, 10, 35)
    assert ["abcdefghij"] == _lines("abcdefghij", font, 10, 5)


# ---- what the overview names


def test_everything_the_overview_names_has_a_page_and_a_tool_that_serve_it(
    catalog: Catalog, pages: dict[str, str]
) -> None:
    assert len(catalog.seed) >= 70
    assert [] == [row.id for row in catalog.seed if not row.pages or not row.tools]
    for row in catalog.seed:
        assert row.asks.replace("’", "’") in pages["about/coverage/"].replace("&#39;", "’").replace("&amp;", "&"), (
            row.id
        )


def test_a_row_of_the_overview_that_nothing_serves_stops_the_build(tmp_path: Path) -> None:
    for missing in ("pages", "tools"):
        row = {
            "id": "a",
            "heading": "H",
            "asks": "Something",
            "pages": ["model:grow"],
            "tools": ["tool:goal"],
            missing: [],
        }
        lines = yaml.safe_dump({"rows": [row]}, sort_keys=False)
        loaded = load_content(write(tmp_path / missing, {**texts(), "seed.yml": spoiled(texts()["seed.yml"], lines)}))

        assert ["EMPTY-TEXT"] == [problem.code for problem in loaded.problems]
        assert loaded.catalog is None
