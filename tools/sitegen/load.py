"""From the content folder to the catalog, or to everything that is wrong with it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coaching.catalog import Catalog
from sitegen.check import check
from sitegen.counts import counted, counts
from sitegen.editorial import editorial
from sitegen.kept import Kept
from sitegen.problems import Problem, errors, in_order
from sitegen.reading import ReadFile, Reading
from sitegen.shelves import printable, shelved
from sitegen.source import MOST_PROBLEMS, read_document
from sitegen.validate import validated


@dataclass(frozen=True)
class LoadResult:
    """What a content folder holds."""

    catalog: Catalog | None
    """None if there is any error."""
    problems: list[Problem]
    """Errors and warnings, in the order of the files."""
    reading: Reading
    """Every file with its values and their places."""


def load_content(folder: Path, as_editor: bool = False, kept: Kept | None = None) -> LoadResult:
    """Read and check a content folder; all problems come at once.

    Args:
        as_editor: also how it reads, which takes longer than a build wants to wait.
        kept: what an earlier build found right.
    """
    with _no_collecting():
        return _loaded(folder, as_editor, kept)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Values are made by the million and none in a circle, and looking for circles would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(folder: Path, as_editor: bool, kept: Kept | None) -> LoadResult:
    shown = _shown(folder)
    files, problems = shelved(folder, shown)
    reading = Reading()
    for shelf, name in files:
        document = read_document(folder / name, printable(f"{shown}/{name}"))
        file = ReadFile(shelf, name, document)
        problems += document.problems
        if document.usable:
            file.record, wrong = validated(document, shelf.type, file.stem if shelf.kind else None)
            problems += wrong
        reading.files.append(file)
    said = [*check(reading, kept), *(editorial(reading) if as_editor else ())]
    problems = _shortened(in_order([*problems, *said]))
    return LoadResult(None if errors(problems) else _catalog(reading), problems, reading)


def _shown(folder: Path) -> str:
    """The folder as a person here would write it, with forward slashes."""
    here = Path.cwd().resolve()
    full = folder.resolve()
    return Path(os.path.relpath(full, here)).as_posix() if full.is_relative_to(here) else full.as_posix()


def _shortened(problems: list[Problem]) -> list[Problem]:
    """At most so many problems of a file, and one that says that there are more."""
    kept: list[Problem] = []
    counts: dict[str, int] = {}
    last: dict[str, Problem] = {}
    for problem in problems:
        counts[problem.file] = counts.get(problem.file, 0) + 1
        if counts[problem.file] <= MOST_PROBLEMS:
            kept.append(problem)
            last[problem.file] = problem
    for file, count in counts.items():
        if count > MOST_PROBLEMS:
            end = last[file]
            message = "there are more problems in this file"
            kept.append(Problem(file, end.line, end.column, "TOO-MANY", message, "mend these first"))
    return sorted(kept, key=lambda problem: (problem.file, problem.code == "TOO-MANY"))


def _catalog(reading: Reading) -> Catalog:
    def records(where: str, key: Callable[[Any], Any]) -> tuple[Any, ...]:
        return tuple(sorted((file.record for file in reading.on(where)), key=key))

    def topics(where: str) -> tuple[Any, ...]:
        return records(where, lambda topic: (topic.order, topic.id))

    def one(where: str) -> Any:
        return reading.on(where)[0].record

    site, selector = one("site.yml"), one("selector.yml")
    first = {model: place for place, model in enumerate(site.first_models)}
    models = records("models/", lambda model: (first.get(model.id, len(first)), model.name.casefold(), model.id))
    return Catalog(
        site=counted(site, counts(models, selector)),
        models=models,
        phases=records("cycle/", lambda phase: phase.number),
        cycle=one("cycle.yml"),
        basics=topics("basics/"),
        support=topics("support/"),
        choosing=topics("choosing/"),
        leading=topics("leading/"),
        impact=topics("impact/"),
        disputes=topics("disputes/"),
        myths=one("myths.yml").myths,
        questions=one("questions.yml").groups,
        seed=one("seed.yml").rows,
        changes=tuple(sorted(one("changes.yml").changes, key=lambda change: (change.day, change.id), reverse=True)),
        terms=tuple(sorted(one("glossary.yml").terms, key=lambda term: (term.term.casefold(), term.id))),
        sources=tuple(sorted(one("sources.yml").sources, key=lambda s: (s.authors.casefold(), s.year or 0, s.id))),
        search=one("search.yml"),
        selector=selector,
        goal=one("worksheets/goal.yml"),
    )
