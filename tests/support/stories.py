"""Short hand-written histories: one line tells one event, whatever it does not say is usual."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any, Final

import msgspec

from careledger.events.envelope import Envelope
from careledger.events.payments import EVENT_TYPES, PaymentEvent
from support.histories import Telling, to_log
from support.history_events import CLINICS
from support.oracle.accounts import AccountKey
from support.oracle.books import Books, read_books
from support.oracle.facts import Watermark
from support.oracle.invoices import Invoice
from support.oracle.payments import Payment
from support.oracle.revenue import Figures, summed

ACCOUNT: Final = AccountKey("new-york", "p1", "USD")
"""The account of every event that names no other."""

_number = count(1)


def tell(event_type: str, day: str, **said: Any) -> Telling:  # noqa: ANN401 - any event's field
    """Tell one event of a day, at noon UTC unless ``at`` says another instant.

    Required fields that are not said are usual: clinic new-york, patient p1, invoice inv1,
    payment pay1, USD, card, patient owes, contractual; other ids are new ones.
    """
    number = next(_number)
    occurred_at = datetime.combine(date.fromisoformat(day), time(12), UTC)
    if "at" in said:
        occurred_at = datetime.fromisoformat(said.pop("at"))
    usual: Mapping[str, object] = {
        "clinic_id": ACCOUNT.clinic_id,
        "patient_id": ACCOUNT.patient_id,
        "currency": ACCOUNT.currency,
        "invoice_id": "inv1",
        "payment_id": "pay1",
        "method": "card",
        "payer_type": "patient",
        "reason": "contractual",
        "received_at": occurred_at.isoformat(),
        "issued_on": day,
        "effective_on": day,
    }
    struct = EVENT_TYPES[event_type]
    required = [field.name for field in msgspec.structs.fields(struct) if field.required]
    fields = {name: usual.get(name, f"{name}-{number}") for name in required} | said
    return Telling(
        Envelope(id=f"e{number:06}", source="practice", type=event_type, time=occurred_at),
        _event(struct, fields),
    )


def _event(struct: type[PaymentEvent], fields: Mapping[str, object]) -> PaymentEvent:
    return msgspec.convert(fields, struct)


def books_of(*tellings: Telling, as_of: str, watermark: Watermark | None = None) -> Books:
    """Read the books of a story, told and recorded in this order."""
    day = date.fromisoformat(as_of)
    return read_books(to_log(tellings), CLINICS, as_of=day, watermark=watermark)


def payment_in(books: Books, payment_id: str = "pay1") -> Payment:
    """Return a payment of the usual account."""
    return books.payments[ACCOUNT, payment_id]


def invoice_in(books: Books, invoice_id: str = "inv1") -> Invoice:
    """Return an invoice of the usual account."""
    return books.invoices[ACCOUNT, invoice_id]


def figures_on(books: Books, day: str) -> Figures:
    """Return the period figures of one day in USD, over all dimensions."""
    only = date.fromisoformat(day)
    return summed(books.revenue(), "USD", only, only)


def exceptions_in(books: Books) -> list[tuple[str, str | None, int]]:
    """Return kind, missing parent and sum of each exception, sorted."""
    return sorted((row.kind, row.parent, row.amount) for row in books.exceptions())


def every_figure(books: Books) -> list[object]:
    """Return all that the books say, in an order of their own, to compare two books by."""
    patients = sorted({fact.event.patient_id for fact in books.facts})
    return [
        books.accounts,
        books.totals(),
        books.revenue(),
        [books.history(patient) for patient in patients],
        sorted(books.exceptions(), key=repr),
    ]
