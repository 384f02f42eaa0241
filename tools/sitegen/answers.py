"""The answers file of `fieldguide select`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from coaching.selector import Request, SelectorContent
from coaching.selector_request import parse_request

LARGEST = 1_000_000
"""Bytes; a school's answers need about five hundred."""


class BadAnswers(Exception):
    """The answers cannot be used; one sentence for each reason."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def read_answers(path: Path, content: SelectorContent) -> Request:
    """Read a file of answers; the path `-` is standard input.

    Raises:
        BadAnswers: it cannot be read, is not JSON, or names questions and answers that the selector does not have.
    """
    name = "standard input" if str(path) == "-" else path.as_posix()
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if str(path) == "-" else _start_of(path)
    except OSError as error:
        raise BadAnswers(f"{name}: cannot be read: {(error.strerror or 'unknown reason').lower()}") from error
    if len(data) > LARGEST:
        raise BadAnswers(f"{name}: has more than {LARGEST:,} bytes, so it is no file of answers")
    request, problems = parse_request(_parsed(data, name), content)
    if problems:
        raise BadAnswers(*(f"{name}: {problem}" for problem in problems))
    return request


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _parsed(data: bytes, name: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadAnswers(f"{name}: is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadAnswers(f"{name}:{error.lineno}:{error.colno}: this is not JSON: {error.msg.lower()}") from error
    except (RecursionError, ValueError) as error:
        # Thousands of brackets inside each other, or a number of thousands of digits.
        raise BadAnswers(f"{name}: holds JSON that is far too deep or too long") from error
