"""The quick version: the table of every way to answer, and the page that holds it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import prod
from pathlib import Path

import brotli
import pytest

from coaching.addresses import Addresses
from coaching.catalog import Catalog
from coaching.quick import (
    MOST_RESULTS,
    NOT_SURE,
    SHOWN,
    QuickResult,
    quick_questions,
    quick_results,
    quick_size,
    quick_steps,
)
from coaching.selector import Request, SelectorContent, recommend
from factory import content as small_content
from factory import texts, write
from sitegen.feeds import llms
from sitegen.gathered import part_page, quick_page, tools_page
from sitegen.load import load_content
from sitegen.nav import navigation
from sitegen.pages import every_page, staged_pages
from sitegen.writer import Writer

ROOT = Path(__file__).parent.parent
NOW = "2027-01-18T10:42"


@pytest.fixture(scope="module")
def results(catalog: Catalog) -> dict[tuple[str, ...], QuickResult]:
    return {result.path: result for result in quick_results(catalog.ranked, catalog.selector)}


@pytest.fixture(scope="module")
def html(catalog: Catalog) -> str:
    return page_of(catalog)


def page_of(catalog: Catalog) -> str:
    return Writer(catalog).write(quick_page(catalog)).content.decode()


def without_quick(catalog: Catalog) -> Catalog:
    return replace(catalog, selector=replace(catalog.selector, quick=()))


# ---- the table


def test_every_way_to_answer_is_there_once(catalog: Catalog, results: dict[tuple[str, ...], QuickResult]) -> None:
    questions = quick_questions(catalog.selector)

    assert prod(len(q.answers) + 1 for q in questions) == quick_size(catalog.selector)
    assert quick_size(catalog.selector) == len(results) == len(quick_results(catalog.ranked, catalog.selector))
    for path in results:
        for question, key in zip(questions, path, strict=True):
            assert key in (NOT_SURE, *(answer.key for answer in question.answers))


def test_each_result_is_what_the_selector_says_of_the_same_answers(
    catalog: Catalog, results: dict[tuple[str, ...], QuickResult]
) -> None:
    names = {model.id: model.name.casefold() for model in catalog.models}
    for path, result in results.items():
        answers = {key: answer for key, answer in zip(catalog.selector.quick, path, strict=True) if answer != NOT_SURE}
        full = recommend(catalog.ranked, catalog.selector, Request(answers=answers, importance={}))
        points = {ranked.model: (not ranked.may_lead, -round(ranked.fit, 9)) for ranked in full.ranking}

        assert answers == result.answers
        assert sorted(points, key=lambda model: (points[model], names[model])) == list(result.ranking), path
        assert {e.model for e in full.excluded} == {e.model for alike in result.out for e in alike}, path
        assert [points[model] for model in result.ranking] == [points[r.model] for r in full.ranking], path


def test_changing_one_answer_leads_to_the_result_that_says_so(results: dict[tuple[str, ...], QuickResult]) -> None:
    for path, result in results.items():
        for place, row in enumerate(result.rows):
            assert [path] == [choice.path for choice in row.choices if choice.chosen]
            for choice in row.choices:
                assert choice.first == results[choice.path].first
                assert all(i == place or key == path[i] for i, key in enumerate(choice.path))
            assert len(row.choices) == len(row.question.answers) + 1


def test_every_question_stands_after_every_way_to_answer_those_before_it(catalog: Catalog) -> None:
    steps = quick_steps(catalog.selector)
    counts = [len(question.answers) + 1 for question in quick_questions(catalog.selector)]

    assert Counter({n: prod(counts[: n - 1]) for n in range(1, len(counts) + 1)}) == Counter(s.number for s in steps)
    assert () == steps[0].path
    assert all(choice.path[:-1] == step.path for step in steps for choice in step.choices)


# ---- its words


def test_a_principal_with_novices_a_new_curriculum_and_an_expert_gets_three_models_with_reasons(
    results: dict[tuple[str, ...], QuickResult],
) -> None:
    result = results["E1", "X2", "K1"]

    assert ["Technical"] == [place.ranked.name for place in result.places][:1]
    assert SHOWN == len(result.places)
    assert result.because.startswith("Three answers give a first idea, not a ranking.")
    assert result.places[0].because.startswith("The main challenge is a new curriculum: ")
    for place in result.places:
        assert place.because.endswith(".")
        assert place.watch.endswith(".")


def test_a_lead_under_the_limit_is_too_close_to_call_and_ties_are_said_to_be_ties(
    catalog: Catalog, results: dict[tuple[str, ...], QuickResult]
) -> None:
    seen = set()
    for result in results.values():
        if not result.places:
            continue
        first, second = (place.ranked for place in result.places[:2])
        tied = [p.ranked.name for p in result.places if round(p.ranked.fit, 9) == round(first.fit, 9)]
        if len(tied) > 1:
            seen.add("tie")
            assert "share first place" in result.title
            assert tied == sorted(tied, key=str.casefold)
            assert "alphabet" in result.because
            assert result.first.startswith("a tie of ")
        elif second.may_lead and first.fit - second.fit < catalog.selector.close:
            seen.add("close")
            assert "too close to call" in result.title
        else:
            seen.add("clear")
            assert "too close" not in result.title
    assert {"tie", "close", "clear"} == seen


def test_what_to_watch_out_for_is_a_whole_sentence_about_an_answer_or_about_the_model(
    catalog: Catalog, results: dict[tuple[str, ...], QuickResult]
) -> None:
    said = {a.said for key in catalog.selector.quick for a in catalog.selector.question(key).answers}
    watches = {place.watch for result in results.values() for place in result.places}
    about = [watch for watch in watches if watch.startswith("It does not work well with ")]
    of_answers = [watch for watch in watches if watch.split(":")[0] in {s[:1].upper() + s[1:] for s in said}]

    assert about
    assert len(watches) == len(about) + len(of_answers)
    assert [] == [watch for watch in about if watch.removeprefix("It does not work well with ")[0].isupper()]


def test_a_model_for_certain_subjects_says_so_as_the_subject_is_not_asked(
    html: str, results: dict[tuple[str, ...], QuickResult]
) -> None:
    told = {place.ranked.model: place.proviso for result in results.values() for place in result.places}

    assert "Only if the subject is reading or writing" == told["literacy"]
    assert "Not if the coach is not expert in the subject" == told["content-focused"]
    assert "" == told["technical"]
    assert "<p><b>Only if the subject is reading or writing.</b></p>" in html


def test_models_with_the_points_of_the_last_one_shown_are_named_too(
    results: dict[tuple[str, ...], QuickResult],
) -> None:
    for result in results.values():
        shown = [(p.ranked.may_lead, round(p.ranked.fit, 9)) for p in result.places]
        assert all((r.may_lead, round(r.fit, 9)) == shown[-1] for r in result.level)
        assert [r.model for r in result.level] == list(result.ranking[SHOWN : SHOWN + len(result.level)])


def test_nothing_answered_shows_no_model_and_says_where_to_start(
    results: dict[tuple[str, ...], QuickResult],
) -> None:
    result = results[(NOT_SURE,) * 3]

    assert () == result.places
    assert "Nothing to go on yet." == result.title
    assert "how to choose" in result.because


def test_a_model_that_is_out_stays_with_its_reason(html: str, results: dict[tuple[str, ...], QuickResult]) -> None:
    out = results["E1", "X2", "K2"].out
    part = section(html, "r-E1-X2-K2")

    assert "technical" in {excluded.model for alike in out for excluded in alike}
    for alike in out:
        assert f": {alike[0].because}." in part


def test_red_flags_that_the_answers_raise_stand_before_the_models(
    html: str, results: dict[tuple[str, ...], QuickResult]
) -> None:
    part = section(html, "r-E1-X2-K2")

    assert ("RF5",) == results["E1", "X2", "K2"].flags
    assert part.index("red-flags/#rf5") < part.index("fg-ranked")


# ---- the page


def section(html: str, id_: str) -> str:
    start = html.index(f'id="{id_}"')
    return html[start : html.index("</section>", start)]


def test_no_part_is_there_twice_and_every_link_leads_to_a_part(html: str, catalog: Catalog) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html)
    links = set(re.findall(r'href="#([^"]+)"', html))
    parts = {id_ for id_ in ids if id_.split("-")[0] in ("q", "r")}

    assert [] == [id_ for id_, count in Counter(ids).items() if count > 1]
    assert links <= set(ids)
    assert len(quick_steps(catalog.selector)) + quick_size(catalog.selector) == len(parts)
    assert parts == links - {"scale"}, "every part can be reached"


def test_every_result_stands_in_the_html_with_headings_of_its_own(
    html: str, results: dict[tuple[str, ...], QuickResult]
) -> None:
    for path, result in results.items():
        part = section(html, "-".join(("r", *path)))
        assert result.title.replace("’", "’") in part
        levels = [int(level) for level in re.findall(r"<h(\d)", "<h2" + part)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        for place in result.places:
            assert place.ranked.name in part
            assert place.watch in part


def test_the_full_version_and_the_comparison_keep_what_was_answered(html: str, catalog: Catalog) -> None:
    part = section(html, "r-E1-X2-0")

    assert f'href="../../../tools/selector/#a={catalog.selector.version}.E-E1.X-X2"' in part
    assert re.search(r'href="\.\./\.\./\.\./models/compare/#m=[a-z-]+,[a-z-]+,[a-z-]+"', part)
    assert 'href="../../../tools/selector/">' in section(html, "r-0-0-0")


def test_the_page_is_light_and_so_is_the_whole_visit(site_folder: Path) -> None:
    page = site_folder / "tools/selector/quick/index.html"
    assets = site_folder / "assets"
    scripts = [*assets.glob("*.js"), assets / "reading/quick.js", assets / "reading/shown.js"]
    fonts = [assets / "fonts/text.woff2", assets / "fonts/head.woff2"]
    loaded = [page, assets / "site.css", assets / "icon.svg", *scripts, *fonts]
    sizes = {path: len(brotli.compress(path.read_bytes(), quality=11)) for path in loaded}

    assert sizes[page] < 60_000
    assert sum(sizes.values()) < 250_000


def test_search_finds_the_page_and_not_its_table(site_folder: Path) -> None:
    found = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in (site_folder / "pagefind/fragment").iterdir()
    ]
    (page,) = [page for page in found if page["url"] == "/tools/selector/quick/"]

    assert "first idea" in page["content"]
    assert "Watch out" not in page["content"]
    assert page["word_count"] < 100


# ---- other content


def test_a_model_that_is_added_takes_part_at_once(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "content", tmp_path / "content")
    text = (folder / "models/technical.yml").read_text("utf-8")
    (folder / "models/stepwise.yml").write_text(text.replace("name: Technical", "name: Stepwise", 1), "utf-8")
    catalog = load_content(folder).catalog
    assert catalog
    found = {result.path: result for result in quick_results(catalog.ranked, catalog.selector)}

    assert "Stepwise coaching and Technical coaching share first place." == found["E1", "X2", "K1"].title
    assert "a tie of Stepwise and Technical" in page_of(catalog)


@pytest.mark.parametrize(("quick", "count"), [(("K",), 4), (("C", "X"), 32), (("E", "K", "C", "T"), 256)])
def test_other_questions_make_another_page(catalog: Catalog, quick: tuple[str, ...], count: int) -> None:
    other = replace(catalog, selector=replace(catalog.selector, quick=quick))
    html = page_of(other)

    assert count == quick_size(other.selector) == len(set(re.findall(r'id="r-[^"]+"', html)))
    assert f"</strong> of {len(quick)}" in html


def test_without_quick_questions_there_is_no_page_and_nothing_leads_to_one(catalog: Catalog) -> None:
    none = without_quick(catalog)
    pages = {page.path: page.content.decode() for page in staged_pages(none, every_page(none, NOW))}

    assert () == quick_results(none.ranked, none.selector) == quick_steps(none.selector)
    assert "tools/selector/quick/index.md" not in pages
    assert [] == [path for path, html in pages.items() if "selector/quick" in html]
    assert "selector/quick" not in f"{navigation(none)}{llms(none)}"
    assert Addresses(none).address("tool:selector") == Addresses(none).address("page:quick")


def test_readers_find_the_quick_version_where_they_choose(catalog: Catalog) -> None:
    writer = Writer(catalog)
    home = next(iter(every_page(catalog, NOW)))

    assert 'class="fg-btn" href="tools/selector/quick/"' in writer.write(home).content.decode()
    for page in (part_page(catalog, "choosing"), tools_page(catalog)):
        assert "tools/selector/quick/" in writer.write(page).content.decode() or "selector/quick/" in str(page.shows)
    assert "selector/quick/" in str(navigation(catalog))


@pytest.mark.parametrize(
    ("quick", "says"),
    [
        (["E", "Z"], "no scored question 'Z'"),
        (["E", "S"], "no scored question 'S'"),
        (["E", "E"], "'E' is there twice"),
        (["W"], "'0'"),
        (["E", "X", "A", "B"], "too many for one page"),
    ],
)
def test_the_content_check_refuses_quick_questions_that_make_no_page(
    tmp_path: Path, quick: list[str], says: str
) -> None:
    data = small_content()
    selector = {**data["selector.yml"], "quick": quick}
    answers = [{"key": key, "label": "Some", "said": "some are"} for key in ("0", "W1")]
    many = {key: [{"key": f"{key}{i}", "label": "Some", "said": "some are"} for i in range(20)] for key in "AB"}
    for key, of_key in {"W": answers, **many}.items():
        selector["questions"] = [*selector["questions"], {**selector["questions"][0], "key": key, "answers": of_key}]
    folder = write(tmp_path, texts() | {"selector.yml": json.dumps(selector)})
    problems = [p for p in load_content(folder).problems if p.code == "SELECTOR"]

    assert any(says in p.message for p in problems), problems


def test_the_content_of_the_guide_is_within_the_limit(catalog: Catalog) -> None:
    selector: SelectorContent = catalog.selector

    assert 0 < quick_size(selector) <= MOST_RESULTS
