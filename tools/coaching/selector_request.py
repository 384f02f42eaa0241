"""A request to the selector that comes from a file: what can be read of it, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coaching.selector import MOST_WEIGHT, Request, SelectorContent, unknown_key

PARTS = ("answers", "importance", "before", "weights")


def parse_request(data: object, content: SelectorContent) -> tuple[Request, list[str]]:
    """Read answers that came from a file or from storage.

    Args:
        data: `{"answers": {"E": "E1", "X": null}, "importance": {"X": "high"}, "before": ["RF9"],
            "weights": {"K": 3}}`; every part may be missing, and null is "not sure". Or a result as
            `selector_export.as_json` writes it, which has all this under `request`.

    Returns:
        The request made of everything that could be read, and one sentence for each thing that could not, in the
        order of the data; no sentence means no problem.
    """
    problems: list[str] = []
    if isinstance(data, Mapping) and "request" in data:
        data = data["request"]
    parts = _part(data, "the answers file", problems)
    problems += [unknown_key("part", key, PARTS, "") for key in parts if key not in PARTS]
    request = Request(
        answers=dict(_answers(parts, content, problems)),
        importance=dict(_importance(parts, content, problems)),
        before=frozenset(_before(parts, content, problems)),
        weights=dict(_weights(parts, content, problems)),
    )
    return request, problems


def _answers(parts: Mapping[str, object], content: SelectorContent, problems: list[str]) -> Iterator[tuple[str, str]]:
    questions = {q.key: [a.key for a in q.answers] for q in content.questions}
    for key, answer in _part(parts.get("answers", {}), "answers", problems).items():
        if key not in questions:
            problems.append(unknown_key("question", key, questions, "answers: "))
        elif answer in questions[key]:
            yield key, str(answer)
        elif answer is not None:
            problems.append(unknown_key("answer", answer, questions[key], f"answers: {key}: "))


def _importance(
    parts: Mapping[str, object], content: SelectorContent, problems: list[str]
) -> Iterator[tuple[str, str]]:
    """Importance that is the usual one is left out."""
    scored = [q.key for q in content.scored]
    levels = [level.key for level in content.importance]
    for key, level in _part(parts.get("importance", {}), "importance", problems).items():
        if key not in scored:
            problems.append(unknown_key("scored question", key, scored, "importance: "))
        elif level not in levels:
            problems.append(unknown_key("importance", level, levels, f"importance: {key}: "))
        elif level != levels[0]:
            yield key, str(level)


def _before(parts: Mapping[str, object], content: SelectorContent, problems: list[str]) -> Iterator[str]:
    boxes = [box.flag for box in content.before]
    ticked = parts.get("before", [])
    if not isinstance(ticked, list):
        problems.append(f'before: should be a list of red flags, such as ["{boxes[0]}"]')
        return
    for flag in ticked:
        if flag in boxes:
            yield flag
        else:
            problems.append(unknown_key("red flag", flag, boxes, "before: "))


def _weights(parts: Mapping[str, object], content: SelectorContent, problems: list[str]) -> Iterator[tuple[str, float]]:
    """A weight that is ours is left out."""
    ours = {q.key: q.weight for q in content.scored}
    for key, weight in _part(parts.get("weights", {}), "weights", problems).items():
        if key not in ours:
            problems.append(unknown_key("scored question", key, ours, "weights: "))
        elif not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight <= MOST_WEIGHT:
            problems.append(f"weights: {key}: should be a number from 0 to {MOST_WEIGHT}")
        elif weight != ours[key]:
            yield key, float(weight)


def _part(data: object, name: str, problems: list[str]) -> Mapping[str, object]:
    if isinstance(data, Mapping):
        return data
    problems.append(f"{name}: should be an object with keys and values")
    return {}
