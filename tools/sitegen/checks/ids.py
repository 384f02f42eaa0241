"""Ids: whether they lead somewhere, are there once, and cannot be taken for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coaching import markup
from coaching.selector import SelectorContent
from sitegen.problems import Problem, did_you_mean, quoted
from sitegen.reading import NAMES, Id, ReadFile, Reading
from sitegen.walk import Node

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHORTEST, LONGEST = 8, 80
"""Letters of an id that is looked at for slips; in short ones a single letter makes another word."""


def unknown_ids(node: Node, file: ReadFile, reading: Reading) -> Iterator[Problem]:
    """Ids, targets, links and citations that lead to nothing."""
    if not isinstance(node.value, str):
        return
    if node.to == "target":
        yield from _target(node, node.value, file, reading, "TARGET")
    elif node.to in NAMES:
        yield from _id(node, node.to, node.value, file, reading)
    elif node.kind in ("prose", "example"):
        for target in markup.targets(node.value):
            yield from _target(node, target, file, reading, "LINK-BROKEN")
        for source in markup.citations(node.value):
            yield from _id(node, "source", source, file, reading, "[@")


def _target(node: Node, target: str, file: ReadFile, reading: Reading, code: str) -> Iterator[Problem]:
    kind, colon, id_ = target.partition(":")
    if colon and kind in NAMES and id_:
        yield from _id(node, kind, id_, file, reading, f"{kind}:")
        return
    place = file.document.find(node.path, target)
    if re.match(r"(?i)(https?|mailto):|[./#]|www\.", target) or "/" in target:
        way_out = "link to a kind and an id, such as model:grow; works of others belong into sources.yml"
        yield file.document.problem(code, place, f"{quoted(target)} is an address", way_out)
    elif colon and kind in NAMES:
        yield file.document.problem(code, place, f"{quoted(target)} has no id after the colon")
    elif colon:
        hint = did_you_mean(kind, NAMES)
        yield file.document.problem(code, place, f"{quoted(target)} begins with an unknown kind, {quoted(kind)}", hint)
    else:
        kinds = [kind for kind in NAMES if target in reading.known[kind]]
        way_out = f"did you mean '{kinds[0]}:{target}'?" if kinds else "write a kind and an id, such as model:grow"
        yield file.document.problem(code, place, f"{quoted(target)} has no kind before it", way_out)


def _id(node: Node, kind: str, id_: str, file: ReadFile, reading: Reading, after: str = "") -> Iterator[Problem]:
    if id_ in reading.known[kind] or kind not in reading.complete or not id_.strip():
        return
    code = "LINK-BROKEN" if kind == "page" else f"{kind.upper()}-ID"
    place = file.document.at_key(node.path) if node.is_key else file.document.find(node.path, after + id_, len(after))
    hint = did_you_mean(id_, reading.known[kind])
    yield file.document.problem(code, place, f"unknown {NAMES[kind]} {quoted(id_)}", hint)


def doubled_rows(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """An id that is there twice in one list."""
    rows = node.value if isinstance(node.value, list) and file.shelf.type is not SelectorContent else []
    first: dict[str, int] = {}
    for i, row in enumerate(rows):
        id_ = row.get("id") if isinstance(row, dict) else None
        if isinstance(id_, str) and first.setdefault(id_, i) != i:
            place = file.document.at((*node.path, i, "id"))
            same = file.document.at((*node.path, first[id_], "id"))
            hint = f"the first one is at {same.line}:{same.column}"
            yield file.document.problem("DUPLICATE-ID", place, f"a second {quoted(id_)} in one list", hint)


def topics_of_one_name(reading: Reading) -> Iterator[Problem]:
    """Two pages in different folders with one id."""
    first: dict[str, Id] = {}
    for id_ in reading.ids:
        if id_.kind == "topic" and first.setdefault(id_.id, id_) is not id_:
            hint = f"the first one is {first[id_.id].file.document.file}; rename one of them"
            yield id_.problem("DUPLICATE-ID", f"a second page with the id {quoted(id_.id)}", hint)


def ill_formed_ids(reading: Reading) -> Iterator[Problem]:
    """An id that makes no good address."""
    for id_ in reading.ids:
        if id_.kind in ("flag", "blend") or ID.fullmatch(id_.id):
            continue
        hint = "use small letters a to z, digits, and - between words"
        code, what = ("ID-FORM", "the id") if id_.path else ("FILE-NAME", "the file name")
        yield id_.problem(code, f"{what} {quoted(id_.id)} cannot be part of an address", hint)


def similar_ids(reading: Reading) -> Iterator[Problem]:
    """Two ids of one kind that readers would take for one."""
    seen: dict[tuple[str, str, str], str] = {}
    for id_ in reading.ids:
        if id_.kind in ("flag", "blend"):
            continue
        letters, digits = _form(id_.id)
        looks = {(id_.kind, digits, look) for look in (letters, *_slips(letters))}
        near = sorted({seen[look] for look in looks if look in seen} - {id_.id})
        if near:
            hint = "if both mean one thing, keep one; else make the difference plain"
            yield id_.problem("ID-SIMILAR", f"{quoted(id_.id)} is nearly {quoted(near[0])}", hint)
        for look in looks:
            seen.setdefault(look, id_.id)


def _form(id_: str) -> tuple[str, str]:
    """An id without separators and plurals; and its digits apart, for lee-2019 and lee-2020 are two works."""
    words = [word.removesuffix("s") for word in re.split(r"[^a-z0-9]+", id_.lower())]
    joined = "".join(words)
    return re.sub(r"\d", "", joined), re.sub(r"\D", "", joined)


def _slips(letters: str) -> list[str]:
    """The word with each letter left out once: words that one slip of the keyboard parts share one of these."""
    if not SHORTEST <= len(letters) <= LONGEST:
        return []
    return [letters[:i] + letters[i + 1 :] for i in range(len(letters))]


def unused_sources(reading: Reading) -> Iterator[Problem]:
    """A source that no text leans on."""
    used: set[str] = set()
    for file in reading.files:
        for node in file.nodes:
            if not isinstance(node.value, str):
                continue
            if node.to == "source":
                used.add(node.value)
            elif node.to == "target":
                used.add(node.value.removeprefix("source:"))
            elif node.kind in ("prose", "example"):
                used.update(markup.citations(node.value))
                used.update(target.removeprefix("source:") for target in markup.targets(node.value))
    if all(file.document.usable for file in reading.files):
        for id_ in reading.ids:
            if id_.kind == "source" and id_.id not in used:
                hint = f"cite it with [@{id_.id}], or remove it"
                yield id_.problem("SOURCE-UNUSED", f"nobody cites {quoted(id_.id)}", hint)
