"""Question and answer of explain: one figure, and the ledger legs that make it up."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from careledger.reports.aging import Bucket
from careledger.reports.answers import (
    Closed,
    Meta,
    Page,
    QuestionCode,
    QuestionDay,
    QuestionId,
)
from careledger.reports.history.models import EntryKind
from careledger.reports.indicators.models import DAYS_DEFAULT
from careledger.reports.receivables import AgingBasis

EXPLAIN_PAGE_MAX: Final = 1_000

PeriodMetric = Literal[
    "gross_payments",
    "refunds",
    "chargebacks",
    "payment_corrections",
    "net_payments",
    "payment_count",
    "refund_count",
    "processor_fees",
    "charges",
    "charge_count",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "write_offs",
    "net_charges",
]
BalanceMetric = Literal["outstanding", "overpaid", "unapplied_credits", "deficits"]
AccountMetric = Literal["receivable_balance", "patient_balance"]
IndicatorMetric = Literal[
    "net_collection_rate",
    "gross_collection_rate",
    "days_in_ar",
    "aged_ar_rate",
    "payer_mix_charges",
    "payer_mix_payments",
    "bad_debt",
    "roll_forward",
]
ExplainedMetric = PeriodMetric | BalanceMetric | AccountMetric | IndicatorMetric
Component = Literal[
    "landed",
    "charges",
    "outstanding",
    "over_90",
    "payer",
    "total",
    "write_offs",
    "recoveries",
    "opening",
    "charge_corrections",
    "contractual_adjustments",
    "other_adjustments",
    "voids",
    "closing",
]
Rule = Literal["write_off_not_effective", "in_other_buckets", "recovered"]


class ExplainQuery(Closed):
    """Which figure to explain: its metric, and the parameters of the report that shows it."""

    metric: ExplainedMetric
    currency: QuestionCode
    component: Component | None = None
    start_date: QuestionDay | None = None
    end_date: QuestionDay | None = None
    clinic_ids: tuple[QuestionId, ...] = ()
    methods: tuple[QuestionCode, ...] = ()
    payer_types: tuple[QuestionCode, ...] = ()
    categories: tuple[QuestionCode, ...] = ()
    providers: tuple[QuestionCode, ...] = ()
    basis: AgingBasis | None = None
    bucket: Bucket | None = None
    days: Annotated[int, Field(ge=1, le=3_660)] = DAYS_DEFAULT
    patient_id: QuestionId | None = None
    invoice_id: QuestionId | None = None
    as_of: QuestionDay | None = None
    watermark: str | None = None
    limit: Annotated[int, Field(ge=1, le=EXPLAIN_PAGE_MAX)] = 100
    after: str | None = None


class ExplainedLeg(Closed):
    """One ledger leg, or what a rule adds to the legs; whose it is is not told."""

    kind: EntryKind | None = Field(description="Null for a rule.")
    rule: Rule | None = Field(
        default=None,
        description="What is no leg: the part of a write-off that takes nothing because nothing is "
        "open, the part of a balance that stands in other buckets, what was recovered.",
    )
    amount: int = Field(description="What it adds to the figure, in the figure's unit.")
    mirrored: bool = Field(default=False, description="Taken back by a void.")
    clinic_id: str
    invoice_id: str | None = None
    payment_id: str | None = None
    business_date: date | None = None
    effective_on: date | None = Field(
        default=None, description="The latest date of the facts it joins: balances count from it."
    )
    reason: str | None = None
    method: str | None = None
    payer_type: str | None = None
    provider: str | None = None
    category: str | None = None
    source: str | None = None
    event_id: str | None = None
    leg: int | None = None
    position: str | None = Field(
        default=None, description="Kafka partition and offset of the record that completed it."
    )


class Explanation(Closed):
    """The legs of one figure; over all pages they sum up to it."""

    meta: Meta
    metric: ExplainedMetric
    component: Component | None
    currency: str
    unit: Literal["minor units", "count"]
    sum: int = Field(description="Of all pages, summed by the server.")
    served: int = Field(description="The figure as its report serves it at this watermark.")
    equal: bool = Field(description="Whether the two are the same; if not, there is no answer.")
    legs: list[ExplainedLeg]
    page: Page
