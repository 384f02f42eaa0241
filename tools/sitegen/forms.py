"""The tools as they stand on a page before any script runs: each tool's own view of its first state."""

from __future__ import annotations

from importlib import import_module

from markupsafe import Markup

from coaching.catalog import Catalog

SOURCES = {"selector": "content/selector.yml", "team": "content/selector.yml", "goal": "content/worksheets/goal.yml"}
"""What a person edits to change a tool's words."""


def blank(catalog: Catalog, tool: str, now: str) -> Markup:
    """The inside of `tool` with nothing filled in.

    Args:
        now: local time `YYYY-MM-DDTHH:MM`.
    """
    view = import_module(f"widgets.{tool}.view")
    html: str = view.view(catalog, view.init(catalog, now), now)
    return Markup(html)
