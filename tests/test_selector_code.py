"""The result code: a reader's answers in 16 characters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.selector import Answer, Importance, Question, SelectorContent, TeamRole
from coaching.selector_code import ALPHABET, LENGTH, Answered, BadCode, decode, encode, fits_code
from code_data import (
    ANSWERS,
    BOXES,
    CODE,
    CODES,
    CONTENT,
    LEVELS,
    OF_QUESTION,
    PLAIN,
    ROLES,
    anything,
    everything,
    said,
    version,
    wrong,
)
from selector_data import selector


def one_choice() -> Iterator[Answered]:
    """Every answer, level, box and role alone."""
    yield said()
    yield from (said({key: answer}) for key, answers in OF_QUESTION.items() for answer in answers)
    yield from (said({}, {question.key: level}) for question in CONTENT.scored for level in LEVELS[1:])
    yield from (said({}, {}, box) for box in BOXES)
    yield from (said(role=role) for role in ROLES)


def sealed(data: str) -> str:
    """14 characters with the check characters that belong to them, found by trying."""
    for pair in product(ALPHABET, repeat=2):
        code = data + "".join(pair)
        try:
            decode(CONTENT, code)
        except BadCode as bad:
            if bad.kind == "check":
                continue
        return code
    raise AssertionError("no check characters")


# ---- there and back


def test_a_code_is_four_groups_of_four() -> None:
    assert [4, 4, 4, 4] == [len(group) for group in CODE.split("-")]
    assert set() == set(PLAIN) - set(ALPHABET)


@given(anything())
def test_every_set_of_answers_comes_back_from_its_code(answered: Answered) -> None:
    assert answered == decode(CONTENT, encode(CONTENT, answered))


def test_every_single_choice_has_a_code_of_its_own() -> None:
    alone = list(one_choice())

    assert alone == [decode(CONTENT, encode(CONTENT, answered)) for answered in alone]
    # Nothing said at all comes twice: it is also the role that is not said.
    assert len(alone) - 1 == len({encode(CONTENT, answered) for answered in alone})


@pytest.mark.parametrize("pick", [0, -1], ids=["first", "last"])
def test_all_choices_at_once_come_back(pick: int) -> None:
    assert everything(pick) == decode(CONTENT, encode(CONTENT, everything(pick)))


def test_the_usual_importance_is_the_same_as_none() -> None:
    assert encode(CONTENT, said({"E": "E1"})) == encode(CONTENT, said({"E": "E1"}, {"E": LEVELS[0]}))


def test_a_new_role_at_the_end_moves_no_other_digit() -> None:
    more = replace(CONTENT, roles=(*CONTENT.roles, TeamRole(key="parent", label="a parent", plural="parents")))
    # Characters 13 and 14 have the fingerprint, 15 and 16 the check.
    assert PLAIN[:12] == encode(more, ANSWERS).replace("-", "")[:12]


def test_an_answer_that_does_not_exist_has_no_code() -> None:
    for answered in (said({"E": "E9"}), said(role="king")):
        with pytest.raises(ValueError, match="not in list"):
            encode(CONTENT, answered)


def test_questions_that_need_more_than_65_bits_do_not_fit() -> None:
    question = Question(
        key="New",
        text="New?",
        short="New",
        help="",
        why="",
        use="flag",
        answers=tuple(Answer(key=f"N{n}", label="", said="") for n in range(3)),
    )
    many = replace(CONTENT, questions=(*CONTENT.questions, question))

    assert fits_code(CONTENT)
    assert fits_code(selector())
    assert not fits_code(many)
    with pytest.raises(ValueError, match="16 characters"):
        encode(many, said())


def test_eight_roles_do_not_fit() -> None:
    def roles(count: int) -> SelectorContent:
        return replace(CONTENT, roles=tuple(TeamRole(key=f"r{n}", label="", plural="") for n in range(count)))

    assert [True, False] == [fits_code(roles(7)), fits_code(roles(8))]


# ---- what a slip of the hand does


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    plain = code.replace("-", "")
    slips = [
        plain[:at] + letter + plain[at + 1 :] for at in range(LENGTH) for letter in ALPHABET if letter != plain[at]
    ]

    assert LENGTH * 31 == len(slips)
    assert {"check"} == {wrong(slip)[0] for slip in slips}


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_two_different_characters_is_noticed_neighbours_and_check_characters_included(code: str) -> None:
    plain = code.replace("-", "")
    swaps = [
        plain[:one] + plain[other] + plain[one + 1 : other] + plain[one] + plain[other + 1 :]
        for one, other in combinations(range(LENGTH), 2)
        if plain[one] != plain[other]
    ]

    assert {"check"} == {wrong(swap)[0] for swap in swaps}


@given(anything(), st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=2, unique=True), st.data())
def test_any_two_wrong_characters_are_noticed(answered: Answered, places: list[int], data: st.DataObject) -> None:
    letters = list(encode(CONTENT, answered).replace("-", ""))
    for place in places:
        letters[place] = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != letters[place]]))

    assert "check" == wrong("".join(letters))[0]


def test_about_one_in_1024_other_texts_passes_the_check_and_none_of_them_reads_as_answers() -> None:
    random = Random(7)
    kinds = [wrong("".join(random.choices(ALPHABET, k=LENGTH)))[0] for _ in range(20_000)]

    assert pytest.approx(20, abs=12) == len(kinds) - kinds.count("check")


# ---- forgiving reading


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        PLAIN,
        CODE.replace("-", " "),
        CODE.replace("-", ""),
        f"  {CODE}\n",
        *(CODE.replace("-", dash) for dash in ("–", "—", "‑", "‐", "−", " - ", "_", ".", "/", "·", ", ")),
        "\u200b".join(PLAIN),
        f"\ufeff\u200e{CODE}\u2060",
        PLAIN.replace("0", "O").replace("1", "I"),
        PLAIN.replace("0", "o").replace("1", "l"),
        *(PLAIN.replace("0", zero) for zero in "ØøΟοОоՕօ∅⌀〇"),
        *(PLAIN.replace("1", one) for one in "ΙιІіӀӏıİ"),
        # B, H and X of a Cyrillic keyboard and of a Greek one.
        PLAIN.replace("B", "В").replace("H", "н").replace("X", "х"),
        PLAIN.replace("B", "β").replace("H", "Η").replace("X", "Χ"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),
        "\u3000".join(PLAIN),
        f"“{CODE}”.",
        f"**{CODE}**",
    ],
    ids=ascii,
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert ANSWERS == decode(CONTENT, typed)


def test_zeros_and_ones_are_read_from_letters_that_look_like_them() -> None:
    assert {"0", "1"} <= set(PLAIN), "or the test above proves nothing"


# ---- what the reader is told


def test_an_incomplete_code_says_how_many_characters_it_has() -> None:
    said_of_15 = "This is not a whole code: it has 15 characters, and a code has 16. Copy the code again."

    assert ("length", said_of_15) == wrong(CODE[:-1])
    assert "17 characters" in wrong(CODE + "0")[1]
    assert "1 character," in wrong("7")[1]
    assert "no characters" in wrong(" - ")[1]


def test_a_letter_that_no_code_has_is_named() -> None:
    assert ("letter", "“U” is never in a code. Compare it with the screen it came from.") == wrong("u" + PLAIN[1:])
    assert "“Ñ”" in wrong("Ñ" + PLAIN[1:])[1]


def test_a_wrong_character_sends_the_reader_back_to_the_screen() -> None:
    sentence = "A character in this code is wrong or two are swapped. Compare it with the screen it came from."

    assert ("check", sentence) == wrong(PLAIN[1] + PLAIN[0] + PLAIN[2:])


def test_a_newer_code_asks_for_a_fresh_page() -> None:
    newer = "This code was made with version 3 of the questions, and this page has version 1."

    assert ("version", f"{newer} Reload the page, or ask for a new code.") == wrong(encode(version(3), ANSWERS))


def test_an_older_code_asks_for_a_new_one() -> None:
    older = (
        "This code was made with an older version (1) of the questions; this page has version 2. Ask for a new code."
    )

    assert ("version", older) == wrong(CODE, version(2))
    assert "older version (31)" in wrong(encode(version(31), ANSWERS), version(33))[1]
    assert "version 32 of" in wrong(encode(version(32), ANSWERS), version(31))[1]


OTHER_QUESTIONS = {
    "another order": replace(CONTENT, questions=CONTENT.questions[::-1]),
    "another answer": replace(
        CONTENT,
        questions=(
            replace(CONTENT.questions[0], answers=CONTENT.questions[0].answers[::-1]),
            *CONTENT.questions[1:],
        ),
    ),
    "a box less": replace(CONTENT, before=CONTENT.before[1:]),
    "other levels": replace(
        CONTENT, importance=(Importance(key="only", label="Only", times=1), *CONTENT.importance[1:])
    ),
    "another role": replace(CONTENT, roles=CONTENT.roles[::-1]),
    "a question that gives no points now": replace(
        CONTENT, questions=tuple(replace(q, use="flag") for q in CONTENT.questions)
    ),
}


@pytest.mark.parametrize("content", OTHER_QUESTIONS.values(), ids=OTHER_QUESTIONS)
def test_other_questions_under_the_same_version_are_noticed(content: SelectorContent) -> None:
    sentence = "This code was made with other questions than this page has. Ask for a new one."

    assert ("questions", sentence) == wrong(CODE, content)


@pytest.mark.parametrize("number", ["Z" * 11, "V" * 11], ids=["beyond every choice", "a role too many"])
def test_a_number_that_no_answers_make_is_refused(number: str) -> None:
    code = sealed(PLAIN[0] + number + PLAIN[12:14])

    assert ("value", "This code holds an answer that this page does not have. Ask for a new code.") == wrong(code)


@given(st.text() | st.text(ALPHABET + "-", min_size=14, max_size=18))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadCode):
        assert isinstance(decode(CONTENT, text), Answered)
