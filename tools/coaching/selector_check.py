"""Whether the selector's content fits together: what its types alone cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coaching.selector import Candidate, Condition, SelectorContent, unknown_key


@dataclass(frozen=True)
class Fault:
    """Something in the selector's content that does not fit together."""

    where: tuple[str | int, ...]
    """Keys and positions from the top of the file: ("flags", 3, "when", 0, "V")."""
    message: str


def faults(content: SelectorContent) -> Iterator[Fault]:
    """What types alone cannot say about `content/selector.yml`: keys that point nowhere, doubles, missing weights."""
    answers = {q.key: [a.key for a in q.answers] for q in content.questions}
    flags = [flag.id for flag in content.flags]
    yield from _doubles("questions", [q.key for q in content.questions])
    yield from _doubles("flags", flags)
    yield from _doubles("blends", [blend.id for blend in content.blends])
    yield from _doubles("importance", [level.key for level in content.importance])
    for i, question in enumerate(content.questions):
        where = ("questions", i)
        yield from _doubles((*where, "answers"), [a.key for a in question.answers])
        if question.use == "score" and question.weight <= 0:
            yield Fault((*where, "weight"), f"question {question.key} gives points, so it needs a weight above 0")
        if question.use != "score" and (question.weight or question.leads):
            yield Fault((*where, "use"), f"question {question.key} gives no points: no weight, and it never leads")
    if sum(q.leads for q in content.questions) > 1:
        yield Fault(("questions",), "only one question can be the one that leads")
    if not content.importance or content.importance[0].times != 1:
        yield Fault(("importance",), "the first level is the usual one, so it counts 1 times")
    for i, box in enumerate(content.before):
        if box.flag not in flags:
            yield Fault(("before", i, "flag"), unknown_key("red flag", box.flag, flags, ""))
    for i, flag in enumerate(content.flags):
        for j, condition in enumerate(flag.when):
            yield from _condition_faults(("flags", i, "when", j), condition, answers)
        for j, exclusion in enumerate(flag.excludes):
            yield from _condition_faults(("flags", i, "excludes", j, "when"), exclusion.when or {}, answers)
        if not flag.when and flag.id not in {box.flag for box in content.before}:
            yield Fault(("flags", i), f"nothing raises {flag.id}: give it `when`, or a box under `before`")
    for i, frame in enumerate(content.frames):
        if frame.question:
            yield from _condition_faults(("frames", i), {frame.question: tuple(frame.stances)}, answers)
    yield from _doubles("samples", [school.id for school in content.samples])
    for i, school in enumerate(content.samples):
        given = {key: (answer,) for key, answer in school.answers.items()}
        yield from _condition_faults(("samples", i, "answers"), given, answers)
    for i, key in enumerate(content.quick):
        if key not in answers:
            yield Fault(("quick", i), unknown_key("question", key, answers, ""))
    for i, blend in enumerate(content.blends):
        yield from _condition_faults(("blends", i, "given"), blend.given or {}, answers)
        if bool(blend.partners) == bool(blend.beside):
            yield Fault(("blends", i), f"{blend.id} needs either `partners` or `beside`")


def can_be_first(model: Candidate, content: SelectorContent) -> bool:
    """Whether some way to answer lets this model lead: no question rules it out whatever is answered."""
    return all(
        any(model.fits[q.key][a.key].score >= (content.lead_score if q.leads else 1) for a in q.answers)
        for q in content.scored
    )


def _doubles(where: str | tuple[str | int, ...], keys: Sequence[str]) -> Iterator[Fault]:
    path = (where,) if isinstance(where, str) else where
    for i, key in enumerate(keys):
        if key in keys[:i]:
            yield Fault((*path, i), f"{key!r} is there twice")


def _condition_faults(
    where: tuple[str | int, ...], condition: Condition, answers: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    for key, wanted in condition.items():
        if key not in answers:
            yield Fault((*where, key), unknown_key("question", key, answers, ""))
            continue
        for answer in wanted:
            if answer not in answers[key]:
                yield Fault((*where, key), unknown_key("answer", answer, answers[key], ""))
