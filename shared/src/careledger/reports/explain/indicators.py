"""Explains the amounts an indicator is made of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from careledger.reports.aging import Bucket
from careledger.reports.balances.reading import Span
from careledger.reports.explain import weights
from careledger.reports.explain.cohorts import Cohort, page_of_recoveries
from careledger.reports.explain.figures import Asked, Figure
from careledger.reports.explain.legs import LegRange, page_of_legs, sum_of_legs
from careledger.reports.explain.models import Component
from careledger.reports.explain.receivables import (
    OPEN,
    OVERPAID,
    page_of_receivables,
    receivables_query,
    sum_of_receivables,
)
from careledger.reports.explain.served import served_indicators
from careledger.reports.indicators import Indicators

_ONE_DAY: Final = timedelta(days=1)
_FLOWS: Final[dict[Component, tuple[weights.Counted, ...]]] = {
    "charges": weights.CHARGES,
    "charge_corrections": weights.CORRECTIONS,
    "contractual_adjustments": weights.CONTRACTUAL,
    "other_adjustments": weights.OTHERS,
    "voids": weights.VOIDS,
    "write_offs": weights.WRITE_OFFS,
    "landed": weights.LANDED,
}


async def explain_indicator(asked: Asked) -> Figure:
    """Explain one of the amounts of an indicator."""
    found = await served_indicators(asked.connection, asked.snapshot, asked.query, asked.span)
    served = 0 if found is None else _served(found, asked)
    cohort = _cohort_of(asked)
    if cohort is not None:
        return await _explain_cohort(asked, cohort, served)
    _, last = asked.span
    if asked.query.metric in {"days_in_ar", "aged_ar_rate"}:
        bucket: Bucket | None = "over_90" if asked.component == "over_90" else None
        return await _receivables(asked, last, served, bucket=bucket)
    if asked.query.metric in {"payer_mix_charges", "payer_mix_payments"}:
        kind = "charges" if asked.query.metric == "payer_mix_charges" else "gross_payments"
        return await _legs(
            asked, LegRange("business_date", weights.PERIOD[kind], *asked.span), served
        )
    return await _explain_flow(asked, served)


async def _explain_flow(asked: Asked, served: int) -> Figure:
    """Explain an amount of bad debt or of the roll-forward."""
    first, last = asked.span
    if asked.component in {"opening", "closing"}:
        day = first - _ONE_DAY if asked.component == "opening" else last
        return await _receivables(asked, day, served, net=True)
    if asked.component == "recoveries":
        shown, following = await page_of_recoveries(
            asked.connection, asked.snapshot, asked.query, first, last
        )
        # Of rules there is no sum but the one the roll-forward has asserted.
        return Figure(shown, following, served, served)
    counted = _FLOWS[asked.component or "charges"]
    return await _legs(asked, LegRange("effective_on", counted, first, last), served)


def _cohort_of(asked: Asked) -> Cohort | None:
    """Return the cohort an amount is of, None if it is of none."""
    first, last = asked.span
    if asked.query.metric == "days_in_ar" and asked.component == "charges":
        back = timedelta(days=asked.query.days - 1)
        return Cohort(Span(last - back, last, last), weights.GROSS_CHARGES, by_service=False)
    charges = {
        "net_collection_rate": weights.NET_CHARGES,
        "gross_collection_rate": weights.GROSS_CHARGES,
    }.get(asked.query.metric)
    if charges is None:
        return None
    counted = weights.LANDED if asked.component == "landed" else charges
    return Cohort(Span(first, last, asked.snapshot.as_of), counted, by_service=True)


_PART: Final = {
    "net_collection_rate": "net_collection",
    "gross_collection_rate": "gross_collection",
    "aged_ar_rate": "aged_ar",
}


def _served(found: Indicators, asked: Asked) -> int:
    """Return the amount in question as the report serves it."""
    metric = asked.query.metric
    if metric in {"payer_mix_charges", "payer_mix_payments"}:
        mix = found.payer_mix
        shares = mix.charges if metric == "payer_mix_charges" else mix.payments
        wanted = asked.query.payer_types
        return sum(one.amount for one in shares if not wanted or one.payer_type in wanted)
    return getattr(getattr(found, _PART.get(metric, metric)), asked.component or "")


async def _explain_cohort(asked: Asked, cohort: Cohort, served: int) -> Figure:
    shown, following = await cohort.page(asked.connection, asked.snapshot, asked.query)
    total = await cohort.sum(asked.connection, asked.snapshot, asked.query.currency)
    return Figure(shown, following, total, served)


async def _legs(asked: Asked, legs: LegRange, served: int) -> Figure:
    connection, snapshot, query = asked.connection, asked.snapshot, asked.query
    shown, following = await page_of_legs(connection, snapshot, query, legs)
    return Figure(shown, following, await sum_of_legs(connection, snapshot, query, legs), served)


async def _receivables(
    asked: Asked, day: date, served: int, *, bucket: Bucket | None = None, net: bool = False
) -> Figure:
    statuses = (*OPEN, *OVERPAID) if net else OPEN
    chosen = receivables_query(asked.query, day, statuses, bucket)
    shown, following = await page_of_receivables(
        asked.connection, asked.clinics, asked.snapshot, chosen
    )
    total = await sum_of_receivables(asked.connection, asked.clinics, chosen)
    return Figure(shown, following, total, served)
