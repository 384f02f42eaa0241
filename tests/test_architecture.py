"""The drawing of the house, held against the code: imports run one way."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

TOOLS = Path(__file__).parent.parent / "tools"

IN_THE_ARCHIVE = {"jinja2", "markupsafe", "cattrs", "segno", "_typeshed"}
"""What `widgets` may lean on besides the standard library. The archive carries it; `_typeshed` is for type checks."""
GENERATORS = {"mkdocs", "material", "zensical", "properdocs"}


def imported(package: str) -> dict[str, set[str]]:
    """Top-level names that each file of `package` imports, at any depth."""
    found: dict[str, set[str]] = {}
    for path in sorted((TOOLS / package).rglob("*.py")):
        names = found[path.relative_to(TOOLS).as_posix()] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add((node.module or "").split(".")[0])
    return found


def test_coaching_imports_the_standard_library_alone() -> None:
    allowed = {"coaching", *sys.stdlib_module_names}

    assert {} == {file: names - allowed for file, names in imported("coaching").items() if names - allowed}


def test_widgets_import_coaching_and_what_goes_into_the_archive() -> None:
    allowed = {"widgets", "coaching", *IN_THE_ARCHIVE, *sys.stdlib_module_names}

    assert {} == {file: names - allowed for file, names in imported("widgets").items() if names - allowed}


def test_sitegen_imports_no_site_generator() -> None:
    assert {} == {file: names & GENERATORS for file, names in imported("sitegen").items() if names & GENERATORS}


def test_each_tool_has_one_stem() -> None:
    root = TOOLS.parent
    tools = {"selector": "content/selector.yml", "team": "content/selector.yml", "goal": "content/worksheets/goal.yml"}
    for tool, content in tools.items():
        for path in (content, f"tools/coaching/{tool}.py", f"tools/widgets/{tool}/view.py", f"tests/test_{tool}.py"):
            assert (root / path).is_file(), path
