"""Sums up what a patient's entries come to, per currency; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.history.accounts import Accounts, Invoice
from careledger.reports.history.entries import Entry
from careledger.reports.history.models import PatientTotals
from careledger.reports.history.timeline import Timeline, lay_out

_TOLD: Final = {
    "charge": ("charged", 1),
    "payment": ("paid", 1),
    "correction": ("payment_corrections", 1),
    "refund": ("refunded", -1),
    "chargeback": ("chargebacks", -1),
    "chargeback_reversal": ("chargebacks", -1),
}
_LEVELS: Final = frozenset({"outstanding", "overpaid", "unapplied", "deficits"})
_COUNTED: Final = {"charge": "invoice_count", "payment": "payment_count"}

Sums = defaultdict[str, int]


def patient_totals(timeline: Timeline, *, since: date | None = None) -> list[PatientTotals]:
    """Return the totals of each currency in which money was told of.

    Args:
        timeline: the whole of what is known.
        since: what happened counts from this day on, what is open counts whole; None counts all.

    Raises:
        FiguresDisagreeError: if the net balance is not what invoices and credits come to.
    """
    entries = [row.entry for row in timeline.rows]
    currencies = _sums(entries, timeline.accounts)
    if since is not None:
        before = [entry for entry in entries if entry.business_date < since]
        for currency, sums in _sums(before, lay_out(before).accounts).items():
            for name in sums.keys() - _LEVELS:
                currencies[currency][name] -= sums[name]
        currencies = {code: sums for code, sums in currencies.items() if any(sums.values())}
    return [
        _closed(currency, sums, timeline.accounts.balances[currency])
        for currency, sums in sorted(currencies.items())
    ]


def _sums(entries: Sequence[Entry], accounts: Accounts) -> dict[str, Sums]:
    currencies: defaultdict[str, Sums] = defaultdict(lambda: defaultdict(int))
    for (currency, kind), (amount, count) in _by_kind(entries).items():
        _tell(currencies[currency], kind, amount, count)
    for (_, currency, _), invoice in accounts.invoices.items():
        if invoice.issue is not None:
            _tell_invoice(currencies[currency or ""], invoice)
    for currency, credit in _credits(accounts):
        currencies[currency]["unapplied"] += max(0, credit)
        currencies[currency]["deficits"] += max(0, -credit)
    return currencies


def _by_kind(entries: Sequence[Entry]) -> dict[tuple[str, str], tuple[int, int]]:
    """Sum amounts and count entries by currency and kind."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        if entry.currency is not None:
            found[entry.currency, entry.kind].append(entry.amount or 0)
    return {key: (sum(amounts), len(amounts)) for key, amounts in found.items()}


def _tell(sums: Sums, kind: str, amount: int, count: int) -> None:
    if kind in _TOLD:
        name, sign = _TOLD[kind]
        sums[name] += sign * amount
    if kind in _COUNTED:
        sums[_COUNTED[kind]] += count


def _tell_invoice(sums: Sums, invoice: Invoice) -> None:
    balance = invoice.balance
    sums["adjustments"] += invoice.adjustments
    if balance > 0:
        sums["outstanding"] += balance
    elif balance < 0:
        sums["overpaid"] -= balance
    if invoice.facts.voided_on is not None:
        sums["voids"] += invoice.charge + invoice.adjustments
    elif invoice.written_off > 0:
        sums["written_off"] += invoice.effective_write_off


def _credits(accounts: Accounts) -> list[tuple[str, int]]:
    """Return currency and credit of each succeeded payment: what lands on no issued invoice."""
    found: list[tuple[str, int]] = []
    for (clinic_no, currency, _), payment in accounts.payments.items():
        if payment.success is None:
            continue
        credit = 0
        for target, amount in ((payment.success.invoice_id, payment.own), *payment.named.items()):
            invoice = accounts.invoices.get((clinic_no, currency, target or ""))
            if invoice is None or invoice.issue is None:
                credit += amount
        found.append((currency or "", credit))
    return found


def _closed(currency: str, sums: Sums, balance: int) -> PatientTotals:
    net = sums["outstanding"] - sums["overpaid"] - sums["unapplied"] + sums["deficits"]
    if net != balance:
        raise FiguresDisagreeError("a net balance is not what the invoices and credits sum to")
    fields = dict.fromkeys(PatientTotals.model_fields, 0) | sums
    return PatientTotals.model_validate(fields | {"currency": currency, "balance": balance})
