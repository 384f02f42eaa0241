"""The inline markup: three signs mean something, everything else is text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from coaching.markup import Anchor, Citation, Words, citations, faults, parse, plain, targets
from widgets.markup import render_html

SIGNS = st.text(alphabet="ab*[]()@:_`#!<>&\"' \n-", max_size=60)


def html(text: str) -> str:
    return str(render_html(text, lambda target: f"/{target}/", lambda source: Markup("<sup>{}</sup>").format(source)))


def test_the_three_signs_are_told_from_words() -> None:
    assert (
        Words("See "),
        Anchor("this", "page:home", strong=True),
        Words(" or "),
        Words("that", strong=True),
        Words(" "),
        Citation("lee-2020"),
        Words("."),
    ) == parse("See **[this](page:home)** or **that** [@lee-2020].")


def test_line_breaks_are_spaces() -> None:
    assert (Words("one two three"),) == parse(" one\n two   three\n")


def test_links_and_sources_are_listed_in_their_order() -> None:
    text = "[a](model:x) [@one] **[b](page:y)** [@two]"

    assert ["model:x", "page:y"] == targets(text)
    assert ["one", "two"] == citations(text)


def test_plain_text_has_no_markup_and_no_sources() -> None:
    assert "See this, and that." == plain("See **[this](page:home)** [@lee], and that [@lee].")


def test_html_shows_the_signs_and_escapes_the_words() -> None:
    assert 'R&amp;D <strong>&lt;b&gt; <a href="/page:home/">&#34;home&#34;</a></strong><sup>lee</sup>' == html(
        'R&D **<b> ["home"](page:home)**[@lee]'
    )


def test_an_address_that_a_page_gives_is_escaped_too() -> None:
    shown = render_html("[a](x:y)", lambda _: '"><script>', lambda _: Markup(""))

    assert '<a href="&#34;&gt;&lt;script&gt;">a</a>' == str(shown)


def test_a_mark_for_a_source_that_is_not_marked_safe_is_escaped() -> None:
    shown = render_html("[@a]", str, lambda _: "<i>")  # type: ignore[arg-type, return-value]

    assert "&lt;i&gt;" == str(shown)


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "**strong**",
        "[a](b:c)",
        "[@a]",
        "3 < 4 & 5",
        "____ of ____",
        "snake_case_word",
        "one - two",
        "(a) b",
    ],
)
def test_good_texts_have_no_fault(text: str) -> None:
    assert [] == list(faults(text))


@given(SIGNS | st.text())
def test_no_text_gives_tags_that_are_not_ours(text: str) -> None:
    shown = html(text)

    assert set(re.findall(r"</?[^>]*>", re.sub(r'href="[^"<>]*"', "", shown))) <= {
        "<strong>", "</strong>", "<a >", "</a>", "<sup>", "</sup>",
    }  # fmt: skip
    assert shown.count("<strong>") == shown.count("</strong>")
    list(faults(text))


@given(st.text(alphabet="ab .,&<", max_size=40))
def test_words_alone_stay_as_they_are(text: str) -> None:
    words = " ".join(text.split())

    assert words == "".join(token.text for token in parse(text) if isinstance(token, Words))
    assert [] == citations(text) + targets(text)
