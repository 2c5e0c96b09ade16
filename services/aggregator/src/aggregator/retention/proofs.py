"""Removes proofs of runs that are gone, past their term; the last of each source stays."""

from __future__ import annotations

from typing import Final

from aggregator.retention.records import retention_record
from careledger import audit_trail
from careledger.postgres import Connection

# ingest removes the runs; a proof without its run would be made anew if the run were still there.
_REMOVE: Final = """
WITH gone AS (
    DELETE FROM reconciliations AS proof
    WHERE ended_at < date_trunc('month', now(), 'UTC') - make_interval(months => $1)
        AND NOT EXISTS (SELECT FROM etl_process_status WHERE run_id = proof.run_id)
        AND NOT EXISTS (
            SELECT FROM reconciled_sources WHERE reconciliation_id = proof.reconciliation_id)
    RETURNING 1
)
SELECT count(*) FROM gone
"""


async def remove_past_proofs(connection: Connection, months: int, *, by: str) -> int:
    """Remove the proofs of removed runs that are older than the first of the month months ago.

    Args:
        connection: outside a transaction.
        months: whole months; 0 keeps every proof.
        by: who does it.
    """
    if months == 0:
        return 0
    async with connection.transaction():
        removed: int = await connection.fetchval(_REMOVE, months)
        if removed:
            record = retention_record("retention.purged", None, by, {"reconciliations": removed})
            await audit_trail.record(connection, record)
    return removed
