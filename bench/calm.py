"""Waits until the aggregator has done what it does behind the log, which a load must not meet."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg

CALM_SECONDS: Final = 5
_BUSY: Final = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'aggregator'
        AND state = 'active' AND now() - query_start > interval '300 ms'
)
"""
_NOT_CLOSED: Final = """
SELECT coalesce(sum(p.next_offset), 0) - coalesce(sum(c.next_offset), 0)
FROM positions AS p LEFT JOIN closed_positions AS c USING (kafka_partition)
WHERE p.topic = 'payment-events'
"""
_NOT_FOLDED: Final = """
SELECT EXISTS (SELECT FROM revenue_metrics WHERE shard > 0)
    OR EXISTS (SELECT FROM receivables_by_due_date WHERE shard > 0)
"""
_BEHIND_THE_LOG: Final = (_BUSY, _NOT_CLOSED, _NOT_FOLDED)


async def until_calm(connection: asyncpg.Connection) -> None:
    """Wait until the aggregator has caught up with what it does behind the log.

    The first time, it closes every past day of the ledger and folds the sums that were loaded as
    four writers leave them: some minutes of one core.
    """
    calm_seconds = 0
    while calm_seconds < CALM_SECONDS:
        await asyncio.sleep(1)
        busy = [await connection.fetchval(one) for one in _BEHIND_THE_LOG]
        calm_seconds = 0 if any(busy) else calm_seconds + 1
