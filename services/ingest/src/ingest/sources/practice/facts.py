"""What one row says once it is mapped: the fields whose digest tells whether it has changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from careledger.events.fields import AdjustmentReason, PayerType

InvoiceStatus = Literal["issued", "voided", "collections"]
PaymentStatus = Literal["pending", "succeeded", "failed", "refunded"]


class PatientFacts(Struct, frozen=True, kw_only=True, array_like=True, tag="patient"):
    """A patient; the name is there as a keyed digest only."""

    clinic_id: str
    patient_id: str
    name_digest: bytes


class InvoiceFacts(Struct, frozen=True, kw_only=True, array_like=True, tag="invoice"):
    """An invoice."""

    clinic_id: str
    patient_id: str
    invoice_id: str
    currency: str
    amount: int
    issued_on: date
    due_on: date | None
    service_date: date | None
    payer_type: PayerType
    provider: str | None
    category: str | None
    status: InvoiceStatus
    written_off: int


class AdjustmentFacts(Struct, frozen=True, kw_only=True, array_like=True, tag="adjustment"):
    """An adjustment of an invoice."""

    clinic_id: str
    patient_id: str
    adjustment_id: str
    invoice_id: str
    currency: str
    amount: int
    reason: AdjustmentReason
    adjusted_on: date


class PaymentFacts(Struct, frozen=True, kw_only=True, array_like=True, tag="payment"):
    """A payment or an attempt."""

    clinic_id: str
    patient_id: str
    payment_id: str
    invoice_id: str | None
    currency: str
    amount: int
    method: str
    payer_type: PayerType | None
    status: PaymentStatus
    received_at: datetime
    received_on: date
    refunded: int
    refunded_on: date | None

    @property
    def counted(self) -> int:
        """The money that arrived by it."""
        return self.amount if self.status in ("succeeded", "refunded") else 0

    @property
    def returned(self) -> int:
        """The money its own columns say went back."""
        return self.refunded if self.status in ("succeeded", "refunded") else 0


class RefundFacts(Struct, frozen=True, kw_only=True, array_like=True, tag="refund"):
    """Money that went back."""

    clinic_id: str
    patient_id: str
    refund_id: str
    payment_id: str
    invoice_id: str | None
    currency: str
    amount: int
    refunded_on: date


Facts = PatientFacts | InvoiceFacts | AdjustmentFacts | PaymentFacts | RefundFacts


class Told(Struct, frozen=True, kw_only=True, array_like=True):
    """What the ledger was told about a row so far."""

    facts: Facts
    gone: bool = False
    """The row was deleted, and that was told."""
    succeeded: bool = False
    """Of a payment: its success was told, once for ever."""
    home: str | None = None
    """Of a payment: the invoice its success named."""
    moved: int = 0
    """Of a payment: what was put on another invoice than its home."""


class Control(Struct, frozen=True):
    """What a row adds to the control totals of its source."""

    day: date | None = None
    currency: str | None = None
    amount: int = 0
    other: int = 0
    """Of a payment what was refunded by its own columns; of an invoice what was written off."""


def control_of(told: Told) -> Control:
    """Return what a row adds to the control totals, as the ledger signs it."""
    facts = told.facts
    if isinstance(facts, PatientFacts):
        return Control()
    if isinstance(facts, InvoiceFacts):
        # A void takes the charge back, and leaves in the ledger what was written off.
        charge = 0 if told.gone or facts.status == "voided" else facts.amount
        return Control(facts.issued_on, facts.currency, charge, facts.written_off)
    if isinstance(facts, PaymentFacts):
        counted = 0 if told.gone else facts.counted
        refunded = 0 if told.gone else facts.returned
        return Control(facts.received_on, facts.currency, counted, -refunded)
    amount = 0 if told.gone else facts.amount
    if isinstance(facts, RefundFacts):
        return Control(facts.refunded_on, facts.currency, -amount)
    return Control(facts.adjusted_on, facts.currency, amount)
