"""Answers a question about revenue: reads the figures, fills the gaps, compares, adds `meta`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from careledger.postgres import Connection
from careledger.reports.answers import Interval, Meta
from careledger.reports.clinics import Clinic
from careledger.reports.periods import Period, compared_interval
from careledger.reports.provenance import Subject, build_meta, digest_of_plain
from careledger.reports.revenue.figures import Plain
from careledger.reports.revenue.models import RevenueQuery, RevenueReport
from careledger.reports.revenue.rows import FiguresReader, open_reader
from careledger.reports.revenue.series import (
    Span,
    flag_partial,
    plain_series,
    plain_totals,
    planned_periods,
    totals_of_currencies,
)
from careledger.reports.snapshot import take_snapshot

METRICS: Final = (
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
)
"""What the figures of the report mean, by ids of the catalog."""

_SUBJECT: Final = Subject(report="revenue", basis="business_date", metrics=METRICS)


class RevenueAnswer(NamedTuple):
    """A revenue report before it is a model: `RevenueReport` is what it looks like."""

    meta: Meta
    figures: Plain

    def as_json(self) -> bytes:
        """Write the report as `RevenueReport` would be written, at a tenth of the cost."""
        return b'{"meta":%b,%b' % (
            self.meta.model_dump_json().encode(),
            msgspec.json.encode(self.figures)[1:],
        )

    def as_model(self) -> RevenueReport:
        """Return the report as a model."""
        return RevenueReport.model_validate_json(self.as_json())


async def read_revenue(
    connection: Connection, clinics: Sequence[Clinic], query: RevenueQuery
) -> RevenueReport:
    """Answer one question about revenue, as `answer_revenue` does."""
    return (await answer_revenue(connection, clinics, query)).as_model()


async def answer_revenue(
    connection: Connection, clinics: Sequence[Clinic], query: RevenueQuery
) -> RevenueAnswer:
    """Answer one question about revenue.

    Args:
        connection: inside a REPEATABLE READ transaction the caller opened.
        clinics: the clinics the caller may see.
        query: the question.

    Raises:
        QuestionError: for a range that ends before it starts or has too many points, an as_of
            later than today, a watermark not recorded yet, clinics that may not be read, a range or
            a comparison behind what is kept.
    """
    planned_periods(query.granularity, query.start_date, query.end_date)
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    if snapshot.horizon is not None:
        snapshot.horizon.check_totals("start_date", query.start_date)
    reader = await open_reader(connection, snapshot, query)
    asked = await _read_range(reader, Period(query.start_date, query.end_date))
    compared = await _read_compared(reader)
    figures: Plain = {
        "granularity": query.granularity,
        "breakdown": query.breakdown,
        **asked.figures,
        "comparison": compared and {**_about(compared, query), **compared.figures},
    }
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=reader.currencies,
        figures_digest=digest_of_plain(figures),
        interval=Interval(start_date=query.start_date, end_date=query.end_date),
    )
    for one in (asked, compared):
        if one is not None:
            flag_partial(one.figures["series"], one.planned, one.span)
    return RevenueAnswer(meta, figures)


class _Range(NamedTuple):
    """The figures of one range, not yet flagged: its flags are no part of the digest."""

    figures: Plain
    planned: Sequence[Period]
    span: Span


async def _read_range(reader: FiguresReader, interval: Period) -> _Range:
    query, snapshot = reader.query, reader.snapshot
    cells = await reader.read(interval.first, interval.last)
    planned = planned_periods(query.granularity, interval.first, interval.last)
    by_group = query.breakdown is not None
    series = plain_series(cells, planned, currencies=reader.currencies, by_group=by_group)
    totals = plain_totals(cells, reader.currencies) if by_group else totals_of_currencies(series)
    figures: Plain = {"series": series, "totals": totals}
    # A day is over when it is over in every clinic.
    today = min(clinic.today for clinic in snapshot.clinics)
    return _Range(figures, planned, Span(*interval, snapshot.as_of, today))


async def _read_compared(reader: FiguresReader) -> _Range | None:
    query = reader.query
    if query.compare == "none":
        return None
    interval = compared_interval(
        query.compare, start=query.start_date, end=query.end_date, as_of=reader.snapshot.as_of
    )
    if interval is not None and reader.snapshot.horizon is not None:
        reader.snapshot.horizon.check_totals("compare", interval.first)
    return interval and await _read_range(reader, interval)


def _about(compared: _Range, query: RevenueQuery) -> Plain:
    interval = {"start_date": compared.span.start, "end_date": compared.span.end}
    return {"kind": query.compare, "interval": interval}
