"""Inline markup as HTML. What a text says is escaped; only the tags written here come out as tags."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

from coaching.markup import Anchor, Citation, Token, parse


def render_html(
    text: str,
    resolve: Callable[[str], str],
    cite: Callable[[str], Markup],
    parsed: tuple[Token, ...] | None = None,
) -> Markup:
    """A text of the content as HTML.

    Args:
        resolve: `kind:id` -> the address a link leads to.
        cite: source id -> the mark that stands for it.
        parsed: the tokens of `text`, if they are known already.
    """
    parts = []
    for strong, tokens in groupby(parse(text) if parsed is None else parsed, key=lambda token: token.strong):
        inside = Markup("").join(_html(token, resolve, cite) for token in tokens)
        parts.append(Markup("<strong>{}</strong>").format(inside) if strong else inside)
    return Markup("").join(parts)


def _html(token: Token, resolve: Callable[[str], str], cite: Callable[[str], Markup]) -> Markup:
    if isinstance(token, Citation):
        return escape(cite(token.source))
    if isinstance(token, Anchor):
        link = resolve(token.target)
        kind = Markup(' class="fg-term"') if link.startswith("#t-") else ""
        return Markup('<a{} href="{}">{}</a>').format(kind, link, token.text)
    return escape(token.text)
