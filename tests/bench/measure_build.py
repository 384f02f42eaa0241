"""What a build costs: CPU and memory with hundreds of models, against stock Material on the same staged pages."""

from __future__ import annotations

import gc
from statistics import median
from time import process_time

from figures import Figure
from synthetic import ROOT, project

from coaching.content import CoachingModel
from sitegen.source import read_document
from sitegen.validate import validated

ROUNDS = 3
FEW, SOME, MANY = 19, 300, 1000
LINES = 200
"""Lines of the model file that the goal for reading is meant for; ours have more, and the time is scaled by lines."""


def build_figures() -> list[Figure]:
    ours: dict[int, float] = {}
    stock: dict[int, float] = {}
    memory: dict[str, list[float]] = {"ours": [], "stock": []}
    for count in (FEW, SOME, MANY):
        cold, theirs = [], []
        for _ in range(ROUNDS):  # in turn, so that a slow minute of the machine hits both
            cold.append(project(count).cold())
            theirs.append(project(count).stock())
        ours[count], stock[count] = median(run.cpu for run in cold), median(run.cpu for run in theirs)
        memory = {"ours": [run.peak for run in cold], "stock": [run.peak for run in theirs]}
    changed = median(project(MANY).changed(turn).cpu for turn in range(ROUNDS))
    some, many = ((ours[count] - ours[FEW]) / (count - FEW) * 1000 for count in (SOME, MANY))
    peak = {name: max(runs) for name, runs in memory.items()}
    milliseconds, lines = reading()
    return [
        Figure(f"read and validate a model, a {LINES}-line part of {lines}, CPU", "ms", milliseconds, None, 1.5),
        *(
            Figure(f"build, {n:,} models, cards drawn, CPU", "s", ours[n], stock[n], 1.2, "s stock Material")
            for n in (SOME, MANY)
        ),
        Figure(
            f"first build, {MANY:,} models, no card drawn, CPU",
            "s",
            project(MANY).first.cpu,
            ours[MANY],
            3,
            "s cards drawn",
        ),
        Figure(f"a model more, to {MANY:,}, CPU", "ms", many, some, 1.1, f"ms to {SOME}"),
        Figure(f"rebuild, 1 of {MANY:,} models changed, CPU", "s", changed, ours[MANY], 0.6, "s cold, cards drawn"),
        Figure(f"build, {MANY:,} models, memory", "MiB", peak["ours"], peak["stock"], 1.5, "MiB stock Material"),
    ]


def reading() -> tuple[float, int]:
    """CPU milliseconds for a part of a model file, with the place of every value, and how many lines a file has."""
    paths = sorted((ROOT / "content/models").iterdir())
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in paths)
    taken = []
    gc.disable()  # as in a build
    for _ in range(9):
        start = process_time()
        for path in paths:
            document = read_document(path, path.name)
            assert validated(document, CoachingModel, path.stem)[0], document.problems
        taken.append((process_time() - start) * 1000)
    gc.enable()
    return median(taken) / lines * LINES, lines // len(paths)
