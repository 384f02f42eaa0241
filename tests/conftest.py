"""What the tests share: the content, the built site with a server, and a browser that counts every fault of a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browsers import FLAGS, find_browser
from coaching.catalog import Catalog
from sitegen.build import policy
from sitegen.load import load_content
from sitegen.server import SiteServer

ROOT = Path(__file__).parent.parent

# Long enough for a first start of Python on a busy machine; a test that passes never waits this long.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The content of this guide."""
    found = load_content(ROOT / "content").catalog
    assert found, "the content has mistakes: make check"
    return found


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The site as `make build` left it."""
    folder = ROOT / "site"
    assert (folder / "index.html").is_file(), "build the site first: make build"
    return folder


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """Address of the built site on a port of its own, with the headers of the real host."""
    server = SiteServer(site_folder, csp=policy(ROOT)).start()
    yield server.url
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": find_browser(), "args": list(FLAGS)}
