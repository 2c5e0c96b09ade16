from collections.abc import Callable, Sequence

from pydyf import PDF

from weasyprint.formatting_structure.boxes import ParentBox
from weasyprint.pdf.stream import Stream

class Page:
    _page_box: ParentBox
    def paint(self, stream: Stream, scale: float = 1) -> None: ...

class Document:
    pages: Sequence[Page]
    def copy(self, pages: Sequence[Page]) -> Document: ...
    def write_pdf(
        self,
        *,
        pdf_variant: str,
        pdf_identifier: bytes,
        finisher: Callable[[Document, PDF], None],
    ) -> bytes: ...
