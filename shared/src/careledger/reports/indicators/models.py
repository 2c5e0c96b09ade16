"""Question and answer of the indicators; amounts in minor units, ratios as decimal text."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from careledger.reports.answers import Closed, Meta, QuestionCode, QuestionDay, QuestionId
from careledger.reports.periods import Granularity

POINTS_MAX: Final = 120
"""The most points of a trend; each is a balance of its own day."""
DAYS_DEFAULT: Final = 90

Ratio = Annotated[
    str | None,
    Field(
        pattern=r"^-?\d+\.\d{4}$",
        description="Four decimals, rounded half to even; null if the denominator is not above 0.",
        examples=["0.9312"],
    ),
]


class IndicatorsQuery(Closed):
    """One question about indicators; an empty filter keeps everything."""

    start_date: QuestionDay
    end_date: QuestionDay
    granularity: Granularity = "month"
    clinic_ids: tuple[QuestionId, ...] = ()
    currencies: tuple[QuestionCode, ...] = ()
    days: Annotated[int, Field(ge=1, le=3_660)] = DAYS_DEFAULT
    as_of: QuestionDay | None = None
    watermark: str | None = None


class CollectionRate(Closed):
    """Money landed on invoices, of what was asked on the same invoices, by service date."""

    landed: int
    charges: int = Field(description="The denominator: net or gross charges, as the name says.")
    rate: Ratio


class DaysInAr(Closed):
    """How many days of charges the outstanding receivables stand for."""

    outstanding: int
    charges: int = Field(description="charges + corrections - voids of the days' invoices.")
    days: int = Field(description="N: invoices issued in the N days ending with the day count.")
    value: Annotated[
        str | None,
        Field(
            pattern=r"^\d+\.\d$",
            description="outstanding / (charges / N); null if charges are not above 0.",
            examples=["41.3"],
        ),
    ]


class AgedAr(Closed):
    """The share of the outstanding receivables that is more than 90 days past due."""

    outstanding: int
    over_90: int
    rate: Ratio


class PayerShare(Closed):
    """One payer type's part of a mix."""

    payer_type: str
    amount: int
    share: Ratio


class PayerMix(Closed):
    """Who was charged and who paid."""

    charges: list[PayerShare] = Field(description="Charges by who owed at issue.")
    payments: list[PayerShare] = Field(description="Gross payments by who paid.")


class BadDebt(Closed):
    """What was given up, and what came back of it."""

    write_offs: int
    recoveries: int
    net: int = Field(description="write_offs - recoveries")


class RollForward(Closed):
    """The receivables' way from one balance to the other; it closes, which is asserted."""

    opening: int = Field(description="outstanding - overpaid the day before.")
    charges: int
    charge_corrections: int
    contractual_adjustments: int = Field(description="Above zero when they lower what is owed.")
    other_adjustments: int = Field(description="Above zero when they lower what is owed.")
    voids: int
    write_offs: int
    recoveries: int
    landed: int
    closing: int = Field(
        description="opening + charges + corrections - contractual - other - voids - write_offs "
        "+ recoveries - landed = outstanding - overpaid on the last day."
    )


class Indicators(Closed):
    """Every indicator of one span of days; balances are those of its last day."""

    net_collection: CollectionRate
    gross_collection: CollectionRate
    days_in_ar: DaysInAr
    aged_ar: AgedAr
    payer_mix: PayerMix
    bad_debt: BadDebt
    roll_forward: RollForward


class IndicatorPoint(Indicators):
    """The indicators of one period of the trend."""

    label: date = Field(description="First calendar day of the period.")
    last_day: date = Field(description="The day its balances are of.")
    partial: bool = Field(description="Cut by the range, or not over yet.")


class CurrencyIndicators(Closed):
    """One currency: the whole range, and its periods."""

    currency: str
    range: Indicators
    points: list[IndicatorPoint]


class IndicatorsReport(Closed):
    """Indicators per currency, each with its trend."""

    meta: Meta
    granularity: Granularity
    currencies: list[CurrencyIndicators]
