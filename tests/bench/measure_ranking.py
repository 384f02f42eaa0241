"""How long the selector's rules take: a ranking for few models and for a thousand, and all of it in both Pythons."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from figures import Figure

from coaching.catalog import for_tools, to_json
from coaching.selector import recommend
from coaching.selector_request import parse_request
from sitegen.archive import build_archive, manifest
from sitegen.load import load_content
from sitegen.node import node

ROOT = Path(__file__).parent.parent.parent


def ranking_figures() -> list[Figure]:
    catalog = load_content(ROOT / "content").catalog
    assert catalog
    scored = [q for q in catalog.selector.questions if q.use == "score"]
    answers = {q.key: q.answers[i % len(q.answers)].key for i, q in enumerate(scored) if i % 4}
    request, problems = parse_request({"answers": answers, "importance": {"X": "high"}}, catalog.selector)
    assert not problems, problems
    few = catalog.ranked
    copies = 1000 // len(few) + 1
    many = [replace(model, id=f"{model.id}-{i}", name=f"{model.name} {i}") for i in range(copies) for model in few]

    def milliseconds(models: list[object], times: int) -> float:
        taken = []
        for _ in range(times):
            start = perf_counter()
            recommend(models, catalog.selector, request)
            taken.append((perf_counter() - start) * 1000)
        return median(taken)

    these = milliseconds(list(few), 200)
    thousand = milliseconds(many[:1000], 7)
    return [
        Figure(f"ranking {len(few)} models", "ms", these, None, 5),
        Figure(
            "ranking 1,000 models, a model",
            "ms/model",
            thousand / 1000,
            these / len(few),
            1.5,
            "ms/model of few",
        ),
        *_in_both(to_json(for_tools(catalog))),
    ]


GOALS = {
    "recommend": ("a full ranking", 5),
    "sensitivity": ("what would change it", 50),
    "sensitivity of 200": ("what would change it, 200 models", 300),
    "team of 60": ("a team of 60", 1000),
    "code": ("reading a code", 5),
}
"""What `selector_times.py` measures -> its name, and the most milliseconds it may take in the browser's Python."""


def _in_both(content: str) -> list[Figure]:
    """The same script in CPython and in Pyodide."""
    script = ROOT / "tests/node/selector_times.py"
    printed: list[str] = []
    exec(compile(script.read_text("utf-8"), script.name, "exec"), {"catalog_json": content, "print": printed.append})  # noqa: S102
    here = json.loads(printed[0])
    folder = build_archive(content, ROOT / "build/cache", ROOT)
    described = manifest(folder)
    with tempfile.TemporaryDirectory() as at:
        job = Path(at) / "job.json"
        archive = str(folder / str(described["id"]))
        job.write_text(json.dumps({"archive": archive, "lock": described["lock"], "script": str(script)}))
        command = [node(), "tests/node/timed.mjs", str(job)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    there = json.loads(done.stdout.splitlines()[-1])
    return [
        Figure(f"{name}, {where}", "ms", found[key], None, goal)
        for key, (name, goal) in GOALS.items()
        for where, found in (("CPython", here), ("the browser's Python", there))
    ]
