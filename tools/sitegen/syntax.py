"""What the YAML parser complains about, in words for people who do not know YAML."""

from __future__ import annotations

import yaml

from sitegen.problems import Problem

_QUOTES = "if this is text, put it in quotes, or write >- and start the text on the next line"

_COLUMN = "start it in the same column as the keys around it"

# Part of the parser's message -> what it means, and what to do. The first that fits counts.
_MEANINGS = (
    ("mapping values are not allowed", "a colon inside a text, or a line in the wrong column", _QUOTES),
    (
        "could not find expected ':'",
        "a line that is neither `key: value` nor part of a text",
        "write a colon and a space after the key",
    ),
    (
        "block sequence entries are not allowed",
        "a list item, -, where none can be",
        "put each item on a line of its own, all in one column",
    ),
    (
        "did not find expected '-' indicator",
        "a line in the wrong column for this list",
        "start all items of a list in one column",
    ),
    ("did not find expected key", "a line that does not fit the lines above it", f"{_COLUMN}; {_QUOTES}"),
    ("did not find expected ',' or", "a bracket that is not closed, or a comma that is missing", _QUOTES),
    ("found unexpected end of stream", "a quotation mark that is not closed", "close it at the end of the text"),
    ("found unknown escape character", "a backslash inside double quotes", "use single quotes, or no backslash"),
    ("found character that cannot start", "a text cannot start with this character", _QUOTES),
    ("did not find expected alphabetic or numeric", "a text cannot start with * or & without quotes", _QUOTES),
    ("did not find expected comment or line break", "text right after > or |", "start the text on the next line"),
    ("found a tab", "a tab character", "use spaces, two for each level"),
    ("expected <document start>", "a line that belongs to nothing above it", f"{_COLUMN}; {_QUOTES}"),
    ("node content", "something is missing before this sign", _QUOTES),
)


def problem(file: str, error: yaml.YAMLError) -> Problem:
    """The parser's error as a problem with a place."""
    said = getattr(error, "problem", None) or "not YAML"
    mark = getattr(error, "problem_mark", None)
    # An open quotation mark is noticed at the end of the file; it helps to show where it was opened.
    if "end of stream" in said:
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for part, meaning, way_out in _MEANINGS:
        if part in said:
            return Problem(file, line, column, "YAML", meaning, way_out)
    return Problem(file, line, column, "YAML", said, _QUOTES)
