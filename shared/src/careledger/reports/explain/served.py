"""The figure in question as its own report serves it, at the same day and watermark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from careledger.postgres import Connection
from careledger.reports.aging import Bucket
from careledger.reports.clinics import Clinic
from careledger.reports.explain.models import BalanceMetric, ExplainQuery, PeriodMetric
from careledger.reports.indicators import Indicators, IndicatorsQuery, read_indicators
from careledger.reports.outstanding import read_outstanding_summary
from careledger.reports.receivables import ReceivablesFilter
from careledger.reports.revenue import RevenueQuery, read_revenue


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
    clinics: Sequence[Clinic],
    query: ExplainQuery,
    metric: BalanceMetric,
    *,
    as_of: date,
    bucket: Bucket | None = None,
) -> int:
    """Return a sum of the receivables report, or one of its buckets."""
    summary = await read_outstanding_summary(
        connection,
        clinics,
        ReceivablesFilter(
            basis=query.basis or "due_date",
            as_of=as_of,
            watermark=query.watermark,
            clinic_ids=query.clinic_ids,
            currencies=(query.currency,),
            payer_types=query.payer_types,  # pyright: ignore[reportArgumentType] - checked as it is read
        ),
    )
    for one in summary.currencies:
        if bucket is not None:
            return next(part.amount for part in one.buckets if part.bucket == bucket)
        return getattr(one, metric).amount
    return 0


async def served_indicators(
    connection: Connection,
    clinics: Sequence[Clinic],
    query: ExplainQuery,
    span: tuple[date, date],
) -> Indicators | None:
    """Return the indicators of a span of days; None if the currency has none."""
    report = await read_indicators(
        connection,
        clinics,
        IndicatorsQuery(
            start_date=span[0],
            end_date=span[1],
            granularity="year",
            clinic_ids=query.clinic_ids,
            currencies=(query.currency,),
            days=query.days,
            as_of=query.as_of,
            watermark=query.watermark,
        ),
    )
    return next((one.range for one in report.currencies), None)
