"""Reads who was charged and who paid, per span: the revenue figures by payer type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from careledger.postgres import Connection
from careledger.reports.indicators.models import IndicatorsQuery
from careledger.reports.kept_legs.reading import open_leg_sums
from careledger.reports.periods import Period, period_of
from careledger.reports.revenue.figures import COLUMNS
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.revenue.rows import FiguresReader, open_reader
from careledger.reports.snapshot import Snapshot

_CHARGES: Final = COLUMNS.index("charges")
_GROSS_PAYMENTS: Final = COLUMNS.index("gross_payments")

Payers = dict[tuple[str, int], dict[str, tuple[int, int]]]


async def read_payers(
    connection: Connection, snapshot: Snapshot, query: IndicatorsQuery, spans: Sequence[Period]
) -> Payers:
    """Return charges and gross payments by payer type, of each currency and span.

    Args:
        connection: inside the caller's transaction.
        snapshot: what the answer knows.
        query: its granularity is that of the spans after the first.
        spans: the whole range, then its periods.
    """
    whole = spans[0]
    question = RevenueQuery(
        start_date=whole.first,
        end_date=whole.last,
        granularity=query.granularity,
        breakdown="payer_type",
        currencies=query.currencies,
    )
    reader = await open_reader(connection, snapshot, question)
    numbers = {
        period_of(query.granularity, span.first).first: number
        for number, span in enumerate(spans[1:], start=1)
    }
    found: Payers = {}
    for currency, label, payer, charges, paid in await _amounts(reader, whole):
        for number in (0, numbers[label]):
            of_span = found.setdefault((currency, number), {})
            charged_before, paid_before = of_span.get(payer, (0, 0))
            of_span[payer] = (charged_before + charges, paid_before + paid)
    return found


async def _amounts(reader: FiguresReader, whole: Period) -> list[tuple[str, date, str, int, int]]:
    """Return charges and gross payments by currency, first day of the period, and payer type."""
    if not reader.has_later:
        sums = await open_leg_sums(reader.connection, reader.snapshot)
        if sums is not None:
            last = min(whole.last, reader.snapshot.as_of)
            return await sums.payers(reader.currencies, reader.query.granularity, whole.first, last)
    cells = await reader.read(whole.first, whole.last)
    return [
        (currency, label, payer or "", figures[_CHARGES], figures[_GROSS_PAYMENTS])
        for (currency, label, payer), figures in cells.items()
    ]
