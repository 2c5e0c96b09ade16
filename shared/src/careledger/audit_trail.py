"""Audit records go to the outbox in the transaction of what they tell of: both or neither."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Final

import msgspec

from careledger.events.audit import AuditRecord

if TYPE_CHECKING:
    from careledger.postgres import Connection

_ENCODER: Final = msgspec.json.Encoder()
_INSERT: Final = "INSERT INTO reporting.audit_outbox (record_id, record) VALUES ($1, $2)"


def operator() -> str:
    """Return who types a command, as the actor of its records: the user of the operating system."""
    try:
        return f"os:{getpass.getuser()}"
    except (KeyError, OSError):
        return "os:unknown"


def encode(record: AuditRecord) -> bytes:
    """Return the canonical bytes of a record: what the outbox, the topic and the log carry."""
    return _ENCODER.encode(record)


async def record(connection: Connection, *records: AuditRecord) -> None:
    """Put audit records into the outbox within the caller's transaction.

    Args:
        connection: a connection on which the caller has begun a transaction.
        records: what to record.

    Raises:
        asyncpg.PostgresError: if the outbox refuses; the caller must then not commit, nor answer.
    """
    if len(records) == 1:
        await connection.execute(_INSERT, records[0].id, encode(records[0]))
        return
    await connection.executemany(_INSERT, [(one.id, encode(one)) for one in records])
