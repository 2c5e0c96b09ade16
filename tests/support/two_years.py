"""Two years of invoices and payments: most are settled, some never, some by many ways at once."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from support.histories import Telling, seeded_history
from support.history_events import CLINICS, World
from support.stories import tell

FIRST = date(2023, 1, 2)
LAST = date(2024, 12, 30)
_CURRENCIES = ("USD", "USD", "EUR")
_WAYS = (*("paid",) * 6, "open", "parts", "void", "written_off", "returned", "kept")
_PATIENTS = tuple(f"p{number}" for number in range(16))


def two_years(seed: int, stories: int, strange: int) -> list[Telling]:
    """Return tellings in the order of their days, a few of them told late.

    Args:
        seed: the same seed makes the same history.
        stories: how many invoices.
        strange: how many events that clash and miss each other besides.
    """
    source = random.Random(seed)  # noqa: S311 - test data, and it must repeat
    told = [one for number in range(stories) for one in _story(source, number)]
    days = tuple(FIRST + timedelta(days=30 * place) for place in range(24))
    world = World(patients=6, parents_per_patient=4, fact_ids=400, days=days)
    told += seeded_history(seed, strange, world)
    late = timedelta(days=200)
    return sorted(
        told,
        key=lambda one: one.envelope.time + (late if source.random() < 0.05 else timedelta(0)),
    )


def _story(source: random.Random, number: int) -> Iterator[Telling]:
    issued = FIRST + timedelta(days=source.randrange((LAST - FIRST).days))
    said: dict[str, Any] = {
        "clinic_id": source.choice(tuple(CLINICS)),
        "patient_id": source.choice(_PATIENTS),
        "currency": source.choice(_CURRENCIES),
    }
    invoice, payment = f"inv{number}", f"pay{number}"
    amount = source.randrange(1_000, 90_000)

    def day(after: int) -> str:
        return min(LAST, issued + timedelta(days=after)).isoformat()

    def event(event_type: str, after: int, **fields: Any) -> Telling:  # noqa: ANN401 - any field
        return tell(event_type, day(after), **said, **fields)

    of_invoice = {"invoice_id": invoice}
    of_payment = {"payment_id": payment}
    yield event(
        "invoice.issued",
        0,
        amount=amount,
        category=source.choice(("visit", "lab")),
        service_date=day(-source.randrange(20)),
        **of_invoice,
    )
    way = source.choice(_WAYS)
    if way == "paid":
        yield event(
            "payment.succeeded",
            source.randrange(60),
            amount=amount,
            method=source.choice(("card", "cash")),
            **of_invoice,
            **of_payment,
        )
    elif way == "parts":
        taken = amount // 4
        yield event("invoice.adjusted", 10, amount=-taken, **of_invoice)
        yield event("payment.failed", 20, amount=amount, **of_invoice, **of_payment)
        yield event("payment.succeeded", 30, amount=amount, **of_payment)
        yield event("payment.allocated", 31, amount=amount - taken, **of_invoice, **of_payment)
        yield event("payment.refunded", 60, amount=taken, **of_payment)
    elif way == "void":
        yield event("invoice.voided", 40, **of_invoice)
    elif way == "written_off":
        yield event("invoice.sent_to_collections", 90, **of_invoice)
        yield event("invoice.written_off", 150, amount=amount, **of_invoice)
    elif way == "returned":
        yield event("payment.succeeded", 5, amount=amount, **of_invoice, **of_payment)
        yield event("payment.disputed", 40, amount=amount, **of_invoice, **of_payment)
        yield event("payment.dispute_reversed", 80, amount=amount, **of_invoice, **of_payment)
    elif way == "kept":
        # One payment for this invoice and one that stays open: neither may go.
        yield event("invoice.issued", 0, amount=amount, invoice_id=f"{invoice}b")
        yield event("payment.succeeded", 9, amount=amount + 1, **of_payment)
        yield event("payment.allocated", 9, amount=amount, **of_invoice, **of_payment)
        yield event("payment.allocated", 9, amount=1, invoice_id=f"{invoice}b", **of_payment)
