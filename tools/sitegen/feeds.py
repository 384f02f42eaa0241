"""Small files beside the pages: a feed of changes, a map of pages for language models, the words search knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from coaching.addresses import NAMES, PAGES, PARTS, Addresses
from coaching.catalog import Catalog, to_json
from coaching.markup import plain
from sitegen.stage import Artifact

ATOM = "http://www.w3.org/2005/Atom"


def feeds(catalog: Catalog) -> Iterator[Artifact]:
    """`feed.xml`, `llms.txt` and what the search dialog reads."""
    yield Artifact("assets/search-words.json", (to_json(catalog.search) + "\n").encode(), "content/search.yml")
    yield Artifact("feed.xml", atom(catalog), "content/changes.yml")
    yield Artifact("llms.txt", llms(catalog).encode(), "content/")


def atom(catalog: Catalog) -> bytes:
    """The changes of the content as an Atom feed, newest first; ids never change."""
    site = catalog.site
    addresses = Addresses(catalog)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _put(feed, "title", site.name)
    _put(feed, "id", site.address)
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=f"{site.address}feed.xml")
    ET.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=site.address + PAGES["changes"])
    _put(feed, "updated", _moment(max((change.day for change in catalog.changes), default=site.reviewed)))
    _put(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", site.name)
    _put(feed, "rights", site.licence)
    for change in catalog.changes:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        anchor = f"{site.address}{PAGES['changes']}#{change.id}"
        _put(entry, "title", change.title)
        _put(entry, "id", anchor)
        _put(entry, "updated", _moment(change.day))
        ET.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=anchor)
        pages = [f"{addresses.name(to)}: {site.address}{addresses.address(to)}" for to in change.to]
        _put(entry, "summary", "\n".join([plain(change.text), *pages]))
    ET.indent(feed, " ")
    made: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return made + b"\n"


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def llms(catalog: Catalog) -> str:
    """The site as a Markdown list, in the form of llmstxt.org."""
    site = catalog.site
    addresses = Addresses(catalog)

    def lines(items: Iterable[tuple[str, str]]) -> Iterator[str]:
        for target, about in items:
            yield f"- [{addresses.name(target)}]({site.address}{addresses.address(target)}): {about}"

    made = {page.id: plain(page.lead) for page in site.pages if page.id != "quick" or catalog.selector.quick}
    parts = [
        f"# {site.name}\n\n> {site.description}\n",
        "Numbers carry a source; grades, fits and minutes are the guide's own judgments; no study ranks the models.\n",
        "## Coaching models\n",
        *lines((f"model:{model.id}", model.one_line) for model in catalog.models),
        "\n## The cycle\n",
        *lines((f"phase:{phase.id}", phase.one_line) for phase in catalog.phases),
    ]
    for part in PARTS:
        parts += [f"\n## {NAMES[part]}\n", *lines((f"topic:{t.id}", t.one_line) for t in getattr(catalog, part))]
    parts += ["\n## Evidence\n", *lines((f"dispute:{d.id}", d.one_line) for d in catalog.disputes)]
    parts += ["\n## Tools and lists\n", *lines((f"tool:{tool.id}", tool.one_line) for tool in site.tools)]
    parts += [*lines((f"page:{id_}", about) for id_, about in made.items() if id_ not in PARTS)]
    parts += [f"\n## Optional\n\n- [Data for programs]({site.address}api/v1/index.json): every collection as JSON"]
    return "\n".join(parts) + "\n"
