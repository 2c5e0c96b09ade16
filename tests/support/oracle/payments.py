"""One payment: what it is worth, where each of its movements lands, its credit and its status."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from careledger.events.payments import (
    PaymentAllocated,
    PaymentCorrected,
    PaymentDisputed,
    PaymentDisputeReversed,
    PaymentEvent,
    PaymentFailed,
    PaymentPending,
    PaymentRefunded,
    PaymentSucceeded,
)
from support.oracle.facts import Fact, latest, told

MovementKind = Literal[
    "payment", "correction", "refund", "chargeback", "chargeback_reversal", "allocation"
]
PaymentStatus = Literal["paid", "pending", "failed", "refunded"]


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Money of one movement on one place: an invoice, or None for the payment's own credit."""

    kind: MovementKind
    source: str
    id: str
    amount: int
    invoice_id: str | None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment as S knows it; all sums are zero until it succeeded."""

    payment_id: str
    status: PaymentStatus
    method: str
    payer_type: str
    received_on: date
    amount: int = 0
    corrections: int = 0
    refunds: int = 0
    withdrawn: int = 0
    reinstated: int = 0
    allocated: int = 0
    partially_refunded: bool = False
    disputed: bool = False
    landings: tuple[Landing, ...] = ()

    @property
    def net(self) -> int:
        """The money that is still here."""
        return self.amount + self.corrections - self.refunds - self.withdrawn + self.reinstated

    @property
    def credit(self) -> int:
        """What stands on no invoice: unapplied credit, below zero a deficit."""
        return sum(landing.amount for landing in self.landings if landing.invoice_id is None)

    def landed_on(self, invoice_id: str) -> int:
        """Return what of this payment stands on one invoice."""
        return sum(landing.amount for landing in self.landings if landing.invoice_id == invoice_id)


def read_payments(
    facts: Sequence[Fact[PaymentEvent]], issued: Collection[str]
) -> dict[str, Payment]:
    """Reduce all payments of one account, given the ids of its issued invoices."""
    attempts = [
        *told(facts, PaymentPending),
        *told(facts, PaymentFailed),
        *told(facts, PaymentSucceeded),
    ]
    payments: dict[str, Payment] = {}
    for payment_id in sorted({fact.event.payment_id for fact in attempts}):
        tried = [fact for fact in attempts if fact.event.payment_id == payment_id]
        successes = told(tried, PaymentSucceeded)
        if successes:
            payments[payment_id] = _succeeded(successes[0], facts, issued)
        else:
            payments[payment_id] = _attempted(tried)
    return payments


def _attempted(tried: Sequence[Fact[PaymentPending | PaymentFailed | PaymentSucceeded]]) -> Payment:
    last = latest(tried)
    assert last is not None
    return Payment(
        payment_id=last.event.payment_id,
        status="failed" if isinstance(last.event, PaymentFailed) else "pending",
        method=last.event.method,
        payer_type=last.event.payer_type or "unknown",
        received_on=last.business_date,
    )


def _succeeded(
    success: Fact[PaymentSucceeded], facts: Sequence[Fact[PaymentEvent]], issued: Collection[str]
) -> Payment:
    payment = success.event
    mine = [fact for fact in facts if getattr(fact.event, "payment_id", None) == payment.payment_id]
    corrections = sum(fact.event.amount for fact in told(mine, PaymentCorrected))
    refunds = sum(fact.event.amount for fact in told(mine, PaymentRefunded))
    all_returned = refunds > 0 and refunds >= payment.amount + corrections
    return Payment(
        payment_id=payment.payment_id,
        status="refunded" if all_returned else "paid",
        method=payment.method,
        payer_type=payment.payer_type or "unknown",
        received_on=success.business_date,
        amount=payment.amount,
        corrections=corrections,
        refunds=refunds,
        withdrawn=sum(fact.event.amount for fact in told(mine, PaymentDisputed)),
        reinstated=sum(fact.event.amount for fact in told(mine, PaymentDisputeReversed)),
        allocated=sum(fact.event.amount for fact in told(mine, PaymentAllocated)),
        partially_refunded=refunds > 0 and not all_returned,
        disputed=_is_disputed(mine),
        landings=tuple(_landings(success, mine, issued)),
    )


def _is_disputed(mine: Sequence[Fact[PaymentEvent]]) -> bool:
    still_withdrawn: Counter[str] = Counter()
    for withdrawn in told(mine, PaymentDisputed):
        still_withdrawn[withdrawn.event.dispute_id] += withdrawn.event.amount
    for reinstated in told(mine, PaymentDisputeReversed):
        still_withdrawn[reinstated.event.dispute_id] -= reinstated.event.amount
    return any(amount > 0 for amount in still_withdrawn.values())


def _landings(
    success: Fact[PaymentSucceeded], mine: Sequence[Fact[PaymentEvent]], issued: Collection[str]
) -> list[Landing]:
    own_invoice = success.event.invoice_id
    landings: list[Landing] = []

    def land(kind: MovementKind, fact: Fact[PaymentEvent], amount: int, named: str | None) -> None:
        place = named if named in issued else None
        landings.append(
            Landing(kind=kind, source=fact.source, id=fact.id, amount=amount, invoice_id=place)
        )

    land("payment", success, success.event.amount, own_invoice)
    for fact in told(mine, PaymentCorrected):
        land("correction", fact, fact.event.amount, own_invoice)
    for fact in told(mine, PaymentRefunded):
        land("refund", fact, -fact.event.amount, fact.event.invoice_id or own_invoice)
    for fact in told(mine, PaymentDisputed):
        land("chargeback", fact, -fact.event.amount, fact.event.invoice_id or own_invoice)
    for fact in told(mine, PaymentDisputeReversed):
        land("chargeback_reversal", fact, fact.event.amount, fact.event.invoice_id or own_invoice)
    for fact in told(mine, PaymentAllocated):
        land("allocation", fact, -fact.event.amount, own_invoice)
        land("allocation", fact, fact.event.amount, fact.event.invoice_id)
    return landings
