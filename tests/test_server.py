"""The server for the built site: the real host's headers, and news of a new build."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.server import Bell, SiteServer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<body>home</body>")
    (tmp_path / "404.html").write_text("<body>not here</body>")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/index.html").write_text("<body>models</body>")
    (tmp_path / "code.mjs").write_text("export {}")
    (tmp_path / "code.wasm").write_bytes(b"\0asm")
    (tmp_path / "sitemap.xml").write_text("<loc>https://guide.example/models/</loc>")
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[SiteServer]:
    running = SiteServer(folder, csp="default-src 'none'").start()
    yield running
    running.shutdown()
    running.server_close()


def get(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def test_a_folder_answers_with_its_index(server: SiteServer) -> None:
    assert (200, "<body>models</body>") == get(server.url + "models/")[::2]
    assert (200, "<body>models</body>") == get(server.url + "models")[::2]


def test_a_missing_page_answers_with_the_404_page(server: SiteServer) -> None:
    assert (404, "<body>not here</body>") == get(server.url + "nowhere/")[::2]


@pytest.mark.parametrize("path", ["../secret", "%2e%2e/secret", "models/../../secret"])
def test_nothing_outside_the_folder_is_served(server: SiteServer, folder: Path, path: str) -> None:
    (folder.parent / "secret").write_text("x")

    assert 404 == get(server.url + path)[0]


def test_every_answer_carries_the_policy(server: SiteServer) -> None:
    for path in ("", "code.mjs", "nowhere"):
        headers = get(server.url + path)[1]
        assert "default-src 'none'; frame-ancestors 'none'" == headers["Content-Security-Policy"]
        assert "camera=(self), geolocation=(), microphone=()" == headers["Permissions-Policy"]


def test_scripts_and_wasm_have_their_types(server: SiteServer) -> None:
    assert "text/javascript; charset=utf-8" == get(server.url + "code.mjs")[1]["Content-Type"]
    assert "application/wasm" == get(server.url + "code.wasm")[1]["Content-Type"]


def test_the_sitemap_names_the_address_it_is_served_from(server: SiteServer) -> None:
    assert f"<loc>{server.url}models/</loc>" == get(server.url + "sitemap.xml")[2]


def test_pages_carry_the_reload_script_only_while_writing(server: SiteServer, folder: Path) -> None:
    writing = SiteServer(folder, bell=Bell()).start()

    assert "/__dev/reload.js" in get(writing.url)[2]
    assert "/__dev/reload.js" not in get(server.url)[2]
    writing.shutdown()
    writing.server_close()


def test_a_page_that_listens_hears_of_problems_and_of_a_new_build() -> None:
    bell = Bell()
    bell.problems("content/x.yml:1:1: TODO")
    page = bell.listen()
    bell.problems("")
    bell.reload()

    heard = [page.get_nowait() for _ in range(3)]
    assert [
        ("problems", '{"text": "content/x.yml:1:1: TODO"}'),
        ("problems", '{"text": ""}'),
        ("reload", "{}"),
    ] == heard


def test_a_taken_port_is_an_error_at_once(server: SiteServer, folder: Path) -> None:
    with pytest.raises(OSError):
        SiteServer(folder, port=server.server_address[1])
