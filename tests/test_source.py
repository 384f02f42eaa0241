"""YAML is read strictly: what it means, where it stands, and what is refused."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import looks
from factory import texts
from sitegen import source
from sitegen.source import Place, parse, read_document, scalar

ROOT = Path(__file__).parent.parent
REAL = [path.read_bytes() for path in sorted((ROOT / "content").rglob("*.yml"))]
LOOKS, MEGABYTES = 300, 300
"""How much work, in looks of `effort.py`, and how much memory the worst file may take."""


def read(text: str) -> source.Document:
    return parse(text.encode(), "a.yml")


def told(data: bytes | str) -> list[str]:
    """The problems in a file, each as `line:column CODE`."""
    document = parse(data.encode() if isinstance(data, str) else data, "a.yml")
    return [f"{p.line}:{p.column} {p.code}" for p in document.problems]


# ---- what a file means


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("1.0", 1.0),
        ("1.10", "1.10"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-23", "2026-11-23"),
        (".inf", ".inf"),
        ("nan", "nan"),
        ("1" * 400, "1" * 400),
        ("٣", "٣"),
        ("~", None),
        ("null", None),
        ("", None),
    ],
)
def test_a_plain_word_is_a_number_only_if_it_would_be_written_back_the_same(text: str, value: object) -> None:
    found = scalar(text)

    assert (type(value), value) == (type(found), found)


def test_quoted_words_are_text() -> None:
    assert {"a": "12", "b": "true", "c": ""} == read("a: '12'\nb: \"true\"\nc: ''\n").value


def test_keys_are_always_text() -> None:
    assert {"1": "a", "no": "b", "true": "c"} == read("1: a\nno: b\ntrue: c\n").value


def test_an_empty_file_holds_nothing() -> None:
    assert [None, None, None] == [read(text).value for text in ("", "# only a remark\n", "---\n")]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n", "a.yml")

    assert {"a": 1, "b": ["x"]} == document.value
    assert Place(3, 5) == document.at(("b", 0))


# ---- where it stands


def test_every_key_and_value_has_its_place() -> None:
    document = read("a: one\nb:\n  - c: two\n    d: {e: three}\n")

    assert {
        ("a",): Place(1, 1),
        ("b",): Place(2, 1),
        ("b", 0, "c"): Place(3, 5),
        ("b", 0, "d"): Place(4, 5),
        ("b", 0, "d", "e"): Place(4, 9),
    } == document.keys
    assert {
        (): Place(1, 1),
        ("a",): Place(1, 4),
        ("b",): Place(3, 3),
        ("b", 0): Place(3, 5),
        ("b", 0, "c"): Place(3, 8),
        ("b", 0, "d"): Place(4, 8),
        ("b", 0, "d", "e"): Place(4, 12),
    } == {path: start for path, (start, _) in document.values.items()}


def test_what_is_not_there_is_placed_at_what_is_around_it() -> None:
    document = read("a:\n  b: 1\n")

    assert [Place(2, 3), Place(1, 1)] == [document.at(("a", "c")), document.at(("x", 3))]


def test_words_are_found_inside_a_text_over_several_lines() -> None:
    document = read("a: some words\nb: >-\n  Coaching helps\n  a lot [@lee].\n")

    assert Place(4, 11) == document.find(("b",), "lee")
    assert Place(1, 9) == document.find(("a",), "words")


def test_words_broken_over_two_lines_are_placed_at_the_start_of_their_text() -> None:
    assert Place(1, 4) == read("a: >-\n  Coaching helps\n  a lot.\n").find(("a",), "helps a")


# ---- what is refused


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 DUPLICATE-KEY"]),
        ("a:\n  - {b: 1, b: 2}\n", ["2:12 DUPLICATE-KEY"]),
        ("a: 1\na: {b: 1, b: 2}\n", ["2:1 DUPLICATE-KEY"]),
        ("a: &x 1\nb: 2\n", ["1:4 YAML-FEATURE"]),
        ("a: &x 1\nb: *x\n", ["1:4 YAML-FEATURE", "2:4 YAML-FEATURE"]),
        ("a: !!python/object:os.system x\n", ["1:4 YAML-FEATURE"]),
        ("a: !local x\n", ["1:4 YAML-FEATURE"]),
        ("a: ! x\n", ["1:4 YAML-FEATURE"]),
        ("<<: {a: 1}\n", ["1:1 YAML-FEATURE"]),
        ("a: 1\n---\nb: 2\n", ["2:1 YAML-FEATURE"]),
        ("? [a]\n: 1\n", ["1:3 YAML-FEATURE"]),
        ("{[a]: 1}\n", ["1:2 YAML-FEATURE"]),
        ("a: 1\n\tb: 2\n", ["2:1 TAB"]),
        ("a: one\ttwo\nb:\t3\n", ["1:7 TAB", "2:3 TAB"]),
        ("a: b: c\n", ["1:5 YAML"]),
        ("a: 'open\nb: 2\n", ["1:4 YAML"]),
        ("a: **strong** words\n", ["1:5 YAML"]),
        ("a: [link](model:grow) here\n", ["1:10 YAML"]),
        ("a: @home\n", ["1:4 YAML"]),
        ("a: 1\n b: 2\n", ["2:3 YAML"]),
        ("a: [1, 2\nb: 3\n", ["1:4 YAML"]),
        ("a: 1\nnonsense\n", ["2:1 YAML"]),
        ('a: "\\q"\n', ["1:5 YAML"]),
        (b"a: caf\xe9\n", ["1:7 ENCODING"]),
        ("a: é\n".encode() + b"b: \xff\n", ["2:4 ENCODING"]),
        (b"a: \xed\xa0\x80\n", ["1:4 ENCODING"]),
        ("a: 1\n".encode("utf-16"), ["1:1 ENCODING"]),
        ("a: 1\nb: x\0y\n", ["2:5 ENCODING"]),
        ("a: one\u2028two\u0085three\n", ["1:7 ENCODING", "1:11 ENCODING"]),
        ("a: caf\ufffd\n", ["1:7 ENCODING"]),
        ("a: x\x1b[31m\n", ["1:5 ENCODING"]),
        ("a: " + "[" * 21 + "]" * 21, ["1:23 TOO-DEEP"]),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str | bytes, problems: list[str]) -> None:
    assert problems == told(text)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [link](model:grow) here\n", "1:10", "more text after a closing quotation mark or bracket"),
        ("a: 'it's'\n", "1:8", "more text after a closing quotation mark or bracket"),
        ("- [a](b:c) text\n", "1:6", "more text after a closing quotation mark or bracket"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "a line in the wrong column"),
        ("  a: 1\nb: 2\n", "2:1", "a line in the wrong column"),
        ("a: 50% of: x\n", "1:10", "a colon inside a text, or a line in the wrong column"),
        ("a: @x\n", "1:4", "a text cannot start with this sign"),
        ("a: **b** c\n", "1:5", "a text cannot start with this sign"),
        ("a: ? b\n", "1:4", "a text cannot start with this sign"),
        ("a: - b\n", "1:4", "a list item, -, where none can be"),
        ("a: >- text\n", "1:7", "text right after > or |"),
        ('a: "open\nb: 2\n', "1:4", "a quotation mark that is not closed"),
    ],
)
def test_the_parsers_complaints_come_in_plain_words(text: str, place: str, message: str) -> None:
    (problem,) = read(text).problems

    assert (place, message) == (f"{problem.line}:{problem.column}", problem.message)


def test_a_doubled_key_keeps_its_first_value_and_says_where_that_is() -> None:
    document = read("a: 1\nb: 2\na: {c: 3}\n")

    assert {"a": 1, "b": 2} == document.value
    assert "the first one is at 1:1; keep one of them" == document.problems[0].hint
    assert document.usable


def test_twenty_levels_are_read_and_one_more_is_not() -> None:
    levels = source.DEEPEST

    assert [] == told("[" * levels + "]" * levels)
    assert ["1:21 TOO-DEEP"] == told("[" * (levels + 1) + "]" * (levels + 1))


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "big.yml"
    path.write_bytes(b"a: " + b"x" * 10_000_000)

    assert ["TOO-LARGE"] == [problem.code for problem in read_document(path, "big.yml").problems]


def test_a_file_with_too_many_values_is_refused() -> None:
    assert ["TOO-LARGE"] == [line.split()[1] for line in told("[" + "a," * (source.MOST_VALUES + 1) + "]")]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    assert ["UNREADABLE"] == [problem.code for problem in read_document(tmp_path / "none.yml", "none.yml").problems]


def test_no_message_carries_the_signs_of_a_terminal_or_a_long_text() -> None:
    document = read(f'"{"k" * 900}": 1\n"{"k" * 900}": 2\n')

    assert len(document.problems[0].message) < 100


# ---- any bytes at all

SHAPES = {
    "brackets": b"[" * 100_000,
    "braces": b"{a: " * 25_000,
    "hyphens": b"- " * 50_000,
    "question marks": b"? " * 50_000,
    "indents": b"\n".join(b" " * i + b"a:" for i in range(1_400)),
    "laughs": b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (i, i, b"*%c, " % (i - 1) * 9) for i in range(98, 122)),
    "one long text": b"a: " + b"x" * 10_000_000,
    "one long line of a million": b"a: " + b"x" * 999_000,
    "many keys": b"\n".join(b"k%d: v" % i for i in range(80_000)),
    "one key again and again": b"k: v\n" * 190_000,
    "many items": b"a: [" + b"b," * 400_000 + b"]",
    "tags": b"- !!a b\n" * 100_000,
    "aliases": b"- *a\n" * 190_000,
    "tabs": b"\t" * 900_000,
    "zeros": b"\0" * 900_000,
    "bad bytes": b"\xff" * 900_000,
    "colons": b": " * 400_000,
    "documents": b"---\n" * 200_000,
    "directives": b"%TAG ! a\n" * 100_000,
    "a long key": b"? " + b"k" * 900_000 + b"\n: v\n",
    "quotes": b'"' * 900_000,
    "line ends": b"\n" * 900_000,
    "old line ends": b"\r" * 900_000,
    "stars": b"a: '" + b"**" * 400_000 + b"'",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_bytes_made_to_hurt_take_little_time(shape: str) -> None:
    document = parse(SHAPES[shape], "a.yml")

    assert looks(lambda: parse(SHAPES[shape], "a.yml"), LOOKS) < LOOKS
    assert document.usable or document.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in document.problems)
    assert len(document.problems) <= source.MOST_PROBLEMS


def test_bytes_made_to_hurt_take_little_memory(tmp_path: Path) -> None:
    for name, data in SHAPES.items():
        (tmp_path / f"{name}.yml").write_bytes(data)
    code = """
        import sys
        from pathlib import Path
        sys.path[:0] = [".", "../tests"]
        from memory import peak_megabytes
        from sitegen.source import read_document
        for path in sorted(Path(sys.argv[1]).iterdir()):
            read_document(path, path.name)
        print(peak_megabytes())
    """
    run = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT / "tools", check=True)

    assert float(done.stdout) < MEGABYTES


def holds(data: bytes) -> None:
    """A document that can be used, or problems with places in the file."""
    document = parse(data, "a.yml")

    assert document.usable or document.problems
    last = data.count(b"\n") + data.count(b"\r") + 2
    assert all(1 <= problem.line <= last and problem.column >= 1 for problem in document.problems)
    assert all(str(problem).count("\n") <= 1 for problem in document.problems)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value_or_a_problem(data: bytes) -> None:
    holds(data)


@given(st.text(alphabet="ab:-?[]{},&*!|>'\"%@`# \n<=1.", max_size=80))
def test_any_signs_of_yaml_give_a_value_or_a_problem(text: str) -> None:
    holds(text.encode())


@given(st.sampled_from(REAL or [b""]), st.integers(0, 60_000))
@settings(max_examples=60)
def test_a_real_file_cut_short_gives_a_value_or_a_problem(data: bytes, length: int) -> None:
    holds(data[:length])


@given(st.sampled_from(REAL or [b""]), st.lists(st.tuples(st.integers(0, 60_000), st.binary(max_size=3)), max_size=5))
@settings(max_examples=60)
def test_a_real_file_with_wrong_keys_pressed_gives_a_value_or_a_problem(
    data: bytes, changes: list[tuple[int, bytes]]
) -> None:
    for place, typed in changes:
        data = data[:place] + typed + data[place + 1 :]
    holds(data)


@pytest.mark.parametrize("name", sorted(texts()))
def test_what_is_read_is_what_was_meant(name: str) -> None:
    """The strict reader and PyYAML's own agree where both know what a text means."""
    import yaml

    assert yaml.safe_load(texts()[name]) == read(texts()[name]).value
