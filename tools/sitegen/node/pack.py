"""Runs inside Pyodide: finds what the tools import, and packs it with them as byte code.

`/source` holds our own packages (`packages/`, all of which goes in), libraries (`libraries/`, of which goes in what is
used) and `job.json`: modules to import, and examples to walk through so that what is imported late shows itself.
`/libraries` holds pyodide-build. The result is `/app.zip`, and `report` says what is in it.

Until `use_everything` is done nothing may be imported here that Python does not import by itself: it would seem used.
"""

from __future__ import annotations

import importlib
import json
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OURS = "/source/packages"
LIBRARIES = "/source/libraries"
STOCK = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"
ARCHIVE = "/app.zip"

MARGIN = (
    "_strptime", "bisect", "calendar", "datetime", "decimal", "hashlib", "heapq", "html", "random",
    "string.templatelib", "textwrap", "traceback", "unicodedata", "urllib.parse", "encodings.ascii", "encodings.cp437",
    "encodings.idna",
    "encodings.latin_1", "encodings.punycode", "encodings.raw_unicode_escape", "encodings.unicode_escape",
    "encodings.utf_16", "encodings.utf_8_sig", "jinja2.debug",
)  # fmt: skip
"""Modules that stay whether or not today's code imports them: small, and likely to be imported late."""


def use_everything(modules: list[str], examples: list[dict[str, object]]) -> None:
    """Import the modules, and answer every event of every example as the page would ask for it.

    Raises:
        RuntimeError: a module or an example fails; the message says which.
    """
    for name in modules:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            # `from package import name`: the name need not be a module, but its package must be there.
            if error.name != name or name.rpartition(".")[0] not in sys.modules:
                raise
    call = importlib.import_module("widgets.runtime.rpc").call
    for example in examples:
        state = None
        for event in example["events"]:  # type: ignore[attr-defined]
            request = {key: example[key] for key in ("tool", "part", "now")} | {"state": state, "event": event}
            answer = json.loads(call(json.dumps({"id": 1, "method": "event", **request})))
            state = answer.get("state", state)
            if answer.get("error", {}).get("code") not in (None, "bad-file"):
                raise RuntimeError(f"example {example['name']!r} of {example['tool']}: {answer['error']['message']}")


def used(root: str) -> set[str]:
    """Names of the source files below `root` (a folder or an archive on the path) that are imported by now."""
    specs = (getattr(module, "__spec__", None) for module in list(sys.modules.values()))
    origins = (spec.origin or "" for spec in specs if spec)
    return {at.removeprefix(f"{root}/") for at in origins if at.startswith(f"{root}/") and at.endswith(".py")}


def without_docstrings(source: bytes) -> bytes:
    """The same code on the same lines with its docstrings emptied: a sixth of all bytes, read by nobody in the page.

    A class keeps one of one letter, for `dataclass` would make up another at the cost of a slower start.
    """
    import ast

    lines = source.split(b"\n")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is None:
            continue
        text = node.body[0]
        first, last = text.lineno - 1, (text.end_lineno or text.lineno) - 1
        before, after = lines[first][: text.col_offset], lines[last][text.end_col_offset :]
        if after.lstrip().startswith(b";"):
            continue
        empty = b'"."' if isinstance(node, ast.ClassDef) else b'""'
        lines[first : last + 1] = [before + empty + (after if first == last else b""), *[b""] * (last - first)]
    return b"\n".join(lines)


def note_templates(noted: dict[str, bytes]) -> None:
    """From now on put every template that is compiled into `noted`: as Python, by the file name Jinja2 looks for."""
    import jinja2

    from widgets.runtime.env import COMPILED

    stock = jinja2.Environment.compile

    def compile(self: Any, source: Any, name: str | None = None, filename: str | None = None) -> Any:
        if name:
            file = f"widgets/{COMPILED}/{jinja2.ModuleLoader.get_module_filename(name)}"
            noted[file] = stock(self, source, name, filename, raw=True, defer_init=True).encode()
        return stock(self, source, name, filename)

    jinja2.Environment.compile = compile  # type: ignore[assignment,method-assign]


def pack(templates: dict[str, bytes], libraries: set[str], standard: set[str]) -> dict[str, object]:
    """Write the archive, byte code by pyodide-build's own step, on the interpreter that will read it."""
    import zipfile
    from pathlib import Path

    sys.path.insert(0, "/libraries")
    from pyodide_build._py_compile import _py_compile_archive  # type: ignore[import-not-found,unused-ignore]

    own = {str(path.relative_to(OURS)): path.read_bytes() for path in Path(OURS).rglob("*") if path.is_file()}
    files = own | templates | {name: Path(LIBRARIES, name).read_bytes() for name in libraries}
    with zipfile.ZipFile(STOCK) as stock:
        files |= {name: stock.read(name) for name in standard}
    with zipfile.ZipFile(ARCHIVE, "w") as archive:
        for name, content in sorted(files.items()):
            # Pyodide itself reads the docstrings of its own modules.
            short = name.endswith(".py") and not name.startswith(("_pyodide/", "pyodide/"))
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, without_docstrings(content) if short else content)
    _py_compile_archive(Path(ARCHIVE), keep=False, verbose=False, compression_level=0)
    return {"python": sys.version.split()[0], "standard": sorted(standard), "libraries": sorted(libraries)}


if __name__ == "__main__":
    with open("/source/job.json", encoding="utf-8") as file:  # noqa: PTH123
        job = json.load(file)
    sys.path[:0] = [OURS, LIBRARIES]
    templates: dict[str, bytes] = {}
    note_templates(templates)
    use_everything([*job["modules"], *MARGIN], job["examples"])
    report = json.dumps(pack(templates, used(LIBRARIES), used(STOCK)))
