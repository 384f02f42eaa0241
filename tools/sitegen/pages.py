"""Every page that content makes: a template, what it shows, and where it stands.

The pages of `docs/` are written by hand and only copied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from coaching.addresses import NAMES, PAGES, PARTS
from coaching.catalog import Catalog, for_one_page, to_json
from coaching.content import CoachingModel, Dispute, Section, Topic
from sitegen import forms, gathered
from sitegen.families import family
from sitegen.kept import Kept, key
from sitegen.stage import Artifact
from sitegen.writer import Page, Writer, slug


def staged_pages(catalog: Catalog, pages: Iterable[Page], kept: Kept | None = None) -> Iterator[Artifact]:
    """The pages as staged files.

    Args:
        kept: pages that an earlier build wrote.
    """
    writer = Writer(catalog)
    around = for_one_page(catalog)
    alone = Writer(around)
    names = key("names", to_json(around)) if kept else ""
    for page in pages:
        if page.template not in OF_ONE_ITEM:
            yield writer.write(page)
            continue
        name = key("page", names, to_json(page)) if kept else ""
        before = kept.get(name) if kept else None
        if before is None:
            made = alone.write(page)
            cited = [source.id for source in alone.cites.list()]
            if kept:
                kept.put(name, " ".join(cited).encode() + b"\n" + made.content)
        else:
            first, _, content = before.partition(b"\n")
            made, cited = Artifact(f"{page.address}index.md", content, page.source), first.decode().split()
        writer.lean(page, cited)
        yield made


OF_ONE_ITEM = ("model.html.jinja",)
"""Templates that show an item, and of everything else only names: a page of theirs stays until one of these changes."""


def every_page(catalog: Catalog, now: str) -> Iterator[Page]:
    """Every page of the catalog, in the order of the site; the list of sources is last: it says who leans on what.

    Args:
        now: local time `YYYY-MM-DDTHH:MM` that the tools' blank forms are drawn for.
    """
    yield home_page(catalog)
    for part in PARTS:
        yield gathered.part_page(catalog, part)
        yield from (topic_page(part, topic) for topic in getattr(catalog, part))
    yield cycle_page(catalog)
    yield from phase_pages(catalog)
    yield from (model_page(model) for model in catalog.models)
    yield from (dispute_page(dispute) for dispute in catalog.disputes)
    yield from (tool_page(catalog, tool.id, now) for tool in catalog.site.tools)
    yield from gathered.pages(catalog, now)
    yield gathered.evidence_page(catalog)
    yield gathered.sources_page(catalog)


def home_page(catalog: Catalog) -> Page:
    site = catalog.site
    return Page(
        address="",
        title=site.home.headline,
        answers=site.home.answers,
        description=site.description,
        template="home.html.jinja",
        source="content/site.yml",
        reviewed=site.reviewed,
        shows={"home": site.home, "shown": [model for model in catalog.models if model.id in site.first_models]},
        wide=True,
        target="page:home",
    )


def model_page(model: CoachingModel) -> Page:
    also = f"Also called {_listed(model.also_known_as)}. " if model.also_known_as else ""
    entries = [
        *(("When it fits", "fit"), ("Principles", "principles"), ("Cycle", "cycle")),
        *_headings(model.sections),
        ("Conversation", "talk"),
        *((("Week by week", "case"),) if model.case else ()),
        *(("Questions", "questions"), ("Needs", "needs"), ("Evidence", "evidence")),
    ]
    return Page(
        address=f"models/{model.id}/",
        title=model.name,
        answers=model.answers,
        description=model.one_line,
        template="model.html.jinja",
        source=f"content/models/{model.id}.yml",
        reviewed=model.reviewed,
        shows={
            "m": model,
            "family": family(model),
            "sub": also + model.origin,
            "entries": entries,
            "stage_words": _stages(model),
        },
        keywords=model.keywords,
        target=f"model:{model.id}",
        crumbs=(("Models", "page:models"), (family(model), None)),
    )


def _headings(sections: tuple[Section, ...]) -> list[tuple[str, str]]:
    return [(section.heading, slug(section.heading)) for section in sections]


def _stages(model: CoachingModel) -> str:
    """The model's stages and the phases they cover, for readers who do not see the ring."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for i, step in enumerate(model.cycle, start=1):
        numbers[step.name].append(str(i))
    return "; ".join(f"{name} covers phase {' and '.join(which)}" for name, which in numbers.items())


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def phase_pages(catalog: Catalog) -> Iterator[Page]:
    phases = catalog.phases
    for i, phase in enumerate(phases):
        entries = [
            *(("Step by step", "steps"), ("Who does what", "who"), ("First five minutes", "first")),
            *_headings(phase.sections),
            *(("Mistakes", "mistakes"), ("Question cards", "questions"), ("Evidence", "data")),
            *((("Worksheet", "sheet"),) if phase.sheet else ()),
        ]
        around = {"before": phases[i - 1] if i else None, "after": phases[(i + 1) % len(phases)]}
        yield Page(
            address=f"cycle/{phase.id}/",
            title=phase.name,
            answers=phase.answers,
            description=phase.one_line,
            template="phase.html.jinja",
            source=f"content/cycle/{phase.id}.yml",
            reviewed=phase.reviewed,
            shows={"ph": phase, "entries": entries, **around},
            keywords=phase.keywords,
            target=f"phase:{phase.id}",
            crumbs=(("The cycle", "page:cycle"), (f"Phase {phase.number} of {len(phases)}", None)),
        )


def topic_page(part: str, topic: Topic) -> Page:
    return Page(
        address=f"{part}/{topic.id}/",
        title=topic.title,
        answers=topic.answers,
        description=topic.one_line,
        template="topic.html.jinja",
        source=f"content/{part}/{topic.id}.yml",
        reviewed=topic.reviewed,
        shows={"t": topic, "entries": _headings(topic.sections)},
        keywords=topic.keywords,
        target=f"topic:{topic.id}",
        crumbs=((NAMES[part], f"page:{part}"),),
    )


def cycle_page(catalog: Catalog) -> Page:
    page = topic_page("cycle", catalog.cycle)
    return replace(
        page,
        address=PAGES["cycle"],
        template="cycle.html.jinja",
        source="content/cycle.yml",
        target="page:cycle",
        crumbs=(),
    )


def dispute_page(dispute: Dispute) -> Page:
    return Page(
        address=f"evidence/{dispute.id}/",
        title=dispute.title,
        answers=dispute.answers,
        description=dispute.one_line,
        template="dispute.html.jinja",
        source=f"content/disputes/{dispute.id}.yml",
        reviewed=dispute.reviewed,
        shows={"d": dispute},
        keywords=dispute.keywords,
        target=f"dispute:{dispute.id}",
        crumbs=((NAMES["evidence"], "page:evidence"),),
    )


def tool_page(catalog: Catalog, id_: str, now: str) -> Page:
    tool = next(tool for tool in catalog.site.tools if tool.id == id_)
    return Page(
        address=tool.page,
        title=tool.name,
        answers=tool.answers,
        description=tool.one_line,
        template="tool.html.jinja",
        source=forms.SOURCES[id_],
        reviewed=catalog.site.reviewed,
        shows={"tool": tool, "inside": forms.blank(catalog, id_, now)},
        wide=True,
        target=f"tool:{id_}",
    )
