"""Every page that content makes: a template, what it shows, and where it stands.

A page is staged as a Markdown file whose body is one block of finished HTML, so that any site generator that reads
Markdown can take it. The pages of `docs/` are written by hand and only copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coaching.addresses import NAMES, PAGES, PARTS, Addresses, relative
from coaching.catalog import Catalog
from coaching.content import CoachingModel, Section, Source, Topic
from coaching.markup import plain
from sitegen import drawings, forms, problems
from sitegen.made_pages import START
from sitegen.stage import Artifact
from widgets import markup
from widgets.runtime.env import environment as tool_environment

FAMILIES = ("Teacher leads", "Shared lead", "Coach leads")


@dataclass(frozen=True)
class Page:
    """One page to be made."""

    address: str
    title: str
    answers: str
    description: str
    template: str
    source: str
    reviewed: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    wide: bool = False
    """Without the section's list of pages beside it."""
    keywords: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True)
class Place:
    """A page that leans on a source."""

    target: str
    title: str


class Cites:
    """The sources that the page being written has cited so far, in the order of their first mention."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._seen: list[str] = []

    def start(self) -> None:
        """Begin a new page. The object stays the same: templates keep hold of it."""
        self._seen.clear()

    def __call__(self, id_: str) -> Markup:
        """The mark of a citation: a number that leads to the list at the end of the page."""
        if id_ not in self._seen:
            self._seen.append(id_)
        source = self._sources[id_]
        words = f"{source.authors}{f' {source.year}' if source.year else ''}"
        return Markup('<a class="fg-ref" href="#s-{}">[{}]<span class="fg-vh"> source: {}</span></a>').format(
            id_, self._seen.index(id_) + 1, words
        )

    def list(self) -> list[Source]:
        return [self._sources[id_] for id_ in self._seen]


class Writer:
    """Turns pages into staged files. One page at a time: links and citations belong to the page being written."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.addresses = Addresses(catalog)
        self.used: dict[str, list[Place]] = defaultdict(list)
        self.cites = Cites({source.id: source for source in catalog.sources})
        self.at = ""
        self.env = self._environment()

    def write(self, page: Page) -> Artifact:
        """The staged file of `page`."""
        self.at = page.address
        self.cites.start()
        html = self.env.get_template(page.template).render(page=page, used=self.used, **page.shows)
        for source in self.cites.list():
            if page.target:
                self.used[source.id].append(Place(page.target, self.addresses.name(page.target)))
        return Artifact(f"{page.address}index.md", (_front_matter(page) + _one_block(html, page)).encode(), page.source)

    def url(self, target: str) -> str:
        return relative(self.addresses.address(target), self.at)

    def text(self, value: str) -> Markup:
        return markup.render_html(value, resolve=self._resolve, cite=self.cites)

    def _resolve(self, target: str) -> str:
        return self.url(target)

    def _environment(self) -> Environment:
        tool = tool_environment()
        env = Environment(
            loader=ChoiceLoader([PackageLoader("sitegen"), tool.loader] if tool.loader else [PackageLoader("sitegen")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.filters |= {**tool.filters, "text": self.text, "slug": slug, "unquoted": lambda text: text.strip("“”")}
        env.globals |= {
            **tool.globals,
            "catalog": self.catalog,
            "cites": self.cites,
            "url": self.url,
            "label": self.addresses.name,
            "ring": drawings.ring,
            "ruler": drawings.ruler,
            "number": lambda value: f"{value:g}",
            "phase_number": {phase.id: phase.number for phase in self.catalog.phases}.__getitem__,
        }
        return env


def slug(text: str) -> str:
    """An id made of a heading's words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "")).strip("-")


def staged_pages(catalog: Catalog, now: str) -> list[Artifact]:
    """Every page of the catalog as a staged file, in the order of the site.

    Args:
        now: local time `YYYY-MM-DDTHH:MM` that the tools' blank forms are drawn for.
    """
    writer = Writer(catalog)
    made = [writer.write(page) for page in pages(catalog, now)]
    return [*made, writer.write(sources_page(catalog))]


def pages(catalog: Catalog, now: str) -> Iterator[Page]:
    """Every page but the list of sources, which is made last: it says who leans on what."""
    yield home_page(catalog)
    for part in PARTS:
        yield part_page(catalog, part)
        yield from (topic_page(part, topic) for topic in getattr(catalog, part))
    yield cycle_page(catalog)
    yield from phase_pages(catalog)
    yield models_page(catalog)
    yield compare_page(catalog)
    yield from (model_page(model) for model in catalog.models)
    yield tools_page(catalog)
    yield from (tool_page(catalog, tool.id, now) for tool in catalog.site.tools)
    yield scores_page(catalog)
    yield glossary_page(catalog)
    yield device_page(catalog)
    yield checks_page(catalog)


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


def family(model: CoachingModel) -> str:
    """Who leads in a model, from its stance: the groups of the navigation."""
    if model.stance.high <= 2:
        return FAMILIES[0]
    return FAMILIES[2] if model.stance.low >= 4 else FAMILIES[1]


def model_page(model: CoachingModel) -> Page:
    also = f"Also called {_listed(model.also_known_as)}. " if model.also_known_as else ""
    entries = [
        *(("When it fits", "fit"), ("Principles", "principles"), ("Cycle", "cycle")),
        *_headings(model.sections),
        *(("Conversation", "talk"), ("Questions", "questions"), ("Needs", "needs"), ("Evidence", "evidence")),
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
        shows={
            "t": topic,
            "part": NAMES[part],
            "part_target": f"page:{part}",
            "entries": _headings(topic.sections),
        },
        keywords=topic.keywords,
        target=f"topic:{topic.id}",
    )


def cycle_page(catalog: Catalog) -> Page:
    page = topic_page("cycle", catalog.cycle)
    return replace(
        page, address=PAGES["cycle"], template="cycle.html.jinja", source="content/cycle.yml", target="page:cycle"
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


# ---- pages that are made from many items; their own words stand in `site.yml`


def _headed(catalog: Catalog, id_: str, template: str, source: str, **shows: Any) -> Page:
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
        target=f"page:{id_}",
    )


def part_page(catalog: Catalog, part: str) -> Page:
    entries = [
        {"to": f"topic:{topic.id}", "title": topic.title, "line": topic.one_line, "note": topic.answers}
        for topic in getattr(catalog, part)
    ]
    return _headed(catalog, part, "index.html.jinja", f"content/{part}", list=entries)


def tools_page(catalog: Catalog) -> Page:
    entries = [
        {"to": f"tool:{tool.id}", "title": tool.name, "line": tool.one_line, "note": tool.minutes}
        for tool in catalog.site.tools
    ]
    return _headed(catalog, "tools", "index.html.jinja", "content/site.yml", list=entries)


def models_page(catalog: Catalog) -> Page:
    return _headed(catalog, "models", "models.html.jinja", "content/models", shown=catalog.models)


def compare_page(catalog: Catalog) -> Page:
    shown = catalog.models[:3]
    count = ("One model", "Two models", "Three models")[len(shown) - 1]
    page = _headed(catalog, "compare", "compare.html.jinja", "content/models", models=shown)
    return replace(page, title=f"{count}, side by side", wide=True)


def scores_page(catalog: Catalog) -> Page:
    return _headed(catalog, "scores", "scores.html.jinja", "content/selector.yml", sel=catalog.selector)


def sources_page(catalog: Catalog) -> Page:
    return _headed(catalog, "sources", "sources.html.jinja", "content/sources.yml", works=catalog.sources)


def glossary_page(catalog: Catalog) -> Page:
    return _headed(catalog, "glossary", "glossary.html.jinja", "content/glossary.yml")


def device_page(catalog: Catalog) -> Page:
    source = "tools/widgets/runtime/device.html.jinja"
    return _headed(catalog, "device", "device.html.jinja", source, tools=catalog.site.tools)


def checks_page(catalog: Catalog) -> Page:
    return _headed(catalog, "checks", "checks.html.jinja", "tools/sitegen/codes.yml", codes=problems.explained())


def _front_matter(page: Page) -> str:
    day = date.fromisoformat(page.reviewed)
    fields: dict[str, object] = {
        "title": page.title,
        "description": page.description,
        "made": True,
        "source": page.source,
        "reviewed": page.reviewed,
        "reviewed_words": f"{day:%B} {day.day}, {day.year}",
        "wide": page.wide,
    }
    dumped: Callable[..., str] = yaml.safe_dump
    return f"---\n{dumped(fields, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def _one_block(html: str, page: Page) -> str:
    """The page as one HTML block: blank lines would end it for some Markdown engines, indents would make code of it."""
    kept = re.sub(r"(?s)(?<=<)(pre|textarea)\b.*?(?=</\1>)", lambda match: match[0].replace("\n", "&#10;"), html)
    lines = [line for line in (line.strip() for line in kept.splitlines()) if line]
    if page.keywords:
        lines.append(str(Markup('<p class="fg-words" hidden>{}</p>').format(", ".join(page.keywords))))
    return "\n".join([START, *lines, "</div>", ""])
