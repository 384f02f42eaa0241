"""What the reader's browser loads to run Python: the interpreter's files and one archive of byte code.

The archive holds the part of the standard library that the tools use, `coaching`, `widgets` with their templates,
Jinja2 and what else they import, and the catalog. It is compiled by the interpreter that will read it: Pyodide, under
Node. Readers download the folder once per version: it is named by its contents, and `py-manifest.json` beside it says
the name.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sitegen.node import node

Say = Callable[[str], None]

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARIES = ("jinja2", "markupsafe", "attr", "attrs", "cattr", "cattrs", "typing_extensions.py", "segno")
"""What may go in from PyPI, as far as the tools import it."""
PARTS = {"segno": ("consts.py", "encoder.py", "utils.py")}
"""Of these packages only these files, and an `__init__` that imports nothing: segno's own brings what writes its files,
and with it half of the standard library's network."""
WANTED = "requirements-browser.txt"
CATALOG = "widgets/runtime/catalog.json"
EPOCH = 315532800
"""1 January 1980, the first day a zip can name. Every build has it: the same contents make the same archive."""


class ArchiveFailed(Exception):
    """The archive could not be packed; the message is what Node or Python said."""


def build_archive(catalog_json: str, cache: Path, root: Path, say: Say = lambda _: None) -> Path:
    """The folder to be served as `assets/py/`.

    Args:
        catalog_json: the catalog as the tools read it.
        cache: folder for what is slow to make; kept by the hash of what it is made from.
        root: the project's folder, with `node_modules` installed.
        say: told what happens, a line at a time.

    Returns:
        A folder with `py-manifest.json` and, named by its `id`, the folder of the files. It belongs to the cache.

    Raises:
        ArchiveFailed: a module is missing, an example does not run, or Node said no.
    """
    packed = _packed(catalog_json, cache, root, say)
    key = _hash([packed.name.encode(), catalog_json.encode()])
    folder = cache / f"python-{key}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as making:
            made = Path(making) / "py"
            _assemble(packed, catalog_json, root / "node_modules/pyodide", made)
            _move(made, folder)
        _forget_others(cache, folder)
    return folder


def manifest(folder: Path) -> dict[str, object]:
    """What `py-manifest.json` in a folder of `build_archive` says."""
    read: dict[str, object] = json.loads((folder / "py-manifest.json").read_text("utf-8"))
    return read


# ---- packing: slow, and only when code changes


def _packed(catalog_json: str, cache: Path, root: Path, say: Say) -> Path:
    """A folder with `app.zip` (without the catalog) and `report.json`."""
    tools, pyodide = root / "tools", root / "node_modules/pyodide"
    inputs = [*_sources(tools), *_examples(tools), tools / "sitegen/archive.py"]
    inputs += [*sorted((tools / "sitegen/node").glob("*.*")), pyodide / "package.json", root / WANTED]
    key = _hash([str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() for path in inputs])
    folder = cache / f"packed-{key}"
    if folder.is_dir():
        return folder
    say("Compiling Python for the browser")
    libraries = _libraries(root, say)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as making:
        source, out = Path(making) / "source", Path(making) / "packed"
        _lay_out(source, tools, libraries, catalog_json)
        out.mkdir()
        job = {"pyodide": pyodide, "source": source, "libraries": libraries, "out": out, "epoch": EPOCH}
        job["pack"] = tools / "sitegen/node/pack.py"
        (Path(making) / "job.json").write_text(json.dumps(job, default=str))
        _run([node(), str(tools / "sitegen/node/archive.mjs"), str(Path(making) / "job.json")])
        _move(out, folder)
    _forget_others(cache, folder)
    return folder


def _sources(tools: Path) -> Iterator[Path]:
    """The files of `coaching` and `widgets` that readers get: code and templates."""
    for package in ("coaching", "widgets"):
        for path in sorted((tools / package).rglob("*")):
            if path.suffix in (".py", ".jinja") and "__pycache__" not in path.parts:
                yield path


def _examples(tools: Path) -> list[Path]:
    return sorted((tools / "widgets").glob("*/examples.yml"))


def _libraries(root: Path, say: Say) -> Path:
    """Folder of the packages of `WANTED`, for the browser's Python, whatever Python runs this."""
    wanted = root / WANTED
    folder = root / "build/py314"
    mark = folder / "installed.txt"
    if not mark.is_file() or mark.read_bytes() != wanted.read_bytes():
        say("Bringing the Python packages for the browser")
        shutil.rmtree(folder, ignore_errors=True)
        # pip holds a package's Python against the one that runs pip, not the one it installs for.
        _run([
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder),
            "--python-version", "3.14", "--ignore-requires-python", "--only-binary=:all:", "--no-deps", "--no-compile",
            "--require-hashes", "-r", str(wanted),
        ])  # fmt: skip
        shutil.copyfile(wanted, mark)
    return folder


def _lay_out(source: Path, tools: Path, libraries: Path, catalog_json: str) -> None:
    """What `pack.py` finds at `/source`."""
    for path in _sources(tools):
        target = source / "packages" / path.relative_to(tools)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (source / "packages" / CATALOG).write_text(catalog_json, "utf-8")
    for name in LIBRARIES:
        found = libraries / name
        target = source / "libraries" / name
        if name in PARTS:
            target.mkdir(parents=True)
            (target / "__init__.py").touch()
            for part in PARTS[name]:
                shutil.copyfile(found / part, target / part)
        elif found.is_dir():
            # Compiled parts are for another machine; MarkupSafe has the same in Python.
            shutil.copytree(found, target, ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, target)
    job = {"modules": list(modules(tools)), "examples": exercise(tools)}
    (source / "job.json").write_text(json.dumps(job), "utf-8")


def modules(tools: Path) -> Iterator[str]:
    """Every module of ours, each followed by all that it imports anywhere, also inside functions."""
    for path in _sources(tools):
        if path.suffix == ".py":
            name = ".".join(path.relative_to(tools).with_suffix("").parts).removesuffix(".__init__")
            yield name
            yield from _imports(ast.parse(path.read_text("utf-8")))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node_ in ast.iter_child_nodes(tree):
        if isinstance(node_, ast.If) and ast.unparse(node_.test).endswith("TYPE_CHECKING"):
            for other in node_.orelse:
                yield from _imports(other)
        elif isinstance(node_, ast.Import):
            yield from (name.name for name in node_.names)
        elif isinstance(node_, ast.ImportFrom) and node_.module and node_.module != "__future__":
            yield node_.module
            # What is imported from a package may be a module of it.
            yield from (f"{node_.module}.{name.name}" for name in node_.names if name.name != "*")
        else:
            yield from _imports(node_)


def exercise(tools: Path) -> list[dict[str, Any]]:
    """Every example of every tool: its `tool` and the `part` that draws it, its `name`, local time `now`, and the
    `events` that lead to it."""
    blank = {"type": "input", "form": []}  # the form as it stands in the page
    return [
        {"tool": path.parent.name, "part": "", **example, "events": [blank, *example["events"]]}
        for path in _examples(tools)
        for example in yaml.safe_load(path.read_text("utf-8"))
    ]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".strip()
        raise ArchiveFailed(f"{Path(command[0]).name} {Path(command[1]).name} failed: {said[-4000:]}")


# ---- assembling: quick, and with every change of the content


def _assemble(packed: Path, catalog_json: str, pyodide: Path, out: Path) -> None:
    files = {name: (pyodide / name).read_bytes() for name in RUNTIME}
    # The map it names is not served, and a browser's tools would ask for it.
    files["pyodide.mjs"] = files["pyodide.mjs"].split(b"\n//# sourceMappingURL=")[0] + b"\n"
    files["app.zip"] = _with_catalog((packed / "app.zip"), catalog_json)
    id_ = _hash([name.encode() + b"\0" + content for name, content in sorted(files.items())])
    (out / id_).mkdir(parents=True)
    for name, content in files.items():
        (out / id_ / name).write_bytes(content)
    report = json.loads((packed / "report.json").read_text("utf-8"))
    lock = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))["info"]
    described = {
        "id": id_,
        "python": report["python"],
        "files": {name: len(content) for name, content in files.items()},
        "gzip": sum(len(gzip.compress(content, 6, mtime=0)) for content in files.values()),
        "lock": lock,
    }
    (out / "py-manifest.json").write_text(json.dumps(described, indent=1) + "\n", "utf-8")


def _with_catalog(packed: Path, catalog_json: str) -> bytes:
    """The archive with the catalog in it; stored, not deflated: the host compresses it better as a whole."""
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()} | {CATALOG: catalog_json.encode()}
    with tempfile.SpooledTemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(files):
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
        out.seek(0)
        return out.read()


def _hash(parts: list[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:16]


def _move(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        # Another build made the same at the same time: it is the same.
        if not folder.is_dir():
            raise


def _forget_others(cache: Path, keep: Path) -> None:
    """Old versions of one kind: the last few stay, so that going back and forth costs nothing."""
    kind = keep.name.split("-")[0]
    old = sorted((path for path in cache.glob(f"{kind}-*") if path != keep), key=lambda path: path.stat().st_mtime)
    for path in old[:-3]:
        shutil.rmtree(path)
