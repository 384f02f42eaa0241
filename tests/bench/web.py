"""Serves a site as a good host does, with its own headers and with Brotli, and opens it in the tests' browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright
from synthetic import ROOT

from browsers import FLAGS, find_browser
from sitegen.build import policy
from sitegen.server import Handler, SiteServer

TEXT = ("text/", "application/json", "application/javascript", "application/wasm", "application/xml", "image/svg")


class BrotliHandler(Handler):
    server: BrotliServer

    def _file(self, path: str) -> None:
        self.server.asked.append(path.lstrip("/"))
        super()._file(path)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        if kind.startswith(TEXT) and "br" in self.headers.get("Accept-Encoding", ""):
            path = unquote(urlsplit(self.path).path)
            if path not in self.server.packed:
                self.server.packed[path] = brotli.compress(body, quality=9)
            body, more = self.server.packed[path], {**(more or {}), "Content-Encoding": "br"}
        super()._send(status, kind, body, more)


class BrotliServer(SiteServer):
    """A `SiteServer` that compresses each text once, and knows what it was asked for."""

    def __init__(self, folder: Path, csp: str) -> None:
        self.asked: list[str] = []
        """Paths in the order they were asked for."""
        self.packed: dict[str, bytes] = {}
        super().__init__(folder, csp=csp)
        self.RequestHandlerClass = BrotliHandler

    def files(self) -> set[Path]:
        """The files that were asked for."""
        paths = (path + "index.html" if path.endswith("/") or not path else path for path in self.asked)
        return {self.folder / path for path in paths if (self.folder / path).is_file()}


@contextmanager
def serve(folder: Path, *, ours: bool = True) -> Iterator[BrotliServer]:
    """A server for a site; one of ours gets its policy, which would stop stock Material."""
    server = BrotliServer(folder, policy(ROOT) if ours else "")
    server.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """The browser that the tests use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield browser
        browser.close()
