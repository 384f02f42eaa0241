"""The check finds every mistake at once, each with its place, a code and a way out."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory import HERE, OTHER_FITS, content, spoiled, texts, write
from sitegen.codes import CODES
from sitegen.load import LoadResult, load_content
from sitegen.problems import Problem, explained, render
from sitegen.schemas import schemas
from sitegen.shelves import SHELVES
from sitegen.source import MOST_PROBLEMS
from test_source import MEGABYTES, SECONDS, SHAPES

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

FITS = yaml.safe_dump({"fits": OTHER_FITS}, sort_keys=False)
STEP = "  - {name: A, phase: %s, short: B, coach_does: C., teacher_does: D., minutes: 5}\n"
STEPS = ("goals", "data", "co-plan", "observe", "reflect")

# code, file, lines with HERE before the place, message, hint (None: not looked at)
CASES = [
    # shape
    ("UNKNOWN-KEY", "basics/start.yml", "→titel: Start", "unknown key 'titel'", "did you mean 'title'?"),
    ("UNKNOWN-KEY", "basics/start.yml", "→id: start", "'id' cannot be given here: the file's name is the id", None),
    ("UNKNOWN-KEY", "glossary.yml", "→words: []", "unknown key 'words'", None),
    ("UNKNOWN-KEY", "models/grow.yml", "stance: {low: 1, high: 2, →hihg: 3}", "unknown key 'hihg'", "did you mean 'high'?"),
    ("MISSING-KEY", "models/grow.yml", "→stance: {low: 1}", "'stance' needs the key 'high'", None),
    ("MISSING-KEY", "glossary.yml", "terms:\n  - →id: a\n    term: A", "'terms' needs the key 'plain'", "One or two sentences in plain words."),
    ("WRONG-TYPE", "basics/start.yml", "title: →12", "'title' should be text, not the number 12", "put it in quotes"),
    ("WRONG-TYPE", "basics/start.yml", "title: →true", "'title' should be text, not the word true", "put it in quotes"),
    ("WRONG-TYPE", "basics/start.yml", "title: →{a: b}", "'title' should be text, not keys and values", None),
    ("WRONG-TYPE", "basics/start.yml", "title: →[a]", "'title' should be text, not a list", None),
    ("WRONG-TYPE", "basics/start.yml", "order: →first", "'order' should be a whole number, not the text 'first'", None),
    ("WRONG-TYPE", "basics/start.yml", "order: →'1'", "'order' should be a whole number, not the text '1'", None),
    ("WRONG-TYPE", "basics/start.yml", "order: →1.5", "'order' should be a whole number, not the number 1.5", None),
    ("WRONG-TYPE", "basics/start.yml", "keywords: →one", "'keywords' should be a list, not the text 'one'", None),
    ("WRONG-TYPE", "basics/start.yml", "sections: [→one]", "'sections' should be keys and values, not the text 'one'", None),
    ("WRONG-TYPE", "models/grow.yml", "fits: →[]", "'fits' should be keys and values, not a list", None),
    ("WRONG-TYPE", "models/grow.yml", "fits: {E: →3}", "'E' should be keys and values, not the number 3", None),
    ("WRONG-TYPE", "selector.yml", "close: →near", "'close' should be a number, not the text 'near'", None),
    ("WRONG-VALUE", "models/grow.yml", "grade: →E", "'grade' cannot be 'E'", None),
    ("WRONG-VALUE", "models/grow.yml", "cost: →hihg", "'cost' cannot be 'hihg'", "one of low, medium, high"),
    ("WRONG-VALUE", "models/grow.yml", "say: [→mine]", "'say' cannot be 'mine'", "one of low, shared, high"),
    ("WRONG-VALUE", "cycle/goals.yml", "number: →6", "'number' cannot be '6'", "one of 1, 2, 3, 4, 5"),
    ("DUPLICATE-ID", "glossary.yml", "terms: [{id: baseline, term: A, plain: B.}, {id: →baseline, term: C, plain: D.}]", "a second 'baseline' in one list", "the first one is at 1:14"),
    ("ID-FORM", "glossary.yml", "terms: [{id: →Base_line, term: A, plain: B.}, {id: baseline, term: A, plain: B.}]", "the id 'Base_line' cannot be part of an address", None),
    ("ID-SIMILAR", "glossary.yml", "terms: [{id: modelling, term: A, plain: B.}, {id: →modeling, term: C, plain: D.}]", "'modeling' is nearly 'modelling'", None),
    ("ID-SIMILAR", "glossary.yml", "terms: [{id: exit-ticket, term: A, plain: B.}, {id: →exittickets, term: C, plain: D.}]", "'exittickets' is nearly 'exit-ticket'", None),
    ("BLOCK-SHAPE", "basics/start.yml", "sections: [{heading: A, body: [→{}]}]", "a block that holds nothing", None),
    ("BLOCK-SHAPE", "basics/start.yml", "sections: [{heading: A, body: [→{text: B., say: C.}]}]", "'text' and 'say' in one block", None),
    ("TABLE-SHAPE", "basics/start.yml", "sections: [{heading: A, body: [{table: {caption: B, columns: [C, D], rows: [[E, F], →[G]]}}]}]", "1 cells in a table of 2 columns", "write a cell for each column"),
    ("SPAN", "models/grow.yml", "weeks: {low: →8, high: 3}", "low is 8 and high is 3", "the smaller number comes first"),
    ("SPAN", "models/grow.yml", "stance: →{low: 0, high: 3}", "'stance' has to be between 1 and 5", None),
    ("SPAN", "cycle/goals.yml", "steps: [{name: A, text: B., minutes: →-5}]", "'minutes' has to be between 0 and 6000", None),
    ("PHASES", "models/grow.yml", "→cycle:\n" + "".join(STEP % phase for phase in STEPS[:3]), "no step for 'observe' and 'reflect'", None),
    ("PHASES", "models/grow.yml", "cycle:\n" + STEP % "goals" + (STEP % "→co-plan") + "".join(STEP % phase for phase in STEPS[3:]), "the second step is for 'co-plan'", None),
    ("PHASES", "models/grow.yml", "cycle:\n" + "".join(STEP % phase for phase in STEPS) + "  - →" + (STEP % "goals")[4:], "a step too many", None),
    ("PHASES", "cycle/reflect.yml", "number: →1", "phase 1 is already 'goals'", None),
    ("SITE-PARTS", "site.yml", "→pages: [{id: home, title: A, answers: B, lead: C.}]", "no words for the page 'glossary'", None),
    ("SITE-PARTS", "site.yml", "tools: [{id: →goals, name: A, answers: B, one_line: C, minutes: D, page: tools/goal/}]", "there is no tool 'goals'", "did you mean 'goal'?"),
    ("SITE-PARTS", "site.yml", "→tools: [{id: goal, name: A, answers: B, one_line: C, minutes: D, page: tools/goal/}]", "the tool 'selector' is not listed", None),
    ("DATE", "basics/start.yml", "reviewed: →2026-02-30", "'2026-02-30' is not a day", "write it like 2026-11-23"),
    ("DATE", "basics/start.yml", "reviewed: →Nov 23, 2026", "'Nov 23, 2026' is not a day", None),
    ("DATE", "basics/start.yml", "reviewed: →'20261123'", "'20261123' is not a day", None),
    ("ADDRESS", "site.yml", "address: →http://example.org/", "'http://example.org/' cannot be used as 'address'", None),
    ("ADDRESS", "site.yml", "repository: →javascript:alert(1)", "'javascript:alert(1)' cannot be used as 'repository'", None),
    # links
    ("MODEL-ID", "site.yml", "first_models: [→gorw]", "unknown coaching model 'gorw'", "did you mean 'grow'?"),
    ("MODEL-ID", "basics/start.yml", "related: [{to: 'model:→gorw', why: A}]", "unknown coaching model 'gorw'", "did you mean 'grow'?"),
    ("MODEL-ID", "basics/start.yml", "lead: >-\n  You may\n  want [this](model:→gorw).", "unknown coaching model 'gorw'", None),
    ("PHASE-ID", "models/grow.yml", "cycle:\n" + (STEP % "→goal"), "unknown phase 'goal'", "did you mean 'goals'?"),
    ("PHASE-ID", "selector.yml", "blends: [{id: H1, name: A, when: B, beside: C, how: D., phases: {→goal: {who: lead, text: E.}}}]", "unknown phase 'goal'", None),
    ("TOPIC-ID", "glossary.yml", "terms: [{id: baseline, term: A, plain: B., see: ['topic:→strat']}]", "unknown topic 'strat'", "did you mean 'start'?"),
    ("TOOL-ID", "basics/start.yml", "related: [{to: 'tool:→goals', why: A}]", "unknown tool 'goals'", "did you mean 'goal'?"),
    ("TERM-ID", "basics/start.yml", "lead: The [base](term:→base).", "unknown term 'base'", "did you mean 'baseline'?"),
    ("SOURCE-ID", "models/grow.yml", "evidence: [{claim: A., strength: weak, sources: [→kraft]}]", "unknown source 'kraft'", "did you mean 'kraft-2018'?"),
    ("SOURCE-ID", "basics/start.yml", "lead: It helps [@→lee].", "unknown source 'lee'", None),
    ("FLAG-ID", "selector.yml", "before: [{flag: →RF9, text: A}]", "unknown red flag 'RF9'", "did you mean 'RF1'?"),
    ("FLAG-ID", "basics/start.yml", "lead: See [this](flag:→RF9).", "unknown red flag 'RF9'", None),
    ("TARGET", "basics/start.yml", "related: [{to: →grow, why: A}]", "'grow' has no kind before it", "did you mean 'model:grow'?"),
    ("TARGET", "basics/start.yml", "related: [{to: '→modle:grow', why: A}]", "'modle:grow' begins with an unknown kind, 'modle'", "did you mean 'model'?"),
    ("TARGET", "basics/start.yml", "related: [{to: '→model:', why: A}]", "'model:' has no id after the colon", None),
    ("LINK-BROKEN", "basics/start.yml", "related: [{to: 'page:→comparison', why: A}]", "unknown page 'comparison'", "did you mean 'compare'?"),
    ("LINK-BROKEN", "basics/start.yml", "lead: See [this](→https://example.org).", "'https://example.org' is an address", None),
    ("LINK-BROKEN", "basics/start.yml", "lead: See [this](→../models/grow.md).", "'../models/grow.md' is an address", None),
    ("LINK-BROKEN", "basics/start.yml", "lead: See [this](→grow).", "'grow' has no kind before it", "did you mean 'model:grow'?"),
    # text
    ("EMPTY-TEXT", "basics/start.yml", "→lead:", "'lead' has no value", None),
    ("EMPTY-TEXT", "basics/start.yml", "→nav:", "'nav' has no value", None),
    ("EMPTY-TEXT", "basics/start.yml", "lead: →'  '", "'lead' is empty", None),
    ("EMPTY-TEXT", "basics/start.yml", "sections: →[]", "'sections' is an empty list", None),
    ("EMPTY-TEXT", "basics/start.yml", "keywords: [one, →~]", "'keywords' has no value", None),
    ("TODO", "basics/start.yml", "lead: Begin. →TODO more.", "'TODO' is not for readers", None),
    ("TODO", "basics/start.yml", "title: →FIXME", "'FIXME' is not for readers", None),
    ("TODO", "basics/start.yml", "lead: →Lorem ipsum dolor.", "'Lorem ipsum' is not for readers", None),
    ("RAW-HTML", "basics/start.yml", "lead: A →<br/> break.", "'<br/>' is HTML", None),
    ("RAW-HTML", "basics/start.yml", "title: A →&nbsp; break", "'&nbsp;' is HTML", None),
    ("RAW-HTML", "basics/start.yml", "lead: A →<!-- remark -->", "'<!--' is HTML", None),
    ("RAW-HTML", "basics/start.yml", "lead: A →<script>alert(1)</script>", "'<script>' is HTML", None),
    ("MARKUP", "basics/start.yml", "lead: Ask →**one.", "** that is opened and not closed", None),
    ("MARKUP", "basics/start.yml", "lead: See →[this] (model:grow).", "a square bracket that is part of no link and no source", None),
    ("MARKUP", "basics/start.yml", "lead: It helps →[@kraft-2018; @lee].", "a square bracket that is part of no link and no source", None),
    ("MARKUP", "basics/start.yml", "lead: An →*important* word.", "a single *", None),
    ("MARKUP", "basics/start.yml", "lead: An →_important_ word.", "_underscores_ around words", None),
    ("MARKUP", "basics/start.yml", "lead: Some →`code`.", "a backtick", None),
    ("MARKUP", "basics/start.yml", "lead: At →https://example.org.", "a web address", None),
    ("MARKUP", "basics/start.yml", "lead: '→# Heading'", "a text that starts with #", None),
    ("MARKUP", "basics/start.yml", "lead: '→- item'", "a text that starts with -", None),
    ("MARKUP", "basics/start.yml", "lead: |\n  One.\n\n  →Two.", "a line break inside one text", None),
    ("MARKUP", "basics/start.yml", "lead: '→![words](model:grow)'", "a picture", None),
    ("LABEL-MARKUP", "basics/start.yml", "title: A →**strong** title", "markup in 'title'", None),
    ("LABEL-MARKUP", "basics/start.yml", "title: A [link→](model:grow)", "markup in 'title'", None),
    ("LONG-LABEL", "basics/start.yml", "one_line: →" + "word " * 26, "'one_line' has 26 words", "at most 25 fit in its place"),
    ("LONG-LABEL", "cycle/goals.yml", "short: →Goals and growth", "'short' has 3 words", "at most 2 fit in its place"),
    ("NUMBER-SOURCE", "basics/start.yml", "lead: It was →0.49 deviations.", "the number '0.49' has no source", None),
    ("NUMBER-SOURCE", "basics/start.yml", "lead: Since →2018 it grew.", "the number '2018' has no source", None),
    ("NUMBER-SOURCE", "basics/start.yml", "lead: It takes →5–12 weeks.", "the number '5–12' has no source", None),
    ("NUMBER-SOURCE", "models/grow.yml", "best_when: ['It takes [→60 studies](model:ask).']", "the number '60' has no source", None),
    ("RECALLED-NUMBER", "basics/start.yml", "lead: It took →20 weeks [@park-2019].", "the number '20' rests on 'park-2019', which nobody has opened", None),
    ("RECALLED-NUMBER", "models/grow.yml", "evidence: [{claim: It took →20 weeks., strength: weak, sources: [park-2019]}]", "the number '20' rests on 'park-2019', which nobody has opened", None),
    ("TOO-LARGE", "basics/start.yml", "lead: →" + "word " * 5_000, "a text of 24,999 characters", None),
    # selector and fits
    ("SELECTOR", "selector.yml", "flags: [{id: RF1, level: stop, title: A, then: B., link: 'page:about', link_label: C, when: [{→Z: [Z1]}]}]", "unknown question 'Z'; known are E, S, X", None),
    ("FIT-MISSING", "models/grow.yml", "→fits:\n  E: {E1: {score: 3, reason: clear steps}, E2: {score: 2, reason: less to add}}", "no fits for question X", None),
    ("FIT-MISSING", "models/grow.yml", FITS.replace("  X:", "  →X:").replace("    X2:\n      score: 4\n      reason: core use\n", ""), "no fit for answer X2", None),
    ("FIT-UNKNOWN", "models/grow.yml", FITS + "  →S: {S1: {score: 3, reason: clear steps}}", "the selector has no scored question 'S'", None),
    ("FIT-UNKNOWN", "models/grow.yml", FITS + "    →X3: {score: 3, reason: clear steps}", "the selector has no scored answer 'X3'", None),
    ("FIT-REASON", "models/grow.yml", FITS.replace("own questions", "→'' # none"), "the reason is empty", None),
    ("FIT-REASON", "models/grow.yml", FITS.replace("own questions", "→good"), "'good' is no reason", "say why, in two words or more"),
    ("MODEL-UNREACHABLE", "models/grow.yml", FITS.replace("fits", "→fits").replace("score: 1", "score: 0").replace("score: 4\n      reason: own", "score: 0\n      reason: own"), "never ranked: its fit is 0 for every answer to question E", None),
    ("MODEL-UNREACHABLE", "models/grow.yml", FITS.replace("fits", "→fits").replace("score: 4\n      reason: core", "score: 1\n      reason: core"), "never first: its fit is below 2 for every answer to question X", None),
    ("MODEL-UNREACHABLE", "models/grow.yml", FITS.replace("fits", "→fits").replace("score: 4\n      reason: core", "score: 3\n      reason: core"), "never first: 'ask' fits at least as well for every answer", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "lines", "message", "hint"), CASES)
def test_a_mistake_is_told_in_its_place(
    tmp_path: Path, code: str, file: str, lines: str, message: str, hint: str | None
) -> None:
    problems, place = spoil(tmp_path, file, lines)

    found = [p for p in problems if p.code == code and p.message == message and p.file.endswith(f"content/{file}")]
    assert [place] == [f"{p.line}:{p.column}" for p in found], render(problems)
    assert hint in (None, found[0].hint)


FINE = [
    ("basics/start.yml", "lead: Coaching in K-12 schools, COVID-19, RF1 and W3 are names."),
    ("basics/start.yml", "lead: R&D, 'AT&T' and a < b are no HTML."),
    ("basics/start.yml", "lead: By ____, ____ of ____ students will."),
    ("basics/start.yml", "lead: >-\n  **[Strong link](model:grow)**, and a\n  second line [@kraft-2018]."),
    ("basics/start.yml", "lead: It was 0.49 [@kraft-2018] or 0.5 [@park-2019]."),
    ("basics/start.yml", "lead: We say 80 percent [@field-guide]."),
    ("basics/start.yml", "title: Step 1 of 5, in 20 minutes (or less)"),
    ("basics/start.yml", "sections: [{heading: A, body: [{say: Give me 5 minutes.}, {steps: ['Wait 3 seconds.']}]}]"),
    ("models/grow.yml", "evidence: [{claim: 'It was 0.49.', strength: weak, sources: [kraft-2018]}]"),
    ("basics/start.yml", "reviewed: '2028-02-29'"),
    ("glossary.yml", "terms: [{id: baseline, term: A, plain: B.}, {id: lee-2019, term: C, plain: D.}, {id: lee-2020, term: E, plain: F.}]"),
    ("worksheets/goal.yml", "elsewhere: [no, on, '*-teach']"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "lines"), FINE)
def test_what_is_no_mistake_is_not_told(tmp_path: Path, file: str, lines: str) -> None:
    assert [] == spoil(tmp_path, file, lines)[0]


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


def test_all_problems_come_at_once_in_the_order_of_files_and_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_every_code_is_explained_in_words_and_tried_here() -> None:
    elsewhere = {"ENCODING", "TOO-MANY", "UNREADABLE", "UNKNOWN-FILE", "MISSING-FILE", "FILE-NAME", "SOURCE-UNUSED"}
    tried = elsewhere | {case[0] for case in CASES} | {code.code for code in CODES.values() if code.file}

    assert tried == set(CODES)
    assert all(code.title and len(code.explanation.split()) > 10 for code in explained())


# ---- any content at all


def test_files_made_to_hurt_take_little_time_and_memory(tmp_path: Path) -> None:
    """One file of each folder is spoiled in every way that a parser, a type or a check could suffer from."""
    for name, (file, data) in hurting().items():
        write(tmp_path / name / "content", {**TEXTS, file: data})
    program = """
        import resource, sys, time
        from pathlib import Path
        from sitegen.load import load_content
        for folder in sorted(Path(sys.argv[1]).iterdir()):
            start = time.perf_counter()
            result = load_content(folder / "content")
            print(f"{time.perf_counter() - start:.3f} {len(result.problems)} {folder.name}")
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0, "memory")
    """
    run = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT / "tools", check=True)
    *timed, memory = [line.split(" ", 2) for line in done.stdout.splitlines()]

    assert [] == [(name, seconds) for seconds, _, name in timed if float(seconds) > SECONDS]
    assert len(hurting()) == len(timed)
    assert int(memory[0]) / (1024 * 1024 if sys.platform == "darwin" else 1024) < MEGABYTES


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
    value = content()[name]
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


def test_the_guides_own_content_has_no_problem_and_is_checked_in_two_seconds() -> None:
    start = time.perf_counter()
    result = load_content(ROOT / "content")

    assert time.perf_counter() - start < SECONDS
    assert [] == result.problems, render(result.problems)


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
