"""What the receivable reports share: questions, rows and buckets."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from careledger.events.fields import PayerType
from careledger.reports.aging import Bucket
from careledger.reports.answers import (
    Closed,
    Meta,
    Page,
    QuestionCode,
    QuestionDay,
    QuestionId,
    Sum,
)
from careledger.reports.history.models import HistoryEntry
from careledger.reports.receivable_rules import ReceivableStatus

RECEIVABLE_PAGE_MAX: Final = 10_000

AgingBasis = Literal["due_date", "service_date", "issued_on"]
QuestionAmount = Annotated[int, Field(ge=-(10**18), le=10**18)]
QuestionDays = Annotated[int, Field(ge=-200_000, le=200_000)]
SortKey = Literal["due_on", "balance", "issued_on", "patient_id", "invoice_id"]


class ReceivablesFilter(Closed):
    """Which receivables a question is about; an empty filter keeps every open one."""

    basis: AgingBasis = "due_date"
    as_of: QuestionDay | None = None
    watermark: str | None = None
    clinic_ids: tuple[QuestionId, ...] = ()
    currencies: tuple[QuestionCode, ...] = ()
    patient_id: QuestionId | None = None
    payer_types: tuple[PayerType, ...] = ()
    statuses: tuple[ReceivableStatus, ...] = Field(
        default=(), description="Closed ones are listed when asked for; they are in no total."
    )
    buckets: tuple[Bucket, ...] = Field(
        default=(), description="Receivables with an amount in one of these buckets."
    )
    balance_from: QuestionAmount | None = None
    balance_to: QuestionAmount | None = None
    days_overdue_from: QuestionDays | None = None
    days_overdue_to: QuestionDays | None = None


class OutstandingQuery(ReceivablesFilter):
    """A page of receivables."""

    sort: SortKey = "due_on"
    descending: bool = False
    limit: Annotated[int, Field(ge=1, le=RECEIVABLE_PAGE_MAX)] = 100
    after: str | None = None


class ReceivableQuery(Closed):
    """One receivable, named by clinic and invoice."""

    clinic_id: QuestionId
    invoice_id: QuestionId
    basis: AgingBasis = "due_date"
    as_of: QuestionDay | None = None
    watermark: str | None = None


class BucketAmounts(Closed):
    """A balance spread over the aging buckets."""

    current: int = 0
    days_1_30: int = Field(default=0, serialization_alias="1-30", validation_alias="1-30")
    days_31_60: int = Field(default=0, serialization_alias="31-60", validation_alias="31-60")
    days_61_90: int = Field(default=0, serialization_alias="61-90", validation_alias="61-90")
    over_90: int = 0


class Receivable(Closed):
    """One invoice as it stands; amounts in minor units of its currency."""

    clinic_id: str
    invoice_id: str
    patient_id: str | None = Field(
        description="Null for a reader who may not see whose it is; the digest covers it anyway."
    )
    currency: str
    status: ReceivableStatus
    in_collections: bool
    payer_type: PayerType = Field(description="Who owes.")
    issued_on: date
    service_date: date | None
    due_on: date = Field(description="The oldest open date of a plan, else the due date.")
    voided_on: date | None
    days_overdue: int = Field(description="Calendar days past due_on; zero or less: not due.")
    charge: int
    adjustments: int
    landed: int
    written_off: int = Field(description="The effective write-off.")
    balance: int
    buckets: BucketAmounts
    provider: str | None
    category: str | None


class OutstandingReport(Closed):
    """One page of receivables."""

    meta: Meta
    receivables: list[Receivable]
    page: Page


class BucketSum(Closed):
    """One bucket: the open amount in it and the number of receivables."""

    bucket: Bucket
    amount: int
    count: int


class CreditSum(Closed):
    """Credits of one age and payer; each age counts from the day the payment was received."""

    bucket: Bucket
    payer_type: str = Field(description="Who paid, or unknown.")
    unapplied_credits: Sum
    deficits: Sum = Field(description="Shown above zero.")


class CurrencySummary(Closed):
    """Receivables of one currency.

    The buckets sum up to the total, credits to theirs, and the net balance is what the ledger's
    movements come to: all three are asserted.
    """

    currency: str
    outstanding: Sum
    buckets: list[BucketSum]
    in_collections: Sum
    overpaid: Sum = Field(description="Balances below zero, shown above zero; not in outstanding.")
    unapplied_credits: Sum
    deficits: Sum = Field(description="Credits below zero, shown above zero.")
    credits: list[CreditSum] = Field(description="Unapplied credits and deficits by age and payer.")


class OutstandingSummary(Closed):
    """Aging by bucket, one block per currency."""

    meta: Meta
    basis: AgingBasis
    currencies: list[CurrencySummary]


class OpenInstallment(Closed):
    """One part of a payment plan, and what of the balance still stands on it."""

    due_on: date
    amount: int
    open: int
    bucket: Bucket


class ReceivableDetail(Closed):
    """One receivable with everything that happened to it."""

    meta: Meta
    receivable: Receivable
    installments: list[OpenInstallment]
    entries: list[HistoryEntry] = Field(description="Legs and attempts that name or land on it.")
    patient_url: str | None = Field(description="The patient in the practice's own system.")
