"""Question and answer of the revenue report; amounts are integers of minor units."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from careledger.reports.answers import Closed, Interval, Meta, QuestionCode, QuestionDay, QuestionId
from careledger.reports.periods import Granularity

POINTS_MAX: Final = 25_000
"""The most points a series may have; a longer one is refused, never cut."""
ANSWER_POINTS_MAX: Final = 100_000
"""The most points of all series of one answer."""

Breakdown = Literal["clinic", "method", "payer_type", "category", "provider"]
Comparison = Literal["none", "previous_period", "previous_year"]


class RevenueQuery(Closed):
    """One question about revenue; an empty filter keeps everything."""

    start_date: QuestionDay
    end_date: QuestionDay
    granularity: Granularity = "day"
    clinic_ids: tuple[QuestionId, ...] = ()
    methods: tuple[QuestionCode, ...] = ()
    payer_types: tuple[QuestionCode, ...] = ()
    categories: tuple[QuestionCode, ...] = ()
    providers: tuple[QuestionCode, ...] = ()
    currencies: tuple[QuestionCode, ...] = ()
    breakdown: Breakdown | None = None
    compare: Comparison = "none"
    as_of: QuestionDay | None = None
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
