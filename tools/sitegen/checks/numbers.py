"""Numbers: what the guide claims in its own voice has a source beside every number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coaching import markup
from coaching.content import Claim
from sitegen.problems import Problem, quoted
from sitegen.reading import ReadFile, Reading
from sitegen.walk import Node

# Digits right after a letter belong to a code, such as RF1; these two are names.
_NAMES = re.compile(r"K[-–]\d+|COVID-19")
_NUMBER = re.compile(r"(?<![^\W\d_])(?<![\d.,])\d[\d.,–-]*(?<![.,–-])")


def numbers(node: Node, file: ReadFile, reading: Reading) -> Iterator[Problem]:
    """A number without a source in the same text, or with none that anybody has seen."""
    if node.kind != "prose" or not isinstance(node.value, str):
        return
    number = first_number(node.value)
    if number is None:
        return
    place = file.document.find(node.path, number)
    cited = [*markup.citations(node.value), *_beside(node, file)]
    if not cited:
        hint = "cite a source, [@its-id], or [@field-guide] for our own judgment; or write the number as a word"
        yield file.document.problem("NUMBER-SOURCE", place, f"the number {quoted(number)} has no source", hint)
    elif all(reading.checked.get(source) == "recalled" for source in cited):
        message = f"the number {quoted(number)} rests on {quoted(cited[0])}, which nobody has opened"
        yield file.document.problem("RECALLED-NUMBER", place, message, "leave it out, or cite a source that was seen")


def first_number(text: str) -> str | None:
    """The first number that readers see in a text."""
    shown = " ".join(token.text for token in markup.parse(text) if not isinstance(token, markup.Citation))
    found = _NUMBER.search(_NAMES.sub("", shown))
    return found[0] if found else None


def _beside(node: Node, file: ReadFile) -> list[str]:
    """The sources of a claim, which has a list of them beside its text."""
    if node.owner is not Claim:
        return []
    claim = file.document.value_at(node.path[:-1])
    sources = claim.get("sources") if isinstance(claim, dict) else None
    return [source for source in sources if isinstance(source, str)] if isinstance(sources, list) else []
