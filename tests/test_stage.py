"""Staging: exactly what was made, and nothing touched that did not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.stage import Artifact, mirror, stage


def made(path: str, content: str = "x") -> Artifact:
    return Artifact(path, content.encode(), "content/x.yml")


def test_the_folder_holds_exactly_what_was_made(tmp_path: Path) -> None:
    stage([made("a/b.md"), made("c.md")], tmp_path)
    stage([made("a/b.md"), made("d.md")], tmp_path)

    assert ["a/b.md", "d.md"] == sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())


def test_a_file_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    stage([made("a.md"), made("b.md")], tmp_path)
    before = (tmp_path / "a.md").stat().st_mtime_ns
    result = stage([made("a.md"), made("b.md", "new")], tmp_path)

    assert ("b.md",) == result.written
    assert before == (tmp_path / "a.md").stat().st_mtime_ns


def test_a_folder_that_became_empty_goes_too(tmp_path: Path) -> None:
    stage([made("old/deep/a.md"), made("b.md")], tmp_path)
    stage([made("b.md")], tmp_path)

    assert not (tmp_path / "old").exists()


def test_what_another_step_owns_is_kept(tmp_path: Path) -> None:
    stage([made("assets/py/x.zip")], tmp_path)
    result = stage([made("b.md")], tmp_path, keep=("assets/py/",))

    assert () == result.removed
    assert (tmp_path / "assets/py/x.zip").is_file()


def test_two_makers_of_one_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.md is made from both content/x\.yml and content/x\.yml"):
        stage([made("a.md"), made("a.md")], tmp_path)


def test_a_mirror_is_equal_file_by_file(tmp_path: Path) -> None:
    stage([made("a/b.txt", "1"), made("c.txt", "2")], tmp_path / "from")
    stage([made("old.txt")], tmp_path / "to")
    result = mirror(tmp_path / "from", tmp_path / "to")

    assert ("a/b.txt", "c.txt") == result.written
    assert ("old.txt",) == result.removed
