"""Where everything lives on the site: targets (`model:technical`) to addresses, and addresses to relative links."""

from __future__ import annotations

from coaching.catalog import Catalog

PAGES = {
    "home": "",
    "quick": "tools/selector/quick/",
    "models": "models/",
    "compare": "models/compare/",
    "blends": "choosing/blends/",
    "flags": "choosing/red-flags/",
    "questions": "questions/",
    "myths": "myths/",
    "cycle": "cycle/",
    "basics": "basics/",
    "support": "support/",
    "choosing": "choosing/",
    "leading": "leading/",
    "impact": "impact/",
    "tools": "tools/",
    "evidence": "evidence/",
    "sources": "sources/",
    "glossary": "glossary/",
    "scores": "how-we-score/",
    "about": "about/",
    "privacy": "about/privacy/",
    "coverage": "about/coverage/",
    "changes": "changes/",
    "yours": "yours/",
    "data": "about/data/",
    "device": "about/device/",
    "checks": "about/checks/",
}
"""`page:NAME` to the address of a page of which there is one."""

NAMES = {
    "home": "Home",
    "quick": "Quick selector",
    "models": "All models",
    "compare": "Compare models",
    "blends": "Blends",
    "flags": "Red flags",
    "questions": "Question bank",
    "myths": "Myths",
    "cycle": "The coaching cycle",
    "basics": "Start here",
    "support": "Support systems",
    "choosing": "How to choose",
    "leading": "Leading a program",
    "impact": "Impact",
    "tools": "All tools",
    "evidence": "Evidence",
    "sources": "Sources",
    "glossary": "Glossary",
    "scores": "How we score",
    "about": "About this guide",
    "privacy": "Privacy",
    "coverage": "What this guide covers",
    "changes": "What changed",
    "yours": "Your guide",
    "data": "For other programs",
    "device": "On this device",
    "checks": "What the content check says",
}

PARTS = ("basics", "support", "choosing", "leading", "impact")
"""The parts of the site whose pages are topics; each is a folder of `content/` and a field of the catalog."""


class Addresses:
    """Every target of a catalog with its address and its name."""

    def __init__(self, catalog: Catalog) -> None:
        self._known: dict[str, tuple[str, str]] = {f"page:{key}": (PAGES[key], NAMES[key]) for key in PAGES}
        for model in catalog.models:
            self._known[f"model:{model.id}"] = f"models/{model.id}/", model.name
        for phase in catalog.phases:
            self._known[f"phase:{phase.id}"] = f"cycle/{phase.id}/", phase.name
        for part in PARTS:
            for topic in getattr(catalog, part):
                self._known[f"topic:{topic.id}"] = f"{part}/{topic.id}/", topic.nav or topic.title
        for dispute in catalog.disputes:
            self._known[f"dispute:{dispute.id}"] = f"evidence/{dispute.id}/", dispute.nav or dispute.title
        self._known["topic:cycle"] = PAGES["cycle"], NAMES["cycle"]
        for tool in catalog.site.tools:
            self._known[f"tool:{tool.id}"] = tool.page, tool.name
        if not catalog.selector.quick:
            # Without a quick version, what leads to it leads to the full one.
            self._known["page:quick"] = self._known.get("tool:selector", (PAGES["tools"], NAMES["tools"]))
        for term in catalog.terms:
            self._known[f"term:{term.id}"] = f"glossary/#{term.id}", term.term
        for source in catalog.sources:
            self._known[f"source:{source.id}"] = f"sources/#{source.id}", source.title
        for flag in catalog.selector.flags:
            self._known[f"flag:{flag.id}"] = f"{PAGES['flags']}#{flag.id.lower()}", flag.title
        for blend in catalog.selector.blends:
            self._known[f"blend:{blend.id}"] = f"{PAGES['blends']}#{blend.id.lower()}", blend.name

    def address(self, target: str) -> str:
        """Address of `target` from the root of the site. KeyError for an unknown one: `check` comes first."""
        return self._known[target][0]

    def name(self, target: str) -> str:
        """What a link to `target` says."""
        return self._known[target][1]


def relative(address: str, start: str) -> str:
    """`address` as a link from the page at `start`; both from the root, so that the site works in any folder.

    >>> relative("cycle/goals/", "models/technical/")
    '../../cycle/goals/'
    >>> relative("", "models/")
    '../'
    """
    return "../" * start.count("/") + address or "./"
