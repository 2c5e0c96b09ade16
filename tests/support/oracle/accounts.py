"""One account, a patient at a clinic in a currency: the world in which facts meet, and its sums."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from careledger.events.payments import InvoiceIssued, PaymentEvent
from support.oracle.facts import Clinic, Fact, currency_of, told
from support.oracle.invoices import Invoice, read_invoices
from support.oracle.payments import Payment, read_payments


class AccountKey(NamedTuple):
    """Whose money it is, where, and in what currency."""

    clinic_id: str
    patient_id: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums of minor units of one currency; overpaid and deficits are given above zero."""

    outstanding: int = 0
    overpaid: int = 0
    unapplied: int = 0
    deficits: int = 0
    charges: int = 0
    adjustments: int = 0
    voids: int = 0
    written_off: int = 0
    effective_write_offs: int = 0
    landed: int = 0
    net_payments: int = 0

    @property
    def balance(self) -> int:
        """The net balance: what the patient owes after everything that stands apart."""
        return self.outstanding - self.overpaid - self.unapplied + self.deficits

    @property
    def recovered(self) -> int:
        """What was written off and yet is not missing."""
        return self.written_off - self.effective_write_offs

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(**{name: vars(self)[name] + vars(other)[name] for name in vars(self)})


@dataclass(frozen=True, kw_only=True)
class Account:
    """The payments and invoices of one account, by id."""

    key: AccountKey
    payments: dict[str, Payment]
    invoices: dict[str, Invoice]

    @property
    def totals(self) -> Totals:
        """Sum the account up; the accounting identity holds or this is an error."""
        balances = [invoice.balance for invoice in self.invoices.values()]
        credits_ = [payment.credit for payment in self.payments.values()]
        totals = Totals(
            outstanding=sum(max(0, balance) for balance in balances),
            overpaid=sum(max(0, -balance) for balance in balances),
            unapplied=sum(max(0, credit) for credit in credits_),
            deficits=sum(max(0, -credit) for credit in credits_),
            charges=sum(invoice.charge for invoice in self.invoices.values()),
            adjustments=sum(invoice.adjustments for invoice in self.invoices.values()),
            voids=sum(invoice.voids for invoice in self.invoices.values()),
            written_off=sum(invoice.written_off for invoice in self.invoices.values()),
            effective_write_offs=sum(
                invoice.effective_write_off for invoice in self.invoices.values()
            ),
            landed=sum(invoice.landed for invoice in self.invoices.values()),
            net_payments=sum(payment.net for payment in self.payments.values()),
        )
        owed = totals.charges + totals.adjustments - totals.voids - totals.effective_write_offs
        assert totals.balance == owed - totals.net_payments
        return totals


def by_account(facts: Iterable[Fact[PaymentEvent]]) -> dict[AccountKey, list[Fact[PaymentEvent]]]:
    """Sort facts into accounts; a fact without money belongs to every account of its patient."""
    facts = list(facts)
    currencies: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        currency = currency_of(fact.event)
        if currency is not None:
            currencies[fact.event.clinic_id, fact.event.patient_id].add(currency)
    accounts: defaultdict[AccountKey, list[Fact[PaymentEvent]]] = defaultdict(list)
    for fact in facts:
        place = (fact.event.clinic_id, fact.event.patient_id)
        own = currency_of(fact.event)
        for currency in currencies[place] if own is None else (own,):
            accounts[AccountKey(*place, currency)].append(fact)
    return dict(sorted(accounts.items()))


def read_account(
    mine: Sequence[Fact[PaymentEvent]], key: AccountKey, *, terms_days: int, as_of: date
) -> Account:
    """Reduce an account's own facts."""
    issued = {issue.event.invoice_id for issue in told(mine, InvoiceIssued)}
    payments = read_payments(mine, issued)
    invoices = read_invoices(mine, payments, terms_days=terms_days, as_of=as_of)
    return Account(key=key, payments=payments, invoices=invoices)


def read_accounts(
    facts: Iterable[Fact[PaymentEvent]], clinics: Mapping[str, Clinic], *, as_of: date
) -> dict[AccountKey, Account]:
    """Reduce facts account by account."""
    accounts: dict[AccountKey, Account] = {}
    for key, mine in by_account(facts).items():
        terms_days = clinics.get(key.clinic_id, Clinic()).terms_days
        accounts[key] = read_account(mine, key, terms_days=terms_days, as_of=as_of)
    return accounts
