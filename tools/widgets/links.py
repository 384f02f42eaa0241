"""Links and citations as a tool's page shows them; the same for every tool."""

from __future__ import annotations

from markupsafe import Markup

from coaching.addresses import Addresses, relative
from coaching.catalog import Catalog
from widgets.markup import render_html


class Links:
    """Where things are, seen from the page that a tool stands on."""

    def __init__(self, content: Catalog, page: str) -> None:
        self._addresses = Addresses(content)
        self._at = self._addresses.address(page)
        self._site = content.site.address
        self._sources = {source.id: source for source in content.sources}

    def url(self, target: str) -> str:
        return relative(self._addresses.address(target), self._at)

    def full(self, target: str) -> str:
        """The address to type, as it is printed."""
        return (self._site + self._addresses.address(target)).removeprefix("https://").rstrip("/")

    def text(self, value: str) -> Markup:
        """Inline markup of the content as HTML."""
        return render_html(value, resolve=self.url, cite=self._cite)

    def source(self, id_: str) -> tuple[str, str]:
        """The words that name a source, and where it is described."""
        source = self._sources[id_]
        words = " ".join([source.authors.split(",")[0].split(";")[0], str(source.year or "")]).strip()
        return words, self.url(f"source:{id_}")

    def _cite(self, id_: str) -> Markup:
        words, address = self.source(id_)
        return Markup('<a class="fg-ref" href="{}">[{}]</a>').format(address, words)
