"""Result codes in a pasted text, such as a chat or a mail."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.selector_code import LENGTH, Answered, decode, encode
from coaching.selector_paste import Found, find_codes, letters, one_slip_apart
from code_data import ANSWERS, CODE, CODES, CONTENT, OTHER, PLAIN, anything, version, wrong


def spaced(code: str) -> str:
    return code.replace("-", " ")


def damaged(code: str) -> str:
    """One character wrong, the last."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


OLD = encode(version(9), ANSWERS)
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in CODE)
BAD, BAD_PLAIN = damaged(CODE), damaged(PLAIN)
SHORT = CODE[:-1]
LONG = f"{CODE[:9]}7{CODE[9:]}"

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
    f"Ana: {CODE}7": [CODE],
    f"https://guide.example/#r={PLAIN}thanks": [PLAIN],
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


# What people put beside a code without a space.
GLUED = {
    f"Maria{CODE}": [CODE],
    f"{CODE}Maria": [CODE],
    f"Maria{spaced(CODE)}": [spaced(CODE)],
    f"Zoë{PLAIN.lower()}Zoë": [PLAIN.lower()],
    f"Luis{PLAIN}Luis": [PLAIN],
    f"10:42{PLAIN}": [PLAIN],
    f"{PLAIN}10:42": [PLAIN],
    f"10:42:11{CODE}10:43:05{OTHER}": [CODE, OTHER],
    f"[10:42]{CODE}": [CODE],
    f"2027-01-18{PLAIN}": [PLAIN],
    f"code:{CODE}": [CODE],
    f"code{CODE}ok": [CODE],
    f"*{CODE}*": [CODE],
    f"1.{CODE} 2.{OTHER}": [CODE, OTHER],
    f"@maria_{CODE}_": [CODE],
    f"guide.example/selector?code={PLAIN}&x=1": [PLAIN],
}


@pytest.mark.parametrize(("text", "expected"), GLUED.items(), ids=map(ascii, GLUED))
def test_a_code_is_found_without_the_name_or_time_that_it_is_glued_to(text: str, expected: list[str]) -> None:
    assert [(code, "") for code in expected] == [(one.text, one.problem) for one in find_codes(CONTENT, text)]


@pytest.mark.parametrize("joint", ["", "-", " ", "."], ids=ascii)
def test_codes_that_run_together_are_taken_apart(joint: str) -> None:
    codes = [code.replace("-", joint) for code in CODES]

    assert codes == [one.text for one in find_codes(CONTENT, "".join(codes))]


@pytest.mark.parametrize("joint", [*"._/|·•・,;:+*~=\\", ", ", " / ", ".\n> ", "\uff0e", "\u20de"], ids=ascii)
def test_a_code_is_found_whatever_its_four_groups_are_joined_with(joint: str) -> None:
    code = CODE.replace("-", joint)

    assert [Found(line=1, text=code, answered=ANSWERS, problem="")] == find_codes(CONTENT, f"Ana: {code}.")


@pytest.mark.parametrize(("zero", "one"), ["Oi", "ØI", "øl", "ΟΙ", "оі", "∅ı", "０１"], ids=ascii)
def test_a_code_is_found_with_letters_that_look_like_its_zeros_and_ones(zero: str, one: str) -> None:
    code = CODE.replace("0", zero).replace("1", one)

    assert [Found(line=1, text=code, answered=ANSWERS, problem="")] == find_codes(CONTENT, f"Jørn: {code}")


DAMAGED = [
    (BAD, "check"),
    (f"{CODE[:-1]}U", "letter"),
    (SHORT, "length"),
    (LONG, "length"),
    (OLD, "version"),
]

MEANT = {
    f"Maria: {BAD} thanks": (BAD, "check"),
    f"Maria{BAD} thanks": (BAD, "check"),
    f"{BAD}Maria thanks": (BAD, "check"),
    f"- {BAD}": (BAD, "check"),
    f"-{BAD}": (BAD, "check"),
    f"Ana: {CODE[:-1]}u": (f"{CODE[:-1]}u", "letter"),
    f"Ana: {SHORT}": (SHORT, "length"),
    f"Ana: {LONG}": (LONG, "length"),
    f"Ana: {CODE[:14]} sorry": (CODE[:14], "length"),
    f"Ana: {CODE[:-3]}": (CODE[:-3], "length"),
    f"see {BAD_PLAIN}": (BAD_PLAIN, "check"),
    f"https://guide.example/#r={BAD_PLAIN}": (BAD_PLAIN, "check"),
    f"https://guide.example/#r={PLAIN[:9]}": (PLAIN[:9], "length"),
    f"https://guide.example/#r={BAD_PLAIN}thanks": (f"{BAD_PLAIN}thanks", "length"),
    "https://guide.example/#r=abc": ("abc", "length"),
    f"{spaced(BAD)}": (spaced(BAD), "check"),
    f"Ana {spaced(BAD)}": (spaced(BAD), "check"),
    f"Anna {spaced(BAD)} this is mine": (spaced(BAD), "check"),
    f"1) {CODE[1:]}": (CODE[1:], "length"),
    f"day1 {CODE[1:]}": (CODE[1:], "length"),
    f"{spaced(CODE)[:-1]} {CODE[-1]}th": (spaced(CODE)[:-1], "length"),
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


@pytest.mark.parametrize("joint", "./_·,")
def test_a_damaged_code_is_noticed_whatever_its_four_groups_are_joined_with(joint: str) -> None:
    for bad, kind in DAMAGED:
        text = bad.replace("-", joint)
        for line in (text, f"Ana: {text}.", f"_{text}_ thanks", f"10:42 ({text})", f"{text}, {joint}"):
            assert [(text, wrong(bad)[1])] == [(one.text, one.problem) for one in find_codes(CONTENT, line)]
        assert kind == wrong(bad)[0]


def test_a_damaged_code_is_noticed_beside_a_good_one_that_it_is_glued_to() -> None:
    for text in (f"{CODE}{BAD}", f"{BAD}{CODE}", f"{PLAIN}{BAD_PLAIN}{PLAIN}"):
        assert [BAD_PLAIN] == [one.text.replace("-", "") for one in find_codes(CONTENT, text) if one.problem]


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
        "2026.11.28 and 28/11/2026 and 2026_11_28, 2026.2027.2028.2029",
        "192.168.100.254 and 10.0.0.1/24 and 2001:0db8:85a3:0000:0000:8a2e:0370:7334 and fe80::1a2b:3c4d:5e6f:7a8b",
        "/a1b2/c3d4/e5f6/g7h8 and ~/a1b2/c3d4/e5f6/g7h8 and C:\\a1b2\\c3d4\\e5f6\\g7h8",
        "https://guide.example/a1b2/c3d4/e5f6/g7h8 and a1b2/c3d4/e5f6/g7h8/i9j0",
        "a1b2.c3d4.e5f6.g7h8.pdf and IMG_2027_0118_1042.jpg and unit_2027_quiz_v001 and docs/2027/unit/quiz",
        "555.123.4567 and +34/612/345/678 and 0123.4567.8901.2345 and 1,234,567,890.1234",
        "B101,B102,B103,B104 and 10am/11am/12pm/01pm and 9a.m./10p.m. and week/day1/day2/day3",
        "3.1415.9265.3589 and v1.2.3.4 and v2027.01.18.1 and doi:10.1234/abcd.2027.1204",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Bjørn-Søren-Jørgen-Åsa, Ørsted.Ølby.Bjør.Jørn",
        "в 10:30 у нас в B101, от 5 до 10 человек",
        "colour #r and #red and #r= and #r=!",
        "Ana: the link ends in #r=",
        "#r=",
        "https://guide.example/selector/?utm_source=newsletter-2027-01#result",
        "https://meet.example/j/98765?pwd=ABCD1234EFGH5678",
        "https://meet.example/j/98765?id=7&amp;pwd=AB12-CD34-EF56-GH78&tk=A1B2C3D4E5F6G7H8.1",
    ],
)
def test_ordinary_text_holds_no_code(text: str) -> None:
    assert [] == find_codes(CONTENT, text)


def noise() -> Iterator[str]:
    """What a chat holds besides words, by chance but always the same."""
    random = Random(2027)
    while True:
        number, some = random.randrange(10**11), random.randbytes(30)
        key, hour = base64.b32encode(some[:5]).decode(), f"{number % 24}:{number % 60}"
        yield f"+{number % 97} {number % 1000} {number % 991} {number % 9973}"
        yield f"https://meet.example/j/{number}?pwd={base64.urlsafe_b64encode(some[:16]).decode()}"
        yield f"Meeting ID: {number % 997} {number % 9973} {number % 9967} Passcode: {key}"
        yield f"{UUID(bytes=some[:16])} {base64.b64encode(some).decode()} {some.hex()}"
        yield f"[{number % 28}/{number % 12}/2027, {hour}] Ana: 192.168.{some[0]}.{some[1]}, v{some[2]}.{number % 999}"
        yield f"/srv/{some[:2].hex()}/{some[2:4].hex()}/IMG_{number}.jpg and {some[:8].hex(':', 2)}"


def test_texts_of_every_other_kind_hold_no_code_by_chance() -> None:
    """Two texts of 200,000 characters: this guide's words, and numbers, links and hashes.

    Measured: 3,300 rows of sixteen characters in the words and 39,000 in the numbers have the form of a code, and one
    in 1024 of them passes the check (3 and 40). One in 16,384 of those has the version and the fingerprint too, so that
    0.0002 and 0.002 false codes are to be expected: one in 700 million characters or more, and in 80 million.
    """
    words = "".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.parent.glob("content/**/*.yml")))
    numbers, lines = "", noise()
    while len(numbers) < 200_000:
        numbers += next(lines) + "\n"

    for text in (words[:200_000], numbers):
        assert [] == [one.text for one in find_codes(CONTENT, text) if one.answered]


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


@given(
    st.lists(anything(), min_size=1, max_size=5),
    st.sampled_from(["-", "", ".", "/", "_", " · "]),
    st.sampled_from(["", "Maria", "Luis", "10:42", "Zoë:", "*"]),
)
def test_every_code_is_found_whatever_it_is_glued_to(team: list[Answered], joint: str, glue: str) -> None:
    text = glue + glue.join(encode(CONTENT, answered).replace("-", joint) for answered in team) + glue

    assert team == [one.answered for one in find_codes(CONTENT, text)]


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
    "Maria",
    ".",
    "_",
    "Ø",
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
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a-",
        "0 ",
        "> -",
        "#r=",
        "A1B-",
        "A1B2.",
        "A1B2_A1B2/",
        "K7QF ",
        PLAIN,
        BAD,
        "1",
        f"1{' ' * 12}",
        # At every fourth place the version and the fingerprint are right.
        f"{PLAIN[0]}0" * 6 + PLAIN[12:14] * 6,
    ],
    ids=ascii,
)
def test_a_megabyte_of_hostile_text_is_read_in_one_go(unit: str) -> None:
    megabyte = unit * (1_000_000 // len(unit))
    found = find_codes(CONTENT, megabyte)

    assert len(found) <= len(megabyte) // LENGTH


def test_what_reads_as_a_code_is_found_in_the_parameter_of_a_link_too() -> None:
    for text in (f"https://guide.example/?code={CODE}", f"https://guide.example/?a=1&code={PLAIN}&pwd={BAD_PLAIN}"):
        assert [""] == [one.problem for one in find_codes(CONTENT, text)]


SLIPS = ["ABCD", "ABXD", "ABD", "ABCDE", "XABCD", "BACD", "ABDC"]


@pytest.mark.parametrize("other", SLIPS)
def test_one_slip_is_a_character_wrong_missing_or_too_many_or_two_swapped(other: str) -> None:
    assert one_slip_apart("ABCD", other)
    assert one_slip_apart(other, "ABCD")


@pytest.mark.parametrize("other", ["", "AB", "ABXY", "CBAD", "BADC", "DABC", "ABCDEF", "AXBCY"])
def test_two_slips_are_another_text(other: str) -> None:
    assert not one_slip_apart("ABCD", other)
    assert not one_slip_apart(other, "ABCD")


def test_two_codes_are_never_one_slip_apart() -> None:
    assert not [
        (one, other)
        for one in CODES
        for other in CODES
        if one != other and one_slip_apart(letters(one), letters(other))
    ]


def test_texts_are_compared_without_dashes_and_with_letters_that_look_alike() -> None:
    assert letters("k7qf 2m9x-rOtd-Lwzp") == letters("K7QF-2M9X-R0TD-1WZP")
