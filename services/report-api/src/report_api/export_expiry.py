"""Takes documents away when their time is over: first the file, then the state says so.

An export that has waited for so long without a worker is over, too, and is not rendered any more.

Whoever is interrupted between the two, or is one of several, does no harm: taking away what is not
there is no error, and the row is marked once.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from careledger import audit_trail, clock
from careledger.events.audit import AuditRecord
from careledger.ids import new_id
from careledger.postgres import Pool
from careledger.storage import DocumentStore
from report_api.settings import SERVICE

_AT_ONCE: Final = 100

# A worker at it may be about to publish: its export is taken at the next round.
_DUE: Final = """
SELECT export_id FROM export_states
WHERE expired_at IS NULL AND requested_at < $1 AND state <> 'rendering'
ORDER BY requested_at LIMIT $2
"""
# What waits no longer waits once it is marked, so nothing is published after that.
_MARK: Final = """
UPDATE exports SET expired_at = $2
WHERE export_id = ANY($1) AND expired_at IS NULL
    AND export_id NOT IN (
        SELECT export_id FROM export_states WHERE export_id = ANY($1) AND state = 'rendering'
    )
RETURNING export_id
"""


async def expire_exports(pool: Pool, store: DocumentStore, *, kept: timedelta) -> int:
    """Take away the documents of exports asked for longer ago than they are kept.

    Args:
        pool: of report-api.
        store: where the documents lie.
        kept: how long a document is kept.

    Returns:
        How many exports were marked; call again while it is not zero.

    Raises:
        StorageError: if a document cannot be taken away; its export stays as it is.
    """
    due = [row["export_id"] for row in await pool.fetch(_DUE, clock.now() - kept, _AT_ONCE)]
    for export_id in due:
        await asyncio.to_thread(store.remove, f"{export_id}.pdf")
    async with pool.acquire() as connection, connection.transaction():
        marked = await connection.fetch(_MARK, due, clock.now())
        if marked:
            await audit_trail.record(connection, _record([row["export_id"] for row in marked]))
    return len(marked)


def _record(export_ids: list[str]) -> AuditRecord:
    return AuditRecord(
        id=new_id(),
        occurred_at=clock.now(),
        service=SERVICE,
        action="export.expired",
        outcome="success",
        actor_kind="service",
        actor=SERVICE,
        resource="/api/v1/reports/exports",
        count=len(export_ids),
        details={"export_ids": export_ids},
    )
