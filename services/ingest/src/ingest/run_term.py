"""Removes runs past their term with their control totals, but none that a later run builds on."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from careledger import clock, ids
from careledger.errors import UnavailableError
from careledger.events.audit import AuditRecord
from careledger.postgres import Pool
from ingest.auditing import SERVICE, AuditTrail
from ingest.runs import OUTAGES

_LOOK_SECONDS: Final = 6 * 3600.0
# The last good run of a source stays, and all after it: they say how fresh the source is. So does
# the first one that kept something for all that follow.
_REMOVE: Final = """
WITH past AS (
    DELETE FROM etl_process_status AS run
    WHERE status IN ('completed', 'failed', 'stopped')
        AND coalesce(ended_at, queued_at)
            < date_trunc('month', now(), 'UTC') - make_interval(months => $1)
        AND EXISTS (
            SELECT FROM etl_process_status AS later
            WHERE later.source = run.source AND later.run_id > run.run_id
                AND later.status = 'completed')
        AND (checkpoint IS NULL OR EXISTS (
            SELECT FROM etl_process_status AS first
            WHERE first.source = run.source AND first.mode = run.mode
                AND first.checkpoint IS NOT NULL AND first.queued_at < run.queued_at))
    RETURNING run_id
), totals AS (
    DELETE FROM extraction_totals WHERE run_id IN (SELECT run_id FROM past)
)
SELECT count(*) FROM past
"""
_log = structlog.get_logger(__name__)


async def remove_past_runs(pool: Pool, audit: AuditTrail, months: int) -> int:
    """Remove the runs that ended before the first of the month so many months ago.

    Args:
        pool: of ingest.
        audit: takes the record of it, before anything is gone for good.
        months: whole months; 0 keeps every run.

    Returns:
        How many runs were removed.

    Raises:
        UnavailableError: if Kafka does not take the record; then nothing is removed.
    """
    if months == 0:
        return 0
    async with pool.acquire() as connection, connection.transaction():
        removed: int = await connection.fetchval(_REMOVE, months)
        if removed:
            await audit.write(_record(removed, months))
    return removed


async def remove_for_ever(pool: Pool, audit: AuditTrail, months: int) -> None:
    """Remove what is past its term again and again, until canceled."""
    while True:
        try:
            removed = await remove_past_runs(pool, audit, months)
        except (UnavailableError, *OUTAGES) as error:
            _log.warning("runs_not_removed", error=type(error).__name__)
        else:
            if removed:
                _log.info("runs_removed", runs=removed)
        await asyncio.sleep(_LOOK_SECONDS)


def _record(removed: int, months: int) -> AuditRecord:
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=clock.now(),
        service=SERVICE,
        action="retention.purged",
        outcome="success",
        actor_kind="service",
        actor="schedule",
        resource="etl_process_status",
        details={"runs": removed, "months": months},
    )
