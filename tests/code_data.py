"""What the tests of result codes stand on: questions with roles, answers of every kind, a few codes to spoil."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from coaching.selector import Request, SelectorContent, TeamRole
from coaching.selector_code import Answered, BadCode, decode, encode
from selector_data import selector

CONTENT = replace(
    selector(),
    roles=tuple(TeamRole(key=key, label=f"a {key}", plural=f"{key}s") for key in ("teacher", "coach", "other")),
)
OF_QUESTION = {question.key: [answer.key for answer in question.answers] for question in CONTENT.questions}
LEVELS = [level.key for level in CONTENT.importance]
ROLES = [None, *(role.key for role in CONTENT.roles)]
BOXES = [box.flag for box in CONTENT.before]


def said(
    answers: dict[str, str] | None = None,
    importance: dict[str, str] | None = None,
    *before: str,
    role: str | None = None,
) -> Answered:
    request = Request(answers=answers or {}, importance=importance or {}, before=frozenset(before))
    return Answered(request=request, role=role)


def anything() -> st.SearchStrategy[Answered]:
    """Answers of every kind."""
    some = {key: st.sampled_from(keys) for key, keys in OF_QUESTION.items()}
    levels = {question.key: st.sampled_from(LEVELS[1:]) for question in CONTENT.scored}
    return st.builds(
        Answered,
        request=st.builds(
            Request,
            answers=st.fixed_dictionaries({}, optional=some),
            importance=st.fixed_dictionaries({}, optional=levels),
            before=st.frozensets(st.sampled_from(BOXES)),
        ),
        role=st.sampled_from(ROLES),
    )


def everything(pick: int) -> Answered:
    """Every choice made: the first ones, or with -1 the last ones."""
    answers = {key: keys[pick] for key, keys in OF_QUESTION.items()}
    return said(answers, {q.key: LEVELS[pick or 1] for q in CONTENT.scored}, *BOXES, role=ROLES[pick or 1])


def wrong(text: str, content: SelectorContent = CONTENT) -> tuple[str, str]:
    """What is wrong with a code: the kind and the sentence."""
    with pytest.raises(BadCode) as caught:
        decode(content, text)
    return caught.value.kind, str(caught.value)


def version(number: int) -> SelectorContent:
    return replace(CONTENT, version=number)


ANSWERS = said({"E": "E1", "X": "X3", "C": "C3", "T": "T2", "P": "P1"}, {"X": "high"}, BOXES[0], role="coach")
CODE = encode(CONTENT, ANSWERS)
PLAIN = CODE.replace("-", "")
OTHER = encode(CONTENT, everything(-1))
CODES = [CODE, OTHER, encode(CONTENT, said()), encode(CONTENT, everything(0))]
