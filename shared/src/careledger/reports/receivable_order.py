"""Reads a page of unsettled receivables of today in the orders that are kept of them.

The order is kept behind the log. What a record beyond it touched is looked at by itself, so a page
is exact whether the job that keeps it has run or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import asyncpg

from careledger.postgres import Connection
from careledger.reports import receivable_rows as rows
from careledger.reports.balances.reading import open_balances
from careledger.reports.receivables import OutstandingQuery
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_TOUCHED_RECORDS_MAX: Final = 20_000
"""Beyond so many records, reading all receivables is the smaller work."""
_FEW: Final = 10_000
"""So many of a range of balances are soon sorted."""

_OPEN: Final = "u.balance > 0"
_OF_BALANCES: Final = (
    "u.balance BETWEEN greatest(1, coalesce(:balance_from::bigint, 1))"
    " AND coalesce(:balance_to::bigint, 9223372036854775807)"
)
_COUNT: Final = statement("receivable_sql/count_of_balances")


async def read_in_order(
    connection: Connection,
    snapshot: Snapshot,
    query: OutstandingQuery,
    parameters: Mapping[str, object],
) -> list[asyncpg.Record] | None:
    """Return the rows of a page; None if nothing is kept that would find them sooner.

    Args:
        connection: inside the caller's transaction.
        snapshot: of today, at the latest watermark.
        query: filters and order.
        parameters: the set, the filters, the place after which the page begins, and its rows.
    """
    kept = _kept(query)
    if _is_of_balances(query):
        (row,) = await _COUNT.fetch(connection, {**parameters, "few": _FEW})
        kept = _OF_BALANCES if row["found"] < _FEW else kept
    if kept is None:
        return None
    reader = await open_balances(connection, snapshot)
    if reader.records_beyond > _TOUCHED_RECORDS_MAX:
        return None
    page = rows.ordered_statement(rows.order_of(query), kept, is_behind=reader.is_behind)
    place = {"closed": reader.closed.vector, "first_batch": reader.first_batch}
    return await page.fetch(connection, {**parameters, **place})


def _kept(query: OutstandingQuery) -> str | None:
    """Return the condition of the receivables in question that an index of the kept ones has."""
    if query.statuses == ("credit",):
        return "u.balance < 0"
    if not rows.order_of(query).open_only:
        return None
    if query.statuses == ("collection",) and query.sort == "due_on":
        return f"{_OPEN} AND u.in_collections"
    # The due date has an index of its own among the receivables themselves.
    return None if query.sort == "due_on" else _OPEN


def _is_of_balances(query: OutstandingQuery) -> bool:
    """Tell whether a range of balances is asked for, and in another order."""
    asks = query.balance_from is not None or query.balance_to is not None
    return asks and query.sort != "balance" and rows.order_of(query).open_only
