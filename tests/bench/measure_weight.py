"""Bytes on the wire, as Brotli sends them: pages before a search, and what the first start of Python downloads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import brotli
from figures import Figure
from playwright.sync_api import sync_playwright

from browsers import FLAGS, find_browser
from sitegen.server import SiteServer

ROOT = Path(__file__).parent.parent.parent
PAGES = {"home": "", "a model page": "models/technical/", "a topic page": "support/novice-teachers/"}
PACKED = {".woff2", ".png"}


def wire(path: Path) -> int:
    """Bytes of a file as a host with Brotli sends it."""
    data = path.read_bytes()
    return len(data) if path.suffix in PACKED else len(brotli.compress(data, quality=11))


def loaded(address: str) -> set[str]:
    """Paths below the site that a browser asks for when it opens `address`."""
    site = SiteServer(ROOT / "site").start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        page = browser.new_page()
        paths: set[str] = set()
        page.on("request", lambda request: paths.add(urlsplit(request.url).path.lstrip("/")))
        page.goto(site.url + address)
        page.wait_for_load_state("networkidle")
        browser.close()
    site.shutdown()
    return paths


def weight_figures() -> list[Figure]:
    figures = []
    for what, address in {
        "home": "",
        "a model page": "models/technical/",
        "a topic page": "support/novice-teachers/",
    }.items():
        files = [ROOT / "site" / (p + "index.html" if p.endswith("/") or not p else p) for p in loaded(address)]
        figures.append(Figure(f"{what}, before any search", "KiB", sum(map(wire, files)) / 1024, None, 80))
    folder = next(p for p in (ROOT / "site/assets/py").iterdir() if p.is_dir())
    python = [p for p in (ROOT / "site/assets/py").rglob("*") if p.is_file()]
    assert folder.is_dir()
    stock = ROOT / "node_modules/pyodide"
    shipped = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
    ours = sum(map(wire, python)) / 1e6
    figures.append(Figure("first start of Python", "MB", ours, None, 4.6))
    figures.append(
        Figure("first start of Python", "MB", ours, sum(wire(stock / n) for n in shipped) / 1e6, 1.0, "MB as shipped")
    )
    return figures
