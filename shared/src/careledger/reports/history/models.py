"""Question and answer of a patient's history; amounts are integers of minor units."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from careledger.reports.answers import Closed, Meta, Page, QuestionDay, QuestionId
from careledger.reports.receivable_rules import ReceivableStatus

HISTORY_PAGE_MAX: Final = 5_000

PaymentStatus = Literal["paid", "pending", "failed", "refunded"]
EntryKind = Literal[
    "charge",
    "adjustment",
    "write_off",
    "void",
    "payment",
    "correction",
    "refund",
    "chargeback",
    "chargeback_reversal",
    "fee",
    "allocation",
    "pending",
    "failed",
    "responsibility",
    "due_date",
    "sent_to_collections",
    "recalled_from_collections",
    "patient",
]


class HistoryQuery(Closed):
    """Which part of a patient's history to read; filters choose rows, never change balances."""

    start_date: QuestionDay | None = None
    end_date: QuestionDay | None = None
    clinic_ids: tuple[QuestionId, ...] = ()
    payment_statuses: tuple[PaymentStatus, ...] = ()
    invoice_statuses: tuple[ReceivableStatus, ...] = ()
    as_of: QuestionDay | None = None
    watermark: str | None = None
    limit: Annotated[int, Field(ge=1, le=HISTORY_PAGE_MAX)] = 100
    after: str | None = None


class PlannedInstallment(Closed):
    """One part of a payment plan as told."""

    due_on: date
    amount: int


class HistoryEntry(Closed):
    """One ledger leg, attempt or fact; amounts signed as the ledger keeps them."""

    business_date: date
    occurred_at: datetime
    source: str
    event_id: str
    leg: int
    clinic_id: str
    kind: EntryKind
    amount: int | None
    currency: str | None
    payment_id: str | None
    payment_status: PaymentStatus | None
    partially_refunded: bool | None
    disputed: bool | None
    invoice_id: str | None
    invoice_status: ReceivableStatus | None
    fact_id: str | None
    method: str | None
    payer_type: str | None
    provider: str | None
    category: str | None
    reason: str | None
    service_date: date | None
    due_on: date | None
    installments: list[PlannedInstallment] | None
    received_at: datetime | None
    balance: int | None = Field(
        description="Net balance in this row's currency after this row's event, null without one."
    )


class PatientTotals(Closed):
    """One patient's figures in one currency over the clinics read, filters aside."""

    currency: str
    charged: int = Field(description="Charges as issued, before adjustments and voids.")
    adjustments: int = Field(description="Of issued invoices; below zero when less is owed.")
    voids: int = Field(description="Charges and adjustments of voided invoices.")
    written_off: int = Field(description="The effective write-offs.")
    invoice_count: int
    paid: int = Field(description="Gross payments.")
    payment_count: int
    payment_corrections: int
    refunded: int = Field(description="Refunds as told; those of unknown payments included.")
    chargebacks: int = Field(description="Withdrawn - reinstated, as told.")
    outstanding: int
    overpaid: int = Field(description="Balances below zero, shown above zero.")
    unapplied: int
    deficits: int = Field(description="Credits below zero, shown above zero.")
    balance: int = Field(description="outstanding - overpaid - unapplied + deficits")


class HistoryReport(Closed):
    """A patient's rows in order of (business date, occurred_at, source, id), and totals."""

    meta: Meta
    patient_id: str
    entries: list[HistoryEntry]
    totals: list[PatientTotals]
    page: Page
