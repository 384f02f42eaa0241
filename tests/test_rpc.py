"""The door between page and Python: text in, text out, whatever comes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.runtime import rpc
from widgets.runtime.files import BadFile

NOW = "2027-01-18T10:42"


@dataclass(frozen=True)
class Step:
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    name: str = ""
    steps: tuple[Step, ...] = ()
    chosen: Mapping[str, str | None] | None = None


class Tool(ModuleType):
    """A tool whose page says what it was told."""

    def init(self, content: Any, now: str) -> State:
        return State(name=f"{content} at {now}")

    def update(self, content: Any, state: State, event: Mapping[str, Any], now: str) -> tuple[State, list[Any]]:
        if event["type"] == "file":
            raise BadFile("This is not a file of the echo.")
        if event.get("action") == "fail":
            raise ZeroDivisionError("one by nothing")
        step = Step(words=tuple(value for _, value in event["form"]))
        after = replace(state, steps=(*state.steps, step), chosen={"a": None, "b": "x"})
        return after, [{"do": "announce", "text": "ok"}]

    def load(self, content: Any, data: Any, now: str) -> State:
        if not isinstance(data, dict):
            raise BadFile("This is no record.")
        return State(name=data["name"])

    def view(self, content: Any, state: State, now: str) -> str:
        return f"<p>{state.name} {len(state.steps)}</p>"


class Louder(ModuleType):
    """A part of the tool for another page."""

    def view(self, content: Any, state: State, now: str) -> str:
        return f"<p>{state.name.upper()}</p>"


@pytest.fixture(autouse=True)
def tool(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("widgets.echo", "widgets.echo.view"):
        monkeypatch.setitem(sys.modules, name, Tool(name))
    monkeypatch.setitem(sys.modules, "widgets.echo.louder", Louder("widgets.echo.louder"))


def ask(text: str = "", **request: Any) -> dict[str, Any]:
    made = {"id": 7, "method": "event", "tool": "echo", "now": NOW, **request}
    answer: dict[str, Any] = json.loads(rpc.answer(lambda: "content", text or json.dumps(made)))  # type: ignore[arg-type,return-value]
    return answer


TYPED = {"type": "input", "form": [["words", "hello"]]}


def test_the_first_event_starts_from_the_tools_own_beginning() -> None:
    answer = ask(event=TYPED, state=None)

    assert {"id": 7, "html": f"<p>content at {NOW} 1</p>"} == {key: answer[key] for key in ("id", "html")}
    assert [{"do": "announce", "text": "ok"}] == answer["effects"]


def test_the_state_of_an_answer_leads_on_when_it_comes_back() -> None:
    first = ask(event=TYPED, state=None)
    second = ask(event=TYPED, state=first["state"])

    assert [{"words": ["hello"]}, {"words": ["hello"]}] == second["state"]["steps"]
    assert {"a": None, "b": "x"} == second["state"]["chosen"]


def test_nothing_is_remembered_between_requests() -> None:
    ask(event=TYPED, state=None)

    assert 1 == len(ask(event=TYPED, state=None)["state"]["steps"])


def test_a_stored_record_replaces_the_state_and_fills_the_form() -> None:
    answer = ask(event={"type": "load", "data": {"name": "kept"}}, state={"name": "typed"})

    assert ("kept", [{"do": "fill"}]) == (answer["state"]["name"], answer["effects"])


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"type": "file", "name": "x.json", "text": "{}"}, "This is not a file of the echo."),
        ({"type": "load", "data": "?"}, "This is no record."),
    ],
)
def test_a_refused_file_says_why_in_the_tools_words(event: dict[str, Any], reason: str) -> None:
    assert {"code": "bad-file", "message": reason} == ask(event=event)["error"]


def test_a_mistake_in_a_tool_is_an_answer_too() -> None:
    error = ask(event={"type": "action", "action": "fail", "value": "", "form": []})["error"]

    assert "bug" == error["code"]
    assert "ZeroDivisionError: one by nothing" in error["message"]


def test_a_part_draws_the_state_that_the_tool_made() -> None:
    assert f"<p>CONTENT AT {NOW}</p>" == ask(event=TYPED, state=None, part="louder")["html"]


def test_a_tool_that_is_shown_elsewhere_is_drawn_and_asks_nothing() -> None:
    first = ask(event=TYPED, state=None)
    again = ask(event={"type": "shown"}, state=first["state"], part="louder")

    assert (first["state"], []) == (again["state"], again["effects"])


@pytest.mark.parametrize("part", ["nowhere", "../view", "view.x", "é", " "])
def test_only_parts_of_the_tool_can_be_asked(part: str) -> None:
    assert "bad-request" == ask(event=TYPED, part=part)["error"]["code"]


@pytest.mark.parametrize("tool", ["nowhere", "", "../files", "runtime", "os.path", "é"])
def test_only_tools_can_be_asked(tool: str) -> None:
    assert "bad-request" == ask(tool=tool, event=TYPED)["error"]["code"]


def test_a_ping_names_the_python_that_answers() -> None:
    assert {"id": 7, "python": ".".join(map(str, sys.version_info[:3]))} == ask(method="ping")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "method", "tool", "event"]), inner)
    ),
    max_leaves=8,
)


@given(st.text() | JSON.map(json.dumps))
def test_whatever_is_asked_there_is_an_answer(text: str) -> None:
    assert "error" in ask(text)
