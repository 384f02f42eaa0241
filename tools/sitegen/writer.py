"""Turns a page into a staged file: its template, its links, its citations, the terms it uses.

A page is staged as a Markdown file whose body is one block of finished HTML, so that any site generator that reads
Markdown can take it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coaching.addresses import Addresses, relative
from coaching.caseload import caseload
from coaching.catalog import Catalog
from coaching.content import Source, Term
from coaching.markup import parse_marked
from sitegen import drawings, linked_data
from sitegen.made_pages import START
from sitegen.stage import Artifact
from widgets import markup
from widgets.runtime.env import environment as tool_environment


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
    crumbs: tuple[tuple[str, str | None], ...] = ()
    """The pages above this one: name and target, outermost first."""


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


class Terms:
    """The glossary's terms on the page being written: each is marked where it is mentioned first."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._terms = {term.id: term for term in terms}
        self._wordings = {wording.casefold(): term.id for term in terms for wording in term.mark}
        longest = sorted(self._wordings, key=lambda wording: (-len(wording), wording))
        self._any = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])") if longest else None
        self._seen: list[str] = []
        self.marking = True
        """Off on pages that explain terms anyway."""

    def start(self, marking: bool) -> None:
        """Begin a new page."""
        self._seen.clear()
        self.marking = marking

    def use(self, id_: str) -> str:
        """The place of the term's explanation on this page."""
        if id_ not in self._seen:
            self._seen.append(id_)
        return f"#t-{id_}"

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """First mentions in a text: start, end, id of the term."""
        if not self.marking or self._any is None:
            return
        for found in self._any.finditer(text):
            id_ = self._wordings[found[0].casefold()]
            if id_ not in self._seen:
                self._seen.append(id_)
                yield found.start(), found.end(), id_

    def list(self) -> list[Term]:
        """The terms of this page by their words. What is written after this call is not marked any more."""
        self.marking = False
        return sorted((self._terms[id_] for id_ in self._seen), key=lambda term: term.term.casefold())


class Writer:
    """Turns pages into staged files. One page at a time: links and citations belong to the page being written."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.addresses = Addresses(catalog)
        self.used: dict[str, list[Place]] = defaultdict(list)
        self.cites = Cites({source.id: source for source in catalog.sources})
        self.terms = Terms(catalog.terms)
        self.at = ""
        self.page: Page | None = None
        self.env = self._environment()

    def write(self, page: Page) -> Artifact:
        """The staged file of `page`."""
        self.at, self.page = page.address, page
        self.cites.start()
        self.terms.start(marking=page.target not in UNMARKED)
        html = self.env.get_template(page.template).render(page=page, used=self.used, **page.shows)
        self.lean(page, [source.id for source in self.cites.list()])
        front = _front_matter(page, linked_data.of_page(page, self.catalog, self.addresses, self.cites.list()))
        return Artifact(f"{page.address}index.md", (front + _one_block(html, page)).encode(), page.source)

    def lean(self, page: Page, cited: Iterable[str]) -> None:
        """Note for the list of sources that a page leans on these."""
        for source in cited if page.target else ():
            self.used[source].append(Place(page.target, self.addresses.name(page.target)))

    def url(self, target: str) -> str:
        return relative(self.addresses.address(target), self.at)

    def text(self, value: str) -> Markup:
        """A text of the content as HTML, with the first mention of each term marked."""
        return markup.render_html(
            value, resolve=self._resolve, cite=self.cites, parsed=parse_marked(value, self.terms.find)
        )

    def plainly(self, value: str) -> Markup:
        """A text of the content as HTML, without marks for terms: for headings and labels of links."""
        return markup.render_html(value, resolve=self._resolve, cite=self.cites)

    def _resolve(self, target: str) -> str:
        kind, _, id_ = target.partition(":")
        if kind == "term" and self.terms.marking:
            return self.terms.use(id_)
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
        env.filters |= {
            **tool.filters,
            "text": self.text,
            "plainly": self.plainly,
            "slug": slug,
            "unquoted": lambda text: text.strip("“”"),
        }
        env.globals |= {
            **tool.globals,
            "catalog": self.catalog,
            "cites": self.cites,
            "terms": self.terms,
            "url": self.url,
            "label": self.addresses.name,
            "caseload": caseload,
            "number": lambda value: f"{value:g}",
            "phase_number": {phase.id: phase.number for phase in self.catalog.phases}.__getitem__,
            **drawings.FOR_TEMPLATES,
        }
        return env


UNMARKED = (
    "page:quick", "page:compare", "page:glossary", "page:sources", "page:scores", "page:checks", "page:data",
    "page:coverage",
)  # fmt: skip
"""Pages whose terms stay unmarked: they explain the terms themselves, hold no running text, or show a part at a time,
so that most words of a list at their end would stand nowhere in sight."""


def card_path(target: str) -> str:
    """Where the picture stands that is shown when the page's link is shared; pages made of many items share one."""
    kind, _, id_ = target.partition(":")
    return "assets/cards/home.png" if kind == "page" else f"assets/cards/{kind}-{id_}.png"


def slug(text: str) -> str:
    """An id made of a heading's words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "")).strip("-")


def _front_matter(page: Page, linked: dict[str, object]) -> str:
    day = date.fromisoformat(page.reviewed)
    fields: dict[str, object] = {
        "title": page.title,
        "description": page.description,
        "made": True,
        "source": page.source,
        "reviewed": page.reviewed,
        "reviewed_words": f"{day:%B} {day.day}, {day.year}",
        "wide": page.wide,
        "card": card_path(page.target),
        # One string: the generator reads front matter slowly. No `<`: it stands inside a script element.
        "linked": json.dumps(linked, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    }
    dumped: Callable[..., str] = yaml.dump
    text = dumped(fields, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n\n"


_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _one_block(html: str, page: Page) -> str:
    """The page as one HTML block: blank lines would end it for some Markdown engines, indents would make code of it.

    Cells get a space between them: search would take the last word of one and the first of the next for one word.
    """
    kept = re.sub(r"(?s)(?<=<)(pre|textarea)\b.*?(?=</\1>)", lambda match: match[0].replace("\n", "&#10;"), html)
    parted = re.sub(r"(</(?:dt|th|td)>)(?=<)|(</b>)(?=\w)", r"\1\2 ", kept)
    lines = [line for line in (line.strip() for line in parted.splitlines()) if line]
    return "\n".join([START, *lines, str(_found_by(page)), "</div>", ""])


def _found_by(page: Page) -> Markup:
    """What search weighs more than the page's text, unseen: other words for it, and the question it answers.

    Pages of `docs/` get the same from their front matter, in `overrides/page.html`.
    """
    return Markup(
        '<p class="fg-words" data-pagefind-meta="keywords[data-keywords], about[data-about]" data-keywords="{}" '
        'data-about="{} {}" hidden></p>'
    ).format(", ".join(page.keywords), page.answers, page.description)
