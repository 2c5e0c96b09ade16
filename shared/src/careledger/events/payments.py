"""The whole vocabulary of payment and invoice events, one struct a type.

A struct holds the allow-listed fields and nothing else: decoding drops every unknown field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

# Struct fields are evaluated at run time, so their types are imported for real.
from careledger.events.fields import (
    AdjustmentReason,
    Amount,
    CalendarDate,
    Code,
    CurrencyCode,
    Identifier,
    PayerType,
    PositiveAmount,
    SignedAmount,
)

Instant = Annotated[datetime, Meta(tz=True, description="An instant, RFC 3339 with offset.")]


class NameToken(Struct, kw_only=True, frozen=True):
    """One keyed hash of one normalized name part; equality search is all it allows."""

    key_id: Annotated[str, Meta(min_length=1, max_length=32)]
    token: Annotated[str, Meta(min_length=32, max_length=64, pattern="^[0-9a-f]+$")]


class Installment(Struct, kw_only=True, frozen=True):
    """One part of a payment plan."""

    due_on: CalendarDate
    amount: PositiveAmount


NameTokens = Annotated[tuple[NameToken, ...], Meta(max_length=32)]
Installments = Annotated[tuple[Installment, ...], Meta(min_length=1, max_length=120)]


class PaymentEvent(Struct, kw_only=True, omit_defaults=True):
    """What every event carries: whose it is and where."""

    clinic_id: Identifier
    patient_id: Identifier
    business_date: CalendarDate | None = None
    name_tokens: NameTokens | None = None


class InvoiceEvent(PaymentEvent, kw_only=True, omit_defaults=True):
    """An event about one invoice."""

    invoice_id: Identifier


class InvoiceIssued(InvoiceEvent, kw_only=True, omit_defaults=True):
    """A charge exists."""

    amount: Amount
    currency: CurrencyCode
    issued_on: CalendarDate
    payer_type: PayerType
    service_date: CalendarDate | None = None
    due_on: CalendarDate | None = None
    provider: Code | None = None
    category: Code | None = None
    installments: Installments | None = None


class InvoiceAdjusted(InvoiceEvent, kw_only=True, omit_defaults=True):
    """The charge changed; an amount below zero means that less is owed."""

    adjustment_id: Identifier
    amount: SignedAmount
    currency: CurrencyCode
    reason: AdjustmentReason


class InvoiceWrittenOff(InvoiceEvent, kw_only=True, omit_defaults=True):
    """Given up as bad debt (above zero) or taken back (below zero)."""

    write_off_id: Identifier
    amount: SignedAmount
    currency: CurrencyCode


class InvoiceVoided(InvoiceEvent, kw_only=True, omit_defaults=True):
    """The invoice never should have been; final."""


class InvoiceResponsibilityChanged(InvoiceEvent, kw_only=True, omit_defaults=True):
    """Who owes the invoice moved."""

    payer_type: PayerType
    effective_on: CalendarDate


class InvoiceDueDateChanged(InvoiceEvent, kw_only=True, omit_defaults=True):
    """A payment plan or an extension: a new due date or new installments, one of the two."""

    due_on: CalendarDate | None = None
    installments: Installments | None = None


class InvoiceSentToCollections(InvoiceEvent, kw_only=True, omit_defaults=True):
    """The invoice is being collected by an agency."""


class InvoiceRecalledFromCollections(InvoiceEvent, kw_only=True, omit_defaults=True):
    """The invoice came back from the agency."""


class PaymentAttempt(PaymentEvent, kw_only=True, omit_defaults=True):
    """An attempt to pay; without an invoice it is unapplied credit."""

    payment_id: Identifier
    amount: Amount
    currency: CurrencyCode
    method: Code
    received_at: Instant
    payer_type: PayerType | None = None
    invoice_id: Identifier | None = None


class PaymentPending(PaymentAttempt, kw_only=True, omit_defaults=True):
    """An attempt whose outcome is open."""


class PaymentSucceeded(PaymentAttempt, kw_only=True, omit_defaults=True):
    """The money arrived."""


class PaymentFailed(PaymentAttempt, kw_only=True, omit_defaults=True):
    """The attempt came to nothing."""


class PaymentAllocated(PaymentEvent, kw_only=True, omit_defaults=True):
    """Credit of a payment put on an invoice (above zero) or taken off again (below zero)."""

    allocation_id: Identifier
    payment_id: Identifier
    invoice_id: Identifier
    amount: SignedAmount
    currency: CurrencyCode


class PaymentRefunded(PaymentEvent, kw_only=True, omit_defaults=True):
    """Money went back to who paid."""

    refund_id: Identifier
    payment_id: Identifier
    amount: PositiveAmount
    currency: CurrencyCode
    invoice_id: Identifier | None = None


class PaymentDisputed(PaymentEvent, kw_only=True, omit_defaults=True):
    """Funds were withdrawn: a chargeback, a bounced check, a returned debit."""

    dispute_id: Identifier
    payment_id: Identifier
    amount: PositiveAmount
    currency: CurrencyCode
    fee: Amount | None = None
    invoice_id: Identifier | None = None


class PaymentDisputeReversed(PaymentDisputed, kw_only=True, omit_defaults=True):
    """Withdrawn funds were reinstated."""


class PaymentCorrected(PaymentEvent, kw_only=True, omit_defaults=True):
    """A posting error put right; no money moved."""

    correction_id: Identifier
    payment_id: Identifier
    amount: SignedAmount
    currency: CurrencyCode


class PatientRecorded(PaymentEvent, kw_only=True, omit_defaults=True):
    """A patient exists or was renamed; no money."""


EVENT_TYPES: Final[dict[str, type[PaymentEvent]]] = {
    "invoice.issued": InvoiceIssued,
    "invoice.adjusted": InvoiceAdjusted,
    "invoice.written_off": InvoiceWrittenOff,
    "invoice.voided": InvoiceVoided,
    "invoice.responsibility_changed": InvoiceResponsibilityChanged,
    "invoice.due_date_changed": InvoiceDueDateChanged,
    "invoice.sent_to_collections": InvoiceSentToCollections,
    "invoice.recalled_from_collections": InvoiceRecalledFromCollections,
    "payment.pending": PaymentPending,
    "payment.succeeded": PaymentSucceeded,
    "payment.failed": PaymentFailed,
    "payment.allocated": PaymentAllocated,
    "payment.refunded": PaymentRefunded,
    "payment.disputed": PaymentDisputed,
    "payment.dispute_reversed": PaymentDisputeReversed,
    "payment.corrected": PaymentCorrected,
    "patient.recorded": PatientRecorded,
}
"""CloudEvents type to struct: the closed vocabulary. An unknown type goes to quarantine."""

FACT_ID_FIELDS: Final[dict[str, str]] = {
    "invoice.issued": "invoice_id",
    "invoice.adjusted": "adjustment_id",
    "invoice.written_off": "write_off_id",
    "invoice.voided": "invoice_id",
    "payment.succeeded": "payment_id",
    "payment.allocated": "allocation_id",
    "payment.refunded": "refund_id",
    "payment.disputed": "dispute_id",
    "payment.dispute_reversed": "dispute_id",
    "payment.corrected": "correction_id",
}
"""Type to the field that, within a clinic, names the fact that may be told only once."""


def business_date_field(event: PaymentEvent) -> date | None:
    """Return the calendar date an event states itself, before any time zone is asked.

    ``issued_on`` for an issue, ``effective_on`` for a change of responsibility, else
    ``business_date``; None where the day follows from an instant.
    """
    return _STATED_DATES[type(event)](event)


_DATE_FIELDS: Final[dict[type[PaymentEvent], str]] = {
    InvoiceIssued: "issued_on",
    InvoiceResponsibilityChanged: "effective_on",
}
_STATED_DATES: Final[dict[type[PaymentEvent], Callable[[Any], date | None]]] = {
    struct: attrgetter(_DATE_FIELDS.get(struct, "business_date")) for struct in EVENT_TYPES.values()
}
