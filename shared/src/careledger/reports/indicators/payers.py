"""Reads who was charged and who paid, per span: the revenue figures by payer type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from careledger.postgres import Connection
from careledger.reports.indicators.models import IndicatorsQuery
from careledger.reports.periods import Period, period_of
from careledger.reports.revenue.figures import COLUMNS
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.revenue.rows import open_reader
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
    cells = await reader.read(whole.first, whole.last)
    numbers = {
        period_of(query.granularity, span.first).first: number
        for number, span in enumerate(spans[1:], start=1)
    }
    found: Payers = {}
    for (currency, label, group), figures in cells.items():
        payer = group or ""
        for number in (0, numbers[label]):
            of_span = found.setdefault((currency, number), {})
            charges, paid = of_span.get(payer, (0, 0))
            of_span[payer] = (charges + figures[_CHARGES], paid + figures[_GROSS_PAYMENTS])
    return found
