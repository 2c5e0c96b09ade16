"""The revenue document says every figure of the report, and what fixes them."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from careledger.reports.revenue import RevenueQuery, RevenueReport, RevenueTotals
from careledger.tasks import Paper
from pdf_worker.formats import Notation
from support.documents import printed_revenue, subject_of, text_of
from support.revenue_reports import WATERMARK, revenue_report

MONTHS = RevenueQuery(start_date=date(2026, 1, 1), end_date=date(2026, 6, 30), granularity="month")
AMERICAN = Notation("en-US")


def printed_text(query: RevenueQuery, report: RevenueReport) -> str:
    return text_of(printed_revenue(query, report, subject_of(report)).content)


def row_of(name: str, totals: RevenueTotals, currency: str) -> str:
    def amount(minor: int | None) -> str:
        return "none" if minor is None else AMERICAN.amount(minor, currency)

    cells = [
        amount(totals.gross_payments),
        amount(totals.payment_corrections),
        amount(totals.refunds),
        amount(totals.chargebacks),
        amount(totals.net_payments),
        AMERICAN.count(totals.payment_count),
        AMERICAN.count(totals.refund_count),
        amount(totals.average_payment),
        amount(totals.processor_fees),
    ]
    return " ".join((name, *cells))


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
@pytest.mark.parametrize("seed", range(3))
def test_every_period_stands_there_with_its_figures(currency: str, seed: int) -> None:
    report = revenue_report(MONTHS, currencies=[currency], seed=seed)

    text = printed_text(MONTHS, report)

    (series,) = report.series
    for point in series.points:
        assert row_of(AMERICAN.period("month", point.label), point, currency) in text
    assert row_of("Total", series.totals, currency) in text


def test_the_period_compared_with_stands_there_too() -> None:
    query = MONTHS.model_copy(update={"compare": "previous_year"})
    report = revenue_report(query)

    text = printed_text(query, report)

    assert report.comparison is not None
    for point in report.comparison.series[0].points:
        assert row_of(AMERICAN.period("month", point.label), point, "USD") in text


def test_groups_stand_side_by_side_and_each_by_itself() -> None:
    query = MONTHS.model_copy(update={"breakdown": "method"})
    report = revenue_report(query, groups=["card", "cash"])

    text = printed_text(query, report)

    for series in report.series:
        assert row_of(series.group or "", series.totals, "USD") in text
        assert row_of("Total", series.totals, "USD") in text


def test_the_cover_says_what_fixes_the_figures() -> None:
    query = MONTHS.model_copy(update={"methods": ("card", "cash")})
    report = revenue_report(query)

    text = printed_text(query, report)

    for fact in (
        report.meta.digest,
        WATERMARK,
        "Hudson Street Clinic (hudson)",
        "America/New_York",
        "Method: card, cash",
        "By finance",
        "As of Nov 20, 2026",
        "Not de-identified in the sense of 45 CFR 164.514",
    ):
        assert fact in text


def test_pages_are_numbered_through() -> None:
    report = revenue_report(MONTHS)

    pages = PdfReader(BytesIO(printed_revenue(MONTHS, report, subject_of(report)).content)).pages

    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_a_report_without_payments_says_so() -> None:
    assert "Nothing is recorded for this question." in printed_text(
        MONTHS, revenue_report(MONTHS, currencies=[])
    )


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_the_paper_is_the_one_asked_for(paper: Paper, size: tuple[int, int]) -> None:
    report = revenue_report(MONTHS)

    content = printed_revenue(MONTHS, report, subject_of(report, paper=paper)).content

    box = PdfReader(BytesIO(content)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_same_report_gives_the_same_bytes() -> None:
    report = revenue_report(MONTHS)

    first, second = (printed_revenue(MONTHS, report, subject_of(report)) for _ in range(2))

    assert first.sha256 == second.sha256


def test_bookmarks_lead_to_each_part() -> None:
    report = revenue_report(MONTHS)

    outline = PdfReader(
        BytesIO(printed_revenue(MONTHS, report, subject_of(report)).content)
    ).outline

    assert "Revenue" in str(outline)
    assert "How to read the figures" in str(outline)


def test_a_name_without_spaces_breaks_before_it_leaves_the_page() -> None:
    query = MONTHS.model_copy(update={"breakdown": "provider"})
    report = revenue_report(query, groups=["b" * 120])

    content = printed_revenue(query, report, subject_of(report)).content

    texts = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert any("b" * 20 in text for text in texts)
    assert not any("b" * 120 in text for text in texts)
