"""A small web server for the built site: the headers that the real host will send, and live reload while writing."""

from __future__ import annotations

import http.server
import json
import mimetypes
import queue
import re
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".woff2": "font/woff2"}
PERMISSIONS = "camera=(self), geolocation=(), microphone=()"
"""What pages may ask the reader for, the same for all: instant navigation keeps what the first page was allowed."""

RELOAD = """\
const events = new EventSource("/__dev/events");
const box = document.createElement("pre");
box.id = "fg-dev-problems";
box.setAttribute("role", "alert");
const sheet = new CSSStyleSheet();
sheet.replaceSync("#fg-dev-problems{position:fixed;inset:auto 0 0 0;z-index:99;max-height:60vh;overflow:auto;" +
  "margin:0;padding:1rem;background:#1a2621;color:#fdfcf7;font:1rem/1.5 monospace;white-space:pre-wrap;" +
  "border-top:4px double #fdfcf7}");
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
events.addEventListener("reload", () => location.reload());
events.addEventListener("problems", ({ data }) => {
  const { text } = JSON.parse(data);
  box.textContent = text;
  if (text) document.body.append(box); else box.remove();
});
"""
"""Only `serve` sends this: it reloads the page after a build, and shows what is wrong when there is none."""


class Bell:
    """Tells every open page what happened."""

    def __init__(self) -> None:
        self._pages: list[queue.Queue[tuple[str, str]]] = []
        self._lock = threading.Lock()
        self._problems = ""

    def listen(self) -> queue.Queue[tuple[str, str]]:
        mine: queue.Queue[tuple[str, str]] = queue.Queue()
        with self._lock:
            self._pages.append(mine)
            mine.put(("problems", json.dumps({"text": self._problems})))
        return mine

    def forget(self, page: queue.Queue[tuple[str, str]]) -> None:
        with self._lock:
            self._pages.remove(page)

    def reload(self) -> None:
        self._problems = ""
        self._ring("reload", "{}")

    def problems(self, text: str) -> None:
        """Show `text` on every open page, or take it away when it is empty."""
        self._problems = text
        self._ring("problems", json.dumps({"text": text}))

    def _ring(self, event: str, data: str) -> None:
        with self._lock:
            for page in self._pages:
                page.put((event, data))


class Handler(http.server.BaseHTTPRequestHandler):
    """Files of one folder, with the headers of `SiteServer`."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if self.server.bell and path == "/__dev/events":
            return self._events(self.server.bell)
        if self.server.bell and path == "/__dev/reload.js":
            return self._send(HTTPStatus.OK, "text/javascript", RELOAD.encode())
        return self._file(path)

    do_HEAD = do_GET

    def _file(self, path: str) -> None:
        folder = self.server.folder.resolve()
        target = (folder / path.lstrip("/")).resolve()
        if not target.is_relative_to(folder):
            return self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not found")
        if target.is_dir():
            if not path.endswith("/"):
                return self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", {"Location": path + "/"})
            target /= "index.html"
        if not target.is_file():
            missing = folder / "404.html"
            body = missing.read_bytes() if missing.is_file() else b"not found"
            return self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", body)
        kind = TYPES.get(target.suffix) or mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind == "application/json":
            kind += "; charset=utf-8"
        body = target.read_bytes()
        if target.name == "sitemap.xml":
            # Instant navigation follows only what the sitemap lists, and the file names the address of the real host.
            body = re.sub(rb"<loc>https?://[^/<]+/", b"<loc>" + self.server.url.encode(), body)
        if self.server.bell and target.suffix == ".html":
            body = body.replace(b"</body>", b'<script src="/__dev/reload.js" type="module"></script></body>')
        return self._send(HTTPStatus.OK, kind, body)

    def _send(self, status: HTTPStatus, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **self.server.headers, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self, bell: Bell) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        mine = bell.listen()
        try:
            while True:
                try:
                    event, data = mine.get(timeout=15)
                except queue.Empty:
                    event, data = "still", "{}"
                self.wfile.write(f"event: {event}\ndata: {data}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass
        finally:
            bell.forget(mine)

    def log_message(self, *_: object) -> None:
        """Quiet: the terminal belongs to the build."""


class SiteServer(http.server.ThreadingHTTPServer):
    """Serves `folder` on 127.0.0.1.

    Args:
        port: 0 for any free one.
        csp: the policy that every answer carries.
        bell: given while writing: pages then reload themselves.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128  # a page asks for many files at once, and a full queue refuses some

    def __init__(self, folder: Path, port: int = 0, csp: str = "", bell: Bell | None = None) -> None:
        self.folder, self.bell = folder, bell
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": PERMISSIONS,
            "Cache-Control": "no-cache",
        }
        if csp:
            self.headers["Content-Security-Policy"] = f"{csp}; frame-ancestors 'none'"
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, *_: object) -> None:
        """A reader who closes the page early is no error."""

    def start(self) -> SiteServer:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self
