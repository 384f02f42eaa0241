"""The result code: a reader's answers in 16 characters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.selector import Answer, Importance, Question, Request, SelectorContent, TeamRole
from coaching.selector_code import (
    ALPHABET,
    LENGTH,
    Answered,
    BadCode,
    Found,
    decode,
    encode,
    find_codes,
    fits_code,
)
from selector_data import selector

CONTENT = replace(
    selector(),
    roles=tuple(TeamRole(key=key, label=f"a {key}", plural=f"{key}s") for key in ("teacher", "coach", "other")),
)
OF_QUESTION = {question.key: [answer.key for answer in question.answers] for question in CONTENT.questions}
LEVELS = [level.key for level in CONTENT.importance]
ROLES = [None, *(role.key for role in CONTENT.roles)]
BOXES = [box.flag for box in CONTENT.before]


def said(
    answers: dict[str, str] | None = None,
    importance: dict[str, str] | None = None,
    *before: str,
    role: str | None = None,
) -> Answered:
    request = Request(answers=answers or {}, importance=importance or {}, before=frozenset(before))
    return Answered(request=request, role=role)


def anything() -> st.SearchStrategy[Answered]:
    """Answers of every kind."""
    some = {key: st.sampled_from(keys) for key, keys in OF_QUESTION.items()}
    levels = {question.key: st.sampled_from(LEVELS[1:]) for question in CONTENT.scored}
    return st.builds(
        Answered,
        request=st.builds(
            Request,
            answers=st.fixed_dictionaries({}, optional=some),
            importance=st.fixed_dictionaries({}, optional=levels),
            before=st.frozensets(st.sampled_from(BOXES)),
        ),
        role=st.sampled_from(ROLES),
    )


def one_choice() -> Iterator[Answered]:
    """Every answer, level, box and role alone."""
    yield said()
    yield from (said({key: answer}) for key, answers in OF_QUESTION.items() for answer in answers)
    yield from (said({}, {question.key: level}) for question in CONTENT.scored for level in LEVELS[1:])
    yield from (said({}, {}, box) for box in BOXES)
    yield from (said(role=role) for role in ROLES)


def everything(pick: int) -> Answered:
    """Every choice made: the first ones, or with -1 the last ones."""
    answers = {key: keys[pick] for key, keys in OF_QUESTION.items()}
    return said(answers, {q.key: LEVELS[pick or 1] for q in CONTENT.scored}, *BOXES, role=ROLES[pick or 1])


def wrong(text: str, content: SelectorContent = CONTENT) -> tuple[str, str]:
    """What is wrong with a code: the kind and the sentence."""
    with pytest.raises(BadCode) as caught:
        decode(content, text)
    return caught.value.kind, str(caught.value)


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


ANSWERS = said({"E": "E1", "X": "X3", "C": "C3", "T": "T2", "P": "P1"}, {"X": "high"}, BOXES[0], role="coach")
CODE = encode(CONTENT, ANSWERS)
PLAIN = CODE.replace("-", "")
OTHER = encode(CONTENT, everything(-1))
CODES = [CODE, OTHER, encode(CONTENT, said()), encode(CONTENT, everything(0))]


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
        *(CODE.replace("-", dash) for dash in ("–", "—", "‑", "‐", "−", " - ", "_", ".")),
        "\u200b".join(PLAIN),
        f"\ufeff\u200e{CODE}\u2060",
        PLAIN.replace("0", "O").replace("1", "I"),
        PLAIN.replace("0", "o").replace("1", "l"),
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


def version(number: int) -> SelectorContent:
    return replace(CONTENT, version=number)


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


# ---- codes in a chat


def spaced(code: str) -> str:
    return code.replace("-", " ")


def damaged(code: str) -> str:
    """One character wrong, the last."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


OLD = encode(version(9), ANSWERS)
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in CODE)
BAD, BAD_PLAIN = damaged(CODE), damaged(PLAIN)
SHORT = CODE[:-1]

WHOLE = {
    f"Maria (coach): {CODE.lower()} thanks!": [CODE.lower()],
    f"- {CODE}": [CODE],
    f"-{CODE}": [CODE],
    f"* {CODE}, {OTHER}; and {CODES[2]}.": [CODE, OTHER, CODES[2]],
    f"1) {CODE}": [CODE],
    f"1 {spaced(CODE)}": [spaced(CODE)],
    f"12. {spaced(CODE)}": [spaced(CODE)],
    f"“{CODE}”": [CODE],
    f"**{CODE}** and `{OTHER}` and _{CODE}_": [CODE, OTHER, CODE],
    f"> {CODE}": [CODE],
    f"https://guide.example/selector/#r={PLAIN}": [PLAIN],
    f"[my result](https://guide.example/selector/#r={PLAIN}).": [PLAIN],
    f"https://mail.example/?url=https%3A%2F%2Fguide.example%2F%23r%3D{PLAIN}&data=05": [PLAIN],
    f"[18/01/2027, 10:42:11] Ana Pérez: {CODE}": [CODE],
    f"\u200e[18/01/2027, 10:42:11] \u202aAna Pérez\u202c: \u200e{CODE}": [CODE],
    f"10:42 From Ana to Everyone: {CODE}": [CODE],
    f"10:42 {spaced(CODE)}": [spaced(CODE)],
    f"2027-01-18 10:42 Ana {spaced(CODE)}": [spaced(CODE)],
    f"Ana {spaced(CODE)}": [spaced(CODE)],
    f"Anna {spaced(CODE)}": [spaced(CODE)],
    f"Anna Lee {spaced(CODE)} this is mine": [spaced(CODE)],
    f"Anna {spaced(CODE)} John {spaced(OTHER)}": [spaced(CODE), spaced(OTHER)],
    f"Anna\t{CODE}\tgrade 4\n": [CODE],
    f"Anna-{CODE}": [CODE],
    f"Ana—{CODE}—thanks": [CODE],
    f"code{CODE[:4]} is {CODE}": [CODE],
    f"{PLAIN} {OTHER}": [PLAIN, OTHER],
    f"mine: {PLAIN[:5]} {PLAIN[5:9]} {PLAIN[9:]}": [f"{PLAIN[:5]} {PLAIN[5:9]} {PLAIN[9:]}"],
    f"{' '.join(PLAIN)} from Anna": [" ".join(PLAIN)],
    f"my code is {CODE[:10]}\n{CODE[10:]}": [f"{CODE[:10]}\n{CODE[10:]}"],
    f"> my code is {CODE[:7]}\r\n> {CODE[7:]} bye": [f"{CODE[:7]}\n> {CODE[7:]}"],
    f"https://guide.example/#r={PLAIN[:9]}\n{PLAIN[9:]}": [f"{PLAIN[:9]}\n{PLAIN[9:]}"],
    f"我的代码{WIDE}谢谢": [WIDE],
    f"Ana: {CODE.replace('-', '–')}": [CODE.replace("-", "–")],
    f"Ana: {CODE.replace('-', ' — ')}": [CODE.replace("-", " — ")],
    f"same as you: {CODE}\n{CODE}": [CODE, CODE],
    "🙂" + CODE + "🙂": [CODE],
}


@pytest.mark.parametrize(("text", "expected"), WHOLE.items(), ids=map(ascii, WHOLE))
def test_a_code_is_found_in_a_chat_line(text: str, expected: list[str]) -> None:
    found = find_codes(CONTENT, text)

    assert expected == [one.text for one in found]
    assert [""] * len(expected) == [one.problem for one in found]
    assert [decode(CONTENT, code) for code in expected] == [one.answered for one in found]


MEANT = {
    f"Maria: {BAD} thanks": (BAD, "check"),
    f"- {BAD}": (BAD, "check"),
    f"-{BAD}": (BAD, "check"),
    f"Ana: {CODE[:-1]}u": (f"{CODE[:-1]}u", "letter"),
    f"Ana: {SHORT}": (SHORT, "length"),
    f"Ana: {CODE}7": (f"{CODE}7", "length"),
    f"Ana: {CODE[:14]} sorry": (CODE[:14], "length"),
    f"Ana: {CODE[:-3]}": (CODE[:-3], "length"),
    f"see {BAD_PLAIN}": (BAD_PLAIN, "check"),
    f"https://guide.example/#r={BAD_PLAIN}": (BAD_PLAIN, "check"),
    f"https://guide.example/#r={PLAIN[:9]}": (PLAIN[:9], "length"),
    f"https://guide.example/#r={PLAIN}thanks": (f"{PLAIN}thanks", "length"),
    "https://guide.example/#r=abc": ("abc", "length"),
    f"{spaced(BAD)}": (spaced(BAD), "check"),
    f"Ana {spaced(BAD)}": (spaced(BAD), "check"),
    f"Anna {spaced(BAD)} this is mine": (spaced(BAD), "check"),
    f"10:42 Anna {spaced(CODE)[:-1]}": (spaced(CODE)[:-1], "length"),
    f"Ana: {BAD}-thanks": (BAD, "check"),
    f"Ana—{BAD}—thanks": (BAD, "check"),
    f"Ana: {BAD[:10]}\n{BAD[10:]}": (f"{BAD[:10]}\n{BAD[10:]}", "check"),
    f"Ana: {damaged(WIDE)}": (damaged(WIDE), "check"),
    f"Ana: {OLD}": (OLD, "version"),
    f"Anna {spaced(OLD)}": (spaced(OLD), "version"),
    f"Ana: {OLD.replace('-', '')}": (OLD.replace("-", ""), "version"),
}


@pytest.mark.parametrize(("text", "expected"), MEANT.items(), ids=map(ascii, MEANT))
def test_what_was_meant_as_a_code_is_reported_with_its_problem(text: str, expected: tuple[str, str]) -> None:
    found = find_codes(CONTENT, text)

    assert [expected[0]] == [one.text for one in found]
    assert [(None, wrong(expected[0])[1])] == [(one.answered, one.problem) for one in found]
    assert expected[1] == wrong(expected[0])[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "responsibilities",
        "Misunderstanding and professionalism1 and professionalism2",
        "that they have been with them from then on",
        "word-for-word, back-and-forth, state-of-the-art, step-by-step",
        "2027-01-18 10:42",
        "2027-01-18T10:42:11Z",
        "[18/01/2027, 10:42:11] Ana Pérez: thanks, see you on 2027-01-25",
        "10:42:11 From Anna to Everyone : good 2027 plan with 1204 kids",
        "call 555-123-4567 or +34 612 345 678 or (555) 010-9999",
        "card 4111-1111-1111-1111 and 4111 1111 1111 1111",
        "1234567890123456 and 12345678901234567890",
        "550e8400-e29b-41d4-a716-446655440000",
        "ISBN 978-3-16-148410-0",
        "9th-10th-11th-12th grade, 10th 11th 12th team",
        "10am-11am-12pm, 45min 10min 15min 20min",
        "rooms B101-B102-B103, room B101 10am with Anna",
        "week1-week2-week3, unit1-quiz2-part3",
        "Q1-Q2-Q3-Q4 and K-12 and COVID-19 and 1:1-2:1",
        "grade-3-class, room-204-east",
        "colour #r and #red and #r= and #r=!",
        "Ana: the link ends in #r=",
        "#r=",
        "https://guide.example/selector/?utm_source=newsletter-2027-01#result",
    ],
)
def test_ordinary_text_holds_no_code(text: str) -> None:
    assert [] == find_codes(CONTENT, text)


def test_each_code_comes_with_its_line() -> None:
    text = f"Hello\r\n\r\nAna: {CODE}\r\nBen: {BAD}\rCleo: {OTHER} {CODE}\n\n{OTHER}"

    assert [3, 4, 5, 5, 7] == [one.line for one in find_codes(CONTENT, text)]


def test_a_name_of_any_length_beside_a_code_shifts_nothing() -> None:
    for length in range(1, 20):
        name = "Ana" * 7
        text = f"{name[:length]} {spaced(CODE)} {name[:length]}"

        assert [Found(line=1, text=spaced(CODE), answered=ANSWERS, problem="")] == find_codes(CONTENT, text)


@given(st.lists(anything(), min_size=1, max_size=5), st.sampled_from(["-", " ", "", "–", "\u00a0"]))
def test_every_code_of_a_list_is_found_in_its_order(team: list[Answered], joint: str) -> None:
    text = "\n".join(f"Anna {encode(CONTENT, answered).replace('-', joint)} ok" for answered in team)

    assert [(line, answered) for line, answered in enumerate(team, 1)] == [
        (one.line, one.answered) for one in find_codes(CONTENT, text)
    ]


PIECES = [
    CODE,
    BAD,
    PLAIN,
    CODE[:9],
    "#r=",
    "%23r%3D",
    "-",
    "—",
    " ",
    "\n",
    "\r\n",
    "> ",
    "u",
    "0",
    "a1b",
    "é",
    "\u200b",
    "ß",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_any_text_gives_a_list_of_parts_of_the_text(text: str) -> None:
    seen = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u200b", "")
    for one in find_codes(CONTENT, text):
        assert bool(one.problem) != bool(one.answered)
        assert 1 <= one.line <= text.count("\n") + text.count("\r") + 1
        # Signs that nobody sees are left out, and there may be others than the one in the list.
        assert one.text in seen or not text.isascii()


# With a pattern that tries again from every place, one of these would take hours.
@pytest.mark.parametrize("unit", ["a", "a-", "0 ", "> -", "#r=", "A1B-", "K7QF ", PLAIN], ids=ascii)
def test_a_megabyte_of_hostile_text_is_read_in_one_go(unit: str) -> None:
    megabyte = unit * (1_000_000 // len(unit))
    found = find_codes(CONTENT, megabyte)

    assert len(found) <= len(megabyte) // LENGTH
