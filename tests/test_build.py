"""The whole build: equal from one time to the next, and all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from projects import ROOT, copy_project
from sitegen.build import ContentProblems, Folders, build, fingerprint, headers, policy

PHASE = "content/cycle/goals.yml"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A copy of the project, built."""
    made = Folders.of(copy_project(tmp_path_factory.mktemp("guide")))
    build(made)
    return made


def test_two_builds_of_one_state_are_equal_byte_for_byte(folders: Folders, site_folder: Path) -> None:
    assert fingerprint(site_folder) == fingerprint(folders.out)


def test_a_second_build_changes_nothing(folders: Folders) -> None:
    done = build(folders)

    assert ((), ()) == (done.written, done.removed)


CHANGES = {
    "one text": [("content/models/technical.yml", "one_line: ", "one_line: In other words, ")],
    "a source, a term, a name and the guide's name": [
        ("content/models/technical.yml", "name: Technical\n", "name: Technically\n"),
        ("content/sources.yml", "authors: ", "authors: The late "),
        ("content/glossary.yml", "plain: ", "plain: Here, "),
        ("content/site.yml", "name: ", "name: Our "),
    ],
    "the theme": [("overrides/page.html", "{% extends", "{# a theme of our own #}{% extends")],
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_build_after_a_change_equals_one_from_nothing(folders: Folders, what: str) -> None:
    good = {file: (folders.root / file).read_text("utf-8") for file, _, _ in CHANGES[what]}
    for file, old, new in CHANGES[what]:
        assert old in good[file]
        (folders.root / file).write_text(good[file].replace(old, new, 1), "utf-8")
    try:
        build(folders)
        after = fingerprint(folders.out)
        for made in (folders.out, folders.raw, folders.docs, folders.cache / "kept"):
            shutil.rmtree(made)
        build(folders)
        fresh = fingerprint(folders.out)
    finally:
        for file, text in good.items():
            (folders.root / file).write_text(text, "utf-8")
        build(folders)

    assert fresh == after


def test_a_mistake_that_was_there_before_is_told_again(folders: Folders) -> None:
    """What was found right is noted; what was found wrong never is."""
    file = folders.root / PHASE
    good = file.read_text("utf-8")
    file.write_text(good.replace("purpose: >-\n  ", "purpose: >-\n  See [this](topic:nowhere). ", 1), "utf-8")
    try:
        for _ in range(2):
            with pytest.raises(ContentProblems) as raised:
                build(folders)
            assert ["TOPIC-ID"] == [problem.code for problem in raised.value.problems if problem.severity == "error"]
    finally:
        file.write_text(good, "utf-8")


def test_a_file_goes_wrong_when_what_it_refers_to_goes(folders: Folders) -> None:
    gone = folders.root / "content/models/peer.yml"
    good = gone.read_text("utf-8")
    gone.unlink()
    try:
        with pytest.raises(ContentProblems) as raised:
            build(folders)
    finally:
        gone.write_text(good, "utf-8")

    assert "MODEL-ID" in {problem.code for problem in raised.value.problems}


def test_a_mistake_in_the_content_leaves_the_last_good_site_as_it_is(folders: Folders) -> None:
    before = fingerprint(folders.out)
    file = folders.root / PHASE
    good = file.read_text("utf-8")
    file.write_text(good.replace("number: 1", "number: 6").replace("minutes:", "minuets:", 1), "utf-8")
    with pytest.raises(ContentProblems) as raised:
        build(folders)
    file.write_text(good, "utf-8")

    assert {"WRONG-VALUE", "UNKNOWN-KEY"} <= {problem.code for problem in raised.value.problems}
    assert before == fingerprint(folders.out)


def test_a_model_laid_beside_the_others_gets_its_page_and_takes_part_everywhere(folders: Folders) -> None:
    """A district adds a file and touches no code."""
    ours = (folders.root / "content/models/technical.yml").read_text("utf-8")
    added = folders.root / "content/models/river-valley.yml"
    # One fit better and one worse: a model that another beats everywhere could never come first, and the check says so.
    changes = {
        "name: Technical\n": "name: River Valley\n",
        "T1: {score: 1": "T1: {score: 2",
        "T3: {score: 4": "T3: {score: 3",
    }
    for old, new in changes.items():
        assert old in ours
        ours = ours.replace(old, new, 1)
    added.write_text(ours, "utf-8")
    try:
        build(folders)
        read = {name: (folders.out / name).read_text("utf-8") for name in PAGES_OF_A_MODEL}
    finally:
        added.unlink()
        build(folders)

    assert [] == [name for name, text in read.items() if "River Valley" not in text]


PAGES_OF_A_MODEL = (
    "models/river-valley/index.html",
    "models/index.html",
    "models/technical/index.html",
    "how-we-score/index.html",
    "tools/selector/index.html",
)


def test_the_headers_file_has_the_policy_of_the_configuration(folders: Folders) -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))

    assert " ".join(config["extra"]["csp"].split()) == policy(ROOT)
    assert f"Content-Security-Policy: {policy(ROOT)}; frame-ancestors 'none'\n" in headers(folders)


def test_the_headers_file_lets_our_own_pages_ask_for_the_camera_and_for_nothing_else(folders: Folders) -> None:
    assert "Permissions-Policy: camera=(self), geolocation=(), microphone=()\n" in headers(folders)


def test_what_no_page_loads_is_not_shipped(folders: Folders) -> None:
    shipped = [path.relative_to(folders.out).as_posix() for path in folders.out.rglob("*") if path.is_file()]

    assert [] == [
        name for name in shipped if name.endswith(".map") or name.startswith(("assets/stylesheets", "styles/"))
    ]
    assert not any("lunr" in name or "pagefind-ui" in name for name in shipped)
