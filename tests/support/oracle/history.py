"""A patient's history: every leg and every attempt in order, and what was owed after each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from careledger.events.payments import PaymentEvent, PaymentFailed, PaymentPending
from support.oracle.accounts import Account, by_account, read_accounts
from support.oracle.facts import Clinic, Fact, Order, told
from support.oracle.invoices import InvoiceStatus
from support.oracle.legs import LegKind, read_legs
from support.oracle.payments import PaymentStatus

EntryKind = LegKind | Literal["pending", "failed"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a history; statuses are those of the as-of day, None where nothing is known."""

    order: Order
    kind: EntryKind
    clinic_id: str
    currency: str
    amount: int
    payment_id: str | None
    invoice_id: str | None
    payment_status: PaymentStatus | None
    invoice_status: InvoiceStatus | None
    running_balance: int


@dataclass(frozen=True, kw_only=True)
class PatientTotals:
    """A patient's sums in one currency."""

    charged: int
    invoice_count: int
    paid: int
    payment_count: int
    refunded: int
    outstanding: int
    balance: int
    unapplied: int


@dataclass(frozen=True, kw_only=True)
class History:
    """All entries in order, and the totals by currency."""

    entries: list[Entry]
    totals: dict[str, PatientTotals]


def read_history(
    facts: Sequence[Fact[PaymentEvent]], clinics: Mapping[str, Clinic], *, as_of: date
) -> History:
    """Tell the history of one patient from that patient's facts, at the clinics they name."""
    accounts = read_accounts(facts, clinics, as_of=as_of)
    entries: list[Entry] = []
    for key, mine in by_account(facts).items():
        for line in _lines(mine):
            until_then = [fact for fact in facts if fact.order <= line.order]
            entries.append(
                _entry(
                    line, accounts[key], read_accounts(until_then, clinics, as_of=as_of).values()
                )
            )
    entries.sort(key=lambda entry: entry.order)
    currencies = sorted({key.currency for key in accounts})
    return History(
        entries=entries,
        totals={
            currency: _totals(
                [account for key, account in accounts.items() if key.currency == currency],
                [entry for entry in entries if entry.currency == currency],
            )
            for currency in currencies
        },
    )


def _entry(line: "_Line", account: Account, accounts_then: Iterable[Account]) -> Entry:
    payment = account.payments.get(line.payment_id or "")
    invoice = account.invoices.get(line.invoice_id or "")
    return Entry(
        order=line.order,
        kind=line.kind,
        clinic_id=account.key.clinic_id,
        currency=account.key.currency,
        amount=line.amount,
        payment_id=line.payment_id,
        invoice_id=line.invoice_id,
        payment_status=payment.status if payment else None,
        invoice_status=invoice.status if invoice else None,
        running_balance=sum(
            then.totals.balance
            for then in accounts_then
            if then.key.currency == account.key.currency
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Line:
    order: Order
    kind: EntryKind
    amount: int
    payment_id: str | None
    invoice_id: str | None


def _lines(mine: Sequence[Fact[PaymentEvent]]) -> list[_Line]:
    legs = [
        _Line(
            order=leg.order,
            kind=leg.kind,
            amount=leg.amount,
            payment_id=leg.payment_id,
            invoice_id=leg.invoice_id,
        )
        for leg in read_legs(mine)
    ]
    attempts = [
        _Line(
            order=fact.order,
            kind="pending" if isinstance(fact.event, PaymentPending) else "failed",
            amount=fact.event.amount,
            payment_id=fact.event.payment_id,
            invoice_id=fact.event.invoice_id,
        )
        for fact in [*told(mine, PaymentPending), *told(mine, PaymentFailed)]
    ]
    return [*legs, *attempts]


def _totals(accounts: Sequence[Account], entries: Sequence[Entry]) -> PatientTotals:
    def amounts(kind: EntryKind) -> list[int]:
        return [entry.amount for entry in entries if entry.kind == kind]

    return PatientTotals(
        charged=sum(amounts("charge")),
        invoice_count=len(amounts("charge")),
        paid=sum(amounts("payment")),
        payment_count=len(amounts("payment")),
        refunded=sum(amounts("refund")),
        outstanding=sum(account.totals.outstanding for account in accounts),
        balance=sum(account.totals.balance for account in accounts),
        unapplied=sum(account.totals.unapplied for account in accounts),
    )
