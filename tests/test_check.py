"""The check finds every mistake at once, each with its place, a code and a way out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory import HERE, content, spoiled, texts, write
from sitegen.codes import CODES
from sitegen.load import LoadResult, load_content
from sitegen.problems import Problem, explained, render
from sitegen.schemas import schemas
from sitegen.shelves import SHELVES
from sitegen.source import MOST_PROBLEMS
from test_source import LOOKS, MEGABYTES, SHAPES

ROOT = Path(__file__).parent.parent
TEXTS = texts()
START = TEXTS["basics/start.yml"]


def load(folder: Path, changed: Mapping[str, str | bytes] | None = None, without: str = "") -> LoadResult:
    """The small content folder with some files changed or added, and one left out."""
    files = {**TEXTS, **(changed or {})}
    files.pop(without, None)
    return load_content(write(folder / "content", files))


def codes(result: LoadResult) -> list[str]:
    return [problem.code for problem in result.problems]


def spoil(folder: Path, file: str, lines: str) -> tuple[list[Problem], str]:
    """The problems once `lines` stand in `file`; and the place in them that `HERE` points to, as `line:column`."""
    text = spoiled(TEXTS[file], lines)
    before = text.partition(HERE)[0]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    return load(folder, {file: text.replace(HERE, "")}).problems, place


def test_content_that_is_right_gives_a_catalog_and_no_problem(tmp_path: Path) -> None:
    result = load(tmp_path)

    assert [] == result.problems
    assert result.catalog is not None
    assert ["grow", "ask"] == [model.id for model in result.catalog.models]


# ---- every mistake in its place

CASES_FOLDER = Path(__file__).parent / "content_cases"
CASES = [
    case
    for path in sorted(CASES_FOLDER.glob("*.yml"))
    if path.stem != "fine"
    for case in yaml.safe_load(path.read_text("utf-8"))
]
FINE = yaml.safe_load((CASES_FOLDER / "fine.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']} {case['says']}")
def test_a_mistake_is_told_in_its_place(tmp_path: Path, case: dict[str, str]) -> None:
    problems, place = spoil(tmp_path, case["file"], case["lines"])

    wanted = (case["code"], case["says"])
    found = [p for p in problems if (p.code, p.message) == wanted and p.file.endswith(f"content/{case['file']}")]
    assert [place] == [f"{p.line}:{p.column}" for p in found], render(problems)
    assert case.get("hint", found[0].hint) == found[0].hint


@pytest.mark.parametrize("case", FINE, ids=lambda case: case["lines"])
def test_what_is_no_mistake_is_not_told(tmp_path: Path, case: dict[str, str]) -> None:
    assert [] == spoil(tmp_path, case["file"], case["lines"])[0]


def test_a_text_that_nobody_could_have_meant_is_not_looked_at_further(tmp_path: Path) -> None:
    assert ["TOO-LARGE"] == codes(load(tmp_path, {"basics/start.yml": spoiled(START, "lead: " + "TODO " * 5_000)}))


# ---- files and folders


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("model/new.yml", "did you mean 'models'?"),
        ("models/new.yaml", "rename the file"),
        ("notes.txt", "content is YAML only"),
        ("selektor.yml", "did you mean 'selector.yml'?"),
        ("models/deep/new.yml", "did you mean 'models'?"),
        ("models/README.md", "content is YAML only"),
    ],
)
def test_a_file_that_nothing_reads_is_told(tmp_path: Path, name: str, hint: str) -> None:
    result = load(tmp_path, {name: "name: A"})

    assert [("UNKNOWN-FILE", hint)] == [(p.code, p.hint) for p in result.problems]


def test_hidden_files_are_let_be(tmp_path: Path) -> None:
    assert [] == load(tmp_path, {".DS_Store": b"\0", "models/.new.yml.swp": ""}).problems


def test_a_file_name_that_is_no_text_can_still_be_shown(tmp_path: Path) -> None:
    folder = os.fsencode(write(tmp_path / "content", TEXTS)) + b"/models/"
    for name in (b"\xff.yml", b"a\nb.yml"):
        Path(os.fsdecode(folder + name)).write_bytes(b"")
    result = load_content(tmp_path / "content")

    assert "models/\ufffd.yml:1:1: FILE-NAME" in render(result.problems)
    render(result.problems).encode()


def test_a_missing_file_is_told_and_ids_it_would_give_are_not_called_unknown(tmp_path: Path) -> None:
    result = load(tmp_path, without="sources.yml")

    assert ["MISSING-FILE"] == codes(result)
    assert result.problems[0].file.endswith("content/sources.yml")


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    assert ["MISSING-FILE"] * len(SHELVES) == codes(load_content(tmp_path))


def test_a_file_name_has_to_work_in_an_address(tmp_path: Path) -> None:
    assert ["FILE-NAME"] == codes(load(tmp_path, {"basics/Our Start.yml": START}))


def test_two_folders_cannot_hold_one_topic(tmp_path: Path) -> None:
    result = load(tmp_path, {"support/start.yml": START})

    assert ["DUPLICATE-ID"] == codes(result)
    assert "basics/start.yml" in (result.problems[0].hint or "")


def test_a_cycle_of_four_phases_is_told(tmp_path: Path) -> None:
    assert "the cycle has 5 phases, and here are 4" in render(load(tmp_path, without="cycle/reflect.yml").problems)


@pytest.mark.parametrize("text", ["", "# only a remark\n", "just words\n", "- a\n- list\n", "12\n"])
def test_a_file_without_keys_is_told_once(tmp_path: Path, text: str) -> None:
    assert ["WRONG-TYPE"] == codes(load(tmp_path, {"basics/start.yml": text}))


def test_a_source_that_nobody_cites_is_a_warning_and_stops_nothing(tmp_path: Path) -> None:
    result = load(tmp_path, {"support/novices.yml": START})

    assert [("SOURCE-UNUSED", "warning")] * 2 == [(p.code, p.severity) for p in result.problems]
    assert result.catalog is not None


def test_sources_have_addresses_that_work(tmp_path: Path) -> None:
    data = content()["sources.yml"]
    data["sources"][0] |= {"url": "javascript:alert(1)", "doi": "https://doi.org/10.1/2"}

    assert ["ADDRESS", "ADDRESS"] == codes(load(tmp_path, {"sources.yml": yaml.safe_dump(data)}))


# ---- all at once


def test_all_problems_come_at_once_in_the_order_of_files_and_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lead = "lead: Read [this](model:gorw), TODO, 0.49."
    changed = {
        "basics/start.yml": spoiled(START, f"{lead}\ntitel: A\norder: one"),
        "cycle.yml": "a: b: c",
        "models/ask.yml": spoiled(TEXTS["models/ask.yml"], "cost: lots"),
    }
    result = load(tmp_path, changed)

    assert [
        ("content/basics/start.yml", "MODEL-ID"),
        ("content/basics/start.yml", "TODO"),
        ("content/basics/start.yml", "NUMBER-SOURCE"),
        ("content/basics/start.yml", "UNKNOWN-KEY"),
        ("content/basics/start.yml", "WRONG-TYPE"),
        ("content/cycle.yml", "YAML"),
        ("content/models/ask.yml", "WRONG-VALUE"),
    ] == [(problem.file, problem.code) for problem in result.problems]
    assert result.catalog is None


def test_a_problem_is_shown_as_editors_and_terminals_expect_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = TEXTS["site.yml"].replace("first_models:\n- grow", "first_models:\n- gorw")
    line = text.splitlines().index("- gorw") + 1

    assert render(load(tmp_path, {"site.yml": text}).problems) == (
        f"content/site.yml:{line}:3: MODEL-ID unknown coaching model 'gorw'\n"
        "    hint: did you mean 'grow'?\n"
        "1 problem in 1 file"
    )


def test_the_last_line_counts_problems_and_warnings(tmp_path: Path) -> None:
    unused = load(tmp_path, {"support/novices.yml": START}).problems
    both = load(tmp_path, {"support/novices.yml": START, "basics/start.yml": spoiled(START, "lead: TODO")}).problems

    assert "2 warnings in 1 file" == render(unused).splitlines()[-1]
    assert "1 problem and 2 warnings in 2 files" == render(both).splitlines()[-1]
    assert "No problems" == render([])


def test_of_one_file_only_so_many_problems_are_shown(tmp_path: Path) -> None:
    lines = "\n".join(f"k{i}: v" for i in range(500))
    found = codes(load(tmp_path, {"basics/start.yml": spoiled(START, f"{lines}\nlead: TODO")}))

    assert MOST_PROBLEMS + 1 == len(found)
    assert "TOO-MANY" == found[-1]


# ---- every code is explained


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.file], ids=lambda code: code.code)
def test_the_examples_on_the_page_about_the_check_are_true(tmp_path: Path, code: Any) -> None:
    bad, _ = spoil(tmp_path / "bad", code.file, code.bad)

    assert code.code in {problem.code for problem in bad}
    if code.good:
        assert [] == spoil(tmp_path / "good", code.file, code.good)[0]


EDITORIAL = {"THIN", "ORPHAN", "SHARED-TEXT", "READING-GRADE", "FILLER", "SPELLING"}
"""Tried in test_editorial.py."""
TRIED_BY_THEMSELVES = EDITORIAL | {
    "ENCODING", "UNREADABLE", "TOO-LARGE", "TOO-MANY", "UNKNOWN-FILE", "MISSING-FILE", "FILE-NAME", "SOURCE-UNUSED",
}  # fmt: skip


def test_every_code_is_explained_in_words_and_tried_here() -> None:
    tried = TRIED_BY_THEMSELVES | {case["code"] for case in CASES} | {code.code for code in CODES.values() if code.file}

    assert tried == set(CODES)
    assert all(code.title and len(code.explanation.split()) > 10 for code in explained())


# ---- any content at all


def test_files_made_to_hurt_take_little_time_and_memory(tmp_path: Path) -> None:
    """One file of each folder is spoiled in every way that a parser, a type or a check could suffer from."""
    for name, (file, data) in hurting().items():
        write(tmp_path / name / "content", {**TEXTS, file: data})
    program = """
        import sys
        from pathlib import Path
        sys.path[:0] = [".", "../tests"]
        from effort import looks
        from memory import peak_megabytes
        from sitegen.load import load_content
        for folder in sorted(Path(sys.argv[1]).iterdir()):
            took = looks(lambda: load_content(folder / "content"), float(sys.argv[2]))
            print(f"{took:.0f} {folder.name}")
        print(peak_megabytes(), "memory")
    """
    run = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path), str(LOOKS)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT / "tools", check=True)
    *timed, memory = [line.split(" ", 1) for line in done.stdout.splitlines()]

    assert [] == [(name, took) for took, name in timed if float(took) >= LOOKS]
    assert len(hurting()) == len(timed)
    assert float(memory[0]) < MEGABYTES


def hurting() -> dict[str, tuple[str, bytes]]:
    """Name -> a file and its bytes."""
    topic = {
        "tags": "lead: '" + "<b>" * 300_000 + "'",
        "links": "lead: '" + "[a](model:gorw)" * 60_000 + "'",
        "short links": "lead: '" + "[a](model:gorw)" * 1_300 + "'",
        "sources": "lead: '" + "[@gorw]" * 2_800 + "'",
        "numbers": "lead: '" + "1 " * 10_000 + "'",
        "digits": "lead: '" + "1" * 19_000 + "'",
        "underscores": "lead: '" + "_a" * 9_000 + "'",
        "signs": "lead: '" + "<" * 19_000 + "'",
        "open brackets": "lead: '" + "[" * 19_000 + "'",
        "unknown keys": "\n".join(f"k{i}: v" for i in range(19_000)),
        "empty items": "keywords: [" + "~," * 19_000 + "]",
        "empty sections": "sections: [" + "{}," * 19_000 + "]",
        "a long id": "related: [{to: 'model:" + "k" * 800_000 + "', why: A}]",
        "a deep value": "sections: " + "[" * 18 + "{a: b}" + "]" * 18,
    }
    letters = "abcdefghijklmnopqrstuvwxyz"
    ids = [a + b + c for a in letters for b in letters for c in letters[:7]]
    other = {
        "many terms": ("glossary.yml", "terms:\n" + "".join(f"- {{id: {i * 4}, term: A, plain: B.}}\n" for i in ids)),
        "one term again": ("glossary.yml", "terms:\n" + "- {id: aaaaaaaaaa, term: A, plain: B.}\n" * 4_700),
        "halves of terms": ("glossary.yml", "terms: [" + "{id: a}," * 9_000 + "]"),
        "many fits": ("models/grow.yml", "fits: {" + ",".join(f"k{i}: {{a: b}}" for i in range(6_000)) + "}"),
        "many questions": ("selector.yml", "questions: [" + "{key: Z, use: score, answers: [{key: A}]}," * 3_000 + "]"),
    }
    made = {name: ("basics/start.yml", spoiled(START, lines)) for name, lines in topic.items()}
    made |= {name: (file, spoiled(TEXTS[file], lines)) for name, (file, lines) in other.items()}
    shapes = {f"{name}, raw": ("basics/start.yml", data) for name, data in SHAPES.items()}
    return {name: (file, text.encode()) for name, (file, text) in made.items()} | shapes


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0, 9) | st.text(max_size=20) | st.just("[a](b:c) **1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_gives_problems_and_never_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    """Some value of the small content is swapped for something else, and the whole is checked."""
    name = data.draw(st.sampled_from(sorted(TEXTS)))
    value = deepcopy(content()[name])  # parts of it are shared by all tests
    at: Any = value
    while True:
        key = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], (dict, list)) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(ANYTHING)
    result = load(tmp_path, {name: yaml.safe_dump(value, allow_unicode=True)})

    assert (result.catalog is None) == any(problem.severity == "error" for problem in result.problems)
    render(result.problems)


# ---- the real content, the schemas, the editors


def test_the_guides_own_content_has_no_problem_and_reads_well() -> None:
    problems = load_content(ROOT / "content", as_editor=True).problems

    assert [] == problems, render(problems)


def test_the_schemas_of_the_editors_are_those_of_the_types() -> None:
    """If this fails: python -m sitegen.schemas"""
    committed = {path.name: path.read_bytes() for path in (ROOT / "schemas").iterdir()}

    assert schemas() == committed


def test_every_field_that_has_a_note_carries_it_into_its_schema() -> None:
    model = json.loads(schemas()["model.schema.json"])

    assert "At most 25 words, for cards and search results." == model["properties"]["one_line"]["description"]
    assert "id" not in model["properties"]
    assert model["additionalProperties"] is False


def test_every_content_file_names_its_schema_for_the_editor() -> None:
    for shelf in SHELVES:
        folder = ROOT / "content"
        for path in folder.glob(f"{shelf.where}*.yml" if shelf.is_folder else shelf.where):
            up = "../" * len(path.relative_to(ROOT).parts[:-1])
            first = path.read_text("utf-8").splitlines()[0]

            assert first == f"# yaml-language-server: $schema={up}schemas/{shelf.schema}.schema.json", path


def test_the_editor_settings_bind_the_same_schemas() -> None:
    bound = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    wanted: dict[str, list[str]] = {}
    for shelf in SHELVES:
        files = f"content/{shelf.where}*.yml" if shelf.is_folder else f"content/{shelf.where}"
        wanted.setdefault(f"./schemas/{shelf.schema}.schema.json", []).append(files)

    assert wanted == bound
