"""The legs of one account: each single movement of money with its own date and its dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from careledger.events.payments import (
    InvoiceAdjusted,
    InvoiceIssued,
    InvoiceVoided,
    InvoiceWrittenOff,
    PaymentAllocated,
    PaymentCorrected,
    PaymentDisputed,
    PaymentDisputeReversed,
    PaymentEvent,
    PaymentRefunded,
    PaymentSucceeded,
)
from support.oracle.facts import Fact, Order, told

UNKNOWN = "unknown"

LegKind = Literal[
    "charge",
    "adjustment",
    "write_off",
    "void_of_charge",
    "void_of_adjustment",
    "void_of_write_off",
    "payment",
    "correction",
    "refund",
    "chargeback",
    "chargeback_reversal",
    "fee",
    "allocation",
]


class Dimensions(NamedTuple):
    """By what a figure may be broken down."""

    method: str = UNKNOWN
    payer_type: str = UNKNOWN
    provider: str = UNKNOWN
    category: str = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One movement; the amount is as its event tells it, a mirror's is its item's negated."""

    kind: LegKind
    order: Order
    amount: int
    dimensions: Dimensions
    payment_id: str | None = None
    invoice_id: str | None = None
    reason: str | None = None


def read_legs(mine: Sequence[Fact[PaymentEvent]]) -> list[Leg]:
    """Return the legs of one account's facts, in order, orphans among them."""
    issues = {fact.event.invoice_id: fact for fact in told(mine, InvoiceIssued)}
    successes = {fact.event.payment_id: fact for fact in told(mine, PaymentSucceeded)}
    legs = [
        *_charge_side(mine, issues),
        *_void_mirrors(mine, issues),
        *_money_in(mine, issues, successes),
        *_money_back(mine, issues, successes),
    ]
    return sorted(legs, key=lambda leg: leg.order)


Issues = dict[str, Fact[InvoiceIssued]]
Successes = dict[str, Fact[PaymentSucceeded]]


def _invoice_dimensions(invoice_id: str, issues: Issues) -> Dimensions:
    if invoice_id not in issues:
        return Dimensions()
    issue = issues[invoice_id].event
    return Dimensions(
        payer_type=issue.payer_type,
        provider=issue.provider or UNKNOWN,
        category=issue.category or UNKNOWN,
    )


def _payment_dimensions(
    payment_id: str, named_invoice: str | None, issues: Issues, successes: Successes
) -> Dimensions:
    """Method and payer of the payment; provider and category of the invoice named, else of its."""
    success = successes[payment_id].event if payment_id in successes else None
    invoice_id = named_invoice or (success.invoice_id if success else None)
    billed = _invoice_dimensions(invoice_id, issues) if invoice_id else Dimensions()
    return Dimensions(
        method=success.method if success else UNKNOWN,
        payer_type=(success.payer_type if success else None) or UNKNOWN,
        provider=billed.provider,
        category=billed.category,
    )


def _charge_side(mine: Sequence[Fact[PaymentEvent]], issues: Issues) -> list[Leg]:
    legs: list[Leg] = []

    def add(
        kind: LegKind,
        fact: Fact[InvoiceIssued] | Fact[InvoiceAdjusted] | Fact[InvoiceWrittenOff],
        reason: str | None = None,
    ) -> None:
        legs.append(
            Leg(
                kind=kind,
                order=fact.order,
                amount=fact.event.amount,
                dimensions=_invoice_dimensions(fact.event.invoice_id, issues),
                invoice_id=fact.event.invoice_id,
                reason=reason,
            )
        )

    for charge in told(mine, InvoiceIssued):
        add("charge", charge)
    for adjustment in told(mine, InvoiceAdjusted):
        add("adjustment", adjustment, adjustment.event.reason)
    for write_off in told(mine, InvoiceWrittenOff):
        add("write_off", write_off)
    return legs


def _void_mirrors(mine: Sequence[Fact[PaymentEvent]], issues: Issues) -> list[Leg]:
    legs: list[Leg] = []

    def mirror(
        kind: LegKind,
        item: Fact[InvoiceIssued] | Fact[InvoiceAdjusted] | Fact[InvoiceWrittenOff],
        void: Fact[InvoiceVoided],
    ) -> None:
        invoice_id = void.event.invoice_id
        if item.event.invoice_id != invoice_id or invoice_id not in issues:
            return
        legs.append(
            Leg(
                kind=kind,
                order=max(void.order, item.order, issues[invoice_id].order),
                amount=-item.event.amount,
                dimensions=_invoice_dimensions(invoice_id, issues),
                invoice_id=invoice_id,
            )
        )

    for void in told(mine, InvoiceVoided):
        for charge in told(mine, InvoiceIssued):
            mirror("void_of_charge", charge, void)
        for adjustment in told(mine, InvoiceAdjusted):
            mirror("void_of_adjustment", adjustment, void)
        for write_off in told(mine, InvoiceWrittenOff):
            mirror("void_of_write_off", write_off, void)
    return legs


def _money_in(
    mine: Sequence[Fact[PaymentEvent]], issues: Issues, successes: Successes
) -> list[Leg]:
    legs: list[Leg] = []

    def add(
        kind: LegKind,
        fact: Fact[PaymentSucceeded] | Fact[PaymentCorrected] | Fact[PaymentAllocated],
        named_invoice: str | None,
    ) -> None:
        payment_id = fact.event.payment_id
        legs.append(
            Leg(
                kind=kind,
                order=fact.order,
                amount=fact.event.amount,
                dimensions=_payment_dimensions(payment_id, named_invoice, issues, successes),
                payment_id=payment_id,
                invoice_id=named_invoice,
            )
        )

    for payment in told(mine, PaymentSucceeded):
        add("payment", payment, payment.event.invoice_id)
    for correction in told(mine, PaymentCorrected):
        add("correction", correction, None)
    for allocation in told(mine, PaymentAllocated):
        add("allocation", allocation, allocation.event.invoice_id)
    return legs


def _money_back(
    mine: Sequence[Fact[PaymentEvent]], issues: Issues, successes: Successes
) -> list[Leg]:
    legs: list[Leg] = []

    def add(
        kind: LegKind, fact: Fact[PaymentRefunded] | Fact[PaymentDisputed], amount: int
    ) -> None:
        event = fact.event
        legs.append(
            Leg(
                kind=kind,
                order=fact.order,
                amount=amount,
                dimensions=_payment_dimensions(
                    event.payment_id, event.invoice_id, issues, successes
                ),
                payment_id=event.payment_id,
                invoice_id=event.invoice_id,
            )
        )

    for refund in told(mine, PaymentRefunded):
        add("refund", refund, refund.event.amount)
    for dispute in told(mine, PaymentDisputed):
        add("chargeback", dispute, dispute.event.amount)
        if dispute.event.fee is not None:
            add("fee", dispute, dispute.event.fee)
    for reversal in told(mine, PaymentDisputeReversed):
        add("chargeback_reversal", reversal, reversal.event.amount)
        if reversal.event.fee is not None:
            add("fee", reversal, reversal.event.fee)
    return legs
