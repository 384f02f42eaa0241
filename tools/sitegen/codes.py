"""Every code a problem can have, from `codes.yml` beside this file; the page about the check is made from it too."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Literal

import yaml

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One kind of mistake."""

    code: str
    title: str
    explanation: str
    """Why it matters and what to do, for somebody who writes content and no code."""
    bad: str = ""
    """Lines that have the mistake, or a bad file name."""
    good: str = ""
    """The same without it; empty if there is nothing to show."""
    file: str = ""
    """The content file that `bad` and `good` could stand in, if they are lines of YAML."""
    severity: Severity = "error"


def _read() -> dict[str, Code]:
    text = resources.files(__package__).joinpath("codes.yml").read_text("utf-8")
    return {row["code"]: Code(**row) for row in yaml.load(text, Loader=yaml.CSafeLoader)}


CODES = _read()
"""Code -> what it means, in the order of the page."""
