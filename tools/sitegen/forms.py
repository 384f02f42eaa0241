"""The tools as they stand on a page before any script runs: each tool's own view of its first state."""

from __future__ import annotations

from importlib import import_module

from markupsafe import Markup

from coaching.catalog import Catalog

SOURCES = {"selector": "content/selector.yml", "team": "content/selector.yml", "goal": "content/worksheets/goal.yml"}
"""What a person edits to change a tool's words."""


def blank(catalog: Catalog, tool: str, now: str, part: str = "view") -> Markup:
    """The inside of `tool` with nothing filled in.

    Args:
        now: local time `YYYY-MM-DDTHH:MM`.
        part: the tool's module that draws it.
    """
    state = import_module(f"widgets.{tool}.view").init(catalog, now)
    html: str = import_module(f"widgets.{tool}.{part}").view(catalog, state, now)
    return Markup(html)
