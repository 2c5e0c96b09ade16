"""The rules that turn one event into its ledger entries; pure, no clock, no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from aggregator.entry import Leg, microseconds
from careledger.events import payments as events
from careledger.events.payments import Installment, PaymentEvent, business_date_field

Builder = Callable[[Any, int], tuple[Leg, ...]]


def business_date(
    event: PaymentEvent, occurred_at: datetime, local_date: Callable[[datetime], date]
) -> date:
    """Return the event's business date.

    The date it states itself; else the clinic's day of `received_at` (payments) or of the event.
    """
    stated = business_date_field(event)
    if stated is not None:
        return stated
    if isinstance(event, events.PaymentAttempt):
        return local_date(event.received_at)
    return local_date(occurred_at)


def legs(event: PaymentEvent, terms_days: int) -> tuple[Leg, ...]:
    """Return what one event says: one leg, or two for allocations and disputes with a fee.

    Args:
        event: the event.
        terms_days: the clinic's payment terms, for an invoice that states no due date.
    """
    return _BUILDERS[type(event)](event, terms_days)


def _plan(installments: tuple[Installment, ...] | None) -> str | None:
    return None if installments is None else msgspec.json.encode(installments).decode()


def _first_due(installments: tuple[Installment, ...]) -> date:
    return min(part.due_on for part in installments)


def _issued(event: events.InvoiceIssued, terms_days: int) -> tuple[Leg, ...]:
    if event.installments is not None:
        due_on = _first_due(event.installments)
    elif event.due_on is not None:
        due_on = event.due_on
    else:
        due_on = date.fromordinal(event.issued_on.toordinal() + terms_days)
    return (
        Leg(
            "charge",
            amount=event.amount,
            currency=event.currency,
            invoice_id=event.invoice_id,
            payer_type=event.payer_type,
            provider=event.provider,
            category=event.category,
            service_date=event.service_date,
            due_on=due_on,
            installments=_plan(event.installments),
        ),
    )


def _adjusted(event: events.InvoiceAdjusted, _terms_days: int) -> tuple[Leg, ...]:
    return (
        Leg(
            "adjustment",
            amount=event.amount,
            currency=event.currency,
            invoice_id=event.invoice_id,
            fact_id=event.adjustment_id,
            reason=event.reason,
        ),
    )


def _written_off(event: events.InvoiceWrittenOff, _terms_days: int) -> tuple[Leg, ...]:
    return (
        Leg(
            "write_off",
            amount=event.amount,
            currency=event.currency,
            invoice_id=event.invoice_id,
            fact_id=event.write_off_id,
        ),
    )


def _fact(kind: str) -> Builder:
    """Return the builder of a fact about an invoice: no money."""

    def build(event: events.InvoiceEvent, _terms_days: int) -> tuple[Leg, ...]:
        return (Leg(kind, invoice_id=event.invoice_id),)

    return build


def _responsibility(
    event: events.InvoiceResponsibilityChanged, _terms_days: int
) -> tuple[Leg, ...]:
    return (Leg("responsibility", invoice_id=event.invoice_id, payer_type=event.payer_type),)


def _due_date(event: events.InvoiceDueDateChanged, _terms_days: int) -> tuple[Leg, ...]:
    return (
        Leg(
            "due_date",
            invoice_id=event.invoice_id,
            due_on=event.due_on if event.installments is None else _first_due(event.installments),
            installments=_plan(event.installments),
        ),
    )


def _attempt(kind: str) -> Builder:
    """Return the builder of an attempt to pay."""

    def build(event: events.PaymentAttempt, _terms_days: int) -> tuple[Leg, ...]:
        return (
            Leg(
                kind,
                amount=event.amount,
                currency=event.currency,
                payment_id=event.payment_id,
                invoice_id=event.invoice_id,
                method=event.method,
                payer_type=event.payer_type,
                received_at=microseconds(event.received_at),
            ),
        )

    return build


def _movement(kind: str, fact_id_field: str, sign: int) -> Builder:
    """Return the builder of money that moves after the payment, with the processor's fee if any."""

    def build(event: Any, _terms_days: int) -> tuple[Leg, ...]:  # noqa: ANN401 - several types
        fact_id: str = getattr(event, fact_id_field)
        moved = Leg(
            kind,
            amount=sign * event.amount,
            currency=event.currency,
            payment_id=event.payment_id,
            invoice_id=getattr(event, "invoice_id", None),
            fact_id=fact_id,
        )
        fee: int | None = getattr(event, "fee", None)
        if not fee:
            return (moved,)
        return (moved, replace(moved, kind="fee", leg=2, amount=fee))

    return build


def _allocated(event: events.PaymentAllocated, _terms_days: int) -> tuple[Leg, ...]:
    taken = Leg(
        "allocation",
        amount=-event.amount,
        currency=event.currency,
        payment_id=event.payment_id,
        fact_id=event.allocation_id,
    )
    return taken, replace(taken, leg=2, amount=event.amount, invoice_id=event.invoice_id)


def _patient(_event: events.PatientRecorded, _terms_days: int) -> tuple[Leg, ...]:
    return (Leg("patient"),)


_BUILDERS: Final[dict[type[PaymentEvent], Builder]] = {
    events.InvoiceIssued: _issued,
    events.InvoiceAdjusted: _adjusted,
    events.InvoiceWrittenOff: _written_off,
    events.InvoiceVoided: _fact("void"),
    events.InvoiceResponsibilityChanged: _responsibility,
    events.InvoiceDueDateChanged: _due_date,
    events.InvoiceSentToCollections: _fact("sent_to_collections"),
    events.InvoiceRecalledFromCollections: _fact("recalled_from_collections"),
    events.PaymentPending: _attempt("pending"),
    events.PaymentSucceeded: _attempt("payment"),
    events.PaymentFailed: _attempt("failed"),
    events.PaymentAllocated: _allocated,
    events.PaymentRefunded: _movement("refund", "refund_id", -1),
    events.PaymentDisputed: _movement("chargeback", "dispute_id", -1),
    events.PaymentDisputeReversed: _movement("chargeback_reversal", "dispute_id", 1),
    events.PaymentCorrected: _movement("correction", "correction_id", 1),
    events.PatientRecorded: _patient,
}
