"""Forgets what has served its time: answers to idempotency keys, old sign-ins, old addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from careledger.postgres import Connection
from report_api.idempotency import KEPT_HOURS

SESSIONS_KEPT: Final = timedelta(days=30)
"""After its end a sign-in can still be told from one that never was; the audit log keeps it."""
ADDRESSES_KEPT: Final = timedelta(days=90)
"""After its last try to sign in, an address of a user or a stranger is known for so long."""
_AT_ONCE: Final = 5_000

_KEYS: Final = """
DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE recorded_at < $1 LIMIT $2
))
"""
_SESSIONS: Final = """
DELETE FROM sessions WHERE session_id = ANY (ARRAY(
    SELECT session_id FROM sessions WHERE least(ended_at, expires_at) < $1 LIMIT $2
))
"""
_ADDRESSES: Final = """
DELETE FROM sign_in_addresses WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM sign_in_addresses WHERE tried_at < $1 LIMIT $2
))
"""


async def forget(connection: Connection, *, now: datetime) -> int:
    """Delete what is past its time, a part at a time; returns how many rows.

    Args:
        connection: not in a transaction, so that each part commits.
        now: the present.
    """
    due = (
        (_KEYS, now - timedelta(hours=KEPT_HOURS)),
        (_SESSIONS, now - SESSIONS_KEPT),
        (_ADDRESSES, now - ADDRESSES_KEPT),
    )
    gone = 0
    for statement, before in due:
        part = _AT_ONCE
        while part == _AT_ONCE:
            done = await connection.execute(statement, before, _AT_ONCE)
            part = int(done.rpartition(" ")[2])
            gone += part
    return gone
