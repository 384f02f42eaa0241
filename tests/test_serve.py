"""Writing with the site open: one change, one rebuild, one reload; a mistake shows and the last good site stays up."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pages import ROOT, watched
from projects import copy_project

PHASE = "content/cycle/goals.yml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[str]:
    """Address of the copy while `fieldguide serve` watches it."""
    port = free_port()
    command = [sys.executable, "-u", "-m", "sitegen.cli", "serve", "--root", str(project), "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    assert running.stdout
    said = []
    for line in running.stdout:
        said.append(line)
        if "The guide is at" in line:
            break
    assert running.poll() is None, "".join(said)
    yield f"http://127.0.0.1:{port}/"
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_change_is_built_and_reloads_the_page_once(browser: Browser, project: Path, served: str) -> None:
    with watched(browser, served) as (_, page, _faults):
        page.set_default_timeout(90_000)
        loads: list[str] = []
        page.goto(served + "cycle/goals/")
        page.on("load", lambda _: loads.append(page.url))
        with page.expect_event("load", timeout=90_000):
            change(project / PHASE, "name: Goals and areas for growth", "name: Goals and growth, rewritten")
        expect(page.get_by_role("heading", level=1)).to_have_text("Goals and growth, rewritten")
        # A loop would reload again and again; the next change must be the next load.
        with page.expect_event("load", timeout=90_000):
            change(project / PHASE, "name: Goals and growth, rewritten", "name: Goals and areas for growth")
        expect(page.get_by_role("heading", level=1)).to_have_text("Goals and areas for growth")

        assert 2 == len(loads)


def test_a_mistake_shows_on_the_page_with_its_place_and_the_site_stays_up(
    browser: Browser, project: Path, served: str
) -> None:
    with watched(browser, served) as (_, page, _faults):
        page.goto(served + "cycle/goals/")
        change(project / PHASE, "number: 1", "numbre: 1")
        problems = page.locator("#fg-dev-problems")
        expect(problems).to_contain_text(re.compile(r"content/cycle/goals\.yml:\d+:\d+: UNKNOWN-KEY"), timeout=90_000)
        expect(page.get_by_role("heading", level=1)).to_have_text("Goals and areas for growth")
        page.goto(served + "models/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Coaching models")
        expect(problems).to_contain_text("UNKNOWN-KEY")
        change(project / PHASE, "numbre: 1", "number: 1")

        expect(problems).to_have_count(0, timeout=90_000)


def test_a_taken_port_is_one_clear_sentence(project: Path, served: str) -> None:
    port = served.rsplit(":", 1)[1].strip("/")
    command = [sys.executable, "-m", "sitegen.cli", "serve", "--root", str(project), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert 2 == done.returncode
    assert f"Port {port} is taken. Try another one: make serve PORT={int(port) + 1}" == done.stderr.strip()
