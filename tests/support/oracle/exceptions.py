"""The exceptions: facts that were accepted and do not fit together, each with its sum."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from careledger.events.payments import (
    InvoiceIssued,
    PaymentAttempt,
    PaymentEvent,
    PaymentFailed,
    PaymentPending,
    PaymentSucceeded,
)
from support.oracle.accounts import Account
from support.oracle.facts import Fact, currency_of, told

ExceptionKind = Literal[
    "orphan",  # names a payment or an invoice that S does not know
    "mismatch",  # names one that is another patient's or in another currency
    "deficit",  # a payment's credit is below zero
    "over_returned",  # more went back than was received
    "over_allocated",  # more was allocated than was received
    "failed_after_success",  # a payment failed after it had succeeded
]
Parent = Literal["payment", "invoice"]


class ExceptionRow(NamedTuple):
    """One exception: the fact (source and id) or the payment that shows it, and its sum."""

    kind: ExceptionKind
    clinic_id: str
    patient_id: str
    currency: str | None
    subject: tuple[str, str]
    parent: Parent | None
    amount: int


def read_exceptions(
    facts: Sequence[Fact[PaymentEvent]], accounts: Iterable[Account]
) -> list[ExceptionRow]:
    """List the exceptions of S, given its facts and its reduced accounts, in no special order."""
    return [
        *_unmet(facts),
        *_failed_after_success(facts),
        *(row for account in accounts for row in _beyond_received(account)),
    ]


def _unmet(facts: Sequence[Fact[PaymentEvent]]) -> list[ExceptionRow]:
    payments = {
        (fact.event.clinic_id, fact.event.payment_id): fact.event
        for fact in told(facts, PaymentSucceeded)
    }
    invoices = {
        (fact.event.clinic_id, fact.event.invoice_id): fact.event
        for fact in told(facts, InvoiceIssued)
    }
    rows: list[ExceptionRow] = []
    for fact in facts:
        event = fact.event
        if isinstance(event, PaymentPending | PaymentFailed | InvoiceIssued):
            continue
        payment_id: str | None = getattr(event, "payment_id", None)
        invoice_id: str | None = getattr(event, "invoice_id", None)
        if payment_id is not None:
            rows += _unmet_by(fact, "payment", payments.get((event.clinic_id, payment_id)))
        if invoice_id is not None:
            rows += _unmet_by(fact, "invoice", invoices.get((event.clinic_id, invoice_id)))
    return rows


def _unmet_by(
    fact: Fact[PaymentEvent], parent: Parent, found: PaymentEvent | None
) -> list[ExceptionRow]:
    currency = currency_of(fact.event)
    kind: ExceptionKind = "orphan"
    if found is not None:
        same_currency = currency in {None, currency_of(found)}
        if found.patient_id == fact.event.patient_id and same_currency:
            return []
        kind = "mismatch"
    return [_row(kind, fact, parent)]


def _row(kind: ExceptionKind, fact: Fact[PaymentEvent], parent: Parent | None) -> ExceptionRow:
    return ExceptionRow(
        kind,
        fact.event.clinic_id,
        fact.event.patient_id,
        currency_of(fact.event),
        (fact.source, fact.id),
        parent,
        getattr(fact.event, "amount", 0),
    )


def _failed_after_success(facts: Sequence[Fact[PaymentEvent]]) -> list[ExceptionRow]:
    return [
        _row("failed_after_success", failure, None)
        for failure in told(facts, PaymentFailed)
        for success in told(facts, PaymentSucceeded)
        if _same_payment(failure.event, success.event) and failure.order > success.order
    ]


def _same_payment(one: PaymentAttempt, other: PaymentAttempt) -> bool:
    return (one.clinic_id, one.patient_id, one.currency, one.payment_id) == (
        other.clinic_id,
        other.patient_id,
        other.currency,
        other.payment_id,
    )


def _beyond_received(account: Account) -> list[ExceptionRow]:
    rows: list[ExceptionRow] = []
    for payment in account.payments.values():
        received = payment.amount + payment.corrections
        beyond: dict[ExceptionKind, int] = {
            "deficit": -payment.credit,
            "over_returned": -payment.net,
            "over_allocated": payment.allocated - received,
        }
        rows += [
            ExceptionRow(kind, *account.key, ("payment", payment.payment_id), None, amount)
            for kind, amount in beyond.items()
            if amount > 0
        ]
    return rows
