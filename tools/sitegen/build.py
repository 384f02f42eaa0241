"""From content to a folder that is ready to upload.

Everything the site generator is needed for happens in `_generate`, in a process of its own: another generator that
reads `mkdocs.yml` can take its place.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from coaching.catalog import Catalog, for_tools, to_json
from sitegen.archive import build_archive, manifest
from sitegen.assets import assets
from sitegen.cards import cards
from sitegen.data import data_files
from sitegen.feeds import feeds
from sitegen.kept import Kept, code
from sitegen.load import load_content
from sitegen.nav import navigation
from sitegen.pages import every_page, staged_pages
from sitegen.problems import Problem
from sitegen.server import PERMISSIONS
from sitegen.stage import Artifact, Staged, mirror, stage, write_if_changed

Say = Callable[[str], None]

UNUSED = ("assets/stylesheets", "assets/images", "assets/javascripts", "styles")
"""What the theme brings and no page of ours loads."""

SEARCHED_NOT = (
    ".fg-onpage, .fg-crumb, .fg-answers, .fg-here, .fg-ref, .fg-sources, [aria-labelledby=sources], .fg-on, .fg-vh, "
    ".fg-acts, .fg-around, x-keep, x-tool, svg"
)
"""What is on a page and would only blur its search results."""


class ContentProblems(Exception):
    """The content has mistakes; nothing was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the content")
        self.problems = problems


class BuildFailed(Exception):
    """A step outside our own code failed; the message is what it printed."""


@dataclass(frozen=True)
class Folders:
    """Where a build reads and writes; all below one root unless a test says otherwise."""

    root: Path
    content: Path
    work: Path
    """Everything made on the way: staged pages, caches, the raw site."""
    out: Path

    @classmethod
    def of(cls, root: Path) -> Folders:
        return cls(root, root / "content", root / "build", root / "site")

    @property
    def docs(self) -> Path:
        return self.work / "docs"

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    @property
    def raw(self) -> Path:
        return self.work / "site"


def build(folders: Folders, say: Say = lambda _: None) -> Staged:
    """Build the whole site; `folders.out` is changed only when every step has gone well.

    Args:
        say: told what happens, a line at a time.

    Returns:
        The files of `folders.out` that changed.

    Raises:
        ContentProblems: the content has mistakes.
        BuildFailed: the site generator, the search index or the archive could not be made.
    """
    catalog = stage_site(folders, say)
    say("Building the pages")
    _generate(folders, catalog)
    say("Indexing for search")
    _finish(folders)
    return mirror(folders.raw, folders.out)


def stage_site(folders: Folders, say: Say = lambda _: None) -> Catalog:
    """Check the content and write the staged pages, without building the site.

    Raises:
        ContentProblems: the content has mistakes; what was staged before stays as it is.
    """
    say("Reading the content")
    kept = Kept(folders.cache / "kept")
    catalog = _read(folders.content, kept)
    say("Packing Python for the browser")
    python = build_archive(to_json(for_tools(catalog)), folders.cache, folders.root, say)
    gc.freeze()  # the catalog stays to the end: no need to look through it for what could go
    try:
        stage(_all(catalog, folders, python, kept), folders.docs)
    finally:
        gc.unfreeze()
    kept.forget_others()
    return catalog


def _read(content: Path, kept: Kept) -> Catalog:
    """The catalog alone: the files with the place of every word take most of a build's memory, and go here."""
    result = load_content(content, kept=kept)
    errors = [problem for problem in result.problems if problem.severity == "error"]
    if errors or result.catalog is None:
        raise ContentProblems(result.problems)
    return result.catalog


def _all(catalog: Catalog, folders: Folders, python: Path, kept: Kept) -> Iterator[Artifact]:
    pages = list(every_page(catalog, f"{catalog.site.reviewed}T12:00"))
    yield from staged_pages(catalog, pages, kept)
    yield from cards(pages, catalog.site.name, folders.root, folders.cache)
    yield from data_files(catalog)
    yield from feeds(catalog)
    for path in sorted((folders.root / "docs").rglob("*")):
        if path.is_file():
            name = path.relative_to(folders.root / "docs").as_posix()
            yield Artifact(name, path.read_bytes(), f"docs/{name}")
    yield from assets(folders.root, folders.cache)
    for path in sorted(python.rglob("*")):
        if path.is_file():
            yield Artifact(f"assets/py/{path.relative_to(python).as_posix()}", path.read_bytes(), "tools/")


def configuration(catalog: Catalog, folders: Folders) -> dict[str, object]:
    """`build/mkdocs.yml`: the hand-written `mkdocs.yml`, with what the content decides laid over it."""
    site = catalog.site
    theme = {"name": "material", "custom_dir": os.path.relpath(folders.root / "overrides", folders.work)}
    return {
        "INHERIT": os.path.relpath(folders.root / "mkdocs.yml", folders.work),
        "site_name": site.name,
        "site_description": site.description,
        "site_url": site.address,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": theme,
        "extra": {"licence": site.licence, "source_base": site.repository},
        "nav": navigation(catalog),
    }


def _generate(folders: Folders, catalog: Catalog) -> None:
    """Turn staged pages into the site: all of them, or, if nothing changed that they share, those that changed."""
    config = folders.work / "mkdocs.yml"
    dumped: str = yaml.safe_dump(configuration(catalog, folders), sort_keys=False, allow_unicode=True)
    write_if_changed(config, dumped.encode())
    done = folders.work / "generated.json"
    before = json.loads(done.read_text("utf-8")) if done.is_file() and folders.raw.is_dir() else {}
    done.unlink(missing_ok=True)  # it comes back only when all is well
    files = sorted(path.relative_to(folders.docs).as_posix() for path in folders.docs.rglob("*") if path.is_file())
    now = {"shared": _shared(folders, files, catalog.site.reviewed), "files": files}
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config)]
    if before.get("shared") == now["shared"]:
        for gone in set(before["files"]) - set(files):
            (folders.raw / gone).unlink(missing_ok=True)
        said = _run([*command, "--dirty", "--no-strict"], catalog.site.reviewed)
        warnings = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR")) and DIRTY not in line]
        if warnings:
            raise BuildFailed("\n".join(warnings))
    else:
        _run([*command, "--quiet", "--strict", "--clean"], catalog.site.reviewed)
    done.write_text(json.dumps(now), "utf-8")


DIRTY = "A 'dirty' build is being performed"
"""How MkDocs warns of what `_shared` takes care of: pages that were not built anew may name others wrongly."""


def _shared(folders: Folders, staged: list[str], day: str) -> str:
    """A hash of all that a page is made from beside its staged file: settings, theme, and which pages there are."""
    total = hashlib.sha256(f"{code()} {os.environ.get('SOURCE_DATE_EPOCH')} {day}".encode())
    settings = [folders.root / "mkdocs.yml", folders.work / "mkdocs.yml", *(folders.root / "overrides").rglob("*")]
    for path in sorted(path for path in settings if path.is_file()):
        total.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    for name in staged:
        total.update(f"{name}\0".encode() if name.endswith(".md") else b"")
    return total.hexdigest()


def _run(command: list[str], day: str) -> str:
    """Run a step of the build so that two builds of one state are equal byte for byte; what it said."""
    env = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or str(_seconds(day)),
    }
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise BuildFailed(f"{' '.join(command[1:4])} failed:\n{done.stdout}{done.stderr}".strip())
    return done.stdout + done.stderr


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def _finish(folders: Folders) -> None:
    raw = folders.raw
    for name in UNUSED:
        shutil.rmtree(raw / name, ignore_errors=True)
    for path in [*raw.rglob("*.map"), *raw.glob("assets/_mkdocstrings.css")]:
        path.unlink()
    _index(raw)
    (raw / "_headers").write_text(headers(folders), "utf-8")


def _index(raw: Path) -> None:
    what = ["--glob", "**/index.html", "--root-selector", ".md-content", "--exclude-selectors", SEARCHED_NOT]
    shutil.rmtree(raw / "pagefind", ignore_errors=True)
    _run([sys.executable, "-m", "pagefind", "--site", str(raw), *what, "--quiet"], "1980-01-01")
    found = raw / "pagefind"
    for pattern in ("pagefind-ui*", "pagefind-modular-ui*", "pagefind-component-ui*", "pagefind-highlight*"):
        for path in found.glob(pattern):
            path.unlink()
    (found / "words.json").write_text(json.dumps(_words(found), separators=(",", ":")), "utf-8")


def _words(found: Path) -> list[str]:
    """Every word that search can find, those of the most pages first: what a misspelled one is compared with."""
    pages = Counter[str]()
    for path in sorted(found.glob("fragment/*")):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        text = re.sub("[’']", "", " ".join([page["content"], *page["meta"].values()]))
        pages.update({word.lower() for word in re.findall(r"(?<![^\W_])(?:[A-Z]?[a-z]{2,}|[A-Z]{3,})(?![^\W_])", text)})
    return sorted(pages, key=lambda word: (-pages[word], word))


def policy(root: Path) -> str:
    """The content security policy of `mkdocs.yml`, on one line."""
    found: dict[str, dict[str, str]] = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    return " ".join(found["extra"]["csp"].split())


def headers(folders: Folders) -> str:
    """The `_headers` file that static hosts read: policy, types and how long to keep what never changes."""
    return f"""/*
  Content-Security-Policy: {policy(folders.root)}; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: {PERMISSIONS}

/assets/py/{_python_id(folders.raw)}/*
  Cache-Control: public, max-age=31536000, immutable

/assets/fonts/*
  Cache-Control: public, max-age=604800

/api/*
  Access-Control-Allow-Origin: *

/feed.xml
  Content-Type: application/atom+xml

/*.mjs
  Content-Type: text/javascript

/*.wasm
  Content-Type: application/wasm
"""


def _python_id(raw: Path) -> str:
    return str(manifest(raw / "assets/py")["id"])


def fingerprint(folder: Path) -> str:
    """A hash of every path and byte below `folder`, to say whether two builds are equal."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
