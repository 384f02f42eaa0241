"""What stands behind the # of a link to the selector: a reader's answers, which no server ever sees.

#r=K7QF2M9XR4TD0WZP                    a result code
#r=K7QF2M9XR4TD0WZP&w=E~3_X~2.5&c=7K   the same, with weights of the reader's own
#r=K7QF2M9XR4TD0WZP&m=goals~team&c=0P  the same, with the reader's own mix, phase by phase
#a=1.E-E1.X-X2                         single answers, by version of the questions and their keys

Weights and mix have a check of two characters, which lets one wrong link in 1024 through. The code has its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
    whole: bool
    """Whether it is a result, rather than a few answers to go on from."""
    lost: tuple[str, ...] = ()
    """A sentence on each thing in it that cannot be read."""


def fragment(code: str, weights: Mapping[str, float], own: Mapping[str, str]) -> str:
    """What follows the # of a link to these answers.

    Args:
        own: phase id -> model id, the reader's own mix.
    """
    parts = [f"r={code.replace('-', '')}"]
    if weights:
        parts.append("w=" + "_".join(f"{key}~{weight:g}" for key, weight in sorted(weights.items())))
    if own:
        parts.append(handover.fragment(own))
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
    intact = parts.get("c") == _check([part for part in given if not part.startswith("c=")])
    weights, own = parts.get("w", ""), parts.get("m", "")
    read = _weights(weights, content.selector) if intact else {}
    mix = handover.read_fragment(own, content) if intact else {}
    lost = [
        "Its weights could not be read, so ours count." if weights and len(read) < len(weights.split("_")) else "",
        "Its mix could not be read." if own and len(mix) < len(own.split("_")) else "",
        "Part of it could not be read." if given[1:] and not (intact or weights or own) else "",
    ]
    known = {question.key: question.weight for question in content.selector.scored}
    changed = {key: weight for key, weight in read.items() if weight != known[key]}
    request = replace(answered.request, weights=changed)
    return Opened(request=request, role=answered.role, own=mix, whole=True, lost=tuple(filter(None, lost)))


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
