"""The one door into Python: a request as text in, an answer as text out, nothing remembered in between.

    {"id": 7, "method": "event", "tool": "goal", "part": "", "state": {...} | null, "event": {...},
     "now": "2027-01-18T10:42"}
    {"id": 7, "state": {...}, "html": "...", "effects": [{"do": "save", "data": {...}}, ...]}
    {"id": 7, "error": {"code": "bad-request" | "bad-file" | "bug", "message": "..."}}

`state` is what the last answer said, null at the start; `now` is the reader's local time; `part` names the view that
stands on the reader's page, if it is not `view.py`. `{"method": "ping", "tool":
"goal"}` is answered with `{"id": 8, "python": "3.14.2"}` and makes the tool's first event quick.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import Any, Protocol, cast, get_type_hints

from coaching.catalog import Catalog, from_json, structure, to_json

State = Any
"""A tool's own frozen dataclass."""


class View(Protocol):
    """What a tool's `view.py` exposes."""

    def init(self, content: Catalog, now: str) -> State: ...
    def update(self, content: Catalog, state: State, event: dict[str, Any], now: str) -> tuple[State, list[Any]]: ...
    def view(self, content: Catalog, state: State, now: str) -> str: ...
    def load(self, content: Catalog, data: object, now: str) -> State: ...


class Part(Protocol):
    """What a module beside it exposes that draws the same state for another page."""

    def view(self, content: Catalog, state: State, now: str) -> str: ...


class BadRequest(Exception):
    """The page asked for something that does not exist: a mistake of ours, not of the reader."""


@dataclass(frozen=True)
class Request:
    id: int
    method: str
    tool: str
    part: str = ""
    state: dict[str, Any] | None = None
    event: dict[str, Any] | None = None
    now: str = ""


def call(text: str) -> str:
    """Answer one request with the catalog of the archive. Never raises."""
    return answer(_catalog, text)


def answer(catalog: Callable[[], Catalog], text: str) -> str:
    """Answer one request with the content that `catalog` gives. Never raises."""
    id_: object = None
    try:
        request = _request(json.loads(text))
        id_ = request.id
        said = _said(catalog(), request)
    except Exception as error:
        said = {"error": {"code": _code(error), "message": _message(error)}}
    return json.dumps({"id": id_, **said}, ensure_ascii=False)


def _said(content: Catalog, request: Request) -> dict[str, Any]:
    tool = _tool(request.tool)
    if request.method == "ping":
        return {"python": ".".join(map(str, sys.version_info[:3]))}
    if request.method != "event" or request.event is None:
        raise BadRequest(f"method {request.method!r} without an event")
    state, effects = _updated(tool, content, request, request.event)
    drawn = _part(request.tool, request.part).view(content, state, request.now)
    return {"state": json.loads(to_json(state)), "html": drawn, "effects": effects}


def _updated(tool: View, content: Catalog, request: Request, event: dict[str, Any]) -> tuple[State, list[Any]]:
    if event.get("type") == "load":
        # What was saved replaces what the form holds, so the form is to be filled from it.
        return tool.load(content, event.get("data"), request.now), [{"do": "fill"}]
    if request.state is None:
        state = tool.init(content, request.now)
    else:
        state = structure(get_type_hints(tool.init)["return"], request.state)
    if event.get("type") == "shown":
        return state, []
    return tool.update(content, state, event, request.now)


@cache
def _catalog() -> Catalog:
    data = get_data("widgets.runtime", "catalog.json")
    if data is None:
        raise BadRequest("the archive has no catalog")
    return from_json(data.decode("utf-8"))


def _tool(name: str) -> View:
    return cast(View, _part(name, ""))


def _part(tool: str, name: str) -> Part:
    module = f"widgets.{tool}.{name or 'view'}"
    wanted = f"tool {tool!r}" + (f" with a part {name!r}" if name else "")
    try:
        if not tool.isidentifier() or not (name or "view").isidentifier():
            raise BadRequest(f"no {wanted}")
        return cast(Part, importlib.import_module(module))
    except ModuleNotFoundError as error:
        if error.name in (f"widgets.{tool}", module):
            raise BadRequest(f"no {wanted}") from None
        raise


def _request(data: object) -> Request:
    try:
        return cast(Request, structure(Request, data))
    except (TypeError, AttributeError) as error:
        raise BadRequest(f"not a request: {error}") from None


def _code(error: Exception) -> str:
    if isinstance(error, (BadRequest, json.JSONDecodeError)):
        return "bad-request"
    # Imported late: reading files brings a library with it that most answers do without.
    from widgets.runtime.files import BadFile

    return "bad-file" if isinstance(error, BadFile) else "bug"


def _message(error: Exception) -> str:
    if _code(error) == "bug":
        return "".join(traceback.format_exception(error)[-3:]).strip()
    return str(error)
