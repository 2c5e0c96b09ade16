"""The read model's answers and the oracle's books in one shape, so that tests compare them."""

from collections import Counter
from typing import Any

from careledger.reports.aging import BUCKETS
from careledger.reports.exceptions import ExceptionRow
from careledger.reports.history import HistoryEntry, HistoryReport
from careledger.reports.periods import period_of
from careledger.reports.receivables import AgingBasis, CurrencySummary, Receivable
from careledger.reports.revenue import RevenueQuery, RevenueReport
from support.figures import MEASURES
from support.oracle.aging import bucket
from support.oracle.books import Books
from support.oracle.exceptions import ExceptionRow as OracleException
from support.oracle.history import History
from support.oracle.revenue import Cells
from support.reading import Told

Shape = dict[tuple[Any, ...], Any]

_BEYOND = {"deficit", "over_returned", "over_allocated"}
_FACTS = {
    "void",
    "responsibility",
    "due_date",
    "sent_to_collections",
    "recalled_from_collections",
    "patient",
}
_RETURNED = {"refund", "chargeback"}


def revenue(told: Told, report: RevenueReport) -> Shape:
    """Return the figures of every period and group that has any."""
    found: Shape = {}
    for series in report.series:
        group = series.group
        if report.breakdown == "clinic" and group is not None:
            group = told.applied.plain(group)
        for point in series.points:
            plain = point.model_dump()
            figures = {name: (plain | plain["charge_side"])[name] for name in MEASURES}
            found[series.currency, group, point.label] = figures
    return {key: figures for key, figures in found.items() if any(figures.values())}


def oracle_revenue(cells: Cells, query: RevenueQuery) -> Shape:
    """Return the same from the oracle's cells."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for cell, figures in cells.items():
        if not query.start_date <= cell.business_date <= query.end_date:
            continue
        if query.methods and cell.method not in query.methods:
            continue
        values = {"clinic": cell.clinic_id, **cell._asdict()}
        group = None if query.breakdown is None else values[query.breakdown]
        label = period_of(query.granularity, cell.business_date).first
        sums = found.setdefault((cell.currency, group, label), Counter())
        for name in MEASURES:
            sums[name] += figures[name]
    return {key: dict(sums) for key, sums in found.items() if any(sums.values())}


def receivables(told: Told, rows: list[Receivable]) -> Shape:
    """Return what each receivable says."""
    return {
        (told.applied.plain(row.clinic_id), row.patient_id, row.invoice_id, row.currency): (
            row.charge,
            row.adjustments,
            row.landed,
            row.written_off,
            row.balance,
            row.payer_type,
            row.in_collections,
            row.due_on,
            row.status,
            row.buckets.model_dump(),
        )
        for row in rows
    }


def oracle_receivables(books: Books, basis: AgingBasis, *, closed: bool = True) -> Shape:
    """Return the same of the oracle's invoices."""
    return {
        (key.clinic_id, key.patient_id, invoice_id, key.currency): (
            invoice.charge,
            invoice.adjustments,
            invoice.landed,
            invoice.effective_write_off,
            invoice.balance,
            invoice.payer_type,
            invoice.in_collections,
            invoice.due_on,
            invoice.status,
            invoice.aged(basis),
        )
        for (key, invoice_id), invoice in books.invoices.items()
        if closed or invoice.balance > 0
    }


def summaries(found: list[CurrencySummary]) -> Shape:
    """Return the sums of each currency."""
    return {
        (one.currency,): (
            one.outstanding.amount,
            one.outstanding.count,
            {bucket.bucket: bucket.amount for bucket in one.buckets},
            one.in_collections.amount,
            one.overpaid.amount,
            one.overpaid.count,
            one.unapplied_credits.amount,
            one.deficits.amount,
            {
                (age.bucket, age.payer_type): (
                    age.unapplied_credits.amount,
                    age.unapplied_credits.count,
                    age.deficits.amount,
                    age.deficits.count,
                )
                for age in one.credits
            },
        )
        for one in found
    }


def oracle_summaries(books: Books, basis: AgingBasis) -> Shape:
    """Return the same from the oracle's invoices and payments."""
    currencies = {key.currency for key, _ in books.invoices} | {
        key.currency for key, payment in books.payments if books.payments[key, payment].credit
    }
    found: Shape = {}
    for currency in currencies:
        invoices = [i for (key, _), i in books.invoices.items() if key.currency == currency]
        credit = [p.credit for (key, _), p in books.payments.items() if key.currency == currency]
        open_ = [invoice for invoice in invoices if invoice.balance > 0]
        over = [invoice for invoice in invoices if invoice.balance < 0]
        if open_ or over or any(credit):
            found[(currency,)] = (
                sum(invoice.balance for invoice in open_),
                len(open_),
                {name: sum(invoice.aged(basis)[name] for invoice in open_) for name in BUCKETS},
                sum(invoice.balance for invoice in open_ if invoice.in_collections),
                -sum(invoice.balance for invoice in over),
                len(over),
                sum(max(0, amount) for amount in credit),
                -sum(min(0, amount) for amount in credit),
                _oracle_credits(books, currency),
            )
    return found


def _oracle_credits(books: Books, currency: str) -> dict[tuple[str, str], tuple[int, ...]]:
    found: dict[tuple[str, str], list[int]] = {}
    for (key, _), payment in books.payments.items():
        if key.currency == currency and payment.credit:
            age = bucket((books.as_of - payment.received_on).days)
            sums = found.setdefault((age, payment.payer_type), [0, 0, 0, 0])
            place = 0 if payment.credit > 0 else 2
            sums[place] += abs(payment.credit)
            sums[place + 1] += 1
    return {age: tuple(sums) for age, sums in found.items()}


def history(told: Told, report: HistoryReport) -> Shape:
    """Return the lines of a history by place, and its totals."""
    lines: Counter[tuple[Any, ...]] = Counter(
        _line(told, entry)
        for entry in report.entries
        if entry.kind not in _FACTS and not (entry.kind == "allocation" and entry.leg == 1)
    )
    totals = {
        (one.currency,): (
            one.charged,
            one.invoice_count,
            one.paid,
            one.payment_count,
            one.refunded,
            one.outstanding,
            one.balance,
            one.unapplied,
        )
        for one in report.totals
    }
    return {**lines, **totals}


def _line(told: Told, entry: HistoryEntry) -> tuple[Any, ...]:
    amount = entry.amount or 0
    return (
        entry.business_date,
        told.applied.plain(entry.source),
        entry.event_id,
        entry.kind,
        told.applied.plain(entry.clinic_id),
        entry.currency,
        -amount if entry.kind in _RETURNED else amount,
        entry.payment_status,
        entry.balance,
    )


def oracle_history(found: History) -> Shape:
    """Return the same of the oracle's history."""
    lines = Counter(
        (
            entry.order[0],
            entry.order[2],
            entry.order[3],
            entry.kind,
            entry.clinic_id,
            entry.currency,
            entry.amount,
            entry.payment_status,
            entry.running_balance,
        )
        for entry in found.entries
        if not entry.kind.startswith("void_of") and (entry.kind != "fee" or entry.amount)
    )
    totals = {
        (currency,): (
            one.charged,
            one.invoice_count,
            one.paid,
            one.payment_count,
            one.refunded,
            one.outstanding,
            one.balance,
            one.unapplied,
        )
        for currency, one in found.totals.items()
    }
    return {**lines, **totals}


def exceptions(told: Told, rows: list[ExceptionRow]) -> Shape:
    """Count the exceptions among facts; conflicts are no facts."""
    plain = told.applied.plain
    return Counter(
        (
            row.kind,
            row.parent,
            plain(row.clinic_id),
            row.patient_id,
            row.currency,
            ("payment", row.payment_id)
            if row.kind in _BEYOND
            else (plain(row.source or ""), row.event_id),
            row.amount or 0,
        )
        for row in rows
        if row.kind != "conflict"
    )


def oracle_exceptions(books: Books) -> Shape:
    """Return the same of the oracle's exceptions.

    The ledger keeps where a movement goes, not whether its event or its payment said so; the read
    model therefore lists an unknown invoice once, for the payment that names it.
    """
    return Counter(
        (
            row.kind,
            row.parent,
            row.clinic_id,
            row.patient_id,
            row.currency,
            row.subject,
            row.amount,
        )
        for row in books.exceptions()
        if not _follows_its_payment(books, row)
    )


def _follows_its_payment(books: Books, row: OracleException) -> bool:
    told = next((fact.event for fact in books.facts if (fact.source, fact.id) == row.subject), None)
    if row.parent != "invoice" or type(told).__name__ not in {
        "PaymentRefunded",
        "PaymentDisputed",
        "PaymentDisputeReversed",
    }:
        return False
    return any(
        type(fact.event).__name__ == "PaymentSucceeded"
        and fact.event.clinic_id == row.clinic_id
        and fact.event.patient_id == row.patient_id
        and getattr(fact.event, "currency", None) == row.currency
        and getattr(fact.event, "payment_id", None) == getattr(told, "payment_id", None)
        and getattr(fact.event, "invoice_id", None) == getattr(told, "invoice_id", None)
        for fact in books.facts
    )
