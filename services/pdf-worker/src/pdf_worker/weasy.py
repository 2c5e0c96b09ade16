"""HTML in, PDF/UA-1 out: the only module that knows WeasyPrint."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, NamedTuple, Protocol
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pdf_worker.errors import RefusedError

_VARIANT: Final = "pdf/ua-1"
_PAGE_NUMBER: Final = "Page 0 of 0"
_SUBSETS: Final = ("latin", "latin-ext")
_WEIGHTS: Final = (400, 500, 700)


class ForbiddenAddressError(FatalURLFetchingError):
    """A document asked for something outside itself; ends the rendering, as it should."""


class DataOnly(URLFetcher):
    """Opens data URIs and nothing else: no file, no host, no redirect."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of a data URI.

        Raises:
            ForbiddenAddressError: for any other address, which the text does not repeat.
        """
        if not url.startswith("data:"):
            raise ForbiddenAddressError("a document may not point outside itself")
        return super().fetch(url, headers)


class Source(Protocol):
    """A document that can be had piece by piece."""

    @property
    def end(self) -> int:
        """The number after the last item."""
        ...

    def html(self, first: int, /) -> tuple[str, int]:
        """Return the piece that begins with an item, and the number after its last."""
        ...


class Printed(NamedTuple):
    """A finished PDF."""

    content: bytes
    page_count: int

    @property
    def sha256(self) -> str:
        """The digest of the file, in hexadecimal."""
        return sha256(self.content).hexdigest()


Progress = Callable[[int, int], None]
"""Is told the number of items laid out, and of all; what it raises ends the rendering."""


def prepare() -> None:
    """Load fonts and styles now, so that the first document of a process need not wait."""
    _press()


def write_pdf(source: Source, progress: Progress, *, identifier: str) -> Printed:
    """Lay out every piece, join them and write the PDF.

    Args:
        source: the document.
        progress: told after every piece.
        identifier: names this document; the same source and identifier give the same bytes.

    Raises:
        RefusedError: if the document points outside itself.
    """
    try:
        first, pages = _lay_out(source, progress)
        _number(pages)
        content = first.copy(pages).write_pdf(
            pdf_variant=_VARIANT, pdf_identifier=identifier.encode()
        )
    except FatalURLFetchingError as error:
        raise RefusedError("The document points outside itself.") from error
    return Printed(content, len(pages))


def _lay_out(source: Source, progress: Progress) -> tuple[Document, list[Page]]:
    first: Document | None = None
    pages: list[Page] = []
    done = 0
    while first is None or done < source.end:
        html, stop = source.html(done)
        laid_out = _render(html)
        first = first or laid_out
        kept = laid_out.pages
        if stop < source.end:
            kept, stop = _without_last_page(kept, stop)
        pages += kept
        done = stop
        progress(done, source.end)
    return first, pages


def _render(html: str) -> Document:
    press = _press()
    return _parsed(html, press.fetcher).render(
        font_config=press.fonts,
        stylesheets=[press.stylesheet],
        pdf_variant=_VARIANT,
        presentational_hints=False,
    )


def _parsed(html: str, fetcher: DataOnly) -> HTML:
    """Read a piece as XML, which takes a tenth of the time of a browser's forgiving parser."""
    parsed = HTML.__new__(HTML)
    parsed.base_url = None
    parsed.url_fetcher = fetcher
    parsed.media_type = "print"
    parsed.wrapper_element = ElementWrapper.from_html_root(
        ET.fromstring(html),  # noqa: S314 - our own template made it
        content_language=None,
    )
    parsed.etree_element = parsed.wrapper_element.etree_element
    return parsed


def _without_last_page(pages: Sequence[Page], stop: int) -> tuple[list[Page], int]:
    """Leave the last page, which may not be full, to the next piece, unless it goes on from before.

    Returns the pages kept and the number of the first item that is not on them.
    """
    kept = list(pages[:-1])
    last = set(_items(pages[-1]))
    if not kept or not last or min(last) in set(_items(kept[-1])):
        return list(pages), stop
    return kept, min(last)


def _items(page: Page) -> Iterator[int]:
    for box in page._page_box.descendants():  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way
        number = box.element.get("data-item") if box.element is not None else None
        if number is not None:
            yield int(number)


def _number(pages: Sequence[Page]) -> None:
    """Write the page numbers, known only now; the text is laid out again when it is drawn."""
    for number, page in enumerate(pages, 1):
        for margin in page._page_box.children:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way
            if not isinstance(margin, MarginBox):
                continue
            for box in margin.descendants():
                if isinstance(box, TextBox) and box.text == _PAGE_NUMBER:
                    box.text = box.pango_layout.text = f"Page {number} of {len(pages)}"


class _Press(NamedTuple):
    fetcher: DataOnly
    fonts: FontConfiguration
    stylesheet: CSS


@cache
def _press() -> _Press:
    """Read fonts and styles once for all documents of this process."""
    fetcher, fonts = DataOnly(), FontConfiguration()
    styles = (files("pdf_worker") / "templates" / "document.css").read_text()
    stylesheet = CSS(
        string="\n".join((*_font_faces(), styles)), url_fetcher=fetcher, font_config=fonts
    )
    return _Press(fetcher, fonts, stylesheet)


def _font_faces() -> Iterator[str]:
    for weight in _WEIGHTS:
        for subset in _SUBSETS:
            font = files("pdf_worker") / "fonts" / f"roboto-{subset}-{weight}-normal.woff2"
            address = f"data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}"
            yield (
                f"@font-face {{ font-family: Roboto; font-weight: {weight};"
                f" src: url({address}) format('woff2') }}"
            )
