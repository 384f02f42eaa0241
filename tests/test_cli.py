"""The `fieldguide` command: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from coaching.catalog import Catalog, for_tools, from_json, to_json
from factory import spoiled, texts, write
from selector_data import ROOT, scenarios
from sitegen.cli import main
from sitegen.load import load_content
from widgets.selector.view import init, update

TEXTS = texts()
CASES = {case.id: dict(case.answers) for case in scenarios()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small content in `content/`; the command runs there."""
    write(tmp_path / "content", TEXTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    """Run the command; an exception other than its own exit is a failure of the test."""
    result = CliRunner().invoke(main, words, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def select(folder: Path, answers: object, *words: str) -> Result:
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    return run("select", "answers.json", *words)


# ---- check


def test_check_of_good_content_says_so_and_ends_with_0(folder: Path) -> None:
    result = run("check", "--no-style")

    assert (0, "No problems\n") == (result.exit_code, result.stdout)


def test_check_of_content_with_a_mistake_shows_it_and_ends_with_1(folder: Path) -> None:
    write(folder / "content", {"cycle.yml": "a: b: c"})
    result = run("check", "--no-style")

    assert 1 == result.exit_code
    assert (
        "content/cycle.yml:1:5: YAML a colon inside a text, or a line in the wrong column\n"
        "    hint: a text with a colon and a space needs quotes; a key needs a space after its colon\n"
        "1 problem in 1 file\n"
    ) == result.stdout


def test_check_of_content_with_warnings_alone_ends_with_0(folder: Path) -> None:
    write(folder / "content", {"support/novices.yml": TEXTS["basics/start.yml"]})
    result = run("check", "--no-style")

    assert (0, "2 warnings in 1 file") == (result.exit_code, result.stdout.splitlines()[-1])


def test_check_says_how_the_content_reads_and_leaves_it_out_if_asked(folder: Path) -> None:
    write(folder / "content", {"basics/start.yml": spoiled(TEXTS["basics/start.yml"], "lead: See the programme.")})

    assert "SPELLING 'programme' is misspelled" in run("check").stdout
    assert (0, "No problems\n") == (run("check", "--no-style").exit_code, run("check", "--no-style").stdout)


def test_check_looks_where_it_is_told_to(folder: Path) -> None:
    write(folder / "other", TEXTS)
    (folder / "other/site.yml").unlink()
    result = run("check", "--content", "other")

    assert 1 == result.exit_code
    assert "other/site.yml:1:1: MISSING-FILE" in result.stdout


def test_check_as_json_gives_every_part_of_a_problem(folder: Path) -> None:
    write(folder / "content", {"basics/start.yml": spoiled(TEXTS["basics/start.yml"], "titel: A")})
    result = run("check", "--json", "--no-style")

    assert 1 == result.exit_code
    (problem,) = json.loads(result.stdout)
    assert {
        "file": "content/basics/start.yml",
        "line": len(TEXTS["basics/start.yml"].splitlines()) + 1,
        "column": 1,
        "code": "UNKNOWN-KEY",
        "severity": "error",
        "message": "unknown key 'titel'",
        "hint": "did you mean 'title'?",
    } == problem


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--content", "nowhere"),
        ("check", "--content", "content/site.yml"),
        ("check", "--jsn"),
        ("chek",),
        ("select",),
        ("select", "nowhere.json"),
        ("select", "content"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_was_wrong(folder: Path, words: tuple[str, ...]) -> None:
    result = run(*words)

    assert 2 == result.exit_code
    assert "Error:" in result.stderr


@pytest.mark.parametrize("words", [(), ("check",), ("select",)])
def test_help_is_there_for_every_command(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")

    assert 0 == result.exit_code
    assert "Usage:" in result.stdout


# ---- select


def test_select_as_json_ranks_the_models_with_fits_ranges_and_reasons(folder: Path) -> None:
    result = select(folder, {"answers": {"E": "E1", "X": "X1"}}, "--json")

    assert 0 == result.exit_code
    told = json.loads(result.stdout)
    assert {"questions_version", "request", "ranking", "excluded", "red_flags", "blend", "too_close"} == set(told)
    assert [("grow", 75.0)] == [(ranked["model"], ranked["fit"]) for ranked in told["ranking"]]
    assert [{"model": "ask", "answer": "X1"}] == told["excluded"]


@cache
def in_the_browser() -> Catalog:
    """The real content as the page gets it."""
    found = load_content(ROOT / "content").catalog
    assert found
    return from_json(to_json(for_tools(found)))


def downloaded(answers: Mapping[str, Any], kind: str) -> bytes:
    """What the page downloads, for a spreadsheet or for other programs, once these answers are ticked."""
    form = [
        *(list(pair) for pair in answers.get("answers", {}).items()),
        *([f"{question}-counts", level] for question, level in answers.get("importance", {}).items()),
        *(["before", flag] for flag in answers.get("before", [])),
        *([f"weight-{question}", str(weight)] for question, weight in answers.get("weights", {}).items()),
    ]
    now = "2027-01-18T10:42"
    event = {"type": "action", "action": "download", "value": kind, "form": form}
    _, effects = update(in_the_browser(), init(in_the_browser(), now), event, now)
    (text,) = [str(effect["text"]) for effect in effects if effect["do"] == "download"]
    return text.encode()


@pytest.mark.parametrize("kind", ["json", "csv"])
@pytest.mark.parametrize(
    "answers",
    [
        *({"answers": CASES[id_]} for id_ in ("s01", "s02", "s03", "s04", "s05")),
        {"answers": {**CASES["s06"], "O": "O3"}, "before": ["RF8", "RF9"]},
        {"answers": CASES["s03"], "importance": {"X": "high", "G": "off", "V": "high"}},
        {"answers": {key: CASES["s02"][key] for key in "EXGKTV"}, "before": ["RF2"]},
        {"answers": CASES["s04"], "weights": {"X": 1, "K": 7.5, "R": 0}},
    ],
    ids=["s01", "s02", "s03", "s04", "s05", "ruled out", "importance", "open questions", "weights"],
)
def test_select_prints_byte_for_byte_what_the_page_downloads(folder: Path, answers: dict[str, Any], kind: str) -> None:
    result = select(folder, answers, f"--{kind}", "--content", str(ROOT / "content"))

    assert 0 == result.exit_code
    assert downloaded(answers, kind) == result.stdout_bytes


def test_select_prints_a_table_for_people(folder: Path) -> None:
    result = select(folder, {"answers": {"E": "E2", "X": "X2"}, "importance": {"X": "high"}, "before": ["RF1"]})

    assert 0 == result.exit_code
    assert "RF1 Two roles" in result.stdout
    assert result.stdout.index("Ask") < result.stdout.index("Grow")


def test_no_answers_at_all_are_answers_too(folder: Path) -> None:
    assert 0 == select(folder, {}).exit_code
    assert 0 == select(folder, {"answers": {"E": None}}, "--json").exit_code


def test_a_model_that_is_out_is_named_with_its_reason(folder: Path) -> None:
    result = select(folder, {"answers": {"E": "E1", "X": "X1"}})

    assert "Not ranked: Ask (X1): wrong tool" in result.stdout


def test_answers_can_come_through_standard_input(folder: Path) -> None:
    result = run("select", "-", "--json", stdin='{"answers": {"E": "E1"}}')

    assert 0 == result.exit_code
    assert 2 == len(json.loads(result.stdout)["ranking"])


def test_all_that_is_wrong_with_the_answers_is_told_at_once(folder: Path) -> None:
    result = select(folder, {"answers": {"E": "E9", "Q": "Q1"}, "importance": {"X": "huge"}, "before": ["RF99"]})

    assert 2 == result.exit_code
    assert "" == result.stdout
    assert 4 == len(result.stderr.splitlines())
    assert all(line.startswith("answers.json: ") for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "answers.json:1:1: this is not JSON: expecting value"),
        (b'{"answers":\n {"E" "E1"}}', "answers.json:2:7: this is not JSON: expecting ':' delimiter"),
        (b"\xff\xfe", "answers.json: is not text in UTF-8"),
        (b"[" * 100_000, "answers.json: holds JSON that is far too deep or too long"),
        (b"1" * 5_000, "answers.json: holds JSON that is far too deep or too long"),
        (b" " * 2_000_000, "answers.json: has more than 1,000,000 bytes, so it is no file of answers"),
        (b"[]", "answers.json: the answers file: should be an object with keys and values"),
        (b'"text"', "answers.json: the answers file: should be an object with keys and values"),
        (b'{"answers": []}', "answers.json: answers: should be an object with keys and values"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_with_a_sentence(folder: Path, data: bytes, sentence: str) -> None:
    (folder / "answers.json").write_bytes(data)
    result = run("select", "answers.json")

    assert 2 == result.exit_code
    assert result.stderr.startswith(sentence)
    assert 1 == len(result.stderr.splitlines())


def test_a_byte_order_mark_before_the_answers_is_let_be(folder: Path) -> None:
    (folder / "answers.json").write_bytes(b'\xef\xbb\xbf{"answers": {"E": "E1"}}')

    assert 0 == run("select", "answers.json").exit_code


def test_select_with_mistakes_in_the_content_shows_these_and_ends_with_1(folder: Path) -> None:
    write(folder / "content", {"cycle.yml": "a: b: c"})
    result = select(folder, {})

    assert 1 == result.exit_code
    assert "content/cycle.yml:1:5: YAML" in result.stderr
