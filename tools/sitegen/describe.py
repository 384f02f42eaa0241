"""What the content types say about their fields: the line under each field in the source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise


@cache
def field_notes(record: type) -> Mapping[str, str]:
    """Field name -> the text under the field in the record's source, on one line."""
    notes: dict[str, str] = {}
    tree = ast.parse(textwrap.dedent(inspect.getsource(record)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            text = ast.literal_eval(below.value)
            notes[field.target.id] = " ".join(str(text).split())
    return notes


def record_note(record: type) -> str | None:
    """The record's own docstring on one line; nothing for a signature that Python made up."""
    text = inspect.getdoc(record)
    return " ".join(text.split()) if text and not text.startswith(f"{record.__name__}(") else None
