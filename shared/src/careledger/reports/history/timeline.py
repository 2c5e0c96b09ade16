"""Lays a patient's entries out in order, each with the balance after its event; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from careledger.reports.history.accounts import Accounts, Invoice
from careledger.reports.history.entries import Entry
from careledger.reports.receivable_rules import (
    ReceivableStatus,
    oldest_open_date,
    read_plan,
    receivable_status,
)


class Row(NamedTuple):
    """An entry, and the net balance in its currency after its event."""

    entry: Entry
    currency: str | None
    balance: int | None


class Timeline(NamedTuple):
    """All rows in order, and what they add up to."""

    rows: list[Row]
    accounts: Accounts


def lay_out(entries: Sequence[Entry]) -> Timeline:
    """Reduce entries, given in the order of the ledger.

    The legs of one event share the balance after the whole event: a set holds all of them or none.
    """
    accounts = Accounts()
    rows: list[Row] = []
    currencies = {
        (entry.clinic_no, entry.invoice_id): entry.currency
        for entry in entries
        if entry.kind == "charge"
    }
    add, balances = accounts.add, accounts.balances
    start = 0
    for place, (entry, following) in enumerate(zip_longest(entries, entries[1:]), start=1):
        add(entry)
        if (
            following is not None
            and entry.event_id == following.event_id
            and entry.source == following.source
        ):
            continue
        for told in entries[start:place]:
            currency = told.currency or currencies.get((told.clinic_no, told.invoice_id))
            rows.append(Row(told, currency, None if currency is None else balances[currency]))
        start = place
    return Timeline(rows, accounts)


class Statuses:
    """The statuses of invoices on the as-of day, each computed once."""

    def __init__(self, accounts: Accounts, as_of: date) -> None:
        self._accounts = accounts
        self._as_of = as_of
        self._known: dict[tuple[int, str], ReceivableStatus] = {}

    def of_invoice(
        self, clinic_no: int, invoice_id: str, currency: str | None
    ) -> ReceivableStatus | None:
        """Return the status of an issued invoice; None if not issued, or in another currency."""
        invoice = self._accounts.issued.get((clinic_no, invoice_id))
        if invoice is None or invoice.issue is None:
            return None
        if currency not in {None, invoice.issue.currency}:
            return None
        place = (clinic_no, invoice_id)
        if place not in self._known:
            self._known[place] = status_of(invoice, self._as_of)
        return self._known[place]


def status_of(invoice: Invoice, as_of: date) -> ReceivableStatus:
    """Return the status of an issued invoice on a day."""
    if invoice.issue is None:
        raise ValueError("an invoice that is not issued has no status")
    due = invoice.facts.due or invoice.issue
    due_on = oldest_open_date(
        invoice.balance, due.due_on or invoice.issue.business_date, read_plan(due.installments)
    )
    return receivable_status(
        balance=invoice.balance,
        effective_write_off=invoice.effective_write_off,
        voided=invoice.facts.voided_on is not None,
        in_collections=invoice.facts.in_collections,
        days_overdue=(as_of - due_on).days,
    )
