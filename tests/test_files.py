"""Files that readers bring are read whole or refused whole, with every reason in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import looks
from widgets.runtime.files import FORMAT, BadFile, clean, read_file, read_record, record_data, write_file

TOOLS = {"goal": "goal sheet", "selector": "model selector"}


@dataclass(frozen=True, kw_only=True)
class Inner:
    from_: str = ""
    care: Literal[1, 2, 3] | None = None
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    format: str = "coaching-field-guide/goal"
    version: int = 2
    saved: str = "2027-01-18T10:42"
    inner: Inner
    share: float = 0.5
    notes: tuple[str, ...] = ()


GOOD = Record(inner=Inner(from_="9", care=3), notes=("one", "zwei"))


def read(text: str) -> Record:
    return read_file(text, Record, "goal", 2, TOOLS)


def reasons(text: str) -> tuple[str, ...]:
    with pytest.raises(BadFile) as refused:
        read(text)
    return refused.value.reasons


def changed(**changes: Any) -> str:
    """The good file with other values; None takes a key out."""
    data = record_data(GOOD) | changes
    return json.dumps({key: value for key, value in data.items() if value is not None})


def test_what_was_written_is_read_back() -> None:
    assert GOOD == read(write_file(GOOD))


def test_a_field_with_pythons_own_name_has_its_plain_name_in_the_file() -> None:
    assert {"from": "9", "care": 3, "sure": False} == record_data(GOOD)["inner"]


def test_a_record_from_storage_is_read_like_a_file() -> None:
    assert GOOD == read_record(record_data(GOOD), Record, "goal", 2, TOOLS)


def test_a_file_of_an_older_version_is_read_with_what_it_has() -> None:
    assert Record(version=1, inner=Inner()) == read(changed(version=1, inner={}, share=None, notes=None))


def test_a_mark_at_the_start_of_a_file_does_no_harm() -> None:
    assert GOOD == read("\ufeff" + write_file(GOOD))


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("This file is larger than 1 MB, and ours are a few KB.", " " * 1_000_001),
        ("This file is larger than 1 MB, and ours are a few KB.", "é" * 600_000),
        ("This file is not JSON: line 1 cannot be read.", ""),
        ("This file is not JSON: line 2 cannot be read.", '{"format":\n'),
        ("This file is not JSON: line 1 cannot be read.", "GIF89a\x00\x01"),
        ("This file is nested too deeply to be one of ours.", "[" * 200_000),
        ("This file is nested too deeply to be one of ours.", '{"a":' * 200_000),
        ("This file is nested too deeply to be one of ours.", '["\\"[[", ' + "[" * 21),
        ("One name stands twice in this file, so it is not clear which one counts.", '{"format": 1, "format": 2}'),
        ("There is a number in this file that cannot be read.", '{"format": NaN}'),
        ("There is a number in this file that cannot be read.", "9" * 10_000),
        ("This is not a file of the goal sheet.", "[]"),
        ("This is not a file of the goal sheet.", "null"),
        ("This is not a file of the goal sheet.", '{"hello": "world"}'),
        ("This is not a file of the goal sheet.", changed(format="docx")),
        ("This is not a file of the goal sheet.", changed(format=FORMAT + "unheard-of")),
        (
            "This file is from the model selector, not from the goal sheet.",
            changed(format=FORMAT + "selector"),
        ),
        ("“version” is not a whole number from 1 up.", changed(version="2")),
        ("“version” is not a whole number from 1 up.", changed(version=True)),
        ("“version” is not a whole number from 1 up.", changed(version=0)),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(reason: str, text: str) -> None:
    assert reason == reasons(text)[0]


def test_a_newer_version_is_refused_with_advice() -> None:
    expected = (
        "This file was saved by a newer version of the guide (3; this page reads 2).",
        "Load this page again to get the newest version, then open the file once more.",
    )

    assert expected == reasons(changed(version=3))


def test_a_version_of_a_thousand_digits_is_not_repeated() -> None:
    assert "unknown" in reasons(changed(version=10**1_000))[0]


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("“inner” is missing.", changed(inner=None)),
        ("“inner” is not a set of named values.", changed(inner=["9"])),
        ("“inner” is not a set of named values.", changed(inner="9")),
        ("“inner.from” is not text.", changed(inner={"from": 9})),
        ("“inner.from” is not text.", changed(inner={"from": ["9"]})),
        ("“inner.from” is longer than 10,000 letters.", changed(inner={"from": "x" * 10_001})),
        ("“inner.from” holds signs that no page can show.", changed(inner={"from": "a\x00b"})),
        ("“inner.from” holds signs that no page can show.", changed(inner={"from": "\ud800"})),
        ("“inner.care” is not one of 1, 2, 3.", changed(inner={"care": 4})),
        ("“inner.care” is not one of 1, 2, 3.", changed(inner={"care": "3"})),
        ("“inner.care” is not one of 1, 2, 3.", changed(inner={"care": True})),
        ("“inner.sure” is not true or false.", changed(inner={"sure": 1})),
        ("“inner” holds what is not ours: “from_”.", changed(inner={"from_": "9"})),
        ("“share” is not a number.", changed(share="0.5")),
        ("“saved” is not text.", changed(saved=5)),
        ("“saved” is not a time like 2027-01-18T10:42.", changed(saved="yesterday")),
        ("The file holds what is not ours: “<script>alert(1)</script>”.", changed(**{"<script>alert(1)</script>": 1})),
    ],
)
def test_a_fault_is_named_with_its_place(reason: str, text: str) -> None:
    assert (reason,) == reasons(text)


def test_all_faults_come_at_once() -> None:
    text = changed(inner={"from": 9, "care": 9, "sure": 9}, share="x", notes=5, more=1)

    assert 6 == len(reasons(text))


def test_many_faults_are_cut_short() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Wide:
        format: str
        version: int
        saved: str
        a: str
        b: str
        c: str
        d: str
        e: str
        f: str
        g: str
        h: str
        i: str

    data = {"format": "coaching-field-guide/goal", "version": 1, "saved": "2027-01-18T10:42"}
    with pytest.raises(BadFile) as refused:
        read_record(data, Wide, "goal", 1, TOOLS)

    assert "And 1 more." == refused.value.reasons[-1]
    assert 9 == len(refused.value.reasons)


def test_brackets_in_a_text_are_no_nesting() -> None:
    text = "[{" * 50 + '"' + "\\" + "[[" * 50

    assert text == read(changed(inner={"from": text})).inner.from_


def test_a_long_unclosed_text_is_read_in_no_time() -> None:
    bad = '"' + "\\x" * 400_000

    assert "This file is not JSON: line 1 cannot be read." == reasons(bad)[0]
    assert looks(lambda: reasons(bad), 300) < 300


def test_html_in_a_text_is_text() -> None:
    text = "<img src=x onerror=alert(1)>"

    assert text == read(changed(inner={"from": text})).inner.from_


def test_cleaning_takes_out_what_no_page_can_show_and_nothing_else() -> None:
    assert "abc\nd\te é 学 🎓" == clean("a\x00b\ud800c\r\nd\te\x7f é 学 🎓")
    assert 10_000 == len(clean("x" * 20_000))


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
KEYS = ("version", "saved", "inner", "share", "notes", "other")


@settings(deadline=None)
@given(st.text() | JSON.map(json.dumps))
def test_no_text_brings_reading_down(text: str) -> None:
    with pytest.raises(BadFile):
        read(text)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)))
def test_no_value_in_an_envelope_brings_reading_down(values: dict[str, Any]) -> None:
    try:
        record = read_record({"format": FORMAT + "goal"} | values, Record, "goal", 2, TOOLS)
    except BadFile:
        return
    assert isinstance(record.inner.from_, str)


@settings(deadline=None)
@given(st.builds(Inner, from_=st.text().map(clean), care=st.sampled_from([None, 1, 2, 3]), sure=st.booleans()))
def test_every_record_survives_its_file(inner: Inner) -> None:
    record = Record(inner=inner)

    assert record == read(write_file(record))
