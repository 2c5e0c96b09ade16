"""Moves the horizon, once a month and in a transaction of its own, before anything is removed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final, NamedTuple

from aggregator.retention.records import retention_record
from aggregator.retention.terms import Terms
from careledger import audit_trail
from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.watermark import Watermark

_LATEST: Final = "SELECT max(horizon) FROM retention_purges"

# Of each partition the last offset behind a batch that was recorded before the instant; instants
# rise with offsets, so the first batch tells whether there is any.
_RECORDED_BEFORE: Final = """
SELECT p.kafka_partition, last.next_offset
FROM positions AS p
CROSS JOIN LATERAL (
    SELECT recorded_at FROM batches
    WHERE topic = p.topic AND kafka_partition = p.kafka_partition
    ORDER BY next_offset LIMIT 1
) AS first
CROSS JOIN LATERAL (
    SELECT next_offset FROM batches
    WHERE topic = p.topic AND kafka_partition = p.kafka_partition AND recorded_at < $2
    ORDER BY next_offset DESC LIMIT 1
) AS last
WHERE p.topic = $1 AND first.recorded_at < $2
"""
_CLOSED: Final = "SELECT kafka_partition, next_offset FROM closed_positions"
_OPEN: Final = """
INSERT INTO retention_purges (horizon, totals_horizon, watermark, started_by)
VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING horizon
"""


class Due(Enum):
    """Whether the horizon can move."""

    NOW = "now"
    OFF = "off: everything is kept"
    ALREADY = "already moved this month"
    TOO_YOUNG = "nothing was recorded so long ago"
    DAYS_OPEN = "the balances of past days are not kept so far yet; tried again by itself"


class Plan(NamedTuple):
    """A horizon that could be moved to, and whether it can be now."""

    due: Due
    horizon: date | None = None
    totals_horizon: date | None = None
    watermark: Watermark | None = None


async def plan_purge(connection: Connection, terms: Terms, today: date) -> Plan:
    """Tell where the horizon would move today, and whether it can."""
    horizon = terms.horizon_on(today)
    if horizon is None:
        return Plan(Due.OFF)
    latest: date | None = await connection.fetchval(_LATEST)
    if latest is not None and latest >= horizon:
        return Plan(Due.ALREADY, horizon)
    began = datetime.combine(horizon, time(), UTC)
    rows = await connection.fetch(_RECORDED_BEFORE, PAYMENT_EVENTS.name, began)
    if not rows:
        return Plan(Due.TOO_YOUNG, horizon)
    recorded = Watermark({row["kafka_partition"]: row["next_offset"] for row in rows})
    closed = Watermark(
        {row["kafka_partition"]: row["next_offset"] for row in await connection.fetch(_CLOSED)}
    )
    # Days are closed record by record: a story closed in part and then removed would leave a part.
    due = Due.NOW if closed.covers(recorded) else Due.DAYS_OPEN
    return Plan(due, horizon, terms.totals_horizon_on(today), recorded)


async def move_horizon(connection: Connection, terms: Terms, today: date, *, by: str) -> Plan:
    """Move the horizon if it is due, with an audit record; then no answer reaches behind it.

    Args:
        connection: outside a transaction.
        terms: how long reports are kept.
        today: the day it is.
        by: who does it.
    """
    async with connection.transaction():
        plan = await plan_purge(connection, terms, today)
        if plan.due is Due.NOW:
            opened = await connection.fetchval(
                _OPEN, plan.horizon, plan.totals_horizon, str(plan.watermark), by
            )
            if opened is None:
                return Plan(Due.ALREADY, plan.horizon)
            details: dict[str, str | int | list[str]] = {"watermark": str(plan.watermark)}
            record = retention_record("retention.moved", plan.horizon, by, details)
            await audit_trail.record(connection, record)
    return plan
