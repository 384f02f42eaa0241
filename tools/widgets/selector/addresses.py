"""What stands behind the # of a link to the selector: a reader's answers, which no server ever sees.

#r=K7QF2M9XR4TD0WZP                    a result code
#r=K7QF2M9XR4TD0WZP&w=E~3_X~2.5&c=7K   the same, with weights of the reader's own
#r=K7QF2M9XR4TD0WZP&m=goals~team&c=0P  the same, with the reader's own mix, phase by phase
#r=K7QF2M9XR4TD0WZP&u=D_R&c=4T         the same, with questions answered with "Not sure": a code has them as open
#a=1.E-E1.X-X2                         single answers, by version of the questions and their keys

What stands beside the code has a check of two characters, which lets one wrong link in 1024 through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from coaching.catalog import Catalog
from coaching.selector import MOST_WEIGHT, Request, SelectorContent
from coaching.selector_code import ALPHABET, BadCode, decode
from widgets import handover

_WEIGHT = re.compile(r"([A-Za-z]+)~(\d{1,2}(?:\.\d{1,2})?)")


class ShareError(ValueError):
    """A link that cannot be read; the message is for the reader."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a link holds."""

    request: Request
    role: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    """phase id -> model id: the mix in it."""
    unsure: tuple[str, ...] = ()
    """Keys of the questions answered with "Not sure"."""
    whole: bool
    """Whether it is a result, rather than a few answers to go on from."""
    lost: tuple[str, ...] = ()
    """A sentence on each thing in it that cannot be read."""


def fragment(code: str, weights: Mapping[str, float], own: Mapping[str, str], unsure: Sequence[str] = ()) -> str:
    """What follows the # of a link to these answers.

    Args:
        own: phase id -> model id, the reader's own mix.
        unsure: keys of the questions answered with "Not sure".
    """
    parts = [f"r={code.replace('-', '')}"]
    if weights:
        parts.append("w=" + "_".join(f"{key}~{weight:g}" for key, weight in sorted(weights.items())))
    if own:
        parts.append(handover.fragment(own))
    if unsure:
        parts.append("u=" + "_".join(unsure))
    return "&".join([*parts, f"c={_check(parts)}"] if parts[1:] else parts)


def read_fragment(text: str, content: Catalog) -> Opened:
    """The answers in a fragment, without its #.

    Raises:
        ShareError: it is damaged, or was made for other questions.
    """
    # Mail programs write & as they do in HTML.
    given = text.replace("&amp;", "&").split("&")
    parts = dict(part.partition("=")[::2] for part in given)
    if "a" in parts:
        return _answers(parts["a"], content.selector)
    try:
        answered = decode(content.selector, parts.get("r", ""))
    except BadCode as error:
        raise ShareError(f"This link could not be read. {error}") from None
    opened = Opened(request=answered.request, role=answered.role, whole=True)
    if not given[1:]:
        return opened
    intact = parts.get("c") == _check([part for part in given if not part.startswith("c=")])
    return _with_more(opened, parts if intact else {}, content, lost=tuple(_lost(parts, content, intact)))


def _with_more(opened: Opened, parts: Mapping[str, str], content: Catalog, lost: tuple[str, ...]) -> Opened:
    """The answers of a code with what stands beside it."""
    ours = {question.key: question.weight for question in content.selector.scored}
    weights = _weights(parts.get("w", ""), content.selector)
    return replace(
        opened,
        request=replace(opened.request, weights={key: n for key, n in weights.items() if n != ours[key]}),
        own=handover.read_fragment(parts.get("m", ""), content),
        unsure=tuple(
            question.key
            for question in content.selector.questions
            if question.key in parts.get("u", "").split("_") and question.key not in opened.request.answers
        ),
        lost=lost,
    )


def _lost(parts: Mapping[str, str], content: Catalog, intact: bool) -> Iterator[str]:
    """A sentence on each thing beside the code that cannot be read."""
    weights, own = parts.get("w", ""), parts.get("m", "")
    if weights and not (intact and len(_weights(weights, content.selector)) == len(weights.split("_"))):
        yield "Its weights could not be read, so ours count."
    if own and not (intact and len(handover.read_fragment(own, content)) == len(own.split("_"))):
        yield "Its mix could not be read."
    if not (intact or weights or own):
        yield "Part of it could not be read."


def _check(parts: Sequence[str]) -> str:
    """Two characters that change when anything in the parts does."""
    number = int.from_bytes(sha256("&".join(parts).encode()).digest()[:2]) % 1024
    return ALPHABET[number // 32] + ALPHABET[number % 32]


def _weights(text: str, content: SelectorContent) -> dict[str, float]:
    """question key -> weight, as far as there is such a question and such a weight."""
    known = {question.key for question in content.scored}
    told = [_WEIGHT.fullmatch(part) for part in text.split("_")]
    return {one[1]: float(one[2]) for one in told if one and one[1] in known and float(one[2]) <= MOST_WEIGHT}


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
