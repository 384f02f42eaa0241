"""The Jinja environment that draws the tools, the same at build time and in the browser."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable

from jinja2 import Environment, FunctionLoader, StrictUndefined

from widgets.runtime import says


def _source(name: str) -> str | None:
    # The loader of the package itself reads the file: from the folder in the build, from the archive in the browser.
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
    escaped; a name that is not there is an error. An edited template is read again, except in the browser, where the
    archive never changes. The global `says` and the filter `sentence` serve the status line.
    """
    made = Environment(
        loader=FunctionLoader(_load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=sys.platform != "emscripten",
    )
    made.globals["says"] = says
    made.filters["sentence"] = says.sentence
    return made
