"""Numbers in the texts of `content/site.yml`: `{models}` becomes how many coaching models there are, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from coaching.content import CoachingModel
from coaching.selector import SelectorContent

T = TypeVar("T")

COUNTS = ("models", "scored", "close", "enough", "lead_score", "blend_within")
"""What can stand in braces: all coaching models; those that the selector scores; and numbers of `selector.yml`."""

_SLOT = re.compile(r"\{(\w*)\}")
_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def counts(models: Sequence[CoachingModel], selector: SelectorContent) -> dict[str, str]:
    """Name in braces -> the number in words, up to twenty; with a capital letter for names with one."""
    found = (len(models), sum(model.ranked for model in models), *(getattr(selector, name) for name in COUNTS[2:]))
    words = {name: _in_words(number) for name, number in zip(COUNTS, found, strict=True)}
    return words | {name.capitalize(): word.capitalize() for name, word in words.items()}


def _in_words(number: float) -> str:
    return _WORDS[int(number)] if number in range(len(_WORDS)) else f"{number:g}"


def slots(text: str) -> Iterator[str]:
    """What stands in braces in a text, in its order."""
    return (found[1] for found in _SLOT.finditer(text))


def counted(value: T, numbers: Mapping[str, str]) -> T:
    """A record with the numbers filled into all its texts."""
    filled: Any = value
    if isinstance(value, str):
        filled = _SLOT.sub(lambda found: numbers.get(found[1], found[0]), value)
    elif isinstance(value, tuple):
        filled = tuple(counted(item, numbers) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        filled = replace(value, **{field.name: counted(getattr(value, field.name), numbers) for field in fields(value)})
    return filled  # type: ignore[no-any-return]
