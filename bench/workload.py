"""A clinic group's billing as a stream of events in the order of time: the load of the benchmarks.

The whole vocabulary occurs, in the stated mix; the same seed gives the same stream.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

import msgspec

from careledger.events import payments as events
from careledger.events.envelope import Envelope
from careledger.events.payments import PaymentEvent

START: Final = datetime(2025, 1, 1, 8, tzinfo=UTC)
DAYS: Final = 400
CLINICS: Final = (
    ("north", "USD"),
    ("south", "USD"),
    ("east", "USD"),
    ("west", "EUR"),
    ("harbor", "EUR"),
)
EVENTS_PER_INVOICE: Final = 3.3
DUPLICATES: Final = 0.01
EARLY_CHILDREN: Final = 0.004
_PAYMENTS: Final[tuple[tuple[events.PayerType, str], ...]] = (
    ("insurance", "remittance"),
    ("insurance", "remittance"),
    ("insurance", "check"),
    ("patient", "card"),
    ("patient", "card"),
    ("patient", "cash"),
    ("other", "ach"),
)
_SERVICES: Final = (
    ("dr-adams", "visit"),
    ("dr-adams", "visit"),
    ("dr-baker", "visit"),
    ("dr-baker", "procedure"),
    ("dr-chen", "procedure"),
    ("dr-diaz", "visit"),
    ("lab", "lab"),
    ("radiology", "imaging"),
)
_PAYERS: Final[tuple[events.PayerType, ...]] = ("patient", "insurance", "insurance", "other")


@dataclass(frozen=True, slots=True)
class Message:
    """One event as it travels: the Kafka key is the patient id."""

    envelope: Envelope
    event: PaymentEvent

    @property
    def key(self) -> bytes:
        """The record's key."""
        return self.event.patient_id.encode()

    @property
    def value(self) -> bytes:
        """The record's value."""
        return msgspec.json.encode(self.event)


@dataclass(slots=True)
class Workload:
    """Generates invoices evenly over the days, and what becomes of each of them."""

    events_wanted: int
    seed: int = 7
    days: int = DAYS
    _random: Random = field(init=False)
    _due: list[tuple[datetime, int, str, PaymentEvent]] = field(init=False)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - a load, not a secret
        self._due = []

    def messages(self) -> Iterator[Message]:
        """Yield the events in the order in which they happen, about as many as wanted."""
        invoices = int(self.events_wanted / EVENTS_PER_INVOICE)
        step = timedelta(days=self.days) / max(1, invoices)
        patients = max(10, invoices // 5)
        sent = 0
        for number in range(invoices):
            now = START + step * number
            while self._due and self._due[0][0] <= now and sent < self.events_wanted:
                yield from self._next()
                sent += 1
            self._bill(number, now, f"patient-{self._random.randrange(patients)}")
        while self._due and sent < self.events_wanted:
            yield from self._next()
            sent += 1

    def _next(self) -> Iterator[Message]:
        when, number, event_type, event = heapq.heappop(self._due)
        envelope = Envelope(
            id=f"{number:x}-{event_type}", source="urn:bench", type=event_type, time=when
        )
        message = Message(envelope, event)
        yield message
        if self._random.random() < DUPLICATES:
            yield message

    def _plan(self, when: datetime, event_type: str, event: PaymentEvent) -> None:
        if self._random.random() < EARLY_CHILDREN:
            when -= timedelta(days=20)
        self._count += 1
        heapq.heappush(self._due, (when, self._count, event_type, event))

    def _after(self, now: datetime, low: float, high: float) -> datetime:
        return now + timedelta(days=self._random.uniform(low, high))

    def _bill(self, number: int, now: datetime, patient_id: str) -> None:
        pick = self._random
        clinic_id, currency = CLINICS[int(patient_id[8:]) % len(CLINICS)]
        amount = pick.randrange(2_000, 90_000)
        invoice_id = f"inv-{number}"
        provider, category = pick.choice(_SERVICES)
        self._plan(
            now,
            "invoice.issued",
            events.InvoiceIssued(
                clinic_id=clinic_id,
                patient_id=patient_id,
                invoice_id=invoice_id,
                amount=amount,
                currency=currency,
                issued_on=now.date(),
                service_date=now.date(),
                payer_type=pick.choice(_PAYERS),
                provider=provider,
                category=category,
                installments=_installments(now.date(), amount) if pick.random() < 0.02 else None,
            ),
        )
        if pick.random() < 0.08:
            self._plan(now, "patient.recorded", events.PatientRecorded(
                clinic_id=clinic_id, patient_id=patient_id))
        owed = self._adjust(now, clinic_id, patient_id, invoice_id, amount, currency)
        self._change(now, clinic_id, patient_id, invoice_id)
        if pick.random() < 0.88:
            self._pay(now, number, clinic_id, patient_id, invoice_id, owed, currency)
        elif pick.random() < 0.3:
            self._plan(
                self._after(now, 90, 200),
                "invoice.written_off",
                events.InvoiceWrittenOff(
                    clinic_id=clinic_id,
                    patient_id=patient_id,
                    invoice_id=invoice_id,
                    write_off_id=f"wo-{number}",
                    amount=owed,
                    currency=currency,
                ),
            )

    def _adjust(
        self,
        now: datetime,
        clinic_id: str,
        patient_id: str,
        invoice_id: str,
        amount: int,
        currency: str,
    ) -> int:
        if self._random.random() > 0.45:
            return amount
        lowered = self._random.randrange(0, amount // 2)
        self._plan(
            self._after(now, 0, 12),
            "invoice.adjusted",
            events.InvoiceAdjusted(
                clinic_id=clinic_id,
                patient_id=patient_id,
                invoice_id=invoice_id,
                adjustment_id=f"adj-{invoice_id}",
                amount=-lowered,
                currency=currency,
                reason=self._random.choice(("contractual", "contractual", "discount", "charity")),
            ),
        )
        return amount - lowered

    def _change(self, now: datetime, clinic_id: str, patient_id: str, invoice_id: str) -> None:
        def about(struct: type[events.InvoiceEvent], **more: object) -> events.InvoiceEvent:
            return struct(
                clinic_id=clinic_id, patient_id=patient_id, invoice_id=invoice_id, **more
            )

        chance = self._random.random()
        if chance < 0.03:
            when = self._after(now, 5, 30)
            self._plan(
                when,
                "invoice.responsibility_changed",
                about(
                    events.InvoiceResponsibilityChanged,
                    payer_type="patient",
                    effective_on=when.date(),
                ),
            )
        elif chance < 0.05:
            when = self._after(now, 5, 30)
            due_on = (when + timedelta(days=45)).date()
            self._plan(
                when, "invoice.due_date_changed", about(events.InvoiceDueDateChanged, due_on=due_on)
            )
        elif chance < 0.06:
            self._plan(self._after(now, 1, 20), "invoice.voided", about(events.InvoiceVoided))
        elif chance < 0.075:
            when = self._after(now, 70, 120)
            self._plan(
                when, "invoice.sent_to_collections", about(events.InvoiceSentToCollections)
            )
            if self._random.random() < 0.3:
                self._plan(
                    self._after(when, 5, 40),
                    "invoice.recalled_from_collections",
                    about(events.InvoiceRecalledFromCollections),
                )

    def _pay(
        self,
        now: datetime,
        number: int,
        clinic_id: str,
        patient_id: str,
        invoice_id: str,
        owed: int,
        currency: str,
    ) -> None:
        parts = 2 if self._random.random() < 0.3 else 1
        for part in range(parts):
            payment_id = f"pay-{number}-{part}"
            when = self._after(now, 3, 70)
            payer_type, method = self._random.choice(_PAYMENTS)
            applied = self._random.random() > 0.08
            attempt = {
                "clinic_id": clinic_id,
                "patient_id": patient_id,
                "payment_id": payment_id,
                "amount": owed // parts,
                "currency": currency,
                "method": method,
                "payer_type": payer_type,
                "invoice_id": invoice_id if applied else None,
            }
            if self._random.random() < 0.25:
                self._plan(
                    when - timedelta(hours=4),
                    "payment.pending",
                    events.PaymentPending(received_at=when, **attempt),
                )
            if self._random.random() < 0.04:
                self._plan(
                    when - timedelta(hours=2),
                    "payment.failed",
                    events.PaymentFailed(received_at=when, **attempt),
                )
            self._plan(
                when, "payment.succeeded", events.PaymentSucceeded(received_at=when, **attempt)
            )
            facts = {
                "clinic_id": clinic_id,
                "patient_id": patient_id,
                "payment_id": payment_id,
                "currency": currency,
            }
            if not applied:
                self._plan(
                    self._after(when, 1, 9),
                    "payment.allocated",
                    events.PaymentAllocated(
                        allocation_id=f"all-{payment_id}",
                        invoice_id=invoice_id,
                        amount=owed // parts,
                        **facts,
                    ),
                )
            self._return(when, payment_id, max(1, owed // parts), facts)

    def _return(self, when: datetime, payment_id: str, paid: int, facts: dict[str, str]) -> None:
        chance = self._random.random()
        if chance < 0.03:
            self._plan(
                self._after(when, 1, 30),
                "payment.refunded",
                events.PaymentRefunded(
                    refund_id=f"ref-{payment_id}", amount=max(1, paid // 3), **facts
                ),
            )
        elif chance < 0.04:
            disputed = self._after(when, 5, 40)
            dispute = {"dispute_id": f"dis-{payment_id}", "amount": paid, **facts}
            self._plan(
                disputed, "payment.disputed", events.PaymentDisputed(fee=1_500, **dispute)
            )
            if self._random.random() < 0.5:
                self._plan(
                    self._after(disputed, 10, 40),
                    "payment.dispute_reversed",
                    events.PaymentDisputeReversed(**dispute),
                )
        elif chance < 0.045:
            self._plan(
                self._after(when, 1, 5),
                "payment.corrected",
                events.PaymentCorrected(correction_id=f"cor-{payment_id}", amount=-100, **facts),
            )


def _installments(day: date, amount: int) -> tuple[events.Installment, ...]:
    third = amount // 3
    return tuple(
        events.Installment(
            due_on=day + timedelta(days=30 * (part + 1)),
            amount=max(1, amount - 2 * third if part == 0 else third),
        )
        for part in range(3)
    )
