"""What the content folder holds: which file has which shape, and where its records go in the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coaching.content import (
    Change,
    CoachingModel,
    Dispute,
    MythEntry,
    Phase,
    QuestionGroup,
    SearchWords,
    SeedRow,
    Site,
    Source,
    Term,
    Topic,
    record,
)
from coaching.goal_content import GoalContent
from coaching.selector import SelectorContent
from sitegen.problems import Problem, did_you_mean, quoted


@record
class Glossary:
    """`content/glossary.yml`."""

    terms: tuple[Term, ...]


@record
class Sources:
    """`content/sources.yml`."""

    sources: tuple[Source, ...]


@record
class Myths:
    """`content/myths.yml`."""

    myths: tuple[MythEntry, ...]


@record
class Questions:
    """`content/questions.yml`."""

    groups: tuple[QuestionGroup, ...]


@record
class Seed:
    """`content/seed.yml`."""

    rows: tuple[SeedRow, ...]


@record
class Changes:
    """`content/changes.yml`."""

    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Shelf:
    """A folder with one record in each file, or a single file."""

    where: str
    """Path in the content folder; a folder ends with a slash."""
    type: type
    schema: str
    """Name of the JSON Schema that editors use for these files."""
    kind: str | None = None
    """What the file's name is the id of, if the record has an id."""

    @property
    def is_folder(self) -> bool:
        return self.where.endswith("/")

    @property
    def name(self) -> str:
        """The last part of the path: the field of the catalog, or nearly."""
        return Path(self.where).stem


SHELVES = (
    Shelf("basics/", Topic, "topic", "topic"),
    Shelf("changes.yml", Changes, "changes"),
    Shelf("choosing/", Topic, "topic", "topic"),
    Shelf("cycle/", Phase, "phase", "phase"),
    Shelf("cycle.yml", Topic, "topic", "topic"),
    Shelf("disputes/", Dispute, "dispute", "dispute"),
    Shelf("glossary.yml", Glossary, "glossary"),
    Shelf("impact/", Topic, "topic", "topic"),
    Shelf("leading/", Topic, "topic", "topic"),
    Shelf("models/", CoachingModel, "model", "model"),
    Shelf("myths.yml", Myths, "myths"),
    Shelf("questions.yml", Questions, "questions"),
    Shelf("search.yml", SearchWords, "search"),
    Shelf("seed.yml", Seed, "seed"),
    Shelf("selector.yml", SelectorContent, "selector"),
    Shelf("site.yml", Site, "site"),
    Shelf("sources.yml", Sources, "sources"),
    Shelf("support/", Topic, "topic", "topic"),
    Shelf("worksheets/goal.yml", GoalContent, "goal"),
)


def shelved(folder: Path, shown: str) -> tuple[list[tuple[Shelf, str]], list[Problem]]:
    """The files of a content folder, each with its shelf and its path in the folder, and what does not belong there.

    Args:
        shown: how problems name the folder.
    """
    found: list[tuple[Shelf, str]] = []
    problems: list[Problem] = []
    for path in sorted(_files(folder), key=lambda path: path.as_posix()):
        shelf = next((shelf for shelf in SHELVES if _holds(shelf, path)), None)
        if shelf is None:
            problems.append(_stray(path, shown))
        else:
            found.append((shelf, path.as_posix()))
    there = {shelf.where for shelf, _ in found}
    for shelf in SHELVES:
        if shelf.where not in there:
            what = "no file in this folder" if shelf.is_folder else "this file is missing"
            problems.append(Problem(f"{shown}/{shelf.where}", 1, 1, "MISSING-FILE", what, f"it holds the {shelf.name}"))
    return found, problems


def printable(path: str) -> str:
    """A path as it can be shown: some systems allow line breaks in file names, and bytes that are no text."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in path)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        # Editors and systems leave hidden files; a named pipe would keep us waiting for ever.
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield inside


def _holds(shelf: Shelf, path: Path) -> bool:
    if not shelf.is_folder:
        return path.as_posix() == shelf.where
    return path.suffix == ".yml" and f"{path.parent.as_posix()}/" == shelf.where


def _stray(path: Path, shown: str) -> Problem:
    where = printable(f"{shown}/{path.as_posix()}")
    if path.suffix == ".yaml":
        return Problem(where, 1, 1, "UNKNOWN-FILE", "the guide reads files that end in .yml", "rename the file")
    if path.suffix == ".yml" and len(path.parts) > 1:
        folders = [shelf.where.rstrip("/") for shelf in SHELVES if shelf.is_folder]
        message = f"nothing reads the folder {quoted(path.parent.as_posix())}"
        return Problem(where, 1, 1, "UNKNOWN-FILE", message, did_you_mean(path.parent.as_posix(), folders))
    files = [shelf.where for shelf in SHELVES if not shelf.is_folder]
    hint = did_you_mean(path.name, files) if path.suffix == ".yml" else "content is YAML only"
    return Problem(where, 1, 1, "UNKNOWN-FILE", "nothing reads this file", hint)
