"""The figure in question as its own report serves it, at the same day and watermark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from careledger.postgres import Connection
from careledger.reports.aging import Bucket
from careledger.reports.clinics import Clinic
from careledger.reports.explain.models import BalanceMetric, ExplainQuery, PeriodMetric
from careledger.reports.indicators import Indicators, IndicatorsQuery
from careledger.reports.indicators.report import Reading, read_range
from careledger.reports.receivable_summary import summarize_kind
from careledger.reports.receivables import ReceivablesFilter
from careledger.reports.revenue import RevenueQuery, read_revenue
from careledger.reports.snapshot import Snapshot

# What else an indicator's own report reads is no part of it.
_READINGS: Final[dict[str, tuple[Reading, ...]]] = {
    "net_collection_rate": ("served",),
    "gross_collection_rate": ("served",),
    "days_in_ar": ("balances", "moved", "issued"),
    "payer_mix_charges": ("payers",),
    "payer_mix_payments": ("payers",),
}


async def served_period_figure(
    connection: Connection,
    clinics: Sequence[Clinic],
    query: ExplainQuery,
    metric: PeriodMetric,
    span: tuple[date, date],
) -> int:
    """Return a figure of the revenue report over a span of days."""
    report = await read_revenue(
        connection,
        clinics,
        RevenueQuery(
            start_date=span[0],
            end_date=span[1],
            granularity="year",
            clinic_ids=query.clinic_ids,
            methods=query.methods,
            payer_types=query.payer_types,
            categories=query.categories,
            providers=query.providers,
            currencies=(query.currency,),
            as_of=query.as_of,
            watermark=query.watermark,
        ),
    )
    for totals in report.totals:
        figures = totals.model_dump()
        return (figures | figures["charge_side"])[metric]
    return 0


async def served_balance(
    connection: Connection,
    snapshot: Snapshot,
    query: ExplainQuery,
    metric: BalanceMetric,
    *,
    bucket: Bucket | None = None,
) -> int:
    """Return a sum of the receivables report, or one of its buckets."""
    kind = "credits" if metric in {"unapplied_credits", "deficits"} else "receivables"
    question = ReceivablesFilter(
        basis=query.basis or "due_date",
        clinic_ids=query.clinic_ids,
        currencies=(query.currency,),
        payer_types=query.payer_types,  # pyright: ignore[reportArgumentType] - checked as it is read
    )
    for one in await summarize_kind(connection, snapshot, question, kind):
        if bucket is not None:
            return next(part.amount for part in one.buckets if part.bucket == bucket)
        return getattr(one, metric).amount
    return 0


async def served_indicators(
    connection: Connection, snapshot: Snapshot, query: ExplainQuery, span: tuple[date, date]
) -> Indicators | None:
    """Return the indicators of a span that a metric is of; None if the currency has none."""
    question = IndicatorsQuery(
        start_date=span[0],
        end_date=span[1],
        granularity="year",
        clinic_ids=query.clinic_ids,
        currencies=(query.currency,),
        days=query.days,
    )
    readings = _READINGS.get(query.metric, ("balances", "moved"))
    found = await read_range(connection, snapshot, question, readings)
    return found.get(query.currency)
