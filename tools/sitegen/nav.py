"""The order of the site: MkDocs' `nav`, made from the catalog."""

from __future__ import annotations

from collections.abc import Iterable

from coaching.addresses import NAMES, PAGES
from coaching.catalog import Catalog
from sitegen.families import FAMILIES, family

Nav = list[dict[str, "str | Nav"]]


def navigation(catalog: Catalog) -> Nav:
    """Sections in the order a new reader needs them; the first page of each is where its name in the header leads."""
    site_tools = {tool.id: tool for tool in catalog.site.tools}

    def topics(part: str) -> Nav:
        return _pages((topic.nav or topic.title, f"{part}/{topic.id}/") for topic in getattr(catalog, part))

    others = [tool for tool in catalog.site.tools if tool.id != "selector"]
    return [
        {"Home": "index.md"},
        {NAMES["basics"]: [{"Overview": "basics/index.md"}, *topics("basics"), {NAMES["myths"]: "myths/index.md"}]},
        {
            "Find a model": [
                {site_tools["selector"].name: f"{site_tools['selector'].page}index.md"},
                *(_pages([(NAMES["quick"], PAGES["quick"])]) if catalog.selector.quick else []),
                {NAMES["choosing"]: "choosing/index.md"},
                *topics("choosing"),
                {NAMES["blends"]: "choosing/blends/index.md"},
                {NAMES["flags"]: "choosing/red-flags/index.md"},
                {NAMES["scores"]: "how-we-score/index.md"},
            ]
        },
        {
            "The cycle": [
                {"The five phases": "cycle/index.md"},
                *_pages((f"{phase.number}. {phase.name}", f"cycle/{phase.id}/") for phase in catalog.phases),
            ]
        },
        {
            "Models": [
                {NAMES["models"]: "models/index.md"},
                {NAMES["compare"]: "models/compare/index.md"},
                *_families(catalog),
            ]
        },
        {
            "Tools": [
                {NAMES["tools"]: "tools/index.md"},
                *_pages((tool.name, tool.page) for tool in others),
                {NAMES["questions"]: "questions/index.md"},
                {NAMES["yours"]: "yours/index.md"},
            ]
        },
        {"Support": [{"Overview": "support/index.md"}, *topics("support")]},
        {"Leading": [{"Overview": "leading/index.md"}, *topics("leading")]},
        {"Impact": [{"Overview": "impact/index.md"}, *topics("impact")]},
        {
            NAMES["evidence"]: [
                {"Overview": "evidence/index.md"},
                *_pages((dispute.nav or dispute.title, f"evidence/{dispute.id}/") for dispute in catalog.disputes),
                {NAMES["sources"]: "sources/index.md"},
            ]
        },
        {
            "About": [
                {NAMES["about"]: "about/index.md"},
                {NAMES["privacy"]: "about/privacy.md"},
                {NAMES["device"]: "about/device/index.md"},
                {NAMES["glossary"]: "glossary/index.md"},
                {NAMES["changes"]: "changes/index.md"},
                {NAMES["coverage"]: "about/coverage/index.md"},
                {NAMES["data"]: "about/data/index.md"},
                {NAMES["checks"]: "about/checks/index.md"},
            ]
        },
    ]


def _pages(named: Iterable[tuple[str, str]]) -> Nav:
    return [{name: f"{address}index.md"} for name, address in named]


def _families(catalog: Catalog) -> Nav:
    groups: Nav = []
    for name in FAMILIES:
        models = _pages((m.name, f"models/{m.id}/") for m in catalog.models if family(m) == name)
        if models:
            groups.append({name: models})
    return groups
