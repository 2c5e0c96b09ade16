"""Cuts the audit log: what was signed before its term is removed, from the beginning on.

First a checkpoint says up to which record, signed and published outside the database; only then are
the records removed. So whoever verifies the log knows where it begins, and an unlawful beginning is
found like any other gap. Killed in between, the next turn goes on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from aggregator.retention.records import retention_record
from careledger import audit_trail
from careledger.audit_chain.checkpoints import Checkpoint, CheckpointError, TrustedKeys
from careledger.audit_chain.links import Anchor
from careledger.audit_chain.verification import beginning_of
from careledger.postgres import Connection

RECORDS_AT_ONCE: Final = 20_000
_STRETCH: Final = 50_000
"""One checkpoint moves the beginning by about so many records, which are verified first."""

_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtext('audit_cut'))"
_WITHIN_A_STRETCH: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints
WHERE sequence > $1 AND sequence <= $1 + $3 AND published_at < $2
ORDER BY sequence DESC LIMIT 1
"""
_NEXT: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints
WHERE sequence > $1 AND published_at < $2 ORDER BY sequence LIMIT 1
"""
_PUBLISHED: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints
WHERE published_at IS NOT NULL ORDER BY sequence DESC LIMIT 10
"""
_REMOVE: Final = "SELECT remove_audit_records($1, $2)"
# The one the log begins behind stays: it holds the hash that the rest is chained to.
_REMOVE_CHECKPOINTS: Final = """
WITH gone AS (
    DELETE FROM audit_checkpoints WHERE sequence IN (
        SELECT sequence FROM audit_checkpoints WHERE sequence < $1 ORDER BY sequence LIMIT $2)
    RETURNING 1
) SELECT count(*) FROM gone
"""
_REMOVE_ACTIVITY: Final = """
WITH gone AS (
    DELETE FROM audit_activity WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM audit_activity WHERE day < $1 LIMIT $2))
    RETURNING 1
) SELECT count(*) FROM gone
"""


class AuditRemoved(NamedTuple):
    """What one step removed."""

    records: int
    checkpoints: int
    activity: int


async def next_cut(
    connection: Connection, keys: TrustedKeys, beginning: Anchor, horizon: date
) -> Anchor | None:
    """Return a later beginning: a record that a checkpoint was signed of before a day.

    The caller holds what is in between against its hashes: only what verifies is cut.

    Args:
        connection: to the database.
        keys: whose checkpoints count.
        beginning: up to where the log is removed already.
        horizon: the first day whose records are kept.
    """
    instant = datetime.combine(horizon, time(), UTC)
    row = await connection.fetchrow(_WITHIN_A_STRETCH, beginning.sequence, instant, _STRETCH)
    if row is None:
        row = await connection.fetchrow(_NEXT, beginning.sequence, instant)
    if row is None:
        return None
    try:
        statement = keys.read(Checkpoint(row["statement"], row["key_id"], row["signature"]))
    except CheckpointError:
        return None
    if statement.sealed_at >= instant or statement.sequence <= beginning.sequence:
        return None
    return Anchor(statement.sequence, bytes.fromhex(statement.head))


async def remove_cut(
    connection: Connection,
    keys: TrustedKeys,
    horizon: date,
    *,
    by: str,
    at_once: int = RECORDS_AT_ONCE,
) -> AuditRemoved | None:
    """Remove some records up to where a published checkpoint says that the log begins.

    Args:
        connection: outside a transaction.
        keys: whose checkpoints count.
        horizon: the first day whose records are kept; activity before it goes as well.
        by: who does it.
        at_once: the most rows of a kind.

    Returns:
        What went, or None if nothing is left to remove, or another process takes its turn.
    """
    async with connection.transaction():
        if not await connection.fetchval(_TAKE_TURN):
            return None
        rows = await connection.fetch(_PUBLISHED)
        published = [Checkpoint(row["statement"], row["key_id"], row["signature"]) for row in rows]
        through = (await beginning_of(published, keys)).sequence
        removed = AuditRemoved(
            await connection.fetchval(_REMOVE, through, at_once) if through else 0,
            await connection.fetchval(_REMOVE_CHECKPOINTS, through, at_once),
            await connection.fetchval(_REMOVE_ACTIVITY, horizon, at_once),
        )
        if not any(removed):
            return None
        details = {"audit_log_through": through, **removed._asdict()}
        record = retention_record("retention.purged", horizon, by, {**details})
        await audit_trail.record(connection, record)
    return removed
