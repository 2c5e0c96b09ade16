"""The rules that turn one event into its ledger entries; pure, no clock, no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import msgspec

from aggregator.entry import Entry, Place, entry
from careledger.events import payments as events
from careledger.events.envelope import Envelope
from careledger.events.payments import Installment, PaymentEvent, business_date_field


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


def entries(event: PaymentEvent, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
    """Return the entries of one event: one, or two for allocations and disputes with a fee."""
    return _BUILDERS[type(event)](event, envelope, place)


def _plan(installments: tuple[Installment, ...] | None) -> str | None:
    return None if installments is None else msgspec.json.encode(installments).decode()


def _first_due(installments: tuple[Installment, ...]) -> date:
    return min(part.due_on for part in installments)


def _issued(event: events.InvoiceIssued, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
    if event.installments is not None:
        due_on = _first_due(event.installments)
    elif event.due_on is not None:
        due_on = event.due_on
    else:
        due_on = date.fromordinal(event.issued_on.toordinal() + place.terms_days)
    return (
        entry(
            event,
            envelope,
            place,
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


def _adjusted(event: events.InvoiceAdjusted, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
    return (
        entry(
            event,
            envelope,
            place,
            "adjustment",
            amount=event.amount,
            currency=event.currency,
            invoice_id=event.invoice_id,
            fact_id=event.adjustment_id,
            reason=event.reason,
            of_invoice=event.invoice_id,
        ),
    )


def _written_off(
    event: events.InvoiceWrittenOff, envelope: Envelope, place: Place
) -> tuple[Entry, ...]:
    return (
        entry(
            event,
            envelope,
            place,
            "write_off",
            amount=event.amount,
            currency=event.currency,
            invoice_id=event.invoice_id,
            fact_id=event.write_off_id,
            of_invoice=event.invoice_id,
        ),
    )


def _fact(kind: str) -> Callable[[Any, Envelope, Place], tuple[Entry, ...]]:
    """Return the builder of a fact about an invoice: no money."""

    def build(event: events.InvoiceEvent, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
        due_on = None
        plan = None
        if isinstance(event, events.InvoiceDueDateChanged):
            plan = _plan(event.installments)
            due_on = event.due_on if event.installments is None else _first_due(event.installments)
        return (
            entry(
                event,
                envelope,
                place,
                kind,
                invoice_id=event.invoice_id,
                payer_type=getattr(event, "payer_type", None),
                due_on=due_on,
                installments=plan,
                of_invoice=event.invoice_id,
            ),
        )

    return build


def _attempt(kind: str) -> Callable[[Any, Envelope, Place], tuple[Entry, ...]]:
    """Return the builder of an attempt; only a success looks for its invoice."""
    lands = kind == "payment"

    def build(event: events.PaymentAttempt, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
        return (
            entry(
                event,
                envelope,
                place,
                kind,
                amount=event.amount,
                currency=event.currency,
                payment_id=event.payment_id,
                invoice_id=event.invoice_id,
                method=event.method,
                payer_type=event.payer_type,
                received_at=event.received_at,
                of_invoice=event.invoice_id if lands else None,
            ),
        )

    return build


def _movement(
    kind: str, fact_id_field: str, sign: int
) -> Callable[[Any, Envelope, Place], tuple[Entry, ...]]:
    """Return the builder of money that moves after the payment, with the processor's fee if any."""

    def build(event: Any, envelope: Envelope, place: Place) -> tuple[Entry, ...]:  # noqa: ANN401
        invoice_id: str | None = getattr(event, "invoice_id", None)
        fact_id: str = getattr(event, fact_id_field)
        moved = entry(
            event,
            envelope,
            place,
            kind,
            amount=sign * event.amount,
            currency=event.currency,
            payment_id=event.payment_id,
            invoice_id=invoice_id,
            fact_id=fact_id,
            of_payment=event.payment_id,
            of_invoice=invoice_id,
        )
        fee: int | None = getattr(event, "fee", None)
        if not fee:
            return (moved,)
        return (moved, moved._replace(kind="fee", leg=2, amount=fee))

    return build


def _allocated(
    event: events.PaymentAllocated, envelope: Envelope, place: Place
) -> tuple[Entry, ...]:
    taken = entry(
        event,
        envelope,
        place,
        "allocation",
        amount=-event.amount,
        currency=event.currency,
        payment_id=event.payment_id,
        fact_id=event.allocation_id,
        of_payment=event.payment_id,
    )
    put = taken._replace(
        leg=2, amount=event.amount, invoice_id=event.invoice_id, of_invoice=event.invoice_id
    )
    return taken, put


def _patient(event: events.PatientRecorded, envelope: Envelope, place: Place) -> tuple[Entry, ...]:
    return (entry(event, envelope, place, "patient"),)


_BUILDERS: Final[dict[type[PaymentEvent], Callable[[Any, Envelope, Place], tuple[Entry, ...]]]] = {
    events.InvoiceIssued: _issued,
    events.InvoiceAdjusted: _adjusted,
    events.InvoiceWrittenOff: _written_off,
    events.InvoiceVoided: _fact("void"),
    events.InvoiceResponsibilityChanged: _fact("responsibility"),
    events.InvoiceDueDateChanged: _fact("due_date"),
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
