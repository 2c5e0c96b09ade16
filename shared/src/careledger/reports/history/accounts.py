"""Reduces a patient's entries to payments, invoices and the net balance after every event; pure.

Entries must come in the order of the ledger; then every prefix of them is a set of its own, and
the balance after it is that set's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from careledger.reports.history.entries import Entry
from careledger.reports.history.models import PaymentStatus

MONEY: Final = frozenset(
    {"payment", "correction", "refund", "chargeback", "chargeback_reversal", "allocation"}
)
_DISPUTES: Final = frozenset({"chargeback", "chargeback_reversal"})


@dataclass(slots=True)
class Payment:
    """A payment, or what is known of one that nobody told of yet."""

    success: Entry | None = None
    attempt: str | None = None
    corrections: int = 0
    refunds: int = 0
    disputes: dict[str | None, int] = field(default_factory=dict)
    """Of each dispute, withdrawn - reinstated."""
    net: int = 0
    own: int = 0
    """What lands where the payment itself does."""
    named: dict[str, int] = field(default_factory=dict)
    """What lands on an invoice that its event names."""

    @property
    def status(self) -> PaymentStatus | None:
        """The payment's status, None for one nobody told of."""
        if self.success is not None:
            return "refunded" if self._is_returned else "paid"
        if self.attempt is None:
            return None
        return "failed" if self.attempt == "failed" else "pending"

    @property
    def is_partially_refunded(self) -> bool:
        """Tell whether some of it went back, and not all."""
        return self.success is not None and self.refunds > 0 and not self._is_returned

    @property
    def is_disputed(self) -> bool:
        """Tell whether a dispute withdrew more than it reinstated."""
        return self.success is not None and any(open_ > 0 for open_ in self.disputes.values())

    @property
    def _is_returned(self) -> bool:
        amount = (self.success.amount or 0) if self.success else 0
        return self.refunds > 0 and self.refunds >= amount + self.corrections


@dataclass(slots=True)
class Facts:
    """What is said of an invoice without money; each the latest."""

    voided_on: date | None = None
    payer_type: str | None = None
    due: Entry | None = None
    in_collections: bool = False


@dataclass(slots=True)
class Invoice:
    """An invoice, or what is known of one that was not issued yet."""

    facts: Facts
    issue: Entry | None = None
    charge: int = 0
    adjustments: int = 0
    written_off: int = 0
    aimed: int = 0
    """Money of succeeded payments meant for it; it lands once the invoice is issued."""

    @property
    def effective_write_off(self) -> int:
        """E: of what was given up only what is open."""
        if self.written_off <= 0 or self.facts.voided_on is not None:
            return 0
        open_ = self.charge + self.adjustments - self.aimed
        return min(self.written_off, max(0, open_))

    @property
    def asked(self) -> int:
        """What it asks after adjustments, voids and effective write-offs."""
        if self.issue is None or self.facts.voided_on is not None:
            return 0
        # Of thousands of invoices, few have a write-off to ask about.
        given_up = self.effective_write_off if self.written_off > 0 else 0
        return self.charge + self.adjustments - given_up

    @property
    def balance(self) -> int:
        """X - E of an issued invoice."""
        return self.asked - self.aimed


Key = tuple[int, str | None, str]


class Accounts:
    """Everything a patient's entries add up to, entry by entry."""

    def __init__(self) -> None:
        self.payments: Final[dict[Key, Payment]] = {}
        self.invoices: Final[dict[Key, Invoice]] = {}
        self.issued: Final[dict[tuple[int, str], Invoice]] = {}
        self.balances: Final[defaultdict[str, int]] = defaultdict(int)
        self._facts: Final[dict[tuple[int, str], Facts]] = {}

    def add(self, entry: Entry) -> None:
        """Take the next entry in."""
        kind = entry.kind
        if kind in MONEY:
            self._add_money(entry)
        elif kind in {"charge", "adjustment", "write_off"}:
            self._add_charge(entry)
        elif kind in {"pending", "failed"}:
            self.payment_of(entry).attempt = kind
        elif entry.invoice_id is not None:
            self._add_fact(entry, entry.invoice_id)

    def payment_of(self, entry: Entry) -> Payment:
        """Return the payment an entry names, in the entry's currency."""
        key = (entry.clinic_no, entry.currency, entry.payment_id or "")
        found = self.payments.get(key)
        if found is None:
            found = self.payments[key] = Payment()
        return found

    def invoice_named(self, clinic_no: int, currency: str | None, invoice_id: str) -> Invoice:
        """Return an invoice in a currency, issued or not."""
        key = (clinic_no, currency, invoice_id)
        found = self.invoices.get(key)
        if found is None:
            facts = self._facts_of((clinic_no, invoice_id))
            found = self.invoices[key] = Invoice(facts)
        return found

    def _facts_of(self, place: tuple[int, str]) -> Facts:
        found = self._facts.get(place)
        if found is None:
            found = self._facts[place] = Facts()
        return found

    def _add_charge(self, entry: Entry) -> None:
        invoice_id = entry.invoice_id or ""
        invoice = self.invoice_named(entry.clinic_no, entry.currency, invoice_id)
        before = 0 if invoice.issue is None else invoice.asked
        amount = entry.amount or 0
        if entry.kind == "charge":
            invoice.issue = entry
            invoice.charge = amount
            self.issued[entry.clinic_no, invoice_id] = invoice
        elif entry.kind == "adjustment":
            invoice.adjustments += amount
        else:
            invoice.written_off += amount
        self.balances[entry.currency or ""] += invoice.asked - before

    def _add_money(self, entry: Entry) -> None:
        payment = self.payment_of(entry)
        amount = entry.amount or 0
        kind = entry.kind
        net_before = payment.net
        if kind != "allocation":
            payment.net += amount
        if kind == "correction":
            payment.corrections += amount
        elif kind == "refund":
            payment.refunds -= amount
        elif kind in _DISPUTES:
            payment.disputes[entry.fact_id] = payment.disputes.get(entry.fact_id, 0) - amount
        is_known = payment.success is not None
        if kind == "payment":
            payment.success = entry
            payment.own += amount
            self._aim(entry, entry.invoice_id, payment.own)
            for invoice_id, meant in payment.named.items():
                self._aim(entry, invoice_id, meant)
            self.balances[entry.currency or ""] -= payment.net
            return
        if entry.invoice_id is None or entry.kind == "correction":
            payment.own += amount
            target = payment.success.invoice_id if payment.success else None
        else:
            payment.named[entry.invoice_id] = payment.named.get(entry.invoice_id, 0) + amount
            target = entry.invoice_id
        if is_known:
            self._aim(entry, target, amount)
            self.balances[entry.currency or ""] -= payment.net - net_before

    def _aim(self, entry: Entry, invoice_id: str | None, amount: int) -> None:
        if invoice_id is None:
            return
        invoice = self.invoice_named(entry.clinic_no, entry.currency, invoice_id)
        if invoice.written_off <= 0:
            # What it asks follows the money only where something was given up.
            invoice.aimed += amount
            return
        before = invoice.asked
        invoice.aimed += amount
        self.balances[entry.currency or ""] += invoice.asked - before

    def _add_fact(self, entry: Entry, invoice_id: str) -> None:
        place = (entry.clinic_no, invoice_id)
        facts = self._facts_of(place)
        if entry.kind == "responsibility":
            facts.payer_type = entry.payer_type
        elif entry.kind == "due_date":
            facts.due = entry
        elif entry.kind == "sent_to_collections":
            facts.in_collections = True
        elif entry.kind == "recalled_from_collections":
            facts.in_collections = False
        elif entry.kind == "void" and facts.voided_on is None:
            invoice = self.issued.get(place)
            before = invoice.asked if invoice else 0
            facts.voided_on = entry.business_date
            if invoice and invoice.issue:
                self.balances[invoice.issue.currency or ""] += invoice.asked - before
