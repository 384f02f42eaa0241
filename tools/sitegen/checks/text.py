"""What is written: each text by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from coaching import markup
from coaching.content import CoachingModel, CycleStep, Fit, Phase, Site, Source, Tool, Topic
from coaching.selector import SelectorContent
from sitegen.problems import Problem, quoted
from sitegen.reading import ReadFile, Reading
from sitegen.validate import no_value
from sitegen.walk import Node, is_required, record_fields, unwrapped

_HTML = re.compile(r"</?[A-Za-z][^<>]*>?|<!--|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]")
_TODO = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|(?i:\blorem ipsum\b)")
_MOST_WORDS = {
    (CoachingModel, "one_line"): 25,
    (Phase, "one_line"): 25,
    (Topic, "one_line"): 25,
    (Tool, "one_line"): 25,
    (CycleStep, "short"): 6,
    (Phase, "short"): 2,
}
_FOLDER = "an address that starts with https:// and ends with /"
# Fields whose text has one right form: what it looks like, and how to say so.
_FORMS = {
    (Source, "url"): (re.compile(r"https?://[^\s/]+\.[^\s]+"), "a web address that starts with https://"),
    (Source, "doi"): (re.compile(r"10\.\d{4,9}/\S+"), "a DOI by itself, such as 10.1000/182"),
    (Site, "address"): (re.compile(r"https://[^\s/]+/(\S+/)?"), _FOLDER),
    (Site, "repository"): (re.compile(r"https://[^\s/]+/(\S+/)?"), _FOLDER),
    (Tool, "page"): (re.compile(r"([a-z0-9-]+/)+"), "an address within the site that ends with /, such as tools/goal/"),
}


def raw_html(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """Tags, comments and entities."""
    if node.kind and isinstance(node.value, str):
        for found in _HTML.finditer(node.value):
            place = file.document.find(node.path, found[0])
            tag = "write plain text; **two stars** make it strong"
            hint = "write the sign itself, such as & or “" if found[0][0] == "&" else tag
            yield file.document.problem("RAW-HTML", place, f"{quoted(found[0])} is HTML", hint)


def empty(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A key with nothing after it, and a list that must hold something and does not."""
    if node.owner is None or (node.owner is Fit and node.field == "reason"):
        return
    field = record_fields(node.owner)[node.field or ""]
    if node.value is None and isinstance(node.path[-1], str):
        yield no_value(file.document, node.path)
    elif isinstance(node.value, str) and not node.value.strip() and (node.kind or node.to or field.default != ""):
        message = f"'{node.field}' is empty"
        yield file.document.problem("EMPTY-TEXT", file.document.at(node.path), message, "write something, or remove it")
    elif node.value == [] and is_required(field) and not _may_be_empty(node):
        message = f"'{node.field}' is an empty list"
        yield file.document.problem("EMPTY-TEXT", file.document.at(node.path), message, "it needs at least one item")


def _may_be_empty(node: Node) -> bool:
    """A school may work without red flags or blends, and a language may lack some of the words that rules look for."""
    inner = unwrapped(get_args(node.type)[0], None) if get_args(node.type) else None
    return inner == (str, None, None) or (node.owner is SelectorContent and node.field in ("before", "flags", "blends"))


def control_characters(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A sign that no text has, written as an escape between double quotes."""
    found = _CONTROL.search(node.value) if isinstance(node.value, str) else None
    if found:
        message = f"the character U+{ord(found[0]):04X} cannot be part of a text"
        yield file.document.problem("ENCODING", file.document.at(node.path), message, "leave it out")


def todo(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """Notes to oneself."""
    if node.kind and isinstance(node.value, str):
        for found in _TODO.finditer(node.value):
            place = file.document.find(node.path, found[0])
            message = f"{quoted(found[0])} is not for readers"
            yield file.document.problem("TODO", place, message, "write what is missing")


def broken_markup(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """What looks like markup and is none."""
    if node.kind in ("prose", "example") and isinstance(node.value, str):
        for words, what in markup.faults(node.value):
            hint = "known are **strong**, [words](model:grow) and [@source-id]"
            yield file.document.problem("MARKUP", file.document.find(node.path, words), what, hint)


def label_markup(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """Markup in a label."""
    if node.kind == "label" and isinstance(node.value, str):
        found = re.search(r"\*\*|`|\[@|\]\(", node.value)
        if found:
            place = file.document.find(node.path, found[0])
            message = f"markup in '{node.field}'"
            yield file.document.problem("LABEL-MARKUP", place, message, "this text is shown as it is")


def long_label(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A short text that is too long for its place."""
    most = _MOST_WORDS.get((node.owner, node.field)) if node.owner and node.field else None
    if most and isinstance(node.value, str) and len(node.value.split()) > most:
        message = f"'{node.field}' has {len(node.value.split())} words"
        yield file.document.problem(
            "LONG-LABEL", file.document.at(node.path), message, f"at most {most} fit in its place"
        )


def days(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A review date that is no day."""
    if node.field == "reviewed" and isinstance(node.value, str) and not _is_day(node.value):
        message = f"{quoted(node.value)} is not a day"
        yield file.document.problem("DATE", file.document.at(node.path), message, "write it like 2026-11-23")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def addresses(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """An address that cannot work."""
    form = _FORMS.get((node.owner, node.field)) if node.owner and node.field else None
    if form and isinstance(node.value, str) and node.value.strip() and not form[0].fullmatch(node.value):
        message = f"{quoted(node.value)} cannot be used as '{node.field}'"
        yield file.document.problem("ADDRESS", file.document.at(node.path), message, f"write {form[1]}")
