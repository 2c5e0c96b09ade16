"""Tags of lines: each cell a TH or TD of the structure tree, bound to its marks on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pydyf

from pdf_worker.weasy.lines import SetLine, SetPage

T = TypeVar("T")


class Plain(pydyf.Object):
    """An object written already."""

    def __init__(self, written: bytes) -> None:
        super().__init__()
        self.written = written

    @property
    def data(self) -> bytes:
        """The object as the file has it."""
        return self.written


def tag_lines(pdf: pydyf.PDF, pages: Sequence[SetPage]) -> None:
    """Put the cells of every line into the structure tree, and into that of each page's marks."""
    root = _entries(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _of_kind(pydyf.Array, _entries(pdf, root["ParentTree"])["Nums"])
    references = pdf.page_references
    for index, page in enumerate(pages):
        marks = _of_kind(pydyf.Array, numbers[2 * index + 1])
        for table in page.tables:
            for head in table.heads:
                _of_kind(pydyf.Dictionary, head.mark["A"])["Scope"] = "/Column"
            for line in table.lines:
                marks += _cells(pdf, line, references[index])


def _cells(pdf: pydyf.PDF, line: SetLine, page: bytes) -> list[bytes]:
    """Make the elements of a line's cells; returns their references in the order of their marks."""
    # WeasyPrint leaves the element it made of a cell with the cell's box.
    first = line.cell.mark
    parent = _of_kind(bytes, first["P"])
    row = _entries(pdf, parent)
    first.clear()
    first.update(
        {
            "Type": "/StructElem",
            "S": "/TH",
            "A": pydyf.Dictionary({"O": "/Table", "Scope": "/Row"}),
            "K": pydyf.Array([line.first_mark]),
            "Pg": page,
            "P": parent,
        }
    )
    references = [first.reference]
    for mark in range(line.first_mark + 1, line.first_mark + len(line.line.cells)):
        cell = Plain(b"<</Type/StructElem/S/TD/K %d/Pg %b/P %b>>" % (mark, page, parent))
        pdf.add_object(cell)
        references.append(cell.reference)
    row["K"] = pydyf.Array(references)
    return references


def _entries(pdf: pydyf.PDF, reference: object) -> pydyf.Dictionary:
    number = int(_of_kind(bytes, reference).split()[0])
    return _of_kind(pydyf.Dictionary, pdf.objects[number])


def _of_kind(kind: type[T], found: object) -> T:
    if not isinstance(found, kind):
        raise TypeError(f"not a {kind.__name__}: WeasyPrint builds its tags in another way now")
    return found
