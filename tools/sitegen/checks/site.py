"""The site's own list of pages and tools against what the code can build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from coaching.content import PageWords
from sitegen.counts import COUNTS, slots
from sitegen.forms import SOURCES as TOOLS
from sitegen.problems import Problem, did_you_mean, quoted
from sitegen.reading import ReadFile, Reading
from sitegen.walk import field_hints


def listed_pages(reading: Reading) -> Iterator[Problem]:
    """A page made of many items that has no title."""
    for file in reading.on("site.yml"):
        for missing in _missing(file, "pages", get_args(field_hints(PageWords)["id"])):
            place = file.document.at_key(("pages",))
            hint = f"add an item with id: {missing}, a title, what it answers, and a lead"
            yield file.document.problem("SITE-PARTS", place, f"no words for the page {quoted(missing)}", hint)


def listed_tools(reading: Reading) -> Iterator[Problem]:
    """A tool without code, and a tool that is not listed."""
    for file in reading.on("site.yml"):
        for missing in _missing(file, "tools", TOOLS):
            place = file.document.at_key(("tools",))
            yield file.document.problem("SITE-PARTS", place, f"the tool {quoted(missing)} is not listed")
        for path, row in file.rows("tools"):
            id_ = row.get("id")
            if isinstance(id_, str) and id_ not in TOOLS:
                place = file.document.at((*path, "id"))
                yield file.document.problem(
                    "SITE-PARTS", place, f"there is no tool {quoted(id_)}", did_you_mean(id_, TOOLS)
                )


def known_counts(reading: Reading) -> Iterator[Problem]:
    """Braces around something that the build does not count."""
    for file in reading.on("site.yml"):
        for node in file.nodes:
            for name in slots(node.value) if node.kind and isinstance(node.value, str) else ():
                if name not in (*COUNTS, *map(str.capitalize, COUNTS)):
                    place = file.document.find(node.path, f"{{{name}}}")
                    message = f"the build does not count {quoted(name)}"
                    yield file.document.problem("COUNT", place, message, did_you_mean(name, COUNTS))


def _missing(file: ReadFile, key: str, wanted: Any) -> list[str]:
    there = [row.get("id") for _, row in file.rows(key)]
    return [id_ for id_ in wanted if id_ not in there]
