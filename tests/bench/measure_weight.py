"""Bytes on the wire, as Brotli sends them: pages before a search, and what the first start of Python downloads."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from figures import Figure
from synthetic import ROOT, project
from web import browsing, serve

from pages import TYPES

SITE = ROOT / "site"
PACKED = {".woff2", ".png"}
TOPICS = ("basics", "support", "choosing", "leading", "impact")
SOME, MANY = 300, 1000


def weight_figures() -> list[Figure]:
    model, topic = heaviest(models()), heaviest(topics())
    here = before_search(SITE, model)
    there = before_search(project(MANY).site, model)
    html, stock = (wire(site / model / "index.html") for site in (project(SOME).site, project(SOME).stock_site))
    foreign, python = reading()
    downloads = sum(wire(path) for path in (SITE / "assets/py").rglob("*") if path.is_file()) / 1e6
    shipped = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
    as_shipped = sum(wire(ROOT / "node_modules/pyodide" / name) for name in shipped) / 1e6
    page, other = model.strip("/"), topic.strip("/")
    return [
        Figure("home, before any search", "KiB", before_search(SITE, ""), None, 80),
        Figure(f"heaviest model page ({page}), before any search", "KiB", here, None, 80),
        Figure(f"heaviest topic page ({other}), before any search", "KiB", before_search(SITE, topic), None, 80),
        Figure(f"{page}, among {MANY:,} models", "KiB", there, here, 1.02, f"KiB among {len(models())}"),
        Figure(f"{page}, HTML, {SOME} models", "KiB", html / 1024, stock / 1024, 1.1, "KiB stock Material"),
        Figure("requests to others, one page of each type", "", foreign, None, 0),
        Figure("Python, one page of each type", "bytes", python, None, 0),
        Figure("first start of Python", "MB", downloads, None, 4.6),
        Figure("first start of Python", "MB", downloads, as_shipped, 1.0, "MB as shipped"),
    ]


def models() -> list[str]:
    """Addresses of the model pages."""
    return [f"models/{path.stem}/" for path in sorted((ROOT / "content/models").iterdir())]


def topics() -> list[str]:
    """Addresses of the topic pages."""
    return [f"{part}/{path.stem}/" for part in TOPICS for path in sorted((ROOT / "content" / part).iterdir())]


def heaviest(addresses: Iterable[str]) -> str:
    """The address whose HTML is the heaviest on the wire, near enough."""
    return max(addresses, key=lambda address: len(gzip.compress((SITE / address / "index.html").read_bytes())))


def wire(path: Path) -> int:
    """Bytes of a file as a host with Brotli sends it."""
    data = path.read_bytes()
    return len(data) if path.suffix in PACKED else len(brotli.compress(data, quality=11))


def before_search(folder: Path, address: str) -> float:
    """KiB that a browser with nothing in its cache loads when it opens a page."""
    with serve(folder) as site, browsing() as browser:
        browser.new_page().goto(site.url + address, wait_until="networkidle")
        return sum(map(wire, site.files())) / 1024


def reading() -> tuple[int, int]:
    """Over a page of each type, before Python is started: requests to other hosts, and bytes of Python."""
    asked: set[str] = set()
    with serve(SITE) as site, browsing() as browser:
        for address in (a for a in TYPES.values() if a.count("/") < 2 or not a.startswith("tools/")):
            context = browser.new_context()
            context.on("request", lambda request: asked.add(request.url))
            context.new_page().goto(site.url + address, wait_until="networkidle")
            context.close()
        foreign = [url for url in asked if urlsplit(url).netloc not in ("", urlsplit(site.url).netloc)]
        return len(foreign), sum(wire(path) for path in site.files() if path.is_relative_to(SITE / "assets/py"))
