"""Days as people write them in a plan."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.dates import find_dates, read_date, write_date
from coaching.words import tokens
from goal_data import TODAY, content

ENGLISH, SPANISH = (language.dates for language in content().languages)


def day(text: str) -> date | None:
    return read_date(text, TODAY, [ENGLISH])


def día(text: str) -> date | None:
    return read_date(text, TODAY, [SPANISH])


@pytest.mark.parametrize(
    "text",
    [
        "12 March",
        "12th March",
        "the 12th of March",
        "12th of march, 2027",
        "March 12",
        "March 12th",
        "march the 12th",
        "Mar. 12",
        "Mar 12, 2027",
        "12 Mar 2027",
        "12 Mar. 2027",
        "Friday, March 12, 2027",
        "by March 12 at the latest",
        "2027-03-12",
        "2027/3/12",
        "3/12/2027",
        "3/12/27",
        "3-12-27",
        "3/12",
        "12.03.2027",
        "12.3.27",
    ],
)
def test_the_same_day_is_read_in_many_ways(text: str) -> None:
    assert date(2027, 3, 12) == day(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 de marzo",
        "el 12 de marzo de 2027",
        "12 marzo",
        "marzo 12",
        "12/3/2027",
        "12/3",
        "2027-03-12",
        "Para el 12 de Marzo",
    ],
)
def test_in_spanish_the_day_comes_first(text: str) -> None:
    assert date(2027, 3, 12) == día(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (date(2027, 3, 1), "in 6 weeks"),
        (date(2027, 3, 1), "within six weeks"),
        (date(2027, 3, 1), "6 weeks from now"),
        (date(2027, 3, 1), "six weeks from today"),
        (date(2027, 1, 28), "in 10 days"),
        (date(2027, 3, 18), "in two months"),
        (date(2028, 1, 18), "in 12 months"),
        (date(2027, 3, 31), "the end of March"),
        (date(2028, 2, 29), "end of February 2028"),
        (date(2027, 1, 31), "end of January"),
    ],
)
def test_a_stretch_of_time_is_counted_from_today(expected: date, text: str) -> None:
    assert expected == day(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (date(2027, 3, 1), "en 6 semanas"),
        (date(2027, 3, 1), "dentro de seis semanas"),
        (date(2027, 3, 31), "a finales de marzo"),
    ],
)
def test_spanish_counts_from_today_too(expected: date, text: str) -> None:
    assert expected == día(text)


def test_a_month_later_than_the_last_day_is_the_last_day() -> None:
    assert date(2027, 2, 28) == read_date("in 1 month", date(2027, 1, 31), [ENGLISH])


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (date(2027, 1, 18), "January 18"),
        (date(2028, 1, 17), "January 17"),
        (date(2027, 12, 31), "12/31"),
        (date(2028, 2, 29), "February 29"),
    ],
)
def test_a_day_without_a_year_is_the_next_one_that_comes(expected: date, text: str) -> None:
    assert expected == day(text)


@pytest.mark.parametrize("text", ["25/3/2027", "3/25/2027"])
def test_an_order_that_is_no_day_gives_way_to_the_other(text: str) -> None:
    assert date(2027, 3, 25) == day(text) == día(text)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "by June", "February 31", "31 April 2027", "13/13/2027", "2027-13-01", "March 0", "12:30", "3.5",
     "1.2.3", "0000-00-00", "March", "may", "in weeks", "in 0.5 weeks", "in 99999 weeks", "1/2/3", "20/26 students"],
)  # fmt: skip
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "20/26 students may read 3 of 4 pages"),
        ([], "In March 20 of 26 students will read"),
        (["March 12"], "By March 12, 20 of 26 students will read"),
        (["March 12"], "By March 12 20 of 26 students will read"),
        (["3/12"], "By 3/12, students will read 3/4 of a page"),
        (["March 12", "2027-04-01"], "From March 12 until 2027-04-01"),
        (["June"], "By June, students will read"),
        (["In 6 weeks"], "In 6 weeks students will read for 2 weeks"),
    ],
)
def test_a_date_in_a_sentence_is_told_from_other_numbers(expected: list[str], text: str) -> None:
    among = tokens(text)
    found = find_dates(among, TODAY, ENGLISH)

    assert expected == [text[among[date_.start].start : among[date_.end - 1].end] for date_ in found]


def test_only_a_stretch_of_time_moves_with_the_calendar() -> None:
    moving = [
        find_dates(tokens(text), TODAY, ENGLISH)[0].moves for text in ("in 6 weeks", "6 weeks from now", "March 12")
    ]

    assert [True, True, False] == moving


def test_the_first_language_that_finds_a_day_is_the_one_that_counts() -> None:
    assert date(2027, 3, 12) == read_date("12 de marzo", TODAY, [ENGLISH, SPANISH])
    assert date(2027, 3, 4) == read_date("3/4/2027", TODAY, [ENGLISH, SPANISH])


def test_a_day_is_written_as_the_language_writes_it() -> None:
    assert "March 12, 2027" == write_date(date(2027, 3, 12), ENGLISH)
    assert "12 de marzo de 2027" == write_date(date(2027, 3, 12), SPANISH)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_is_written_is_read_back(any_day: date) -> None:
    for words in (ENGLISH, SPANISH):
        assert any_day == read_date(write_date(any_day, words), TODAY, [words])
    assert any_day == day(any_day.isoformat())


@settings(deadline=None)
@given(st.text(max_size=300), st.dates(date(1, 1, 1), date(9990, 1, 1)))
def test_no_text_on_any_day_makes_reading_raise(text: str, today: date) -> None:
    for words in (ENGLISH, SPANISH):
        read_date(text, today, [words])
        read_date(f"by 3/4 in 6 weeks, end of march {text}", today, [words])
