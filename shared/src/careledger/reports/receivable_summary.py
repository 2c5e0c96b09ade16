"""Sums receivables and credits up by part, currency and bucket, and asserts that they close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.aging import BUCKETS
from careledger.reports.answers import Sum
from careledger.reports.balances.reading import (
    AgedBalance,
    BalanceBasis,
    BalanceReader,
    open_balances,
)
from careledger.reports.receivable_identity import assert_closed, assert_identity, summed
from careledger.reports.receivables import (
    AgingBasis,
    BucketSum,
    CreditSum,
    CurrencySummary,
    ReceivablesFilter,
)
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement

_PAST_RECORDS_MAX: Final = 20_000
_LEFT_OUT: Final = frozenset({"left_out", "overpaid_left_out"})
_NET: Final = {
    "outstanding": 1,
    "left_out": 1,
    "overpaid": -1,
    "overpaid_left_out": -1,
    "unapplied_credits": -1,
    "deficits": 1,
}
"""How parts add up to the net balance; buckets and collections are parts of parts."""


class Part(NamedTuple):
    """What a sum is of: a bucket (by its place), the total, overpaid, credits, deficits."""

    currency: str
    part: str
    bucket: int | None = None
    payer_type: str | None = None


class Sums:
    """Amounts and counts by part; each is the sum of what is added."""

    def __init__(self, connection: Connection, parameters: Mapping[str, object]) -> None:
        self._connection: Final = connection
        self._parameters: Final = parameters
        self.found: Final[defaultdict[Part, Sum]] = defaultdict(lambda: Sum(amount=0, count=0))

    async def add(self, statement: Statement, *, only: Sequence[str] = ()) -> None:
        """Add a statement's rows, or those of some parts."""
        for row in await statement.fetch(self._connection, self._parameters):
            if only and row["part"] not in only:
                continue
            part = Part(row["currency"], row["part"], row["bucket"], row["payer_type"])
            self.put(part, row["amount"], row["count"])

    def put(self, part: Part, amount: int, count: int) -> None:
        """Add one amount."""
        before = self.found[part]
        self.found[part] = Sum(amount=before.amount + amount, count=before.count + count)

    def empty(self) -> Sums:
        """Return other sums of the same question, with nothing added."""
        return Sums(self._connection, self._parameters)

    def nets(self) -> dict[str, int]:
        """Return the net balance of each currency, with what the question leaves out."""
        found: dict[str, int] = {}
        for part, value in self.found.items():
            sign = _NET.get(part.part, 0)
            found[part.currency] = found.get(part.currency, 0) + sign * value.amount
        return found

    def closed(self) -> list[CurrencySummary]:
        """Return what was added, by currency.

        Raises:
            FiguresDisagreeError: if the buckets do not sum up to the total.
        """
        return [_closed(currency, self.found) for currency in _currencies(self.found)]


async def summarize(
    connection: Connection, snapshot: Snapshot, query: ReceivablesFilter
) -> list[CurrencySummary]:
    """Return the summary of each currency in which anything is open, overpaid or unapplied.

    Amount, age, status and bucket filters choose among open receivables; what is overpaid follows
    clinics, currency, payer and patient, credits follow clinics, currency and patient.

    Raises:
        FiguresDisagreeError: if buckets do not sum up to the total, or the net balance, with what
            is left out, is not what the ledger comes to.
    """
    sums = Sums(connection, rows.filter_parameters(snapshot, query))
    if query.patient_id is not None:
        await sums.add(rows.OF_PATIENT)
        return sums.closed()
    reader = await open_balances(connection, snapshot)
    has_later = await rows.has_later(connection, snapshot)
    if _is_kept(query, reader, has_later=has_later):
        await _add_kept(sums, reader, query)
    else:
        await _add_standing(sums, reader, query)
        if has_later:
            await _take_back(sums, reader, query)
    return sums.closed()


async def summarize_kind(
    connection: Connection,
    snapshot: Snapshot,
    query: ReceivablesFilter,
    kind: Literal["receivables", "credits"],
) -> list[CurrencySummary]:
    """Return the summary with its receivables or its credits; as it stands now, without the others.

    Whoever holds it against a sum of other origin need not read the identity's other parts.

    Raises:
        FiguresDisagreeError: if buckets do not sum up to the total; and as `summarize` does, where
            the whole is read.
    """
    if query.basis != "due_date" or await rows.has_later(connection, snapshot):
        return await summarize(connection, snapshot, query)
    sums = Sums(connection, rows.filter_parameters(snapshot, query))
    if kind == "receivables":
        await _add_receivables(sums, query)
    else:
        await sums.add(rows.CREDITS_NOW)
    return sums.closed()


async def _add_standing(sums: Sums, reader: BalanceReader, query: ReceivablesFilter) -> None:
    """Add what stands now."""
    await _add_receivables(sums, query)
    await sums.add(rows.CREDITS_NOW)
    owed = await reader.owed_now()
    if owed is not None:
        assert_identity(sums.nets(), owed, query.currencies)


async def _add_receivables(sums: Sums, query: ReceivablesFilter) -> None:
    """Add the receivables that stand now: open ones as a question chooses them, and overpaid."""
    has_range = query.balance_from is not None or query.balance_to is not None
    if has_range or query.basis != "due_date":
        await sums.add(rows.OPEN_NOW)
        await sums.add(rows.BY_DUE_DATE, only=("overpaid", "overpaid_left_out"))
    else:
        await sums.add(rows.CHOSEN_BY_DUE_DATE if rows.chooses(query) else rows.BY_DUE_DATE)


async def _take_back(sums: Sums, reader: BalanceReader, query: ReceivablesFilter) -> None:
    """Make what stands now what stood then."""
    await sums.add(rows.CHANGES)
    if reader.records_beyond <= _PAST_RECORDS_MAX:
        _, moved = await reader.at_day_and_moved(bases=(), currencies=query.currencies)
        assert_identity(sums.nets(), moved, query.currencies)


async def _add_kept(sums: Sums, reader: BalanceReader, query: ReceivablesFilter) -> None:
    """Add the balances kept per day; the total is that of another basis than the buckets."""
    other: BalanceBasis = "issued_on" if query.basis != "issued_on" else "due_date"
    bases = (query.basis, other, "received_on")
    found, moved = await reader.at_day_and_moved(bases=bases, currencies=query.currencies)
    if query.payer_types:
        whole = sums.empty()
        _put_kept(whole, query.basis, other, found)
        assert_identity(whole.nets(), moved, query.currencies)
        found = await reader.at_days(
            [reader.snapshot.as_of],
            bases=bases,
            currencies=query.currencies,
            payer_types=query.payer_types,
        )
    _put_kept(sums, query.basis, other, found)
    if not query.payer_types:
        assert_identity(sums.nets(), moved, query.currencies)


def _put_kept(
    sums: Sums, basis: AgingBasis, other: BalanceBasis, found: Iterable[AgedBalance]
) -> None:
    for one in found:
        if one.basis == basis:
            sums.put(Part(one.currency, "bucket", one.bucket), one.amount, one.count)
        elif one.basis == other:
            sums.put(Part(one.currency, "outstanding"), one.amount, one.count)
            overpaid = Part(one.currency, "overpaid")
            sums.put(overpaid, one.negative_amount, one.negative_count)
            if one.in_collections:
                sums.put(Part(one.currency, "in_collections"), one.amount, one.count)
        else:
            age = (one.currency, one.bucket, one.payer_type)
            _put_credit(sums, "unapplied_credits", age, one.amount, one.count)
            _put_credit(sums, "deficits", age, one.negative_amount, one.negative_count)


def _put_credit(
    sums: Sums, part: str, age: tuple[str, int, str | None], amount: int, count: int
) -> None:
    if count:
        currency, bucket, payer_type = age
        sums.put(Part(currency, part, bucket, payer_type), amount, count)


def _is_kept(query: ReceivablesFilter, reader: BalanceReader, *, has_later: bool) -> bool:
    """Tell whether the balances kept per day answer a question soonest."""
    if rows.chooses(query):
        return False
    if has_later:
        return reader.records_beyond <= _PAST_RECORDS_MAX
    return query.basis != "due_date" and reader.is_near


def _currencies(found: Mapping[Part, Sum]) -> list[str]:
    return sorted(
        {
            part.currency
            for part, value in found.items()
            if part.part not in _LEFT_OUT and (value.amount or value.count)
        }
    )


def _closed(currency: str, found: Mapping[Part, Sum]) -> CurrencySummary:
    nothing = Sum(amount=0, count=0)

    def of(part: str, bucket: int | None = None, payer_type: str | None = None) -> Sum:
        return found.get(Part(currency, part, bucket, payer_type), nothing)

    def of_all_ages(part: str) -> Sum:
        return summed(found[one] for one in found if one[:2] == (currency, part))

    buckets = [
        BucketSum(bucket=name, **of("bucket", place).model_dump())
        for place, name in enumerate(BUCKETS)
    ]
    total = of("outstanding")
    assert_closed(buckets, total)
    ages = {
        (one.bucket or 0, one.payer_type or "")
        for one, value in found.items()
        if one.currency == currency and one.payer_type is not None and value != nothing
    }
    return CurrencySummary(
        currency=currency,
        outstanding=total,
        buckets=buckets,
        in_collections=of("in_collections"),
        overpaid=of("overpaid"),
        unapplied_credits=of_all_ages("unapplied_credits"),
        deficits=of_all_ages("deficits"),
        credits=[
            CreditSum(
                bucket=BUCKETS[bucket],
                payer_type=payer_type,
                unapplied_credits=of("unapplied_credits", bucket, payer_type),
                deficits=of("deficits", bucket, payer_type),
            )
            for bucket, payer_type in sorted(ages)
        ],
    )
