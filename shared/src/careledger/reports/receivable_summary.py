"""Sums receivables and credits up by part, currency and bucket, and asserts that they close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.aging import BUCKETS
from careledger.reports.answers import Sum
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.receivables import BucketSum, CurrencySummary, ReceivablesFilter
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import Statement


class Part(NamedTuple):
    """What a sum is of: a bucket (by its place), the total, overpaid, credits, deficits."""

    currency: str
    part: str
    bucket: int | None = None


class Sums:
    """Amounts and counts by part; each is the sum of what is added."""

    def __init__(self, connection: Connection, parameters: Mapping[str, object]) -> None:
        self._connection: Final = connection
        self._parameters: Final = parameters
        self.found: Final[defaultdict[Part, Sum]] = defaultdict(lambda: Sum(amount=0, count=0))

    async def add(self, statement: Statement, *, only: str | None = None) -> None:
        """Add a statement's rows, or those of one part."""
        for row in await statement.fetch(self._connection, self._parameters):
            if only not in {None, row["part"]}:
                continue
            part = Part(row["currency"], row["part"], row["bucket"])
            before = self.found[part]
            self.found[part] = Sum(
                amount=before.amount + row["amount"], count=before.count + row["count"]
            )


async def summarize(
    connection: Connection, snapshot: Snapshot, query: ReceivablesFilter
) -> list[CurrencySummary]:
    """Return the summary of each currency in which anything is open, overpaid or unapplied.

    Amount, age, status and bucket filters choose among open receivables; what is overpaid follows
    clinics, currency, payer and patient, credits follow clinics, currency and patient.

    Raises:
        FiguresDisagreeError: if buckets do not sum up to the total.
    """
    sums = Sums(connection, rows.filter_parameters(snapshot, query))
    if query.patient_id is not None:
        await sums.add(rows.OF_PATIENT)
    else:
        if _is_plain(query):
            await sums.add(rows.BY_DUE_DATE)
        else:
            await sums.add(rows.OPEN_NOW)
            await sums.add(rows.BY_DUE_DATE, only="overpaid")
        await sums.add(rows.CREDITS_NOW)
        if await rows.has_later(connection, snapshot):
            await sums.add(rows.CHANGES)
    return [_closed(currency, sums.found) for currency in _currencies(sums.found)]


def _is_plain(query: ReceivablesFilter) -> bool:
    """Tell whether the sums per due date answer a question."""
    chosen = (
        query.statuses,
        query.buckets,
        query.balance_from,
        query.balance_to,
        query.days_overdue_from,
        query.days_overdue_to,
    )
    return query.basis == "due_date" and all(value in {None, ()} for value in chosen)


def _currencies(found: Mapping[Part, Sum]) -> list[str]:
    return sorted({part.currency for part, value in found.items() if value.amount or value.count})


def _closed(currency: str, found: Mapping[Part, Sum]) -> CurrencySummary:
    nothing = Sum(amount=0, count=0)

    def of(part: str, bucket: int | None = None) -> Sum:
        return found.get(Part(currency, part, bucket), nothing)

    buckets = [
        BucketSum(bucket=name, **of("bucket", place).model_dump())
        for place, name in enumerate(BUCKETS)
    ]
    total = of("outstanding")
    assert_closed(buckets, total)
    return CurrencySummary(
        currency=currency,
        outstanding=total,
        buckets=buckets,
        in_collections=of("in_collections"),
        overpaid=of("overpaid"),
        unapplied_credits=of("unapplied_credits"),
        deficits=of("deficits"),
    )


def assert_closed(buckets: Iterable[BucketSum], total: Sum) -> None:
    """Assert that buckets sum up to the total, in amount and count.

    Raises:
        FiguresDisagreeError: if they do not.
    """
    parts = list(buckets)
    summed = Sum(amount=sum(p.amount for p in parts), count=sum(p.count for p in parts))
    if summed != total:
        raise FiguresDisagreeError("the aging buckets do not sum up to the total outstanding")
