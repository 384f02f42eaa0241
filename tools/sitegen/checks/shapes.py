"""Records whose parts have to fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from coaching.content import Block, CoachingModel, CycleStep, Phase, PhaseStep, Span, Table
from sitegen.problems import Problem, quoted
from sitegen.reading import ReadFile, Reading
from sitegen.source import KeyPath
from sitegen.walk import Node, record_fields

# Fields that hold a span or a number -> lowest and highest value that means anything.
_WITHIN = {
    (CoachingModel, "stance"): (1, 5),
    (CoachingModel, "weeks"): (1, 200),
    (CycleStep, "minutes"): (0, 6000),
    (PhaseStep, "minutes"): (0, 6000),
    (Phase, "minutes"): (0, 6000),
}
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def block_shape(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A block with no content, or with two."""
    if node.type is Block and isinstance(node.value, dict):
        given = [key for key in node.value if key in record_fields(Block)]
        if len(given) != 1:
            names = " and ".join(quoted(key) for key in given)
            found = f"{names} in one block" if given else "a block that holds nothing"
            hint = "start a new block with - for each" if given else f"give one of {', '.join(record_fields(Block))}"
            yield file.document.problem("BLOCK-SHAPE", file.document.at(node.path), found, hint)


def table_shape(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A row that is longer or shorter than the head of its table."""
    if node.type is not Table:
        return
    columns, rows = node.get("columns"), node.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return
    for i, row in enumerate(rows):
        if isinstance(row, list) and len(row) != len(columns):
            place = file.document.at((*node.path, "rows", i))
            hint = "a cell with a comma needs quotes" if len(row) > len(columns) else "write a cell for each column"
            message = f"{len(row)} cells in a table of {len(columns)} columns"
            yield file.document.problem("TABLE-SHAPE", place, message, hint)


def span(node: Node, file: ReadFile, _: Reading) -> Iterator[Problem]:
    """A range that runs backwards, and a number outside of what its field can mean."""
    low, high = (node.get("low"), node.get("high")) if node.type is Span else (node.value, node.value)
    if not _whole(low) or not _whole(high):
        return
    assert isinstance(low, int)
    assert isinstance(high, int)
    if low > high:
        place = file.document.at((*node.path, "low"))
        yield file.document.problem("SPAN", place, f"low is {low} and high is {high}", "the smaller number comes first")
        return
    least, most = _WITHIN.get((node.owner, node.field), (None, None)) if node.owner and node.field else (None, None)
    if least is not None and most is not None and not least <= low <= high <= most:
        message = f"'{node.field}' has to be between {least} and {most}"
        yield file.document.problem("SPAN", file.document.at(node.path), message)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def phase_numbers(reading: Reading) -> Iterator[Problem]:
    """Two phases with one number."""
    first: dict[object, str] = {}
    for file in reading.on("cycle/"):
        value = file.document.value
        number = value.get("number") if isinstance(value, dict) else None
        if _whole(number) and first.setdefault(number, file.stem) != file.stem:
            message = f"phase {number} is already {quoted(first[number])}"
            place = file.document.at(("number",))
            yield file.document.problem("PHASES", place, message, "each number from 1 to 5 is there once")
    files = [file for file in reading.files if file.shelf.where == "cycle/"]
    if 0 < len(files) != len(ORDINALS):
        document = files[-1].document
        message = f"the cycle has {len(ORDINALS)} phases, and here are {len(files)}"
        yield document.problem("PHASES", document.at(()), message)


def model_phases(reading: Reading) -> Iterator[Problem]:
    """A model whose steps do not follow the five phases."""
    order = _order(reading)
    for file in reading.on("models/") if len(order) == len(ORDINALS) else []:
        steps = [(path, row.get("phase")) for path, row in file.rows("cycle")]
        if not steps or any(phase not in order for _, phase in steps):
            continue
        yield from _out_of_order(file, steps, order)


def _out_of_order(file: ReadFile, steps: list[tuple[KeyPath, object]], order: list[str]) -> Iterator[Problem]:
    for i, (path, phase) in enumerate(steps):
        if i >= len(order):
            hint = "one step for each of the five phases"
            yield file.document.problem("PHASES", file.document.at(path), "a step too many", hint)
            return
        if phase != order[i]:
            message = f"the {ORDINALS[i]} step is for {quoted(phase)}"
            hint = f"the {ORDINALS[i]} phase is '{order[i]}'; one step for each phase, in their order"
            yield file.document.problem("PHASES", file.document.at((*path, "phase")), message, hint)
            return
    if len(steps) < len(order):
        missing = " and ".join(quoted(phase) for phase in order[len(steps) :])
        yield file.document.problem("PHASES", file.document.at_key(("cycle",)), f"no step for {missing}")


def _order(reading: Reading) -> list[str]:
    """The phases by number; empty if they are not numbered."""
    numbered: dict[int, str] = {}
    for file in reading.on("cycle/"):
        value = file.document.value
        number = value.get("number") if isinstance(value, dict) else None
        if isinstance(number, int):
            numbered[number] = file.stem
    return [numbered[number] for number in sorted(numbered)]
