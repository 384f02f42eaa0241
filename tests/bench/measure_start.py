"""From "start Python" to the first answer in a real browser: our archive against the npm package as it is shipped.

Both run in a module worker, both are served with Brotli by one server from this machine, in turn, each time in a new
browser profile (cold) and then once more in the same one (warm).
"""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import threading
import zipfile
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import brotli
from figures import Figure
from playwright.sync_api import sync_playwright

from browsers import FLAGS, find_browser

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 5
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html"}

EVENT = {"type": "input", "form": [["E", "E1"]]}
REQUEST = json.dumps(
    {"id": 1, "tool": "selector", "method": "event", "state": None, "event": EVENT, "now": "2027-01-18T10:42"}
)

STOCK = """\
import { loadPyodide } from "/stock/pyodide.mjs";
const py = await loadPyodide({ indexURL: "/stock/" });
py.unpackArchive(await (await fetch("/app.zip")).arrayBuffer(), "zip", { extractDir: "/app" });
py.runPython("import sys; sys.path.insert(0, '/app')");
self.postMessage(py.pyimport("widgets.runtime.rpc").call(REQUEST));
"""

OURS = """\
const id = (await (await fetch("/site/assets/py/py-manifest.json")).json()).id;
const base = `/site/assets/py/${id}/`;
const { loadPyodide } = await import(base + "pyodide.mjs");
const py = await loadPyodide({ indexURL: base, stdLibURL: base + "app.zip", packageBaseUrl: base,
  lockFileContents: { info: INFO, packages: {} } });
self.postMessage(py.pyimport("widgets.runtime.rpc").call(REQUEST));
"""

PAGE = "<!doctype html><title>start</title>"
RUN = """name => new Promise((done, failed) => {
  const start = performance.now();
  const worker = new Worker(`/${name}.js`, { type: "module" });
  worker.onmessage = ({ data }) => {
    const ms = performance.now() - start;
    if (JSON.parse(data).html) done(ms); else failed(new Error(data.slice(0, 300)));
  };
  worker.onerror = (event) => failed(new Error(event.message));
})"""


def sources() -> bytes:
    """Our packages and what they import, as the plain `.py` files that the stock way would unpack."""
    import jinja2
    import markupsafe

    from coaching.catalog import for_tools, to_json
    from sitegen.load import load_content

    out = io.BytesIO()
    catalog = load_content(ROOT / "content").catalog
    assert catalog
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for base, name in ((ROOT / "tools", "coaching"), (ROOT / "tools", "widgets")):
            for path in sorted((base / name).rglob("*")):
                if path.suffix in (".py", ".jinja"):
                    packed.write(path, path.relative_to(base))
        for package in (jinja2, markupsafe):
            folder = Path(package.__path__[0])
            for path in sorted(folder.glob("*.py")):
                packed.write(path, path.relative_to(folder.parent))
        packed.writestr(catalog_path(), to_json(for_tools(catalog)))
    return out.getvalue()


def catalog_path() -> str:
    """Where the archive keeps the catalog."""
    folder = next(p for p in (ROOT / "site/assets/py").iterdir() if p.is_dir())
    with zipfile.ZipFile(folder / "app.zip") as packed:
        return next(name for name in packed.namelist() if name.endswith("catalog.json"))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    made: dict[str, bytes] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path in self.made:
            data = self.made[path]
        else:
            file = (
                ROOT / "node_modules/pyodide" / path.removeprefix("/stock/")
                if path.startswith("/stock/")
                else ROOT / path.lstrip("/")
            )
            data = file.read_bytes() if file.is_file() else b""
        packed = squeezed(data)
        self.send_response(200 if data else 404)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix or ".html", "application/octet-stream"))
        self.send_header("Content-Encoding", "br")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        pass


def squeezed(data: bytes) -> bytes:
    """`data` as Brotli sends it; kept, because the wasm takes half a minute."""
    kept = ROOT / "build/cache" / f"br-{hashlib.sha256(data).hexdigest()[:16]}"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(brotli.compress(data, quality=11))
    return kept.read_bytes()


def start_figures() -> list[Figure]:
    info = json.loads((ROOT / "node_modules/pyodide/pyodide-lock.json").read_text("utf-8"))["info"]
    Handler.made = {
        "/": PAGE.encode(),
        "/stock.js": STOCK.replace("REQUEST", json.dumps(REQUEST)).encode(),
        "/ours.js": OURS.replace("REQUEST", json.dumps(REQUEST)).replace("INFO", json.dumps(info)).encode(),
        "/app.zip": sources(),
    }
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    taken: dict[str, dict[str, list[float]]] = {kind: {"ours": [], "stock": []} for kind in ("cold", "warm")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for turn in range(ROUNDS + 1):
            for name in ("stock", "ours"):
                context = browser.new_context()
                for kind in ("cold", "warm"):
                    page = context.new_page()
                    page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
                    milliseconds = page.evaluate(RUN, name)
                    page.close()
                    if turn:  # the first round fills the server's own caches
                        taken[kind][name].append(milliseconds)
                context.close()
        browser.close()
    server.shutdown()
    return [
        Figure(
            f"{kind} start to first answer",
            "ms",
            median(taken[kind]["ours"]),
            median(taken[kind]["stock"]),
            0.5,
            "ms as shipped",
        )
        for kind in taken
    ]
