from collections.abc import Sequence

from weasyprint.formatting_structure.boxes import ParentBox

class Page:
    _page_box: ParentBox

class Document:
    pages: Sequence[Page]
    def copy(self, pages: Sequence[Page]) -> Document: ...
    def write_pdf(self, *, pdf_variant: str, pdf_identifier: bytes) -> bytes: ...
