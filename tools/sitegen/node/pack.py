"""Runs inside Pyodide: finds what the tools import, and packs it with them as byte code.

`/source` holds what always goes in (`packages/`: our own), what goes in as far as it is used (`libraries/`), and
`exercise.json`: the events of every example of every tool, so that lazy imports show themselves.
`/libraries` holds pyodide-build. The result is `/app.zip` and `report`.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import pkgutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

OURS = Path("/source/packages")
LIBRARIES = Path("/source/libraries")
STOCK = Path(f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip")
ARCHIVE = Path("/app.zip")

NOW = "2027-01-18T10:42"

MARGIN = (
    "_strptime", "calendar", "decimal", "fractions", "numbers", "statistics", "bisect", "heapq", "random", "secrets",
    "hashlib", "hmac", "csv", "difflib", "pprint", "textwrap", "string.templatelib", "unicodedata", "uuid", "graphlib",
    "queue", "traceback", "_colorize", "html", "html.entities", "urllib.parse", "datetime", "zoneinfo",
    "encodings.ascii", "encodings.latin_1", "encodings.cp437", "encodings.idna", "encodings.punycode",
    "encodings.utf_16", "encodings.utf_8_sig", "encodings.raw_unicode_escape", "encodings.unicode_escape", "stringprep", "jinja2.debug",
)  # fmt: skip
"""Modules that stay whether or not today's code imports them: small, and likely to be imported late."""


def modules_of(package: str) -> Iterator[str]:
    """The package and every module below it, by name."""
    yield package
    folder = [str(OURS / package.replace(".", "/"))]
    for found in pkgutil.walk_packages(folder, f"{package}."):
        yield found.name


def imports_in(source: str, module: str) -> Iterator[str]:
    """Every module that `source` imports anywhere, also inside functions, but not for type checkers only."""
    package = module.rpartition(".")[0]
    for node in walk_running(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package or None)
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def walk_running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under `if TYPE_CHECKING:`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from walk_running(node)


def use_everything() -> None:
    """Imports all our modules and what they import late, and answers every request of the exercise."""
    for package in sorted(child.name for child in OURS.iterdir()):
        for module in modules_of(package):
            importlib.import_module(module)
            path = Path(sys.modules[module].__file__ or "")
            for name in imports_in(path.read_text("utf-8"), module):
                try:
                    importlib.import_module(name)
                except ModuleNotFoundError as error:
                    # `from package import name`: the name need not be a module, but its package must be.
                    parent = name.rpartition(".")[0]
                    if parent not in sys.modules or error.name != name:
                        raise
    from widgets.runtime import rpc

    for example in json.loads(Path("/source/exercise.json").read_text("utf-8")):
        state = None
        for event in example["events"]:
            request = {"id": 1, "method": "event", "tool": example["tool"], "state": state, "event": event, "now": NOW}
            answer = json.loads(rpc.call(json.dumps(request)))
            state = answer.get("state", state)
            if answer.get("error", {}).get("code") not in (None, "bad-file"):
                raise RuntimeError(f"example {example['name']!r} of {example['tool']}: {answer['error']['message']}")


def used(root: Path) -> Iterator[str]:
    """Names of the source files below `root` (a folder or an archive on the path) that are imported by now."""
    for module in list(sys.modules.values()):
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        if origin.startswith(f"{root}/") and origin.endswith(".py"):
            yield origin.removeprefix(f"{root}/")


def write(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(ARCHIVE, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])


def compile_archive() -> None:
    """Byte code by pyodide-build's own step, on the interpreter that will read it."""
    sys.path.insert(0, "/libraries")
    from pyodide_build._py_compile import _py_compile_archive  # type: ignore[import-not-found,unused-ignore]

    _py_compile_archive(ARCHIVE, keep=False, verbose=False, compression_level=0)


def main() -> str:
    sys.path[:0] = [str(OURS), str(LIBRARIES)]
    use_everything()
    for name in MARGIN:
        importlib.import_module(name)
    ours = {str(path.relative_to(OURS)): path.read_bytes() for path in OURS.rglob("*") if path.is_file()}
    libraries = {name: (LIBRARIES / name).read_bytes() for name in used(LIBRARIES)}
    with zipfile.ZipFile(STOCK) as stock:
        standard = {name: stock.read(name) for name in used(STOCK)}
    write(standard | libraries | ours)
    compile_archive()
    return json.dumps(
        {"python": sys.version.split()[0], "standard": len(standard), "libraries": sorted(libraries), "ours": len(ours)}
    )


if __name__ == "__main__":
    report = main()
