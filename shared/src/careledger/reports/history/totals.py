"""Sums up what a patient's entries come to, per currency: those at hand, or by PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.history.accounts import Accounts, Invoice
from careledger.reports.history.entries import END, START, Entry, EntryKey, key_parameters
from careledger.reports.history.models import PatientTotals
from careledger.reports.history.timeline import Timeline, lay_out
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_SUMS: Final = statement("history/sums")

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
    before = None
    if since is not None:
        earlier = [entry for entry in entries if entry.business_date < since]
        before = _sums(earlier, lay_out(earlier).accounts)
    return _totals(_sums(entries, timeline.accounts), before, timeline.accounts.balances)


async def read_totals(
    connection: Connection, snapshot: Snapshot, patient_id: str
) -> list[PatientTotals]:
    """Return a patient's totals as `patient_totals` does, without reading the entries.

    What happened counts from the horizon on.

    Raises:
        FiguresDisagreeError: if the net balance is not what invoices and credits come to.
    """
    whole = await _read_sums(connection, snapshot, patient_id, END)
    before = None
    if snapshot.horizon is not None:
        until = (snapshot.horizon.day, *START[1:])
        before = (await _read_sums(connection, snapshot, patient_id, until)).currencies
    return _totals(whole.currencies, before, whole.balances)


async def read_balances(
    connection: Connection, snapshot: Snapshot, patient_id: str, before: EntryKey
) -> Mapping[str, int]:
    """Return a patient's net balance per currency before an event."""
    return (await _read_sums(connection, snapshot, patient_id, before)).balances


class _ReadSums(NamedTuple):
    currencies: dict[str, Sums]
    balances: dict[str, int]


async def _read_sums(
    connection: Connection, snapshot: Snapshot, patient_id: str, before: EntryKey
) -> _ReadSums:
    parameters = {
        **snapshot.parameters,
        **key_parameters("before", before),
        "patient_id": patient_id,
    }
    currencies: defaultdict[str, Sums] = defaultdict(lambda: defaultdict(int))
    balances: defaultdict[str, int] = defaultdict(int)
    for what, currency, amount, count in await _SUMS.fetch(connection, parameters):
        if what == "balance":
            balances[currency] += amount
        elif count:
            _tell(currencies[currency], what, amount, count)
        else:
            currencies[currency][what] += amount
    return _ReadSums(currencies, balances)


def _totals(
    currencies: Mapping[str, Sums],
    before: Mapping[str, Sums] | None,
    balances: Mapping[str, int],
) -> list[PatientTotals]:
    if before is not None:
        for currency, sums in before.items():
            for name in sums.keys() - _LEVELS:
                currencies[currency][name] -= sums[name]
        currencies = {code: sums for code, sums in currencies.items() if any(sums.values())}
    return [
        _closed(currency, sums, balances.get(currency, 0))
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
