"""All checks of the content, run over what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sitegen.checks import fits, ids, numbers, shapes, site, text
from sitegen.problems import Problem
from sitegen.reading import ReadFile, Reading
from sitegen.walk import Node

EACH_NODE: tuple[Callable[[Node, ReadFile, Reading], Iterator[Problem]], ...] = (
    ids.unknown_ids,
    ids.doubled_rows,
    text.empty,
    text.raw_html,
    text.todo,
    text.broken_markup,
    text.label_markup,
    text.long_label,
    text.days,
    text.addresses,
    numbers.numbers,
    shapes.block_shape,
    shapes.table_shape,
    shapes.span,
)
"""Checks that look at one value."""

WHOLE: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
    ids.topics_of_one_name,
    ids.ill_formed_ids,
    ids.similar_ids,
    ids.unused_sources,
    shapes.phase_numbers,
    shapes.model_phases,
    site.listed_pages,
    site.listed_tools,
    fits.selector_parts,
    fits.fit_keys,
    fits.fit_reasons,
    fits.unreachable_models,
)
"""Checks that compare values with each other."""


def check(reading: Reading) -> Iterator[Problem]:
    """Everything that is wrong with the content beyond its shape, in no order."""
    for file in reading.files:
        for node in file.nodes:
            for look in EACH_NODE:
                yield from look(node, file, reading)
    for compare in WHOLE:
        yield from compare(reading)
