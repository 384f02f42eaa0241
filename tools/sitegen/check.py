"""All checks of the content, run over what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from sitegen.checks import fits, ids, numbers, shapes, site, text
from sitegen.kept import Kept, key
from sitegen.problems import Problem
from sitegen.reading import ReadFile, Reading
from sitegen.source import MOST_PROBLEMS
from sitegen.walk import Node

NodeCheck: TypeAlias = Callable[[Node, ReadFile, Reading], Iterator[Problem]]

EACH_NODE: tuple[NodeCheck, ...] = (
    ids.unknown_ids,
    ids.doubled_rows,
    text.empty,
    text.control_characters,
    text.days,
    text.addresses,
    shapes.block_shape,
    shapes.table_shape,
    shapes.span,
)
"""Checks that look at one value."""

EACH_TEXT: tuple[NodeCheck, ...] = (
    text.raw_html,
    text.todo,
    text.broken_markup,
    text.label_markup,
    text.long_label,
    numbers.numbers,
)
"""Checks that look at one text that readers see."""

WHOLE: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
    ids.topics_of_one_name,
    ids.ill_formed_ids,
    ids.similar_ids,
    ids.unused_sources,
    shapes.phase_numbers,
    shapes.model_phases,
    site.listed_pages,
    site.listed_tools,
    site.known_counts,
    fits.selector_parts,
    fits.quick_questions,
    fits.fit_keys,
    fits.fit_reasons,
    fits.fit_sources,
    fits.unreachable_models,
)
"""Checks that compare values with each other."""


LONGEST_TEXT = 20_000
"""Characters of one text; a long paragraph has a thousand."""


def check(reading: Reading, kept: Kept | None = None) -> Iterator[Problem]:
    """Everything that is wrong with the content beyond its shape, in no order; of a file only so much as is shown.

    Args:
        kept: where it is noted which files were found right, so that they are not looked at again until they change, or
            what they may refer to does.
    """
    context = key("right", *_context(reading))
    right = set((kept.get(context) or b"").decode().split()) if kept else set[str]()
    still = set[str]()
    for file in reading.files:
        # Places and all else that this file says come from its lines.
        said = "\n".join([file.name, *file.document.lines])
        digest = hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()
        found = [] if digest in right else list(islice(_in_file(file, reading), MOST_PROBLEMS + 1))
        yield from found
        if not found:
            still.add(digest)
    if kept and still != right:
        kept.put(context, "\n".join(sorted(still)).encode())
    for compare in WHOLE:
        yield from compare(reading)


def _context(reading: Reading) -> Iterator[str]:
    """What the checks of one file know of the others."""
    yield from (f"{kind}: {' '.join(sorted(ids))}" for kind, ids in sorted(reading.known.items()))
    yield from (f"{source}: {how}" for source, how in sorted(reading.checked.items()))
    yield " ".join(sorted(reading.complete))


def _in_file(file: ReadFile, reading: Reading) -> Iterator[Problem]:
    for node in file.nodes:
        if isinstance(node.value, str) and len(node.value) > LONGEST_TEXT:
            message = f"a text of {len(node.value):,} characters"
            hint = f"at most {LONGEST_TEXT:,} are read; look for what does not belong in it"
            yield file.document.problem("TOO-LARGE", file.document.at(node.path), message, hint)
            continue
        is_text = node.kind is not None and isinstance(node.value, str)
        for look in EACH_NODE + EACH_TEXT if is_text else EACH_NODE:
            yield from look(node, file, reading)
