"""What the YAML parser complains about, in words for people who do not know YAML."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from sitegen.problems import Problem

_QUOTES = "if this is text, put it in quotes, or write >- and start the text on the next line"
_COLUMN = "a line in the wrong column", "start it in the same column as the lines it belongs with"
_START = "a text cannot start with this sign", _QUOTES
_AFTER = "more text after a closing quotation mark or bracket", "put the whole text in quotes, or write >- before it"

# Part of the parser's message -> what it means, and what to do. The first that fits counts.
_MEANINGS = {
    "mapping values are not allowed": (
        "a colon inside a text, or a line in the wrong column",
        "a text with a colon and a space needs quotes; a key needs a space after its colon",
    ),
    "could not find expected ':'": (
        "a line that is neither `key: value` nor part of a text",
        "write a colon and a space after the key, or start the line further to the right",
    ),
    "block sequence entries are not allowed": (
        "a list item, -, where none can be",
        "put each item on a line of its own, all in one column",
    ),
    "did not find expected '-' indicator": _COLUMN,
    "did not find expected key": _COLUMN,
    "expected <document start>": _COLUMN,
    "did not find expected ',' or": ("a bracket that is not closed, or a comma that is missing", _QUOTES),
    "found unexpected end of stream": ("a quotation mark that is not closed", "close it at the end of the text"),
    "found unknown escape character": ("a backslash inside double quotes", "use single quotes, or no backslash"),
    "did not find expected comment or line break": ("text right after > or |", "start the text on the next line"),
    "did not find expected alphabetic or numeric": _START,
    "found character that cannot start": _START,
    "did not find expected node content": _START,
    "mapping keys are not allowed": _START,
}


def problem(file: str, lines: Sequence[str], error: yaml.YAMLError) -> Problem:
    """The parser's error as a problem with a place.

    Args:
        lines: the lines of the file.
    """
    said = getattr(error, "problem", None) or "not YAML"
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    # An open quote or bracket, or a key without a colon, is noticed lines later; it helps to show where it began.
    if mark and began and began.line < mark.line and any(sign in said for sign in ("end of stream", "',' or", "':'")):
        mark = began
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    meaning = next((meaning for part, meaning in _MEANINGS.items() if part in said), (said, _QUOTES))
    if meaning is _COLUMN and line <= len(lines) and lines[line - 1][: column - 1].strip(" -"):
        meaning = _AFTER
    return Problem(file, line, column, "YAML", *meaning)
