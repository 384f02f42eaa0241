"""Every page that content makes: a template, what it shows, and where it stands.

A page is staged as a Markdown file whose body is one block of finished HTML, so that any site generator that reads
Markdown can take it. The pages of `docs/` are written by hand and only copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coaching.addresses import NAMES, PARTS, Addresses, relative
from coaching.catalog import Catalog
from coaching.content import CoachingModel, PageWords, Source, Topic
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
                self.used[source.id].append(Place(page.target, page.title))
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


def _words(catalog: Catalog, id_: str) -> PageWords:
    return next(words for words in catalog.site.pages if words.id == id_)


def home_page(catalog: Catalog) -> Page:
    site = catalog.site
    return Page(
        "",
        site.home.headline,
        site.home.answers,
        site.description,
        "home.html.jinja",
        "content/site.yml",
        site.reviewed,
        {"home": site.home, "shown": [m for m in catalog.models if m.id in site.first_models]},
        wide=True,
        target="page:home",
    )


def family(model: CoachingModel) -> str:
    """Who leads in a model, from its stance: the groups of the navigation."""
    if model.stance.high <= 2:
        return FAMILIES[0]
    return FAMILIES[2] if model.stance.low >= 4 else FAMILIES[1]


def model_page(model: CoachingModel) -> Page:
    entries = [
        ("When it fits", "fit"),
        ("Principles", "principles"),
        ("Cycle", "cycle"),
        *((section.heading, slug(section.heading)) for section in model.sections),
        ("Conversation", "talk"),
        ("Questions", "questions"),
        ("Needs", "needs"),
        ("Evidence", "evidence"),
    ]
    also = f"Also called {_listed(model.also_known_as)}. " if model.also_known_as else ""
    return Page(
        f"models/{model.id}/",
        model.name,
        model.answers,
        model.one_line,
        "model.html.jinja",
        f"content/models/{model.id}.yml",
        model.reviewed,
        {
            "m": model,
            "family": family(model),
            "sub": also + model.origin,
            "entries": entries,
            "stage_words": _stages(model),
        },
        keywords=model.keywords,
        target=f"model:{model.id}",
    )


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
            ("Step by step", "steps"),
            ("Who does what", "who"),
            ("First five minutes", "first"),
            *((section.heading, slug(section.heading)) for section in phase.sections),
            ("Mistakes", "mistakes"),
            ("Question cards", "questions"),
            ("Evidence", "data"),
        ]
        yield Page(
            f"cycle/{phase.id}/",
            phase.name,
            phase.answers,
            phase.one_line,
            "phase.html.jinja",
            f"content/cycle/{phase.id}.yml",
            phase.reviewed,
            {
                "ph": phase,
                "entries": entries,
                "before": phases[i - 1] if i else None,
                "after": phases[i + 1] if i + 1 < len(phases) else phases[0],
            },
            keywords=phase.keywords,
            target=f"phase:{phase.id}",
        )


def cycle_page(catalog: Catalog) -> Page:
    topic = catalog.cycle
    return Page(
        "cycle/",
        topic.title,
        topic.answers,
        topic.one_line,
        "cycle.html.jinja",
        "content/cycle.yml",
        topic.reviewed,
        {"t": topic},
        keywords=topic.keywords,
        target="page:cycle",
    )


def topic_page(part: str, topic: Topic) -> Page:
    entries = [(section.heading, slug(section.heading)) for section in topic.sections]
    return Page(
        f"{part}/{topic.id}/",
        topic.title,
        topic.answers,
        topic.one_line,
        "topic.html.jinja",
        f"content/{part}/{topic.id}.yml",
        topic.reviewed,
        {"t": topic, "part": NAMES[part], "part_target": f"page:{part}", "entries": entries},
        keywords=topic.keywords,
        target=f"topic:{topic.id}",
    )


def _index(catalog: Catalog, name: str, address: str, entries: list[dict[str, str]]) -> Page:
    words = _words(catalog, name)
    return Page(
        address,
        words.title,
        words.answers,
        words.lead,
        "index.html.jinja",
        "content/",
        catalog.site.reviewed,
        {"lead": words.lead, "list": entries},
        target=f"page:{name}",
    )


def part_page(catalog: Catalog, part: str) -> Page:
    entries = [
        {"to": f"topic:{topic.id}", "title": topic.title, "line": topic.one_line, "note": topic.answers}
        for topic in getattr(catalog, part)
    ]
    return _index(catalog, part, f"{part}/", entries)


def tools_page(catalog: Catalog) -> Page:
    entries = [
        {"to": f"tool:{tool.id}", "title": tool.name, "line": tool.one_line, "note": tool.minutes}
        for tool in catalog.site.tools
    ]
    return _index(catalog, "tools", "tools/", entries)


def models_page(catalog: Catalog) -> Page:
    words = _words(catalog, "models")
    return Page(
        "models/",
        words.title,
        words.answers,
        words.lead,
        "models.html.jinja",
        "content/models/",
        catalog.site.reviewed,
        {"lead": words.lead, "shown": catalog.models},
        target="page:models",
    )


def compare_page(catalog: Catalog) -> Page:
    shown = catalog.models[:3]
    count = {1: "One model", 2: "Two models", 3: "Three models"}[len(shown)]
    words = _words(catalog, "compare")
    return Page(
        "models/compare/",
        f"{count}, side by side",
        words.answers,
        words.lead,
        "compare.html.jinja",
        "content/models/",
        catalog.site.reviewed,
        {"models": shown},
        wide=True,
        target="page:compare",
    )


def tool_page(catalog: Catalog, id_: str, now: str) -> Page:
    tool = next(tool for tool in catalog.site.tools if tool.id == id_)
    return Page(
        tool.page,
        tool.name,
        tool.answers,
        tool.one_line,
        "tool.html.jinja",
        forms.SOURCES[id_],
        catalog.site.reviewed,
        {"tool": tool, "inside": forms.blank(catalog, id_, now)},
        wide=True,
        target=f"tool:{id_}",
    )


def scores_page(catalog: Catalog) -> Page:
    words = _words(catalog, "scores")
    return Page(
        "how-we-score/",
        words.title,
        words.answers,
        words.lead,
        "scores.html.jinja",
        "content/selector.yml",
        catalog.site.reviewed,
        {"lead": words.lead, "sel": catalog.selector, "rules": words.paragraphs, "related": ()},
        target="page:scores",
    )


def sources_page(catalog: Catalog) -> Page:
    words = _words(catalog, "sources")
    return Page(
        "sources/",
        words.title,
        words.answers,
        words.lead,
        "sources.html.jinja",
        "content/sources.yml",
        catalog.site.reviewed,
        {"lead": words.lead, "works": sorted(catalog.sources, key=lambda s: (s.authors, s.year or 0))},
        target="page:sources",
    )


def glossary_page(catalog: Catalog) -> Page:
    words = _words(catalog, "glossary")
    return Page(
        "glossary/",
        words.title,
        words.answers,
        words.lead,
        "glossary.html.jinja",
        "content/glossary.yml",
        catalog.site.reviewed,
        {"lead": words.lead},
        target="page:glossary",
    )


def device_page(catalog: Catalog) -> Page:
    words = _words(catalog, "device")
    return Page(
        "about/device/",
        words.title,
        words.answers,
        words.lead,
        "device.html.jinja",
        "tools/widgets/runtime/device.html.jinja",
        catalog.site.reviewed,
        {"lead": words.lead, "tools": catalog.site.tools},
        target="page:device",
    )


def checks_page(catalog: Catalog) -> Page:
    words = _words(catalog, "checks")
    return Page(
        "about/checks/",
        words.title,
        words.answers,
        words.lead,
        "checks.html.jinja",
        "tools/sitegen/codes.yml",
        catalog.site.reviewed,
        {"lead": words.lead, "codes": problems.explained()},
        target="page:checks",
    )


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
