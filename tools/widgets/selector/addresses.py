"""What stands behind the # of a link to the selector: a reader's answers, which no server ever sees.

#r=K7QF2M9XR4TD0WZP            a result code
#r=K7QF2M9XR4TD0WZP&w=E~3_X~2.5  the same, with weights of the reader's own
#a=1.E-E1.X-X2                 single answers, by version of the questions and their keys
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coaching.selector import MOST_WEIGHT, Request, SelectorContent
from coaching.selector_code import BadCode, decode

_WEIGHT = re.compile(r"([A-Za-z]+)~(\d{1,2}(?:\.\d{1,2})?)")


class ShareError(ValueError):
    """A link that cannot be read; the message is for the reader."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a link holds."""

    request: Request
    role: str | None = None
    whole: bool
    """Whether it is a result, rather than a few answers to go on from."""
    lost: bool = False
    """Whether it holds weights that cannot be read."""


def fragment(code: str, weights: Mapping[str, float]) -> str:
    """What follows the # of a link to these answers."""
    own = "_".join(f"{key}~{weight:g}" for key, weight in sorted(weights.items()))
    return f"r={code.replace('-', '')}" + (f"&w={own}" if own else "")


def read_fragment(text: str, content: SelectorContent) -> Opened:
    """The answers in a fragment, without its #.

    Raises:
        ShareError: it is damaged, or was made for other questions.
    """
    parts = dict(part.partition("=")[::2] for part in text.split("&"))
    if "a" in parts:
        return _answers(parts["a"], content)
    try:
        answered = decode(content, parts.get("r", ""))
    except BadCode as error:
        raise ShareError(f"This link could not be read. {error}") from None
    known = {question.key: question.weight for question in content.scored}
    told = [_WEIGHT.fullmatch(part) for part in parts["w"].split("_")] if parts.get("w") else []
    read = [(one[1], float(one[2])) for one in told if one and one[1] in known and float(one[2]) <= MOST_WEIGHT]
    own = {key: weight for key, weight in read if weight != known[key]}
    lost = len(read) < len(told)
    return Opened(request=replace(answered.request, weights=own), role=answered.role, whole=True, lost=lost)


def _answers(text: str, content: SelectorContent) -> Opened:
    version, *given = text.split(".")
    if version != str(content.version):
        raise ShareError(
            "This link was made with other questions than this page has. Answer them here; it takes six minutes."
        )
    answers = dict(pair.partition("-")[::2] for pair in given)
    known = {question.key: [answer.key for answer in question.answers] for question in content.questions}
    found = {key: answer for key, answer in answers.items() if answer in known.get(key, ())}
    return Opened(request=Request(answers=found, importance={}), whole=False)
