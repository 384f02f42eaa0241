"""Lists that are too short to be of use: a page that looks complete has to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coaching.content import Case, CoachingModel, Dialogue, Dispute, Matrix, Path, Phase, Topic
from sitegen.problems import Problem
from sitegen.reading import Reading
from sitegen.walk import Node

LEAST: Mapping[type, Mapping[str, int]] = {
    CoachingModel: {
        "principles": 4,
        "cycle": 5,
        "best_when": 4,
        "watch_out": 4,
        "not_for": 3,
        "sections": 1,
        "questions": 8,
        "signs": 3,
        "myths": 3,
        "evidence": 3,
        "unknown": 3,
        "critiques": 3,
        "blends_with": 1,
        "related": 5,
        "keywords": 4,
    },
    Phase: {
        "inputs": 2,
        "outputs": 2,
        "steps": 4,
        "coach_does": 3,
        "teacher_does": 3,
        "in_models": 3,
        "mistakes": 3,
        "questions": 8,
        "data_sources": 4,
        "sheet": 4,
        "related": 4,
        "keywords": 3,
    },
    Topic: {"sections": 2, "related": 3, "keywords": 3},
    Dispute: {"versions": 1, "doubts": 2, "in_practice": 2, "related": 2, "keywords": 2},
    Case: {"weeks": 4},
    Path: {"stops": 3},
    Matrix: {"rows": 4},
}
"""Record -> list -> fewest items."""
TURNS_OF_A_MODEL = 12


def thin_lists(reading: Reading) -> Iterator[Problem]:
    """Lists with fewer items than a page of this kind needs; a model without a story."""
    for file in reading.files:
        for node in file.nodes:
            record = node.record
            if not isinstance(node.value, dict) or record is None:
                continue
            least = dict(LEAST.get(record, {}))
            if record is Dialogue and file.shelf.type is CoachingModel and node.path == ("dialogue",):
                least["turns"] = TURNS_OF_A_MODEL
            for name, fewest in least.items():
                count = _count(node, name)
                if count < fewest:
                    place = (
                        file.document.at_key((*node.path, name)) if name in node.value else file.document.at(node.path)
                    )
                    message = f"'{name}' has {count}, and {fewest} are the least"
                    yield file.document.problem("THIN", place, message, "write more, or leave a note why not")
            if record is CoachingModel and node.get("case") is None:
                message = "the model has no 'case', a cycle week by week"
                yield file.document.problem("THIN", file.document.at(node.path), message, "tell an invented one")


def _count(node: Node, name: str) -> int:
    value = node.get(name)
    return len(value) if isinstance(value, list) else 0
