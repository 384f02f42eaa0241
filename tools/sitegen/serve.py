"""Write, see, repeat: build the site, serve it, and build it again after each change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from watchfiles import DefaultFilter, watch

from sitegen.build import Folders, fingerprint, policy
from sitegen.server import Bell, SiteServer

WATCHED = ("content", "docs", "overrides", "tools", "mkdocs.yml")


class PortTaken(Exception):
    """Something else listens on the port that was asked for."""


def serve(folders: Folders, port: int) -> None:
    """Serve the site on `port` until interrupted, rebuilding it after each change to what people write.

    The build runs in a process of its own, so that a change to our Python counts too. When it finds a mistake, the
    message goes to the terminal and onto every open page, and the last good site stays up.

    Raises:
        PortTaken: the port is in use.
    """
    bell = Bell()
    try:
        site = SiteServer(folders.out, port, policy(folders.root), bell)
    except OSError as error:
        raise PortTaken(f"Port {port} is taken. Try another one: make serve PORT={port + 1}") from error
    message = _build(folders)
    if message and not folders.out.is_dir():
        folders.out.mkdir(parents=True)
    bell.problems(message)
    paths = [folders.root / name for name in WATCHED if (folders.root / name).exists()]
    # Before anybody is told that the site is there: what they change at once must find the watch set.
    before = fingerprint(folders.out)
    site.start()
    print(f"\nThe guide is at {site.url} (Ctrl+C stops it)", flush=True)  # noqa: T201
    for _ in watch(*paths, watch_filter=DefaultFilter(), debounce=300, raise_interrupt=False):
        message = _build(folders)
        after = fingerprint(folders.out)
        if message:
            bell.problems(message)
        elif after != before:
            bell.reload()
        else:
            bell.problems("")
        before = after


def _build(folders: Folders) -> str:
    """Build in a fresh process; what it said if it failed, else nothing."""
    command = [sys.executable, "-m", "sitegen.cli", "build", "--root", str(folders.root)]
    done = subprocess.run(command, stdout=sys.stdout, stderr=subprocess.PIPE, text=True, check=False)
    if done.stderr:
        sys.stderr.write(done.stderr)
        sys.stderr.flush()
    return done.stderr.strip() if done.returncode else ""


def root_of(path: Path) -> Path:
    """The project's folder: the nearest one above `path` with a `mkdocs.yml`."""
    return next((folder for folder in (path, *path.parents) if (folder / "mkdocs.yml").is_file()), path)
