"""Rows set by their texts look like rows laid out cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from careledger.reports.revenue import RevenueQuery
from pdf_worker.documents.pages import Pieces
from pdf_worker.documents.parts import Document, Row, Table
from pdf_worker.documents.revenue import revenue_document
from pdf_worker.weasy import write_pdf
from support.documents import subject_of, unheard
from support.revenue_reports import revenue_report

DAYS = RevenueQuery(start_date=date(2026, 1, 1), end_date=date(2026, 2, 28))
REPORT = revenue_report(DAYS)


class NoLines(Table):
    """A table of which no row is set."""

    def fits(self, row: Row, columns: Sequence[float]) -> bool:
        return not (row.cells and columns)


def document(kind: type[Table]) -> Document:
    written = revenue_document(subject_of(REPORT), DAYS, REPORT)
    blocks = [
        kind(block.columns, block.rows) if isinstance(block, Table) else block
        for block in written.blocks
    ]
    return replace(written, blocks=blocks)


@cache
def printed(kind: type[Table]) -> PdfReader:
    content = write_pdf(Pieces(document(kind)), unheard, identifier="x").content
    return PdfReader(BytesIO(content))


def places(reader: PdfReader) -> Iterator[tuple[float, float]]:
    """Where texts begin, from page to page."""
    for page in reader.pages:
        operations = ContentStream(page.get_contents(), reader).operations
        yield from sorted(
            (round(float(operands[5])), float(operands[4]))
            for operands, operator in operations
            if operator == b"Tm"
        )


def test_pages_hold_the_same_texts_in_the_same_order() -> None:
    set_by_texts, laid_out = (
        [page.extract_text() for page in printed(kind).pages] for kind in (Table, NoLines)
    )

    assert set_by_texts == laid_out


def test_every_text_begins_where_it_would_have_begun() -> None:
    for x, y in zip(places(printed(Table)), places(printed(NoLines)), strict=True):
        assert x == pytest.approx(y, abs=1)


def test_a_row_that_is_too_long_for_its_column_is_left_to_break() -> None:
    prose = "words that go on and on " * 20
    written = document(Table)
    (table, *_) = [block for block in written.blocks if isinstance(block, Table)]
    long = Row((prose, *table.rows[0].cells[1:]))

    columns = table.columns_on(written.width)

    assert table.fits(table.rows[0], columns)
    assert not table.fits(long, columns)


@pytest.mark.parametrize("text", ["\u65e5\u672c", "e\u0301", "\u0645", "a\u200b", "\U0001f600"])
def test_a_character_the_font_cannot_set_alone_is_left_to_pango(text: str) -> None:
    written = document(Table)
    (table, *_) = [block for block in written.blocks if isinstance(block, Table)]

    columns = table.columns_on(written.width)

    assert not table.fits(Row((text, *table.rows[0].cells[1:])), columns)
