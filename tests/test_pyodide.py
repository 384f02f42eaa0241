"""The archive that readers get, in the Python that readers get: the same logic tests, and the same bytes."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coaching.catalog import Catalog, for_tools, from_json, to_json
from sitegen.archive import build_archive, exercise, manifest
from sitegen.load import load_content
from sitegen.node import node
from widgets.runtime import rpc

ROOT = Path(__file__).parent.parent

OURS = {"coaching", "widgets"}
LIBRARIES = {"pytest", "hypothesis", "yaml", "cattrs", "jinja2", "markupsafe"}
"""What a test may import, besides the standard library, to run in the browser's Python as well."""
BAD_FILES = ("", "{", "[]", '{"format": "coaching-field-guide/goal"}')
"""They bring the library that reads files, whatever the examples do."""


def needs(path: Path) -> set[str]:
    """Top-level names that a test file imports, and those of its helpers in `tests/`."""
    found: set[str] = set()
    for part in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(part, ast.Import):
            found |= {alias.name.split(".")[0] for alias in part.names}
        elif isinstance(part, ast.ImportFrom):
            found.add((part.module or "").split(".")[0])
    helpers = {name for name in found if (ROOT / f"tests/{name}.py").is_file()}
    return (found - helpers).union(*(needs(ROOT / f"tests/{name}.py") for name in helpers))


def logic_tests() -> list[str]:
    """Test files about `coaching` and `widgets` that need nothing but the browser's Python."""
    allowed = OURS | LIBRARIES | sys.stdlib_module_names
    files = sorted((ROOT / "tests").glob("test_*.py"))
    return [f"tests/{path.name}" for path in files if needs(path) & OURS and needs(path) <= allowed]


def examples() -> list[dict[str, Any]]:
    found = exercise(ROOT / "tools")
    tools = sorted({example["tool"] for example in found})
    events = [{"type": "file", "name": "x.json", "text": text} for text in BAD_FILES]
    return [
        *found,
        *(
            {"tool": tool, "part": "", "name": "bad files", "now": "2027-01-18T10:42", "events": events}
            for tool in tools
        ),
    ]


def answers(catalog: Catalog, example: dict[str, Any]) -> list[str]:
    """What this Python answers to an example's events, each with the state of the one before."""
    state, said = None, []
    for event in example["events"]:
        request = {
            "id": 1,
            "method": "event",
            "tool": example["tool"],
            "part": example["part"],
            "state": state,
            "event": event,
            "now": example["now"],
        }
        said.append(rpc.answer(lambda: catalog, json.dumps(request)))
        state = json.loads(said[-1]).get("state", state)
    return said


@dataclass(frozen=True)
class Inside:
    """What came of it in Pyodide."""

    answers: list[list[str]]
    tests: str
    passed: bool


@pytest.fixture(scope="module")
def content() -> str:
    catalog = load_content(ROOT / "content").catalog
    assert catalog, "the content has mistakes: make check"
    return to_json(for_tools(catalog))


@pytest.fixture(scope="module")
def inside(content: str, tmp_path_factory: pytest.TempPathFactory) -> Inside:
    folder = build_archive(content, ROOT / "build/cache", ROOT)
    described = manifest(folder)
    at = tmp_path_factory.mktemp("inside")
    job = {
        "archive": folder / str(described["id"]),
        "lock": described["lock"],
        "examples": examples(),
        "out": at / "answers.json",
        "stock": ROOT / "node_modules/pyodide/python_stdlib.zip",
        "folders": {"/libraries": ROOT / "build/py314", "/project": ROOT},
        "script": ROOT / "tests/node/run_pytest.py",
        "tests": logic_tests(),
    }
    (at / "job.json").write_text(json.dumps(job, default=str))
    command = [node(), "tests/node/inside.mjs", str(at / "job.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    printed = f"{done.stdout}{done.stderr}"
    assert (at / "answers.json").is_file(), printed
    return Inside(json.loads((at / "answers.json").read_text("utf-8")), printed, done.returncode == 0)


def test_every_example_gives_the_same_bytes_in_both_pythons(content: str, inside: Inside) -> None:
    catalog = from_json(content)

    for example, said in zip(examples(), inside.answers, strict=True):
        assert answers(catalog, example) == said, f"{example['name']} of {example['tool']}"


def test_the_logic_tests_pass_in_the_browsers_python(inside: Inside) -> None:
    assert {f"tests/test_{name}.py" for name in ("rpc", "selector", "goal", "dates", "files")} <= set(logic_tests())
    assert inside.passed, inside.tests
