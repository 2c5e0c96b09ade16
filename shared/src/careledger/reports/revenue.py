"""The revenue report: payments of each period on a cash basis, with the charge side apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from careledger.postgres import Connection
from careledger.reports.answers import Closed, Interval, Meta
from careledger.reports.clinics import Clinic

Granularity = Literal["day", "week", "month", "quarter", "year"]
Breakdown = Literal["clinic", "method", "payer_type", "category", "provider"]
Comparison = Literal["none", "previous_period", "previous_year"]


class RevenueQuery(Closed):
    """One question about revenue; an empty filter keeps everything."""

    start_date: date
    end_date: date
    granularity: Granularity = "day"
    clinic_ids: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    payer_types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    breakdown: Breakdown | None = None
    compare: Comparison = "none"
    as_of: date | None = None
    watermark: str | None = None


class ChargeSide(Closed):
    """What was asked for, apart from what was paid; amounts in minor units."""

    charges: int
    charge_count: int
    charge_corrections: int
    contractual_adjustments: int = Field(description="Above zero when they lower what is owed.")
    other_adjustments: int = Field(description="Above zero when they lower what is owed.")
    voids: int
    write_offs: int
    net_charges: int = Field(description="charges + corrections - contractual - voids")


class RevenueTotals(Closed):
    """Figures of one currency; amounts in minor units."""

    gross_payments: int
    refunds: int
    chargebacks: int
    payment_corrections: int
    net_payments: int = Field(description="gross + corrections - refunds - chargebacks")
    payment_count: int
    refund_count: int
    average_payment: int | None = Field(
        description="gross / payment_count, rounded half to even; null without payments."
    )
    processor_fees: int = Field(description="In no other figure.")
    charge_side: ChargeSide


class RevenuePoint(RevenueTotals):
    """Figures of one period."""

    label: date = Field(description="First calendar day of the period.")
    partial: bool = Field(description="Cut by the range, or not over yet.")


class RevenueSeries(Closed):
    """One currency, and with a breakdown one value of its dimension; every period is present."""

    currency: str
    group: str | None = Field(description="Value of the breakdown's dimension.")
    totals: RevenueTotals
    points: list[RevenuePoint]


class CurrencyTotals(RevenueTotals):
    """The totals of one currency over the whole range."""

    currency: str


class RevenueComparison(Closed):
    """The same figures of the interval compared with, like for like."""

    kind: Literal["previous_period", "previous_year"]
    interval: Interval
    series: list[RevenueSeries]
    totals: list[CurrencyTotals]


class RevenueReport(Closed):
    """One series per currency (and group), totals per currency, and a comparison if asked for."""

    meta: Meta
    granularity: Granularity
    breakdown: Breakdown | None
    series: list[RevenueSeries]
    totals: list[CurrencyTotals]
    comparison: RevenueComparison | None


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
    raise NotImplementedError
