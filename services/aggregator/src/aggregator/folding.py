"""Folds sums that writers at work side by side kept apart into one row each, behind the log.

A report then reads one row of a day where it would read one of each writer. Nobody waits: it takes
only shards that no writer has, and a writer meanwhile takes another.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from careledger.postgres import Connection

ROWS_AT_ONCE: Final = 5_000
"""The most rows of each table in one transaction."""

_ARE_APART: Final = """
SELECT EXISTS (SELECT FROM receivables_by_due_date WHERE shard > 0)
    OR EXISTS (SELECT FROM revenue_daily_totals WHERE shard > 0)
    OR EXISTS (SELECT FROM revenue_metrics WHERE shard > 0)
"""
_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtext('fold_sums'))"

# The same locks as those by which a writer takes its shard.
_TAKE_SHARDS: Final = """
SELECT shard::smallint
FROM generate_series(0, greatest(
    (SELECT max(shard) FROM receivables_by_due_date WHERE shard > 0),
    (SELECT max(shard) FROM revenue_daily_totals WHERE shard > 0),
    (SELECT max(shard) FROM revenue_metrics WHERE shard > 0)
)) AS shard
WHERE pg_try_advisory_xact_lock(hashtext('shard'), shard)
ORDER BY shard
"""

_STATEMENTS: Final = tuple(
    (files("aggregator") / "folded" / f"{table}.sql").read_text()
    for table in ("receivables_by_due_date", "revenue_daily_totals", "revenue_metrics")
)


async def fold_sums(connection: Connection, *, rows_at_once: int = ROWS_AT_ONCE) -> int | None:
    """Fold some rows into those of the lowest free shard, in a transaction of its own.

    No sum changes, so neither does any figure.

    Args:
        connection: outside a transaction.
        rows_at_once: the most rows of each table.

    Returns:
        How many rows were folded; None if there was nothing to fold or another process is at it.
    """
    if not await connection.fetchval(_ARE_APART):
        return None
    async with connection.transaction():
        if not await connection.fetchval(_TAKE_TURN):
            return None
        taken: list[int] = [row["shard"] for row in await connection.fetch(_TAKE_SHARDS)]
        if not taken:
            return None
        lowest, *others = taken
        counts: list[int] = [
            await connection.fetchval(statement, lowest, others, rows_at_once)
            for statement in _STATEMENTS
        ]
    return sum(counts) or None
