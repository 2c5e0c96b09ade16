"""Question and answer in the profile `suppressed`; null is a figure that is hidden."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from careledger.reports.answers import Closed, Meta, QuestionDay
from careledger.reports.revenue.models import Breakdown

SuppressedGranularity = Literal["month", "quarter", "year"]

STATEMENT: Final = (
    "Figures to which 1 to 10 patients of a month contribute are hidden, and with them the next"
    " smallest of the breakdown, so that no difference tells them. This is what CMS does with"
    " small cells, no rule of HIPAA, and no de-identification in the sense of 45 CFR 164.514:"
    " handle it as protected health information."
)


class SuppressedQuery(Closed):
    """One question: whole periods that are over, by one dimension at most, without filters."""

    start_date: QuestionDay
    end_date: QuestionDay
    granularity: SuppressedGranularity = "month"
    breakdown: Breakdown | None = None
    as_of: QuestionDay | None = None
    watermark: str | None = None


class SuppressedCharges(Closed):
    """What was asked for, apart from what was paid; amounts in minor units, null if hidden."""

    charges: int | None
    charge_count: int | None
    charge_corrections: int | None
    contractual_adjustments: int | None
    other_adjustments: int | None
    voids: int | None
    write_offs: int | None
    net_charges: int | None = Field(description="Null if any part of it is hidden.")


class SuppressedTotals(Closed):
    """Figures as in the revenue report; amounts in minor units, null if hidden."""

    gross_payments: int | None
    refunds: int | None
    chargebacks: int | None
    payment_corrections: int | None
    net_payments: int | None = Field(description="Null if any part of it is hidden.")
    payment_count: int | None
    refund_count: int | None
    average_payment: int | None = Field(description="Null without payments as well.")
    processor_fees: int | None
    charge_side: SuppressedCharges


class SuppressedPoint(SuppressedTotals):
    """Figures of one period; of a quarter or year null if hidden in any month of it."""

    label: date = Field(description="First calendar day of the period.")


class SuppressedSeries(Closed):
    """One currency, and with a breakdown one value of its dimension; every period is present."""

    currency: str
    group: str | None = Field(description="Value of the breakdown's dimension.")
    totals: SuppressedTotals = Field(description="Null where any period is.")
    points: list[SuppressedPoint]


class SuppressedCurrency(Closed):
    """One currency over all groups: the sums of the range, and of each period."""

    currency: str
    totals: SuppressedTotals = Field(description="Null where any period is.")
    points: list[SuppressedPoint]


class SuppressedReport(Closed):
    """Revenue of whole periods, with the figures of few patients hidden."""

    meta: Meta
    profile: Literal["suppressed"] = "suppressed"
    statement: str = Field(description="What the profile does, and what it does not.")
    patients_min: int = Field(description="Figures of fewer patients, but of any, are hidden.")
    granularity: SuppressedGranularity
    breakdown: Breakdown | None
    hidden_count: int = Field(
        description="How many figures of months are hidden, those of all groups together included."
    )
    series: list[SuppressedSeries] = Field(description="Empty without a breakdown.")
    totals: list[SuppressedCurrency]
