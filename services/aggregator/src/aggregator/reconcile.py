"""Compares what a run says its source adds up to with what the ledger holds of that source.

A run is compared once the ledger has passed its last records, cut at exactly those records, in a
transaction of its own. The proof is kept, whether it matches or not.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog
from msgspec import Struct, structs

from careledger import audit_trail, clock, ids
from careledger.alerts import Alerts
from careledger.events.audit import AuditRecord
from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection

DIFFERENCES_KEPT: Final = 100
"""So many are kept in full; all are counted."""

_SETTINGS: Final = """
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on;
SET LOCAL work_mem = '64MB';
"""
_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtext('reconcile'))"
_NEXT: Final = """
SELECT run_id, source, positions
FROM etl_process_status AS run
WHERE status = 'completed' AND positions IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reconciliations WHERE run_id = run.run_id)
    AND NOT EXISTS (
        SELECT 1
        FROM jsonb_each_text(positions) AS last (kafka_partition, kafka_offset)
        LEFT JOIN positions AS reached
            ON reached.topic = $1 AND reached.kafka_partition = last.kafka_partition::smallint
        WHERE coalesce(reached.next_offset, 0) <= last.kafka_offset::bigint
    )
ORDER BY run_id LIMIT 1
"""
_COMPARE: Final = (Path(__file__).parent / "reconcile.sql").read_text(encoding="utf-8")
_HORIZON: Final = "SELECT max(horizon) FROM retention_purges"
_KEEP: Final = """
INSERT INTO reconciliations (
    reconciliation_id, run_id, source, ended_at, watermark, matches, books, difference_count,
    differences
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_BEFORE: Final = (
    "SELECT coalesce(bool_and(matches), true) FROM reconciled_sources WHERE source = $1"
)
_SHOW: Final = """
INSERT INTO reconciled_sources (source, reconciliation_id, ended_at, watermark, matches)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (source) DO UPDATE SET reconciliation_id = excluded.reconciliation_id,
    ended_at = excluded.ended_at, watermark = excluded.watermark, matches = excluded.matches
"""

log = structlog.get_logger()


class Difference(Struct, frozen=True, kw_only=True):
    """A book, currency and day in which source and ledger are not the same."""

    book: str
    currency: str
    day: str
    source_count: int
    source_amount: int
    ledger_count: int
    ledger_amount: int


class Reconciliation(Struct, frozen=True, kw_only=True):
    """What came of comparing one run."""

    run_id: str
    source: str
    ended_at: datetime
    difference_count: int
    differences: list[Difference]
    matched_before: bool = True
    """Whether the source's last comparison found both the same."""

    @property
    def matches(self) -> bool:
        """Whether source and ledger are the same, to the last row and cent."""
        return self.difference_count == 0


async def reconcile_next(connection: Connection) -> Reconciliation | None:
    """Compare the first run that waits for it; return None if there is none, or another does it."""
    async with connection.transaction(isolation="repeatable_read"):
        if not await connection.fetchval(_TAKE_TURN):
            return None
        run: Any = await connection.fetchrow(_NEXT, PAYMENT_EVENTS.name)
        if run is None:
            return None
        await connection.execute(_SETTINGS)
        last = msgspec.json.decode(run["positions"], type=dict[int, int])
        vector = [last.get(partition, -1) + 1 for partition in range(max(last, default=-1) + 1)]
        horizon = await connection.fetchval(_HORIZON)
        rows: list[Any] = await connection.fetch(
            _COMPARE, run["run_id"], run["source"], vector, horizon
        )
        matched = await connection.fetchval(_BEFORE, run["source"])
        found = structs.replace(_reconciliation(run, rows), matched_before=matched)
        await _keep(connection, found, _books(rows), vector)
    if not found.matches:
        log.error("source_differs", run_id=found.run_id, differences=found.difference_count)
    return found


async def tell(alerts: Alerts, found: Reconciliation) -> None:
    """Alert when a source begins to differ from the reports, and when it agrees again."""
    if found.matches == found.matched_before:
        return
    if found.matches:
        await alerts.recovered(
            f"{found.source} and the reports agree again", f"Run {found.run_id} was compared."
        )
        return
    days = ", ".join(f"{one.book} {one.day}" for one in found.differences[:10])
    await alerts.raised(
        f"{found.source} and the reports differ",
        f"Run {found.run_id}: {found.difference_count} differences, among them {days}.\n"
        "See the run's reconciliation; a full run tells rows the reports never got.",
    )


def _reconciliation(run: Any, rows: list[Any]) -> Reconciliation:  # noqa: ANN401 - records of asyncpg
    differing = [row for row in rows if row["differs"]]
    return Reconciliation(
        run_id=run["run_id"],
        source=run["source"],
        ended_at=clock.now(),
        difference_count=len(differing),
        differences=[
            Difference(
                book=row["book"],
                currency=row["currency"],
                day=row["day"].isoformat(),
                source_count=row["source_count"],
                source_amount=int(row["source_amount"]),
                ledger_count=row["ledger_count"],
                ledger_amount=int(row["ledger_amount"]),
            )
            for row in differing[:DIFFERENCES_KEPT]
        ],
    )


def _books(rows: list[Any]) -> list[dict[str, str | int]]:
    """Add the days up: per book and currency, what the source has and what the ledger has."""
    books: dict[tuple[str, str], dict[str, str | int]] = {}
    for row in rows:
        key = row["book"], row["currency"]
        sums = books.setdefault(key, {"book": key[0], "currency": key[1]})
        for name in ("source_count", "source_amount", "ledger_count", "ledger_amount"):
            sums[name] = int(sums.get(name, 0)) + int(row[name])
    return list(books.values())


async def _keep(
    connection: Connection,
    found: Reconciliation,
    books: list[dict[str, str | int]],
    vector: list[int],
) -> None:
    reconciliation_id = ids.new_id()
    watermark = ",".join(f"{partition}:{offset}" for partition, offset in enumerate(vector))
    await connection.execute(
        _KEEP,
        reconciliation_id,
        found.run_id,
        found.source,
        found.ended_at,
        watermark,
        found.matches,
        msgspec.json.encode(books).decode(),
        found.difference_count,
        msgspec.json.encode(found.differences).decode(),
    )
    await connection.execute(
        _SHOW, found.source, reconciliation_id, found.ended_at, watermark, found.matches
    )
    await audit_trail.record(
        connection,
        AuditRecord(
            id=ids.new_id(),
            occurred_at=found.ended_at,
            service="aggregator",
            action="run.reconciled",
            outcome="success" if found.matches else "failure",
            actor_kind="service",
            actor="aggregator",
            resource=f"{found.source} run {found.run_id}",
            details={"reconciliation_id": reconciliation_id, "differences": found.difference_count},
        ),
    )
