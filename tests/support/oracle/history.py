"""A patient's history: every leg and every attempt in order, and what was owed after each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from careledger.events.payments import PaymentEvent, PaymentFailed, PaymentPending
from support.oracle.accounts import Account, AccountKey, account_keys, facts_of, read_account
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
    entries: list[Entry] = []
    totals: dict[str, PatientTotals] = {}
    keys = account_keys(facts)
    for currency in sorted({key.currency for key in keys}):
        in_currency = [key for key in keys if key.currency == currency]
        told_here = _entries(facts, in_currency, clinics, as_of)
        entries.extend(told_here)
        accounts = [_read(facts, key, clinics, as_of) for key in in_currency]
        totals[currency] = _totals(accounts, told_here)
    entries.sort(key=lambda entry: entry.order)
    return History(entries=entries, totals=totals)


def _read(
    facts: Sequence[Fact[PaymentEvent]],
    key: AccountKey,
    clinics: Mapping[str, Clinic],
    as_of: date,
) -> Account:
    terms_days = clinics.get(key.clinic_id, Clinic()).terms_days
    return read_account(facts_of(facts, key), key, terms_days=terms_days, as_of=as_of)


def _entries(
    facts: Sequence[Fact[PaymentEvent]],
    keys: Collection[AccountKey],
    clinics: Mapping[str, Clinic],
    as_of: date,
) -> list[Entry]:
    def balance_after(order: Order) -> int:
        until_then = [fact for fact in facts if fact.order <= order]
        return sum(_read(until_then, key, clinics, as_of).totals.balance for key in keys)

    entries: list[Entry] = []
    for key in keys:
        account = _read(facts, key, clinics, as_of)
        for line in _lines(facts_of(facts, key)):
            payment = account.payments.get(line.payment_id or "")
            invoice = account.invoices.get(line.invoice_id or "")
            entries.append(
                Entry(
                    order=line.order,
                    kind=line.kind,
                    clinic_id=key.clinic_id,
                    currency=key.currency,
                    amount=line.amount,
                    payment_id=line.payment_id,
                    invoice_id=line.invoice_id,
                    payment_status=payment.status if payment else None,
                    invoice_status=invoice.status if invoice else None,
                    running_balance=balance_after(line.order),
                )
            )
    return entries


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
