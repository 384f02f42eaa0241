"""Pages that are made from many items: indexes, the comparison, lists of everything of one kind.

Their own words stand in `content/site.yml`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from random import Random
from typing import Any

from coaching.addresses import NAMES, PAGES
from coaching.catalog import Catalog
from coaching.content import CoachingModel, MythEntry, ProbingQuestion, Source, Stance
from coaching.markup import plain
from coaching.quick import quick_results, quick_steps
from coaching.selector import SelectorContent, item
from coaching.selector_table import TOP, Alike, Rate, base_rates, nearly_alike
from sitegen import data, drawings, forms, problems
from sitegen.families import FAMILIES, family
from sitegen.writer import Page

FIRST_SHOWN = 3
"""Models that the comparison shows before anybody has chosen."""
DRAWS, FEWEST_DRAWS, MOST_RANKED = 2000, 100, 40_000
"""Made-up schools that show what the scores favor; fewer with many models, so that the build stays quick."""
MOST_PAIRS = 12
"""Pairs of models alike that the page of the scores lists."""


def pages(catalog: Catalog, now: str) -> Iterator[Page]:
    """Every gathered page but those of the parts and those about sources.

    Args:
        now: local time `YYYY-MM-DDTHH:MM` that a tool's blank form is drawn for.
    """
    if catalog.selector.quick:
        yield quick_page(catalog)
    yield models_page(catalog)
    yield compare_page(catalog)
    yield blends_page(catalog)
    yield flags_page(catalog)
    yield questions_page(catalog)
    yield myths_page(catalog)
    yield tools_page(catalog)
    yield scores_page(catalog, now)
    yield glossary_page(catalog)
    yield coverage_page(catalog)
    yield changes_page(catalog)
    yield yours_page(catalog)
    yield data_page(catalog)
    yield device_page(catalog)
    yield checks_page(catalog)


def _headed(catalog: Catalog, id_: str, template: str, source: str, above: str = "", **shows: Any) -> Page:
    words = next(words for words in catalog.site.pages if words.id == id_)
    return Page(
        address=PAGES[id_],
        title=words.title,
        answers=words.answers,
        description=plain(words.lead),
        template=template,
        source=source,
        reviewed=catalog.site.reviewed,
        shows={"lead": words.lead, "paragraphs": words.paragraphs, **shows},
        keywords=words.keywords,
        target=f"page:{id_}",
        crumbs=((NAMES[above], f"page:{above}"),) if above else (),
    )


# ---- indexes


def part_page(catalog: Catalog, part: str) -> Page:
    entries = [
        {"to": f"topic:{topic.id}", "title": topic.title, "line": topic.one_line, "note": topic.answers}
        for topic in getattr(catalog, part)
    ]
    return _headed(catalog, part, "index.html.jinja", f"content/{part}", list=[*entries, *_beside(catalog, part)])


def _beside(catalog: Catalog, part: str) -> Iterator[dict[str, str]]:
    """Gathered pages that belong to a part."""
    for id_ in {"choosing": (*_quick(catalog), "blends", "flags", "scores"), "basics": ("myths",)}.get(part, ()):
        words = next(words for words in catalog.site.pages if words.id == id_)
        yield {"to": f"page:{id_}", "title": words.title, "line": plain(words.lead), "note": words.answers}


def _quick(catalog: Catalog) -> tuple[str, ...]:
    """The page of the quick version, if there is one."""
    return ("quick",) if catalog.selector.quick else ()


def tools_page(catalog: Catalog) -> Page:
    entries = [
        {"to": f"tool:{tool.id}", "title": tool.name, "line": tool.one_line, "note": tool.minutes}
        for tool in catalog.site.tools
    ]
    for id_ in (*_quick(catalog), "models", "compare", "questions", "yours"):
        words = next(words for words in catalog.site.pages if words.id == id_)
        entries.append({"to": f"page:{id_}", "title": words.title, "line": plain(words.lead), "note": words.answers})
    return _headed(catalog, "tools", "index.html.jinja", "content/site.yml", list=entries)


def quick_page(catalog: Catalog) -> Page:
    """The quick version of the selector, with every question and every result in it."""
    selector = catalog.selector
    page = _headed(
        catalog, "quick", "quick.html.jinja", "content/selector.yml",
        steps=quick_steps(selector), results=quick_results(catalog.ranked, selector), count=len(selector.quick),
        sel=selector, said={(q.key, a.key): a.said for q in selector.questions for a in q.answers},
    )  # fmt: skip
    return replace(page, wide=True)


# ---- models


@dataclass(frozen=True)
class Facet:
    """A filter of the models: its name in the address, its words, and its values with theirs."""

    key: str
    label: str
    values: tuple[tuple[str, str], ...]


def facets(catalog: Catalog) -> tuple[Facet, ...]:
    """What models can be filtered by; answers of the selector are theirs, so content decides."""
    asked = {question.key: question for question in catalog.selector.questions}
    found = [Facet("lead", "Who leads", tuple((str(i), name) for i, name in enumerate(FAMILIES, start=1)))]
    found += [
        Facet(key, asked[key].short, tuple((answer.key, answer.label) for answer in asked[key].answers))
        for key in catalog.site.filters
        if key in asked
    ]
    return (*found, Facet("grade", "Evidence, at least", tuple((letter, letter) for letter in "ABC")))


GOOD = 3
"""A fit that counts as "suits" in a filter."""


def facts(model: CoachingModel) -> dict[str, str]:
    """What the filters and the sorting know about a model; a list of values is parted by spaces."""
    suits = [a for answers in model.fits.values() for a, fit in answers.items() if fit.score >= GOOD]
    return {
        "id": model.id,
        "lead": str(FAMILIES.index(family(model)) + 1),
        "suits": " ".join(suits),
        "grade": model.grade,
        "rank": str(drawings.grade_rank(model.grade)),
        "stance": str(model.stance.low + model.stance.high),
        "minutes": str(model.needs.minutes_per_week.low),
        "weeks": str(model.weeks.low + model.weeks.high),
    }


def models_page(catalog: Catalog) -> Page:
    shown = [(model, facts(model)) for model in catalog.models]
    page = _headed(
        catalog, "models", "models.html.jinja", "content/models", shown=shown, facets=facets(catalog), good=GOOD
    )
    return replace(page, wide=True)


def compare_page(catalog: Catalog) -> Page:
    models = catalog.models
    groups = [(name, [model for model in models if family(model) == name]) for name in FAMILIES]
    shows = {"models": models, "groups": groups, "first": [model.id for model in models[:FIRST_SHOWN]]}
    return replace(_headed(catalog, "compare", "compare.html.jinja", "content/models", "models", **shows), wide=True)


def scores_page(catalog: Catalog, now: str) -> Page:
    models, selector = catalog.ranked, catalog.selector
    fits = [fit for model in models for answers in model.fits.values() for fit in answers.values()]
    shows = {
        "sel": selector,
        "inside": forms.blank(catalog, "selector", now, "weights"),
        "cells": len(fits),
        "cited": sum(bool(fit.sources) for fit in fits),
        **_favored(models, selector),
    }
    page = _headed(catalog, "scores", "scores.html.jinja", "content/selector.yml", "choosing", **shows)
    return replace(page, wide=True)


def _favored(models: Sequence[CoachingModel], selector: SelectorContent) -> dict[str, Any]:
    """What the table of scores favors by itself, over schools that are always the same: two builds are equal."""
    draws = max(FEWEST_DRAWS, min(DRAWS, MOST_RANKED // max(len(models), 1)))
    alike = nearly_alike(models, selector)
    leading = next((question for question in selector.scored if question.leads), None)

    def rates(**given: str) -> tuple[Rate, ...]:
        return base_rates(models, selector, draws // 4 if given else draws, Random(0).random, given)

    return {
        "draws": draws,
        # Two standard errors of a share of one half.
        "margin": ceil(100 / sqrt(draws)),
        "margin_each": ceil(100 / sqrt(draws // 4)),
        "rates": rates(),
        "leading": leading,
        "by_challenge": [(a, rates(**{leading.key: a.key})[:TOP]) for a in leading.answers] if leading else [],
        "alike": [(pair, list(_parting(selector, pair))) for pair in alike[:MOST_PAIRS]],
        "more_alike": len(alike[MOST_PAIRS:]),
    }


def _parting(selector: SelectorContent, pair: Alike) -> Iterator[str]:
    """Where two models part, in words."""
    for key, answer in pair.apart:
        question = selector.question(key)
        yield f"{question.short.lower()} “{item(question.answers, 'key', answer).label}”"


def blends_page(catalog: Catalog) -> Page:
    names = {model.id: model.name for model in catalog.models}
    return _headed(
        catalog, "blends", "blends.html.jinja", "content/selector.yml", "choosing", blends=catalog.selector.blends,
        names=names,
    )  # fmt: skip


def flags_page(catalog: Catalog) -> Page:
    names = {model.id: model.name for model in catalog.models}
    return _headed(
        catalog, "flags", "flags.html.jinja", "content/selector.yml", "choosing", flags=catalog.selector.flags,
        names=names,
    )  # fmt: skip


# ---- questions and myths


@dataclass(frozen=True)
class Asked:
    """A question of the bank with all that is known about it."""

    question: ProbingQuestion
    stance: Stance
    where: str
    """Target of the page it comes from; empty for the bank's own."""


@dataclass(frozen=True)
class Group:
    """Questions for one situation."""

    id: str
    name: str
    lead: str
    questions: tuple[Asked, ...]


def question_groups(catalog: Catalog) -> tuple[Group, ...]:
    """Every question of the guide: the phases' own with those of all models, then one group a situation."""
    of_phase: dict[str, list[Asked]] = defaultdict(list)
    for phase in catalog.phases:
        for question in phase.questions:
            of_phase[question.phase].append(Asked(question, question.stance or "facilitative", f"phase:{phase.id}"))
    for model in catalog.models:
        for question in model.questions:
            stance = question.stance or _stance(model)
            of_phase[question.phase].append(Asked(question, stance, f"model:{model.id}"))
    phases = [
        Group(f"in-{phase.id}", f"Phase {phase.number}: {phase.name}", phase.one_line, tuple(of_phase[phase.id]))
        for phase in catalog.phases
    ]
    situations = [
        Group(g.id, g.name, g.lead, tuple(Asked(q, q.stance or "facilitative", "") for q in g.questions))
        for g in catalog.questions
    ]
    return (*situations, *phases)


def _stance(model: CoachingModel) -> Stance:
    stances: tuple[Stance, Stance, Stance] = ("facilitative", "dialogical", "directive")
    return stances[FAMILIES.index(family(model))]


def questions_page(catalog: Catalog) -> Page:
    groups = question_groups(catalog)
    count = sum(len(group.questions) for group in groups)
    page = _headed(
        catalog, "questions", "questions.html.jinja", "content/questions.yml", "tools", groups=groups, count=count
    )
    return replace(page, wide=True)


def myths_page(catalog: Catalog) -> Page:
    own: list[tuple[CoachingModel, MythEntry | Any]] = [(m, myth) for m in catalog.models for myth in m.myths]
    return _headed(catalog, "myths", "myths.html.jinja", "content/myths.yml", "basics", myths=catalog.myths, own=own)


# ---- evidence


def evidence_page(catalog: Catalog) -> Page:
    works = sorted(catalog.sources, key=lambda s: (STRENGTHS.index(s.strength), s.authors.casefold(), s.year or 0))
    counted = [(strength, sum(s.strength == strength for s in catalog.sources)) for strength in STRENGTHS]
    return _headed(
        catalog, "evidence", "evidence.html.jinja", "content/disputes", works=works, counted=counted,
        disputes=catalog.disputes, graded=sorted(catalog.models, key=_by_grade),
    )  # fmt: skip


STRENGTHS = ("strong", "moderate", "weak", "background")


def _by_grade(model: CoachingModel) -> tuple[int, str]:
    return -drawings.grade_rank(model.grade), model.name.casefold()


def sources_page(catalog: Catalog) -> Page:
    kinds: dict[str, list[Source]] = defaultdict(list)
    for source in catalog.sources:
        kinds[source.kind].append(source)
    return _headed(catalog, "sources", "sources.html.jinja", "content/sources.yml", "evidence", works=catalog.sources)


def glossary_page(catalog: Catalog) -> Page:
    letters: dict[str, list[Any]] = defaultdict(list)
    for term in catalog.terms:
        letters[term.term[0].upper()].append(term)
    return _headed(catalog, "glossary", "glossary.html.jinja", "content/glossary.yml", letters=dict(letters))


# ---- about the guide


def coverage_page(catalog: Catalog) -> Page:
    headings: dict[str, list[Any]] = defaultdict(list)
    for row in catalog.seed:
        headings[row.heading].append(row)
    page = _headed(catalog, "coverage", "coverage.html.jinja", "content/seed.yml", "about", headings=dict(headings))
    return replace(page, wide=True)


def changes_page(catalog: Catalog) -> Page:
    return _headed(catalog, "changes", "changes.html.jinja", "content/changes.yml", changes=catalog.changes)


def yours_page(catalog: Catalog) -> Page:
    return replace(_headed(catalog, "yours", "yours.html.jinja", "content/site.yml", "tools"), wide=True)


def data_page(catalog: Catalog) -> Page:
    return _headed(
        catalog, "data", "data.html.jinja", "tools/sitegen/data.py", "about", collections=data.COLLECTIONS,
        log=data.CHANGELOG,
    )  # fmt: skip


def device_page(catalog: Catalog) -> Page:
    source = "tools/widgets/runtime/device.html.jinja"
    return _headed(catalog, "device", "device.html.jinja", source, "about", tools=catalog.site.tools)


def checks_page(catalog: Catalog) -> Page:
    return _headed(
        catalog, "checks", "checks.html.jinja", "tools/sitegen/codes.yml", "about", codes=problems.explained()
    )
