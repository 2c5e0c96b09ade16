"""Answers a question about revenue: reads the figures, fills the gaps, compares, adds `meta`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from careledger.postgres import Connection
from careledger.reports.answers import Interval
from careledger.reports.clinics import Clinic
from careledger.reports.periods import compared_interval
from careledger.reports.provenance import Subject, build_meta
from careledger.reports.revenue.models import RevenueComparison, RevenueQuery, RevenueReport
from careledger.reports.revenue.rows import FiguresReader, open_reader
from careledger.reports.revenue.series import Span, build_series, currency_totals, planned_periods
from careledger.reports.snapshot import Snapshot, take_snapshot

_SUBJECT: Final = Subject(
    report="revenue",
    basis="business_date",
    metrics=(
        "gross_payments",
        "refunds",
        "chargebacks",
        "payment_corrections",
        "net_payments",
        "payment_count",
        "refund_count",
        "average_payment",
        "processor_fees",
        "charges",
        "charge_count",
        "charge_corrections",
        "contractual_adjustments",
        "other_adjustments",
        "voids",
        "write_offs",
        "net_charges",
    ),
)


async def read_revenue(
    connection: Connection, clinics: Sequence[Clinic], query: RevenueQuery
) -> RevenueReport:
    """Answer one question about revenue.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: the question.

    Raises:
        QuestionError: for a range that ends before it starts or has too many points, an as_of
            later than today, a watermark not recorded yet, clinics that may not be read.
    """
    planned = planned_periods(query.granularity, query.start_date, query.end_date)
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    reader = await open_reader(connection, snapshot, query)
    cells = await reader.read(query.start_date, query.end_date)
    figures = {
        "series": build_series(
            cells,
            planned,
            _span(snapshot, query.start_date, query.end_date),
            currencies=reader.currencies,
            by_group=query.breakdown is not None,
        ),
        "totals": currency_totals(cells, reader.currencies),
        "comparison": await _compare(reader),
        "granularity": query.granularity,
        "breakdown": query.breakdown,
    }
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=reader.currencies,
        figures=figures,
        interval=Interval(start_date=query.start_date, end_date=query.end_date),
    )
    return RevenueReport.model_validate({"meta": meta, **figures})


def _span(snapshot: Snapshot, start: date, end: date) -> Span:
    # A day is over when it is over in every clinic.
    today = min(clinic.today for clinic in snapshot.clinics)
    return Span(start, end, snapshot.as_of, today)


async def _compare(reader: FiguresReader) -> RevenueComparison | None:
    query = reader.query
    if query.compare == "none":
        return None
    interval = compared_interval(
        query.compare, start=query.start_date, end=query.end_date, as_of=reader.snapshot.as_of
    )
    if interval is None:
        return None
    cells = await reader.read(interval.first, interval.last)
    return RevenueComparison(
        kind=query.compare,
        interval=Interval(start_date=interval.first, end_date=interval.last),
        series=build_series(
            cells,
            planned_periods(query.granularity, interval.first, interval.last),
            _span(reader.snapshot, interval.first, interval.last),
            currencies=reader.currencies,
            by_group=query.breakdown is not None,
        ),
        totals=currency_totals(cells, reader.currencies),
    )
