"""How long a ranking takes in Python, for the models there are and for a thousand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from figures import Figure

from coaching.selector import parse_request, recommend
from sitegen.load import load_content

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
    ]
