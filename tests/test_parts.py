"""The drawings that pages and tools share: marks of the phases, the tally, result bars, flags."""

from __future__ import annotations

import re
from typing import Any

import pytest

from widgets.runtime.env import environment


def part(name: str) -> Any:
    """The macros of `parts/NAME.html.jinja`."""
    return environment().get_template(f"parts/{name}.html.jinja").module


@pytest.mark.parametrize(("number", "corners"), [(3, 3), (4, 4), (5, 5)])
def test_the_mark_of_a_phase_has_as_many_corners_as_its_number(number: int, corners: int) -> None:
    path = re.search(r'<path d="M([^"]+)Z"', part("marks").phase(number))

    assert path
    assert corners == len(path[1].split("L"))


def test_the_first_mark_is_round_and_the_second_a_lens() -> None:
    assert '<circle cx="0" cy="0" r="13.32"/>' in part("marks").phase(1)
    assert 2 == part("marks").phase(2).count("A18.8 18.8")


def test_a_mark_beside_its_name_is_silent_and_one_alone_has_words() -> None:
    assert 'aria-hidden="true"' in part("marks").phase(2)
    assert 'role="img" aria-label="Phase 2, data"' in part("marks").phase(2, 26, "Phase 2, data")


def test_the_tally_has_a_stroke_for_each_and_every_fifth_goes_across() -> None:
    drawn = part("marks").tally(5, 14, 6, "5 of 14 questions answered")
    strokes = re.findall(r'class="is-(\w+)" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', drawn)

    assert ["ink"] * 5 + ["now"] + ["open"] * 8 == [stroke[0] for stroke in strokes]
    assert [4, 9] == [i for i, (_, x1, _, x2, _) in enumerate(strokes) if abs(float(x1) - float(x2)) > 20]
    assert 'width="99"' in drawn
    assert 'aria-label="5 of 14 questions answered"' in drawn


def test_a_bar_says_its_fit_and_range_in_whole_numbers() -> None:
    drawn = part("bar").bar(87.6, 91.2, 92.4)

    assert 'aria-label="Fit 91 of 100, range 88 to 92"' in drawn
    assert '<rect class="rg" x="87.6%" y="4" width="4.8%"' in drawn
    assert "<text" not in drawn
    assert "<text" in part("bar").bar(87.6, 91.2, 92.4, True)


@pytest.mark.parametrize("fit", [0.0, 50.0, 100.0])
def test_a_bar_without_a_range_still_shows_where_it_is(fit: float) -> None:
    drawn = part("bar").bar(fit, fit, fit)
    start, width = (float(value) for value in re.findall(r'class="rg" x="([\d.]+)%" y="4" width="([\d.]+)%"', drawn)[0])

    assert f'aria-label="Fit {fit:.0f} of 100"' in drawn
    assert width > 0
    assert 0 <= start <= start + width <= 100


@pytest.mark.parametrize(("level", "word"), [("stop", "Stop first."), ("watch", "Watch."), ("gate", "Left out.")])
def test_a_flag_says_in_its_heading_what_it_is(level: str, word: str) -> None:
    template = (
        '{% import "parts/flag.html.jinja" as f %}{% call f.flag(level, "Trust is low") %}<p>Do this.</p>{% endcall %}'
    )
    html = environment().from_string(template).render(level=level)

    assert f"<h3>{word} Trust is low</h3><p>Do this.</p>" in html
    assert ("fg-flag--watch" in html) == (level != "stop")
