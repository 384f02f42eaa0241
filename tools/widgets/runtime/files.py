"""Files and records that readers bring: read as a whole or refused as a whole, with reasons in plain words.

A file is JSON, an envelope around one dataclass of the tool:

    {"format": "coaching-field-guide/goal", "version": 1, "saved": "2027-01-18T10:42", ...}

Nothing in it is trusted: wrong types, unknown keys, a newer version, another tool's file and text no page can show are
refused. cattrs does the reading; it is imported when the first file comes, for most visits bring none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from cattrs import Converter

    T = TypeVar("T", bound=DataclassInstance)
else:
    T = TypeVar("T")

FORMAT = "coaching-field-guide/"
"""What every file's `format` begins with; the tool's id follows."""

LARGEST = 1_000_000
"""Bytes of a file."""
LONGEST = 10_000
"""Letters of one text in it."""
DEEPEST = 20
"""Levels of lists and objects inside each other."""
MOST_REASONS = 8

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NESTING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]', re.DOTALL)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_LONGEST_NAME = 60
_OLDEST_NONSENSE = 1_000
"""A version from here on is no version; showing it would fill the page with digits."""


class BadFile(ValueError):
    """A file or record that is refused. Its text is for the reader; `reasons` are its sentences, one for each fault."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def read_file(text: str, shape: type[T], tool: str, version: int, tools: Mapping[str, str]) -> T:
    """The record that a file of `tool` holds.

    Args:
        shape: dataclass of the record, with `format`, `version` and `saved` among its fields. A field `from_` is
            written `from` in the file.
        tool: id of the tool; `tools` are the names of all, by id.
        version: the newest version of the format that this page reads.

    Raises:
        BadFile: with every reason at once.
    """
    if len(text) > LARGEST or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise BadFile("This file is larger than 1 MB, and ours are a few KB.")
    if _depth(text) > DEEPEST:
        raise BadFile("This file is nested too deeply to be one of ours.")
    try:
        data = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except ValueError as error:
        raise BadFile(*_not_json(error)) from None
    return read_record(data, shape, tool, version, tools)


def read_record(data: object, shape: type[T], tool: str, version: int, tools: Mapping[str, str]) -> T:
    """The same for a record that is already taken apart, as it comes from the browser's storage."""
    ours = tools.get(tool, tool)
    if not isinstance(data, Mapping) or not isinstance(kind := data.get("format"), str):
        raise BadFile(f"This is not a file of the {ours}.")
    if kind != FORMAT + tool:
        other = tools.get(kind.removeprefix(FORMAT)) if kind.startswith(FORMAT) else None
        if other:
            raise BadFile(f"This file is from the {other}, not from the {ours}.")
        raise BadFile(f"This is not a file of the {ours}.")
    _check_version(data.get("version"), version)
    try:
        record: T = _converter().structure(data, shape)
    except Exception as error:
        raise BadFile(*_reasons(error)) from None
    if not _TIME.fullmatch(getattr(record, "saved", "")):
        raise BadFile("“saved” is not a time like 2027-01-18T10:42.")
    return record


def record_data(record: DataclassInstance) -> dict[str, Any]:
    """A record as the JSON values that `read_record` reads."""
    return {_key(name): _plain(value) for name, value in asdict(record).items()}


def write_file(record: DataclassInstance) -> str:
    """A record as the text of a file: indented, for people look into such files too."""
    return json.dumps(record_data(record), ensure_ascii=False, indent=2) + "\n"


def clean(text: str) -> str:
    """`text` without what no page can show: control characters and halves of letters. At most `LONGEST` long."""
    return _UNSHOWABLE.sub("", text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))


def _depth(text: str) -> int:
    """How deeply a JSON text is nested.

    It is looked at before the parser, which goes down a level for each bracket: in the browser, too many of them end
    Python itself and not only the parser.
    """
    depth = deepest = 0
    for piece in _NESTING.finditer(text):
        if piece[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif piece[0] in "]}":
            depth -= 1
    return deepest


def _check_version(found: object, newest: int) -> None:
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BadFile("“version” is not a whole number from 1 up.")
    if found > newest:
        shown = found if found < _OLDEST_NONSENSE else "unknown"
        raise BadFile(
            f"This file was saved by a newer version of the guide ({shown}; this page reads {newest}).",
            "Load this page again to get the newest version, then open the file once more.",
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(name): _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _key(name: str) -> str:
    """The name of a field in a file: `from` for `from_`, which Python keeps for itself."""
    return name.removesuffix("_")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Twins
    return made


class _Twins(ValueError):
    """One name stands twice in an object; a reader may have meant either."""


class _Constant(ValueError):
    """NaN or Infinity, which is no JSON."""


def _no_constant(_: str) -> None:
    raise _Constant


def _not_json(error: ValueError) -> tuple[str, ...]:
    if isinstance(error, _Twins):
        return ("One name stands twice in this file, so it is not clear which one counts.",)
    if isinstance(error, json.JSONDecodeError):
        return (f"This file is not JSON: line {error.lineno} cannot be read.", "It may be cut off, or of another kind.")
    return ("There is a number in this file that cannot be read.",)


# ---- cattrs


class _Wrong(ValueError):
    """A value that does not fit; its text follows the value's name."""


@cache
def _converter() -> Converter:
    """A converter that takes nothing for something else: no "5" for 5, no 1 for true, no unknown key."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)

    def of_dataclass(shape: type) -> Callable[..., Any]:
        named: Any = {field.name: override(rename=_key(field.name)) for field in fields(shape)}
        read: Callable[..., Any] = make_dict_structure_fn(shape, converter, **named)

        def of_mapping(value: object, as_type: type) -> Any:
            if not isinstance(value, Mapping):
                raise _Wrong("is not a set of named values")
            return read(value, as_type)

        return of_mapping

    converter.register_structure_hook_factory(is_dataclass, of_dataclass)
    converter.register_structure_hook(str, lambda value, _: _text(value))
    converter.register_structure_hook(int, lambda value, _: _plainly(value, int, "a whole number"))
    converter.register_structure_hook(float, lambda value, _: _plainly(value, float, "a number"))
    converter.register_structure_hook(bool, lambda value, _: _plainly(value, bool, "true or false"))
    converter.register_structure_hook_func(_is_choice, _choice)
    return converter


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong("is not text")
    if len(value) > LONGEST:
        raise _Wrong("is longer than 10,000 letters")
    if _UNSHOWABLE.search(value):
        raise _Wrong("holds signs that no page can show")
    return value


def _plainly(value: object, kind: type, what: str) -> Any:
    if type(value) is not kind:
        raise _Wrong(f"is not {what}")
    return value


def _is_choice(shape: Any) -> bool:
    return get_origin(shape) is Literal


def _choice(value: object, shape: Any) -> Any:
    options = get_args(shape)
    if not any(type(value) is type(option) and value == option for option in options):
        raise _Wrong(f"is not one of {', '.join(map(str, options))}")
    return value


def _reasons(error: Exception) -> list[str]:
    """A sentence for each fault that cattrs found, in the order of the record's fields."""
    from cattrs import transform_error
    from cattrs.errors import ForbiddenExtraKeysError

    def say(fault: BaseException, _: object) -> str:
        if isinstance(fault, ForbiddenExtraKeysError):
            unknown = sorted(map(_name, fault.extra_fields))[:3]
            return f"holds what is not ours: {', '.join(unknown)}"
        if isinstance(fault, KeyError):
            return "is missing"
        return str(fault) if isinstance(fault, _Wrong) else "cannot be read"

    found = []
    for line in transform_error(error, path="", format_exception=say):
        what, _, where = line.rpartition(" @ ")
        name = ".".join(_key(part) for part in where.strip(".").split("."))
        found.append(f"“{name}” {what}." if name else f"The file {what}.")
    more = len(found) - MOST_REASONS
    return found if more <= 0 else [*found[:MOST_REASONS], f"And {more} more."]


def _name(key: object) -> str:
    shown = clean(str(key))
    return f"“{shown if len(shown) <= _LONGEST_NAME else shown[:_LONGEST_NAME] + '…'}”"
