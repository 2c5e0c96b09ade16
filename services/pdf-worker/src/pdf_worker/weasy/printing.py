"""Lays a document out piece by piece, numbers its pages and writes them as one PDF/UA-1 file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from types import SimpleNamespace
from typing import Final, NamedTuple, Protocol

import pydyf
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.urls import FatalURLFetchingError

from pdf_worker.documents.pages import Line
from pdf_worker.errors import RefusedError
from pdf_worker.weasy.lines import SetPage
from pdf_worker.weasy.press import VARIANT, lay_out
from pdf_worker.weasy.tagging import Plain, tag_lines

_PAGE_NUMBER: Final = "Page 0 of 0"


def _compressor(level: int) -> object:
    # The highest level, which pydyf asks for, takes three times as long for one part in fifty.
    return zlib.compressobj(min(level, 6))


pydyf.zlib = SimpleNamespace(compressobj=_compressor)


class Source(Protocol):
    """A document that can be had piece by piece."""

    @property
    def end(self) -> int:
        """The number after the last item."""
        ...

    def html(self, first: int, /) -> tuple[str, int]:
        """Return the piece that begins with an item, and the number after its last."""
        ...

    def line(self, number: int, /) -> Line:
        """Return the texts of an item that its piece left empty."""
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
        first, laid_out = _lay_out(source, progress)
        _number(laid_out)
        pages = [SetPage(page, source.line) for page in laid_out]

        def finish(_: Document, pdf: pydyf.PDF) -> None:
            tag_lines(pdf, pages)
            _write_objects(pdf)

        content = first.copy(pages).write_pdf(
            pdf_variant=VARIANT, pdf_identifier=identifier.encode(), finisher=finish
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
        laid_out = lay_out(html)
        first = first or laid_out
        kept = laid_out.pages
        if stop < source.end:
            kept, stop = _without_last_page(kept, stop)
        pages += kept
        done = stop
        progress(done, source.end)
    return first, pages


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


class _Written(pydyf.Stream):
    """A stream written already."""

    def __init__(self, written: bytes) -> None:
        super().__init__()
        self.written = written

    @property
    def data(self) -> bytes:
        """The stream as the file has it."""
        return self.written


def _write_objects(pdf: pydyf.PDF) -> None:
    """Write every object once: pydyf would do it twice, the second time for the identifier."""
    for number, item in enumerate(pdf.objects):
        if item.free == "f" or isinstance(item, Plain):
            continue
        kind = _Written if isinstance(item, pydyf.Stream) else Plain
        written = kind(item.data)
        written.number, written.generation = item.number, item.generation
        pdf.objects[number] = written
