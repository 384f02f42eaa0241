"""Find a browser for the tests: an installed one, else Playwright's, else Debian's package when we may install it.

Run as a script it says which one it found, or what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_browser() -> str | None:
    """Path of a Chromium or Chrome; `CHROME_PATH` wins."""
    named = [os.environ.get("CHROME_PATH", ""), *(shutil.which(name) or "" for name in NAMES), *ELSEWHERE]
    return next((path for path in named if path and Path(path).exists()), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> int:
    found = find_browser()
    if not found and _debian():
        sys.stdout.write("No browser here: installing Debian's Chromium\n")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)
        found = find_browser()
    if not found:
        sys.stdout.write("The tests need a browser: install Chromium or Google Chrome, or name one in CHROME_PATH.\n")
        return 1
    sys.stdout.write(f"Browser for the tests: {found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
