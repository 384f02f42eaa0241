"""A small content folder that is right in every way, for tests that spoil one thing in it.

Records are made from the content types, so a new field needs no change here; only what checks compare is written out.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml

from coaching.content import Block, CoachingModel, Dispute, PageWords, Phase, SearchWords, Site, Span, To, Tool, Topic
from coaching.goal_content import GoalContent
from coaching.selector import SelectorContent
from sitegen.shelves import Changes, Myths, Questions, Seed
from sitegen.walk import field_hints

PHASES = ("goals", "data", "co-plan", "observe", "reflect")
HERE = "→"
"""Stands before the place of a mistake in lines that spoil a file."""
FIRST = {
    "model": "grow", "phase": "goals", "topic": "start", "dispute": "transfer", "tool": "goal", "source": "kraft-2018",
    "flag": "RF1",
}  # fmt: skip

FITS = {
    "E": {"E1": {"score": 3, "reason": "clear steps"}, "E2": {"score": 2, "reason": "less to add"}},
    "X": {"X1": {"score": 3, "reason": "core use"}, "X2": {"score": 1, "reason": "off target"}},
}
OTHER_FITS = {
    "E": {"E1": {"score": 1, "reason": "too early"}, "E2": {"score": 4, "reason": "own questions"}},
    "X": {"X1": {"score": 0, "reason": "wrong tool"}, "X2": {"score": 4, "reason": "core use"}},
}


def sample(hint: Any, **given: Any) -> Any:
    """Plain data for the type `hint`: required fields only, one item in every list."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        to = next((note.kind for note in inner[1:] if isinstance(note, To)), None)
        return "model:grow" if to == "target" else FIRST[to] if to else sample(inner[0])
    if origin in (Union, types.UnionType):
        return sample(inner[0])
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return [sample(item) for item in inner if item is not ...]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if hint is Span:
        return {"low": 1, "high": 2}
    if hint is Block:
        return {"text": "Some words."}
    if is_dataclass(hint):
        wanted = {field.name: field_hints(hint)[field.name] for field in fields(hint) if field.default is MISSING}
        plain = {name: sample(inner) for name, inner in wanted.items() if name not in given}
        return {**plain, **({"reviewed": "2026-11-23"} if "reviewed" in plain else {}), **given}
    return {str: "Some words", int: 1, float: 1.0, bool: True}[hint]


def one_file(hint: Any, **given: Any) -> Any:
    """Plain data for a file whose name is the id."""
    made = sample(hint, **given)
    del made["id"]
    return made


def content() -> dict[str, Any]:
    """Path in the content folder -> what the file says."""
    steps = [
        {
            "name": phase.title(), "phase": phase, "short": "Look and talk", "coach_does": "Listens.",
            "teacher_does": "Thinks.", "minutes": 20,
        }
        for phase in PHASES
    ]  # fmt: skip
    source = {"kind": "review", "authors": "Lee", "title": "Teacher coaching", "venue": "A journal", "checked": "seen"}
    finding = {"finding": "Coaching helps.", "strength": "weak", "limits": "It was one school."}
    return {
        "site.yml": sample(
            Site,
            address="https://example.org/guide/",
            repository="https://example.org/code/",
            tools=[sample(Tool, id=tool, page=f"tools/{tool}/") for tool in ("selector", "team", "goal")],
            pages=[sample(PageWords, id=page) for page in get_args(field_hints(PageWords)["id"])],
        ),
        "models/grow.yml": one_file(CoachingModel, cycle=steps, fits=FITS, name="Grow"),
        "models/ask.yml": one_file(CoachingModel, cycle=steps, fits=OTHER_FITS, name="Ask"),
        **{
            f"cycle/{phase}.yml": one_file(Phase, number=i, name=phase.title())
            for i, phase in enumerate(PHASES, start=1)
        },
        "cycle.yml": one_file(Topic),
        "basics/start.yml": one_file(Topic),
        "support/novices.yml": one_file(Topic, lead="Coaching helps [@kraft-2018] [@park-2019] [@field-guide]."),
        "choosing/factors.yml": one_file(Topic),
        "leading/time.yml": one_file(Topic),
        "impact/outcomes.yml": one_file(Topic),
        "disputes/transfer.yml": one_file(Dispute),
        "changes.yml": {"changes": [{**sample(Changes)["changes"][0], "id": "first", "day": "2026-11-23"}]},
        "myths.yml": sample(Myths),
        "questions.yml": sample(Questions),
        "search.yml": sample(SearchWords),
        "seed.yml": sample(Seed),
        "glossary.yml": {"terms": [{"id": "baseline", "term": "Baseline", "plain": "What you count first."}]},
        "sources.yml": {
            "sources": [
                {"id": "kraft-2018", **source, **finding},
                {"id": "park-2019", **source, **finding, "checked": "recalled"},
                {"id": "field-guide", **source, **finding, "checked": "house"},
            ]
        },
        "selector.yml": sample(
            SelectorContent,
            lead_score=2,
            importance=[
                {"key": "normal", "label": "Normal", "times": 1},
                {"key": "high", "label": "High", "times": 2},
            ],
            before=[{"flag": "RF1", "text": "The coach evaluates."}],
            questions=[_question("E", "score"), {**_question("X", "score"), "leads": True}, _question("S", "gate")],
            flags=[
                {
                    "id": "RF1", "level": "stop", "title": "Two roles", "then": "Split the roles.",
                    "link": "page:about", "link_label": "Read on",
                },
            ],
            blends=[
                {
                    "id": "H1", "name": "Two as one", "when": "Often", "beside": "A mentor", "how": "Both help.",
                    "phases": {},
                },
            ],
        ),
        "worksheets/goal.yml": sample(GoalContent),
    }  # fmt: skip


def _question(key: str, use: str) -> dict[str, Any]:
    words = {"text": "Who?", "short": "Who", "help": "Think of most.", "why": "It matters.", "use": use}
    answers = [{"key": f"{key}{i}", "label": "Some", "said": "some are"} for i in (1, 2)]
    return {"key": key, **words, "answers": answers, **({"weight": 2} if use == "score" else {})}


def texts() -> dict[str, str]:
    """Path in the content folder -> the YAML in the file."""
    return {
        name: yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000)
        for name, value in content().items()
    }


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into `folder`, and say where they are."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def spoiled(text: str, lines: str) -> str:
    """`text` with its top-level keys replaced by those in `lines`; keys that are not there yet come last."""
    parts = _parts(text)
    old = {key for key, _ in _parts(lines)}
    kept = [part for key, part in parts if key not in old]
    return "".join([*kept, lines if lines.endswith("\n") else lines + "\n"])


def _parts(text: str) -> list[tuple[str, str]]:
    """Top-level keys of a YAML text, each with all its lines."""
    parts: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line[0] not in " -\t\n":
            parts.append((line.split(":")[0].lstrip(HERE), line))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + line)
    return parts
