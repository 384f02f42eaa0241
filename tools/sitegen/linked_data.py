"""What search engines are told about a page: schema.org as JSON-LD, and the words of its card when it is shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coaching.addresses import Addresses
from coaching.catalog import Catalog
from coaching.content import Source

if TYPE_CHECKING:
    from sitegen.writer import Page

KINDS = {"model": "LearningResource", "phase": "LearningResource", "topic": "Article", "dispute": "Article"}
"""Kind of target -> schema.org type of its page; everything else is a plain WebPage."""
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def of_page(page: Page, catalog: Catalog, addresses: Addresses, cited: Iterable[Source]) -> dict[str, object]:
    """The page as a schema.org object, every address absolute."""
    site = catalog.site
    kind = page.target.partition(":")[0]
    home = {"@type": "WebSite", "name": site.name, "url": site.address}
    if page.address == "":
        return {"@context": "https://schema.org", **home, "description": site.description, "license": LICENSE}
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": KINDS.get(kind, "WebPage"),
        "name": page.title,
        "headline": page.title,
        "description": page.description,
        "url": site.address + page.address,
        "dateModified": page.reviewed,
        "inLanguage": "en-US",
        "license": LICENSE,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": site.name, "url": site.address},
        "isPartOf": home,
        "breadcrumb": _crumbs(page, site.address, addresses),
    }
    if kind in ("model", "phase"):
        found |= {"learningResourceType": "reference", "audience": {"@type": "Audience", "audienceType": "educators"}}
    if page.target == "page:glossary":
        terms = [
            {"@type": "DefinedTerm", "name": term.term, "url": f"{site.address}{page.address}#{term.id}"}
            for term in catalog.terms
        ]
        found |= {"@type": "DefinedTermSet", "hasDefinedTerm": terms}
    works = [_work(source) for source in cited if source.checked != "house"]
    return found | ({"citation": works} if works else {})


def _crumbs(page: Page, base: str, addresses: Addresses) -> dict[str, object]:
    above = [(name, base + addresses.address(to)) for name, to in page.crumbs if to]
    steps = [*above, (page.title, base + page.address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }


def _work(source: Source) -> dict[str, object]:
    found: dict[str, object] = {"@type": "CreativeWork", "name": source.title, "author": source.authors}
    if source.year:
        found["datePublished"] = str(source.year)
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    return found | ({"url": address} if address else {})
