"""Node for the build: the machine's own if it is new enough, else the one that PyPI carries.

Run as `python -m sitegen.node` it brings the packages of `package-lock.json`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (20, 0)
VENV = Path(sys.prefix) / "bin"


def node() -> str:
    """Path of a Node that is new enough.

    Raises:
        FileNotFoundError: there is none; `make` installs one.
    """
    for found in (shutil.which("node"), VENV / "node"):
        if found and Path(found).exists() and _new_enough(str(found)):
            return str(found)
    raise FileNotFoundError(f"Node {OLDEST[0]} or newer is missing: run `make setup`")


def _new_enough(command: str) -> bool:
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = said.strip().lstrip("v").split(".")[:2]
    return len(numbers) == 2 and all(n.isdigit() for n in numbers) and tuple(map(int, numbers)) >= OLDEST


def _npm() -> str:
    try:
        beside = Path(node()).parent / "npm"
        return str(beside) if beside.exists() else shutil.which("npm") or _from_pypi()
    except FileNotFoundError:
        return _from_pypi()


def _from_pypi() -> str:
    print("No Node here: bringing one from PyPI", flush=True)  # noqa: T201
    pip = [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", "requirements-node.txt"]
    subprocess.run(pip, check=True)
    return str(VENV / "npm")


def install() -> None:
    """Bring exactly the packages of `package-lock.json`."""
    npm = _npm()
    path = {"PATH": f"{Path(npm).parent}:{VENV}:/usr/local/bin:/usr/bin:/bin"}
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    subprocess.run(command, check=True, env=os.environ | path)


if __name__ == "__main__":
    install()
