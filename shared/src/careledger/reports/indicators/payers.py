"""Reads who was charged and who paid, per span: the revenue figures by payer type."""

from __future__ import annotations

from collections.abc import Sequence

from careledger.postgres import Connection
from careledger.reports.indicators.models import IndicatorsQuery
from careledger.reports.periods import Period, period_of
from careledger.reports.revenue.models import RevenueQuery
from careledger.reports.revenue.rows import open_reader
from careledger.reports.snapshot import Snapshot

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
    for cell, figures in cells.items():
        for number in (0, numbers[cell.label]):
            of_span = found.setdefault((cell.currency, number), {})
            charges, paid = of_span.get(cell.group or "", (0, 0))
            of_span[cell.group or ""] = (
                charges + figures.charges,
                paid + figures.gross_payments,
            )
    return found
