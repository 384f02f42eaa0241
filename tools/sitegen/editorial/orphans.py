"""Pages that nobody is led to: they stand in the navigation, and no other page names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from coaching import markup
from sitegen.problems import Problem
from sitegen.reading import Reading

KINDS = ("model", "phase", "topic", "dispute", "tool")


def orphan_pages(reading: Reading) -> Iterator[Problem]:
    """Pages that no other page links to."""
    led: dict[str, set[str]] = defaultdict(set)
    for file in reading.files:
        for node in file.nodes:
            if not isinstance(node.value, str):
                continue
            if node.to == "target":
                led[node.value].add(file.name)
            elif node.to in KINDS:
                led[f"{node.to}:{node.value}"].add(file.name)
            elif node.kind in ("prose", "example"):
                for target in markup.targets(node.value):
                    led[target].add(file.name)
    for id_ in reading.ids:
        # The one topic that is no folder's is also the page of its name.
        names = (f"{id_.kind}:{id_.id}", *(() if id_.path or id_.file.shelf.is_folder else (f"page:{id_.id}",)))
        if id_.kind in KINDS and not set().union(*(led[name] for name in names)) - {id_.file.name}:
            hint = f"link to it from a page beside it, with [words]({id_.kind}:{id_.id})"
            yield id_.problem("ORPHAN", "no other page leads here", hint)
