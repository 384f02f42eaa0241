"""CPU time of a build with hundreds of models, against stock Material on the same staged pages."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import Figure

from projects import ROOT, copy_project

SEED = "technical"
WORDS = """amber birch cedar delta ember fjord grove heron inlet jetty
           knoll larch maple north ocean pearl quill ridge stone tulip""".split()

STOCK = """\
site_name: Coaching Field Guide
site_url: https://coaching-field-guide.example/
docs_dir: docs
site_dir: {out}
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search]
"""


def cpu_seconds(command: list[str], cwd: Path) -> float:
    """User and system time of a command and everything it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def synthetic(folder: Path, count: int) -> None:
    """A project whose content has `count` coaching models, all but three made from one of ours under other names."""
    copy_project(folder)
    seed = (ROOT / f"content/models/{SEED}.yml").read_text("utf-8")
    for i in range(count - 3):
        name = "-".join((WORDS[i % 20], WORDS[i // 20 % 20], WORDS[i // 400 % 20], f"x{i}"))
        text = _other_fits(seed.replace("\nname: Technical\n", f"\nname: {name}\n"), i)
        (folder / f"content/models/{name}.yml").write_text(text, "utf-8")


def _other_fits(text: str, seed: int) -> str:
    """The model with other fits: as many good ones as every other has, so that none is always behind another."""
    cells = len(re.findall(r"score: \d", text))
    good = set(random.Random(seed).sample(range(cells), cells // 2))
    count = iter(range(cells))
    return re.sub(r"score: \d", lambda _: f"score: {4 if next(count) in good else 2}", text)


def build_figures() -> list[Figure]:
    ours: dict[int, float] = {}
    stock: dict[int, float] = {}
    for count in (300, 1000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            synthetic(folder, count)
            command = [sys.executable, "-m", "sitegen.cli", "build", "--root", str(folder)]
            cpu_seconds(command, ROOT)  # the archive and the fonts are made once, and stay
            ours[count] = cpu_seconds(command, ROOT)
            shutil.rmtree(folder / "build/docs/assets/py")
            (folder / "build/stock.yml").write_text(STOCK.format(out=folder / "stock"), "utf-8")
            stock[count] = cpu_seconds([sys.executable, "-m", "mkdocs", "build", "-q", "-f", "build/stock.yml"], folder)
    return [
        *(Figure(f"build, {n} models, CPU", "s", ours[n], stock[n], 1.2, "s stock Material") for n in ours),
        Figure("build, from 300 to 1,000 models, CPU", "s", ours[1000], ours[300], 3.3, "s at 300"),
    ]
