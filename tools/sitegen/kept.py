"""What an earlier build found out, kept under the hash of all it depends on: losing it costs time and nothing else."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

TOOLS = Path(__file__).parent.parent
PACKAGES = ("coaching", "sitegen", "widgets")
LIBRARIES = (
    "jinja2",
    "markupsafe",
    "pydantic",
    "pyyaml",
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "pymdown-extensions",
)
"""What takes part in making pages and is not ours."""


class Kept:
    """A folder of results, each under a key made from what it depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """What was kept under `key`; None if nothing was."""
        self._used.add(key)
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        self._used.add(key)
        self._folder.mkdir(parents=True, exist_ok=True)
        making = self._folder / f"{key}.new"
        making.write_bytes(content)
        making.replace(self._folder / key)

    def forget_others(self) -> None:
        """Drop what this build had no use for."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in self._used:
                path.unlink()


def key(*parts: str) -> str:
    """The name of what depends on `parts`, on our own code and on the libraries it runs on."""
    total = hashlib.sha256(code().encode())
    for part in parts:
        total.update(f"{len(part)}:{part}".encode(errors="backslashreplace"))
    return total.hexdigest()[:32]


@cache
def code() -> str:
    """A hash of our code with its templates, and of the versions of Python and the libraries."""
    total = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        total.update(f"{name} {metadata.version(name)}\n".encode())
    for package in PACKAGES:
        for path in sorted((TOOLS / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.relative_to(TOOLS).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
