"""What becomes of one invoice: adjustments, payments, refunds, disputes, and their days.

The shares below are the benchmark's mix; the same random source gives the same story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from careledger.events import payments as events
from careledger.events.payments import EVENT_TYPES, PaymentEvent

Plan = Callable[[datetime, str, PaymentEvent], None]
"""Takes an event's instant, its type and the event."""

CLINICS: Final = (
    ("north", "USD"),
    ("south", "USD"),
    ("east", "USD"),
    ("west", "EUR"),
    ("harbor", "EUR"),
)
_PAYMENTS: Final = (
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
_PAYERS: Final = ("patient", "insurance", "insurance", "other")
_REASONS: Final = ("contractual", "contractual", "discount", "charity")


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice and whose it is."""

    number: int
    patient: int
    pick: Random
    plan: Plan

    def tell(self, when: datetime, event_type: str, **fields: Any) -> None:  # noqa: ANN401 - an event's fields
        """Plan one event about this patient."""
        clinic_id, _ = CLINICS[self.patient % len(CLINICS)]
        event = EVENT_TYPES[event_type](
            clinic_id=clinic_id, patient_id=f"patient-{self.patient}", **fields
        )
        self.plan(when, event_type, event)

    def about(self, when: datetime, event_type: str, **fields: Any) -> None:  # noqa: ANN401 - as above
        """Plan one event about this invoice."""
        self.tell(when, event_type, invoice_id=self.invoice_id, **fields)

    @property
    def invoice_id(self) -> str:
        """The invoice's id."""
        return f"inv-{self.number}"

    @property
    def currency(self) -> str:
        """The clinic's currency."""
        return CLINICS[self.patient % len(CLINICS)][1]

    def after(self, when: datetime, low: float, high: float) -> datetime:
        """Pick an instant between so many days later."""
        return when + timedelta(days=self.pick.uniform(low, high))


def bill(case: Case, now: datetime) -> None:
    """Issue the invoice and plan what becomes of it."""
    amount = case.pick.randrange(2_000, 90_000)
    provider, category = case.pick.choice(_SERVICES)
    case.about(
        now,
        "invoice.issued",
        amount=amount,
        currency=case.currency,
        issued_on=now.date(),
        service_date=now.date(),
        payer_type=case.pick.choice(_PAYERS),
        provider=provider,
        category=category,
        installments=_installments(now.date(), amount) if case.pick.random() < 0.02 else None,
    )
    if case.pick.random() < 0.08:
        case.tell(now, "patient.recorded")
    owed = _adjust(case, now, amount)
    _change(case, now)
    if case.pick.random() < 0.88:
        _pay(case, now, owed)
    elif case.pick.random() < 0.3:
        case.about(
            case.after(now, 90, 200),
            "invoice.written_off",
            write_off_id=f"wo-{case.number}",
            amount=owed,
            currency=case.currency,
        )


def _adjust(case: Case, now: datetime, amount: int) -> int:
    if case.pick.random() > 0.45:
        return amount
    lowered = case.pick.randrange(0, amount // 2)
    case.about(
        case.after(now, 0, 12),
        "invoice.adjusted",
        adjustment_id=f"adj-{case.number}",
        amount=-lowered,
        currency=case.currency,
        reason=case.pick.choice(_REASONS),
    )
    return amount - lowered


def _change(case: Case, now: datetime) -> None:
    chance = case.pick.random()
    if chance < 0.03:
        when = case.after(now, 5, 30)
        case.about(
            when,
            "invoice.responsibility_changed",
            payer_type="patient",
            effective_on=when.date(),
        )
    elif chance < 0.05:
        when = case.after(now, 5, 30)
        due_on = (when + timedelta(days=45)).date()
        case.about(when, "invoice.due_date_changed", due_on=due_on)
    elif chance < 0.06:
        case.about(case.after(now, 1, 20), "invoice.voided")
    elif chance < 0.075:
        when = case.after(now, 70, 120)
        case.about(when, "invoice.sent_to_collections")
        if case.pick.random() < 0.3:
            case.about(case.after(when, 5, 40), "invoice.recalled_from_collections")


def _pay(case: Case, now: datetime, owed: int) -> None:
    parts = 2 if case.pick.random() < 0.3 else 1
    for part in range(parts):
        payment_id = f"pay-{case.number}-{part}"
        when = case.after(now, 3, 70)
        payer_type, method = case.pick.choice(_PAYMENTS)
        names_invoice = case.pick.random() > 0.08
        attempt: dict[str, Any] = {
            "payment_id": payment_id,
            "amount": owed // parts,
            "currency": case.currency,
            "method": method,
            "payer_type": payer_type,
            "invoice_id": case.invoice_id if names_invoice else None,
            "received_at": when,
        }
        if case.pick.random() < 0.25:
            case.tell(when - timedelta(hours=4), "payment.pending", **attempt)
        if case.pick.random() < 0.04:
            case.tell(when - timedelta(hours=2), "payment.failed", **attempt)
        case.tell(when, "payment.succeeded", **attempt)
        if not names_invoice:
            case.about(
                case.after(when, 1, 9),
                "payment.allocated",
                allocation_id=f"all-{payment_id}",
                payment_id=payment_id,
                amount=owed // parts,
                currency=case.currency,
            )
        _return(case, when, payment_id, max(1, owed // parts))


def _return(case: Case, when: datetime, payment_id: str, paid: int) -> None:
    facts: dict[str, Any] = {"payment_id": payment_id, "currency": case.currency}
    chance = case.pick.random()
    if chance < 0.03:
        case.tell(
            case.after(when, 1, 30),
            "payment.refunded",
            refund_id=f"ref-{payment_id}",
            amount=max(1, paid // 3),
            **facts,
        )
    elif chance < 0.04:
        disputed = case.after(when, 5, 40)
        dispute: dict[str, Any] = {"dispute_id": f"dis-{payment_id}", "amount": paid, **facts}
        case.tell(disputed, "payment.disputed", fee=1_500, **dispute)
        if case.pick.random() < 0.5:
            case.tell(case.after(disputed, 10, 40), "payment.dispute_reversed", **dispute)
    elif chance < 0.045:
        case.tell(
            case.after(when, 1, 5),
            "payment.corrected",
            correction_id=f"cor-{payment_id}",
            amount=-100,
            **facts,
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
