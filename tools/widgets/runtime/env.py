"""The Jinja environment that draws the tools, the same at build time and in the browser."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, ModuleLoader, StrictUndefined

import widgets
from coaching.selector import whole
from widgets.runtime import says

COMPILED = "compiled"
"""Folder of the package with templates as Python, under the names that `ModuleLoader` looks for. Only the archive for
the browser has it: there, compiling templates would make the first answer wait."""


def _loader() -> BaseLoader:
    package = Path(widgets.__path__[0])
    sources = FunctionLoader(_load)
    # Inside an archive the package is no folder that the file system knows.
    return sources if package.is_dir() else ChoiceLoader([ModuleLoader(package / COMPILED), sources])


def _source(name: str) -> str | None:
    try:
        data = pkgutil.get_data("widgets", name)
    except OSError:
        return None
    return None if data is None else data.decode("utf-8")


def _load(name: str) -> tuple[str, str | None, Callable[[], bool] | None] | None:
    source = _source(name)
    if source is None:
        return None
    return source, name, lambda: _source(name) == source


def environment() -> Environment:
    """A new environment for templates of the `widgets` package.

    Templates are named from the package: `selector/view.html.jinja`, `parts/status.html.jinja`. Everything is
    escaped; a name that is not there is an error. An edited template is read again. The global `says` and the filter
    `sentence` serve the status line; the filter `whole` makes points of a fit.
    """
    made = Environment(
        loader=_loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["says"] = says
    made.filters["sentence"] = says.sentence
    made.filters["whole"] = whole
    return made
