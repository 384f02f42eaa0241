"""Inline markup as HTML: pages and tools have one renderer, which lives with the tools because they go further."""

from __future__ import annotations

from widgets.markup import render_html

__all__ = ["render_html"]
