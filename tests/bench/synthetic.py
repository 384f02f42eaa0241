"""Copies of the project with hundreds of models, built by us and by stock Material, and what a build costs.

A copy is made once a run and shared by the parts; it goes when the run ends.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from projects import ROOT, copy_project

BENCH = ROOT / "build/bench"
WORDS = """amber birch cedar delta ember fjord grove heron inlet jetty
           knoll larch maple north ocean pearl quill ridge stone tulip""".split()

STOCK = """\
site_name: Coaching Field Guide
site_url: https://coaching-field-guide.example/
docs_dir: {docs}
site_dir: {out}
exclude_docs: assets/py/
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search]
"""

# Started in a process of its own: what a process needed at most starts with what the one that started it had needed.
MEASURE = """\
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform == "darwin" else 1) / 1024)
sys.exit(done.returncode)
"""


@dataclass(frozen=True)
class Run:
    """What a command and everything it started needed."""

    cpu: float
    """Seconds, user and system."""
    peak: float
    """MiB of the largest process."""


def measured(command: list[str], cwd: Path = ROOT) -> Run:
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", MEASURE, *command]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    cpu, peak = done.stdout.split()[-2:]
    return Run(float(cpu), float(peak))


def stock_build(docs: Path, out: Path) -> Run:
    """Build the staged pages in `docs` with stock Material."""
    config = out.with_suffix(".yml")
    config.write_text(STOCK.format(docs=docs, out=out), "utf-8")
    return measured([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)])


class Project:
    """A copy of the project with `count` models in all. Its first build has fonts and packed Python, but no cards."""

    def __init__(self, count: int) -> None:
        self.folder = _scratch() / str(count)
        copy_project(self.folder)
        self.models = self.folder / "content/models"
        _add_models(self.models, count)
        shutil.rmtree(self.folder / "build/cache/cards", ignore_errors=True)
        self.first = self.build()
        self.site = self.folder / "site"

    def build(self) -> Run:
        """Build as things stand."""
        return measured([sys.executable, "-m", "sitegen.cli", "build", "--root", str(self.folder)])

    def cold(self) -> Run:
        """Build with nothing made but cards, fonts and the archive of Python."""
        for path in (self.site, *(self.folder / "build" / name for name in ("docs", "site", "cache/kept"))):
            shutil.rmtree(path)
        return self.build()

    def changed(self, turn: int) -> Run:
        """Build after a change to one model."""
        path = sorted(self.models.iterdir())[0]
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^one_line: .*", f"one_line: Other words for the {turn}. time.", text), "utf-8")
        run = self.build()
        path.write_text(text, "utf-8")
        return run

    def stock(self) -> Run:
        """Build the same staged pages with stock Material, from nothing."""
        shutil.rmtree(self.folder / "stock", ignore_errors=True)
        return stock_build(self.folder / "build/docs", self.folder / "stock")

    @property
    def stock_site(self) -> Path:
        if not (self.folder / "stock").is_dir():
            self.stock()
        return self.folder / "stock"


@cache
def project(count: int) -> Project:
    """The copy with `count` models, built."""
    return Project(count)


@cache
def stock_site() -> Path:
    """Stock Material's site of the real content, as staged by the last build."""
    stock_build(ROOT / "build/docs", _scratch() / "stock")
    return _scratch() / "stock"


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def _scratch() -> Path:
    BENCH.mkdir(parents=True, exist_ok=True)
    _KEPT.append(tempfile.TemporaryDirectory(dir=BENCH, prefix="run-"))
    return Path(_KEPT[-1].name)


def _add_models(folder: Path, count: int) -> None:
    """Fill up to `count` coaching models with copies of those that are ranked, under other names, in turn."""
    ours = {path.stem: path.read_text("utf-8") for path in sorted(folder.iterdir())}
    seeds = [text for text in ours.values() if "\nrole: " not in text]
    for i in range(count - len(ours)):
        name = "-".join((WORDS[i % 20], WORDS[i // 20 % 20], WORDS[i // 400 % 20], f"x{i}"))
        text = re.sub(r"(?m)^name: .*", f"name: {name}", seeds[i % len(seeds)], count=1)
        (folder / f"{name}.yml").write_text(_other_fits(text, i), "utf-8")


def _other_fits(text: str, seed: int) -> str:
    """The model with other fits: as many good ones as every other has, so that none is always behind another."""
    cells = len(re.findall(r"score: \d", text))
    good = set(random.Random(seed).sample(range(cells), cells // 2))
    count = iter(range(cells))
    return re.sub(r"score: \d", lambda _: f"score: {4 if next(count) in good else 2}", text)
