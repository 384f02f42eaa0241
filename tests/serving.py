"""Serves the built site with one thing broken: how the tests see what a reader sees when something is missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sitegen.build import policy
from sitegen.server import Handler, SiteServer

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site"

Fault = Literal["missing", "wrong type", "damaged", "never"]
"""Not found; sent as `application/octet-stream`; other bytes; an answer that does not come while the server runs."""


class FaultyHandler(Handler):
    server: FaultyServer

    def _file(self, path: str) -> None:
        fault = self.server.fault(path)
        if fault == "missing":
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not found")
        elif fault == "damaged":
            self._send(HTTPStatus.OK, "application/wasm", b"not what was asked for")
        elif fault == "never":
            self.server.stopped.wait()
        else:
            super()._file(path)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        if self.server.fault(urlsplit(self.path).path) == "wrong type":
            kind = "application/octet-stream"
        super()._send(status, kind, body, more)


class FaultyServer(SiteServer):
    """A `SiteServer` with faults: end of a path -> what is wrong with it. Faults may change while it runs."""

    def __init__(self, folder: Path, faults: Mapping[str, Fault], csp: str) -> None:
        self.faults = dict(faults)
        self.stopped = threading.Event()
        super().__init__(folder, csp=csp)
        self.RequestHandlerClass = FaultyHandler

    def fault(self, path: str) -> Fault | None:
        return next((fault for end, fault in self.faults.items() if path.endswith(end)), None)


@contextmanager
def serve_site(
    faults: Mapping[str, Fault] | None = None, *, csp: str | None = None, folder: Path | None = None
) -> Iterator[FaultyServer]:
    """A server for the site, `.url` its address.

    Args:
        faults: end of a path, such as `app.zip` -> what is wrong with it.
        csp: the policy, if not the site's own.
        folder: another site.
    """
    server = FaultyServer(folder or SITE, faults or {}, policy(ROOT) if csp is None else csp)
    server.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
