"""Balances and movements as the read model reads them and as the oracle has them, in one shape."""

from collections.abc import Sequence
from datetime import date

from aggregator.closing import close_days
from careledger.postgres import Connection
from careledger.reports.aging import BUCKETS
from careledger.reports.balances.reading import AgedBalance, BalanceBasis, Movement
from support.oracle.accounts import Totals
from support.oracle.aging import Bucket
from support.oracle.aging import bucket as bucket_of
from support.oracle.books import Books
from support.oracle.indicators import CohortDate, cohort
from support.oracle.roll_forward import roll_forward

Aged = dict[tuple[date, str, str, str], tuple[int, int, int, int]]
RECEIVABLE_BASES: Sequence[BalanceBasis] = ("due_date", "service_date", "issued_on")


async def close_all(connection: Connection, *, at_once: int = 100_000) -> None:
    """Close days until nothing is left to close."""
    while await close_days(connection, at_once=at_once):
        pass


def aged(found: Sequence[AgedBalance]) -> Aged:
    """Sum what was read by day, basis, currency and bucket; in collections or not."""
    sums: Aged = {}
    for one in found:
        key = (one.day, one.basis, one.currency, BUCKETS[one.bucket])
        before = sums.get(key, (0, 0, 0, 0))
        sums[key] = (
            before[0] + one.amount,
            before[1] + one.count,
            before[2] + one.negative_amount,
            before[3] + one.negative_count,
        )
    return {key: row for key, row in sums.items() if any(row)}


def oracle_aged(books: Books) -> Aged:
    """Return the same of the oracle's invoices and credits."""
    sums: dict[tuple[date, str, str, str], list[int]] = {}

    def add(basis: str, currency: str, bucket: Bucket, place: int, amount: int) -> None:
        row = sums.setdefault((books.as_of, basis, currency, bucket), [0, 0, 0, 0])
        row[place] += amount

    for (key, _), invoice in books.invoices.items():
        for basis in RECEIVABLE_BASES:
            assert basis != "received_on"
            held: dict[Bucket, int] = {
                name: part for name, part in invoice.aged(basis).items() if part
            }
            for name, part in held.items():
                add(basis, key.currency, name, 0, part)
            if invoice.balance > 0:
                oldest = list(held)[-1]
                add(basis, key.currency, oldest, 1, 1)
            if invoice.balance < 0:
                own = invoice.issue
                aged_on = {
                    "due_date": invoice.due_on,
                    "service_date": own.service_date or own.issued_on,
                    "issued_on": own.issued_on,
                }[basis]
                age = bucket_of((books.as_of - aged_on).days)
                add(basis, key.currency, age, 2, -invoice.balance)
                add(basis, key.currency, age, 3, 1)
    for (key, _), payment in books.payments.items():
        if payment.credit:
            place = 0 if payment.credit > 0 else 2
            age = bucket_of((books.as_of - payment.received_on).days)
            add("received_on", key.currency, age, place, abs(payment.credit))
            add("received_on", key.currency, age, place + 1, 1)
    return {key: (row[0], row[1], row[2], row[3]) for key, row in sums.items()}


Flows = dict[str, tuple[int, ...]]


def flows(found: Sequence[Movement]) -> Flows:
    """Return what moved receivables in one span, per currency."""
    return _nonzero(
        {
            one.currency: (
                one.charges,
                one.charge_corrections - one.contractual_adjustments - one.other_adjustments,
                one.voids,
                one.written_off,
                one.recoveries,
                one.landed,
                one.landed + one.credited,
            )
            for one in found
        }
    )


def oracle_flows(before: Books, after: Books) -> Flows:
    """Return the same from the books of the day before a span and of its last day."""
    found: Flows = {}
    for currency in {key.currency for key in after.accounts}:
        opening, closing = _totals(before, currency), _totals(after, currency)
        rolled = roll_forward(opening, closing)
        found[currency] = (
            rolled.charges,
            rolled.adjustments,
            rolled.voids,
            rolled.write_offs,
            rolled.recoveries,
            rolled.landed,
            closing.net_payments - opening.net_payments,
        )
    return _nonzero(found)


def _totals(books: Books, currency: str) -> Totals:
    return sum(
        (totals for (_, code), totals in books.totals().items() if code == currency), Totals()
    )


def cohorts(found: Sequence[Movement]) -> Flows:
    """Return what landed on the invoices of one span and what was asked on them."""
    return _nonzero(
        {one.currency: (one.landed, one.gross_charges, one.net_charges) for one in found}
    )


def oracle_cohorts(books: Books, by: CohortDate, first: date, last: date) -> Flows:
    """Return the same from the oracle's invoices."""
    found: Flows = {}
    for currency in {key.currency for key in books.accounts}:
        one = cohort(books, currency, by, first, last)
        found[currency] = (one.landed, one.gross_charges, one.net_charges)
    return _nonzero(found)


def _nonzero(found: Flows) -> Flows:
    return {currency: row for currency, row in found.items() if any(row)}
