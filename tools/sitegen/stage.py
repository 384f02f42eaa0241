"""Write what the build makes beside what people wrote, and touch nothing that has not changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Artifact:
    """One file of the staged site.

    `path` is relative to the staged folder, with forward slashes; `source` is what a person would edit to change it.
    """

    path: str
    content: bytes
    source: str


@dataclass(frozen=True)
class Staged:
    written: tuple[str, ...]
    removed: tuple[str, ...]


def stage(artifacts: Iterable[Artifact], folder: Path, keep: tuple[str, ...] = ()) -> Staged:
    """Make `folder` hold exactly `artifacts`.

    A file that already has the right bytes is not touched, so that a watcher sees only real changes; a file that no
    artifact explains is removed.

    Args:
        keep: path prefixes that another step owns, such as `assets/py/`.

    Raises:
        ValueError: two artifacts claim one path.
    """
    sources: dict[str, str] = {}
    written = []
    for artifact in artifacts:  # one at a time: a thousand pages need not be in memory together
        if artifact.path in sources:
            raise ValueError(f"{artifact.path} is made from both {sources[artifact.path]} and {artifact.source}")
        sources[artifact.path] = artifact.source
        if write_if_changed(folder / artifact.path, artifact.content):
            written.append(artifact.path)
    return Staged(tuple(sorted(written)), tuple(_remove_stale(folder, set(sources), keep)))


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write `content` to `path` unless it is there already; says whether it wrote."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def mirror(source: Path, target: Path) -> Staged:
    """Make `target` equal to `source`, file by file, touching only what differs."""
    files = (path for path in source.rglob("*") if path.is_file())
    return stage(
        (Artifact(path.relative_to(source).as_posix(), path.read_bytes(), str(path)) for path in files), target
    )


def _remove_stale(folder: Path, wanted: set[str], keep: tuple[str, ...]) -> list[str]:
    removed = []
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                shutil.rmtree(path)
        elif name not in wanted and not name.startswith(keep or ("\0",)):
            path.unlink()
            removed.append(name)
    return removed
