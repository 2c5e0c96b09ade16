"""Audit records go to the outbox in the transaction of what they tell of: both or neither."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from careledger import clock, ids
from careledger.events.audit import AuditAction, AuditOutcome, AuditRecord
from careledger.events.topics import Service

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


def command_record(
    service: Service,
    action: AuditAction,
    resource: str,
    *,
    by: str | None = None,
    outcome: AuditOutcome = "success",
    clinic_ids: tuple[str, ...] = (),
    details: Mapping[str, str | int | list[str]] | None = None,
) -> AuditRecord:
    """Return the record of something done by command, as of now.

    Args:
        service: whose command it is.
        action: what was done.
        resource: to what.
        by: who typed it; None for whoever types now.
        outcome: how it ended.
        clinic_ids: the clinics concerned.
        details: parameters that matter, never personal data.
    """
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=clock.now(),
        service=service,
        action=action,
        outcome=outcome,
        actor_kind="user",
        actor=operator() if by is None else by,
        resource=resource,
        clinic_ids=clinic_ids,
        details=None if details is None else dict(details),
    )


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
