"""An entry of the ledger before it is joined with its parents: one row of a batch."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from careledger.events.envelope import Envelope
from careledger.events.payments import PaymentEvent


class Entry(NamedTuple):
    """One row of the batch: an entry of the ledger before it is joined with its parents.

    `of_payment` and `of_invoice` name the parents to look up; amounts are signed as the ledger's.
    """

    kafka_offset: int
    occurred_at: datetime
    amount: int | None
    clinic_no: int
    business_date: date
    kind: str
    kafka_partition: int
    leg: int
    service_date: date | None
    due_on: date | None
    received_at: datetime | None
    currency: str | None
    source: str
    event_id: str
    patient_id: str
    payment_id: str | None
    invoice_id: str | None
    fact_id: str | None
    method: str | None
    payer_type: str | None
    provider: str | None
    category: str | None
    reason: str | None
    installments: str | None
    of_payment: str | None
    of_invoice: str | None


class Place(NamedTuple):
    """Where an event stands: its clinic, its terms, its day, its position in the log."""

    clinic_no: int
    terms_days: int
    business_date: date
    partition: int
    offset: int


def entry(  # noqa: PLR0913 - one keyword a column is what makes the rules that call it readable
    event: PaymentEvent,
    envelope: Envelope,
    place: Place,
    kind: str,
    *,
    leg: int = 1,
    amount: int | None = None,
    currency: str | None = None,
    payment_id: str | None = None,
    invoice_id: str | None = None,
    fact_id: str | None = None,
    method: str | None = None,
    payer_type: str | None = None,
    provider: str | None = None,
    category: str | None = None,
    reason: str | None = None,
    service_date: date | None = None,
    due_on: date | None = None,
    received_at: datetime | None = None,
    installments: str | None = None,
    of_payment: str | None = None,
    of_invoice: str | None = None,
) -> Entry:
    """Return an entry of an event at its place, with the columns its kind has."""
    return Entry(
        place.offset,
        envelope.time,
        amount,
        place.clinic_no,
        place.business_date,
        kind,
        place.partition,
        leg,
        service_date,
        due_on,
        received_at,
        currency,
        envelope.source,
        envelope.id,
        event.patient_id,
        payment_id,
        invoice_id,
        fact_id,
        method,
        payer_type,
        provider,
        category,
        reason,
        installments,
        of_payment,
        of_invoice,
    )
