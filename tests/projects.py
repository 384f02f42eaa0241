"""A copy of the project that a test or a benchmark may change, with the slow parts of the build already made."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent


def copy_project(folder: Path) -> Path:
    """Copy into `folder` what a build reads, and what is slow to make: cards, fonts, packed Python; no page."""
    for name in ("content", "docs", "overrides", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("mkdocs.yml", "requirements-browser.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(ROOT / "build/cache", folder / "build/cache", ignore=shutil.ignore_patterns("kept"))
    return folder
