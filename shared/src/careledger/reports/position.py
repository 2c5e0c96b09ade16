"""How far the reports are: watermark, freshness, the last proof, and how far back they reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.answers import Reconciliation
from careledger.reports.horizon import Horizon
from careledger.reports.watermark import Watermark, parse_watermark


@dataclass(frozen=True, slots=True)
class Position:
    """How far the reports are: the watermark, and the instant up to which they are complete."""

    watermark: Watermark
    data_through: datetime | None
    run_overdue: bool = False
    """A source's last good run is longer ago than its schedule allows."""
    reconciliation: Reconciliation | None = None
    """The last comparison with a source that differs, else the last one."""
    horizon: Horizon | None = None
    """How far back answers reach; None is everything."""


_POSITIONS: Final = """
SELECT kafka_partition, next_offset, nullif(data_through, '-infinity') AS data_through,
    NULL::boolean AS run_overdue, NULL::text AS source, NULL::text AS reconciliation_id,
    NULL::timestamptz AS ended_at, NULL::text AS watermark, NULL::boolean AS matches,
    NULL::date AS horizon, NULL::date AS totals_horizon, NULL::text AS horizon_watermark
FROM positions
WHERE topic = $1
UNION ALL
SELECT -1, 0, NULL, (SELECT bool_or(expected_by < now()) FROM extraction_sources),
    last.source, last.reconciliation_id, last.ended_at, last.watermark, last.matches,
    kept.horizon, kept.totals_horizon, kept.watermark
FROM (SELECT) AS one
LEFT JOIN (
    SELECT source, reconciliation_id, ended_at, watermark, matches
    FROM reconciled_sources ORDER BY matches, ended_at DESC LIMIT 1
) AS last ON true
LEFT JOIN (
    SELECT horizon, totals_horizon, watermark
    FROM retention_purges ORDER BY horizon DESC LIMIT 1
) AS kept ON true
"""


async def read_position(connection: Connection) -> Position:
    """Read the current watermark of the reports in the caller's snapshot.

    It is complete through the earliest instant of its partitions; through none at all while one
    of them was never looked at.
    """
    *rows, sources = await connection.fetch(_POSITIONS, PAYMENT_EVENTS.name)
    looked = [row["data_through"] for row in rows]
    return Position(
        Watermark({row["kafka_partition"]: row["next_offset"] for row in rows}),
        min(looked) if looked and None not in looked else None,
        run_overdue=bool(sources["run_overdue"]),
        reconciliation=_reconciliation(sources),
        horizon=_horizon(sources),
    )


def _reconciliation(row: Any) -> Reconciliation | None:  # noqa: ANN401 - a record of asyncpg
    if row["reconciliation_id"] is None:
        return None
    return Reconciliation(
        source=row["source"],
        reconciliation_id=row["reconciliation_id"],
        ended_at=row["ended_at"],
        watermark=row["watermark"],
        matches=row["matches"],
    )


def _horizon(row: Any) -> Horizon | None:  # noqa: ANN401 - a record of asyncpg
    if row["horizon"] is None:
        return None
    known = parse_watermark(row["horizon_watermark"])
    return Horizon(row["horizon"], known, row["totals_horizon"])
