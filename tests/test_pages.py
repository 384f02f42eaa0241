"""From a catalog to staged pages: everything has a page, and every page says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from coaching.addresses import PARTS, Addresses, relative
from coaching.catalog import Catalog
from coaching.selector import MOST
from sitegen.counts import counts
from sitegen.nav import Nav, navigation
from sitegen.pages import OF_ONE_ITEM, every_page, staged_pages
from sitegen.stage import Artifact
from sitegen.writer import Writer, slug

ROOT = Path(__file__).parent.parent
NOW = "2027-01-18T10:42"


@pytest.fixture(scope="module")
def pages(catalog: Catalog) -> dict[str, Artifact]:
    return {artifact.path: artifact for artifact in staged_pages(catalog, every_page(catalog, NOW))}


def test_every_model_phase_topic_and_tool_has_a_page(catalog: Catalog, pages: dict[str, Artifact]) -> None:
    addresses = Addresses(catalog)
    targets = [
        *(f"model:{model.id}" for model in catalog.models),
        *(f"phase:{phase.id}" for phase in catalog.phases),
        *(f"topic:{topic.id}" for part in PARTS for topic in getattr(catalog, part)),
        *(f"dispute:{dispute.id}" for dispute in catalog.disputes),
        *(f"tool:{tool.id}" for tool in catalog.site.tools),
    ]

    assert [] == [target for target in targets if f"{addresses.address(target)}index.md" not in pages]


def test_every_page_leads_to_the_file_it_is_made_from(pages: dict[str, Artifact]) -> None:
    for path, artifact in pages.items():
        front = yaml.safe_load(artifact.content.decode().removeprefix("---\n").split("\n---\n")[0])
        assert artifact.source == front["source"], path
        assert (ROOT / front["source"]).exists(), path


def test_every_page_says_what_it_answers_near_the_top(pages: dict[str, Artifact]) -> None:
    for path, artifact in pages.items():
        if path != "index.md":
            assert "This page answers" in artifact.content.decode().split("\n---\n", 1)[1][:6000], path


def test_a_page_is_one_block_of_html_without_blank_lines(pages: dict[str, Artifact]) -> None:
    for path, artifact in pages.items():
        body = artifact.content.decode().split("\n---\n", 1)[1].strip()
        assert body.startswith('<div class="fg-made">'), path
        assert body.endswith("</div>"), path
        assert "\n\n" not in body, path


def test_every_page_stands_in_the_navigation_once(catalog: Catalog, pages: dict[str, Artifact]) -> None:
    def files(nav: Nav) -> list[str]:
        return [
            name
            for entry in nav
            for value in entry.values()
            for name in ([value] if isinstance(value, str) else files(value))
        ]

    listed = files(navigation(catalog))

    assert len(listed) == len(set(listed))
    assert set() == {path for path in pages if path not in listed}


def test_the_sources_page_says_which_pages_lean_on_a_work(pages: dict[str, Artifact]) -> None:
    text = pages["sources/index.md"].content.decode()
    entry = text[text.index('id="kraft-2018"') :].split("</li>")[0]

    assert "Leaned on in" in entry
    assert 'href="../"' in entry or 'href=".././"' in entry


def test_citations_are_numbered_in_their_order_and_listed_at_the_end(pages: dict[str, Artifact]) -> None:
    text = pages["models/knight-partnership/index.md"].content.decode()
    numbers = [int(n) for n in re.findall(r'class="fg-ref" href="#s-[^"]+">\[(\d+)\]', text)]
    firsts = list(dict.fromkeys(numbers))

    assert list(range(1, len(firsts) + 1)) == firsts
    assert len(firsts) == len(re.findall(r'<li id="s-', text))


def test_each_kind_of_reader_finds_a_next_step_one_click_from_home(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    home = pages["index.md"].content.decode()
    addresses = Addresses(catalog)

    assert 6 == len(catalog.site.home.readers)
    for reader in catalog.site.home.readers:
        for job in reader.jobs:
            assert f'href="{relative(addresses.address(job.to), "")}"' in home, job


def test_every_number_of_models_is_counted_and_the_two_numbers_are_explained(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    text = {path: artifact.content.decode() for path, artifact in pages.items()}
    every, scored, words = len(catalog.models), len(catalog.ranked), counts(catalog.models, catalog.selector)

    assert f"{words['Models']} models" in text["index.md"]
    assert f"scores {scored} of these {every} models" in text["models/index.md"]
    assert f"scores {words['scored']} of the {words['models']} models" in text["how-we-score/index.md"]
    assert "The selector does not score it" in text["models/hybrid/index.md"]
    assert "The selector does not score it" not in text["models/technical/index.md"]


def test_where_letters_rate_the_evidence_a_link_says_what_they_mean(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    with_letters = [
        path for path, artifact in pages.items() if b"Evidence grade, D is weakest, A is strongest" in artifact.content
    ]

    assert {"index.md", "models/index.md", "models/compare/index.md"} < set(with_letters)
    assert len(catalog.models) + 3 == len(with_letters)
    for path in with_letters:
        assert 1 == pages[path].content.decode().count('evidence/#grades">What the grades mean</a>'), path
    assert 'id="grades"' in pages["evidence/index.md"].content.decode()


def test_a_page_that_shows_a_part_at_a_time_has_no_list_of_words(catalog: Catalog, pages: dict[str, Artifact]) -> None:
    for path in ("models/compare/index.md", *(f"{tool.page}index.md" for tool in catalog.site.tools)):
        assert "Words on this page" not in pages[path].content.decode(), path


def test_the_rules_on_how_we_score_name_the_numbers_that_the_selector_uses(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    selector, (page,) = catalog.selector, [page for page in catalog.site.pages if page.id == "scores"]
    rules = " ".join(page.paragraphs)
    words = counts(catalog.models, selector)
    times = {importance.label: importance.times for importance in selector.importance}

    assert MOST == 4
    assert "a score from zero to four for every answer" in rules
    assert f"A ranking starts with {words['enough']} answers" in rules
    assert f"fewer than {words['close']} points apart" in rules
    assert f"at most {words['blend_within']} points away" in rules
    assert f"a score below {words['lead_score']} on it" in rules
    assert {"Normal": 1, "High": 2, "Does not count": 0} == times
    assert "“High” doubles the weight" in rules
    assert "A weight of zero, or “Does not count”, takes away" in rules
    html = pages["how-we-score/index.md"].content.decode()
    assert len(page.paragraphs) == html.split('id="rules"')[1].split("</ul></section>")[0].count("<li><strong>")


def test_how_we_score_says_who_set_the_numbers_and_how_many_of_them_name_a_study(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    html = pages["how-we-score/index.md"].content.decode()
    fits = [fit for model in catalog.ranked for answers in model.fits.values() for fit in answers.values()]

    assert f"{sum(bool(fit.sources) for fit in fits)} of {len(fits)} scores name a study" in html
    assert "It is one judgment: no panel voted" in html


def test_from_a_score_a_reader_comes_to_the_evidence_for_its_model(
    catalog: Catalog, pages: dict[str, Artifact]
) -> None:
    scores = pages["how-we-score/index.md"].content.decode()

    for model in catalog.ranked:
        assert f'<th scope="col"><a href="../models/{model.id}/#evidence">{model.name}</a></th>' in scores
        assert 'id="evidence"' in pages[f"models/{model.id}/index.md"].content.decode()


def test_two_writings_of_one_catalog_are_equal(catalog: Catalog, pages: dict[str, Artifact]) -> None:
    assert list(pages.values()) == list(staged_pages(catalog, every_page(catalog, NOW)))


def test_a_page_of_one_item_shows_nothing_but_names_of_the_rest(catalog: Catalog, pages: dict[str, Artifact]) -> None:
    """Such pages are kept until their item or a name changes, and are written with a catalog of names."""
    whole = Writer(catalog)
    of_one = [page for page in every_page(catalog, NOW) if page.template in OF_ONE_ITEM]

    assert len(catalog.models) == len(of_one)
    assert [] == [page.address for page in of_one if whole.write(page) != pages[f"{page.address}index.md"]]


@pytest.mark.parametrize(
    ("address", "start", "link"),
    [
        ("cycle/goals/", "models/technical/", "../../cycle/goals/"),
        ("", "models/", "../"),
        ("sources/#kraft-2018", "", "sources/#kraft-2018"),
        ("", "", "./"),
    ],
)
def test_links_are_relative_so_that_the_site_works_in_any_folder(address: str, start: str, link: str) -> None:
    assert link == relative(address, start)


def test_an_id_is_made_of_a_headings_words() -> None:
    assert "knight-s-words-and-ours" == slug("Knight's words, and ours")
    assert "whats-private" == slug("What’s private?")
