"""Editorial rules: how the content reads. They warn, each in its place, and never stop a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from coaching.content import CoachingModel, Phase
from factory import spoiled, texts, write
from sitegen.editorial.depth import LEAST
from sitegen.editorial.plain_words import reading_grade
from sitegen.load import load_content
from sitegen.problems import Problem
from sitegen.walk import field_hints

TEXTS = texts()
START = TEXTS["basics/start.yml"]
LONG = (
    "The organizational implementation of comprehensive instructional methodologies necessitates considerable "
    "administrative coordination, interdisciplinary communication and continuous professional accountability. "
)
TALE = "On Tuesday the coach counted nine hands after each question and wrote them on a small yellow card for Ana."


def told(folder: Path, changed: dict[str, str], code: str) -> list[Problem]:
    """The problems with this code in the small content with some files changed."""
    loaded = load_content(write(folder / "content", {**TEXTS, **changed}), as_editor=True)
    assert loaded.catalog is not None
    return [problem for problem in loaded.problems if problem.code == code]


def in_start(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.file.endswith("basics/start.yml")]


def test_a_build_does_not_ask_how_the_content_reads(tmp_path: Path) -> None:
    assert [] == load_content(write(tmp_path, {**TEXTS, "basics/start.yml": spoiled(START, f"lead: {LONG}")})).problems


def test_rules_warn_and_leave_the_catalog_whole(tmp_path: Path) -> None:
    loaded = load_content(write(tmp_path, TEXTS), as_editor=True)

    assert {"warning"} == {problem.severity for problem in loaded.problems}
    assert loaded.catalog is not None


# ---- spelling and words


@pytest.mark.parametrize(
    ("word", "right"),
    [("programme", "program"), ("behaviour", "behavior"), ("recieve", "receive"), ("judgement", "judgment")],
)
def test_slips_and_british_spelling_are_told_in_their_place(tmp_path: Path, word: str, right: str) -> None:
    (found,) = told(tmp_path, {"basics/start.yml": spoiled(START, f"lead: Plan the {word} early.")}, "SPELLING")

    assert (f"'{word}' is misspelled", f"write {right}") == (found.message, found.hint)
    assert found.column == len("lead: Plan the ") + 1


@pytest.mark.parametrize("word", ["dialogue", "center", "modeling", "co-planning", "Priya"])
def test_right_words_are_let_be(tmp_path: Path, word: str) -> None:
    assert [] == told(tmp_path, {"basics/start.yml": spoiled(START, f"lead: See {word} here.")}, "SPELLING")


def test_filler_is_told_and_what_somebody_says_is_not(tmp_path: Path) -> None:
    own = {"basics/start.yml": spoiled(START, "lead: We utilize data.")}
    said = {"basics/start.yml": spoiled(START, "lead: He said “we utilize data” twice.")}

    assert ["'utilize' says little"] == [problem.message for problem in told(tmp_path / "own", own, "FILLER")]
    assert [] == told(tmp_path / "said", said, "FILLER")


# ---- reading grade


def test_long_words_in_long_sentences_ask_for_a_high_grade_and_short_ones_for_a_low_one() -> None:
    assert reading_grade(LONG) > 15
    assert reading_grade("The coach asks. The teacher thinks. They count hands.") < 4


def test_a_page_that_is_hard_to_read_is_told_with_its_hardest_text(tmp_path: Path) -> None:
    (found,) = told(tmp_path, {"basics/start.yml": spoiled(START, f"lead: {LONG * 10}")}, "READING-GRADE")

    assert found.file.endswith("basics/start.yml")
    assert "9 is the most" in found.message
    assert "The organizational implementation" in (found.hint or "")


def test_a_page_in_plain_words_is_let_be(tmp_path: Path) -> None:
    plain = "The coach asks. The teacher thinks. Then they count hands and talk about it. " * 20

    assert [] == told(tmp_path, {"basics/start.yml": spoiled(START, f"lead: {plain}")}, "READING-GRADE")


# ---- texts in two places


def test_a_text_that_stands_in_two_places_is_told_at_the_later_one(tmp_path: Path) -> None:
    changed = {
        "basics/start.yml": spoiled(START, f"lead: {TALE}"),
        "support/novices.yml": spoiled(TEXTS["support/novices.yml"], f"lead: {TALE} Coaching helps [@kraft-2018]."),
    }
    (found,) = told(tmp_path, changed, "SHARED-TEXT")

    assert found.file.endswith("support/novices.yml")
    assert "basics/start.yml:" in found.message


def test_texts_with_a_few_words_in_common_are_let_be(tmp_path: Path) -> None:
    other = "Afterward the principal asked who had counted nine hands after each question, and nobody at all could say."
    changed = {
        "basics/start.yml": spoiled(START, f"lead: {TALE}"),
        "support/novices.yml": spoiled(TEXTS["support/novices.yml"], f"lead: {other}"),
    }

    assert [] == told(tmp_path, changed, "SHARED-TEXT")


def test_short_texts_may_be_alike(tmp_path: Path) -> None:
    changed = {name: spoiled(TEXTS[name], "lead: Start with one count.") for name in ("basics/start.yml", "cycle.yml")}

    assert [] == told(tmp_path, changed, "SHARED-TEXT")


# ---- depth and links


def test_the_least_of_a_list_is_told_with_what_is_there(tmp_path: Path) -> None:
    found = in_start(told(tmp_path, {}, "THIN"))

    assert {"'sections' has 1, and 2 are the least", "'related' has 1, and 3 are the least"} <= {
        p.message for p in found
    }


def test_every_list_with_a_least_is_a_field_of_its_record() -> None:
    assert {} == {
        record: set(least) - set(field_hints(record))
        for record, least in LEAST.items()
        if set(least) - set(field_hints(record))
    }
    assert {"questions", "myths", "evidence"} <= set(LEAST[CoachingModel])
    assert {"mistakes", "data_sources", "sheet"} <= set(LEAST[Phase])


def test_a_model_without_a_story_and_a_short_conversation_are_told(tmp_path: Path) -> None:
    messages = {p.message for p in told(tmp_path, {}, "THIN") if p.file.endswith("models/grow.yml")}

    assert "the model has no 'case', a cycle week by week" in messages
    assert "'turns' has 1, and 12 are the least" in messages


def test_a_page_that_no_other_page_leads_to_is_told(tmp_path: Path) -> None:
    before = told(tmp_path / "before", {}, "ORPHAN")
    linked = {"basics/start.yml": spoiled(START, "lead: See [time](topic:time).")}
    after = told(tmp_path / "after", linked, "ORPHAN")

    assert "leading/time.yml" in {p.file.split("content/")[1] for p in before}
    assert "leading/time.yml" not in {p.file.split("content/")[1] for p in after}


def test_a_link_from_a_page_to_itself_does_not_count(tmp_path: Path) -> None:
    name = "leading/time.yml"
    changed = {name: spoiled(TEXTS[name], "lead: See [time](topic:time).")}

    assert name in {p.file.split("content/")[1] for p in told(tmp_path, changed, "ORPHAN")}
