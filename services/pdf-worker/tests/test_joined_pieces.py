"""A document laid out piece by piece looks like one laid out at once."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from careledger.reports.revenue import RevenueQuery
from pdf_worker.formats import Notation
from support.documents import printed_revenue, subject_of, text_of
from support.revenue_reports import revenue_report

DAYS = RevenueQuery(start_date=date(2026, 1, 1), end_date=date(2026, 4, 30))
REPORT = revenue_report(DAYS)


def pages_of(items_at_once: int) -> list[str]:
    content = printed_revenue(DAYS, REPORT, subject_of(REPORT), items_at_once=items_at_once).content
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("items_at_once", [90, 150])
def test_pages_break_where_they_would_have_broken(items_at_once: int) -> None:
    assert pages_of(items_at_once) == pages_of(10_000)


def test_every_row_stands_there_once_in_each_table() -> None:
    content = printed_revenue(DAYS, REPORT, subject_of(REPORT), items_at_once=90).content

    text = text_of(content)

    notation = Notation("en-US")
    for point in REPORT.series[0].points:
        if not point.gross_payments:
            continue
        figures = notation.amount(point.gross_payments, "USD")
        assert text.count(f"{notation.period('day', point.label)} {figures} ") == 1


def test_a_piece_smaller_than_a_page_still_ends() -> None:
    assert len(pages_of(5)) > 20
