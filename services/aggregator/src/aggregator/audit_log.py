"""The sealed audit log: records from `audit-events` in a gapless sequence, each hash over the last.

One sealer at a time: whoever holds the lock appends. The hash of record n is
SHA-256(0x00 || hash of n-1 || bytes of n), over the bytes as they came from the topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from careledger.events.audit import AuditRecord
from careledger.postgres import Connection

GENESIS: Final = bytes(32)
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('audit_log'))"
_HEAD: Final = "SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1"
_KNOWN: Final = "SELECT record_id FROM audit_log WHERE record_id = ANY($1::text[])"
_COLUMNS: Final = (
    "sequence",
    "record_id",
    "occurred_at",
    "service",
    "action",
    "outcome",
    "actor",
    "resource",
    "record",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record of the log, ready to be appended."""

    sequence: int
    record: AuditRecord
    content: bytes
    hash: bytes


def chain(previous: bytes, content: bytes) -> bytes:
    """Return the hash of a record, given the hash before it and its bytes."""
    return sha256(b"\x00" + previous + content).digest()


def seal(contents: list[bytes], known: frozenset[str], sequence: int, head: bytes) -> list[Sealed]:
    """Number and hash records that the log does not hold yet, in order.

    Args:
        contents: records as they came from the topic.
        known: record ids already in the log; a repeat among `contents` is dropped too.
        sequence: the last sequence number in the log, 0 if it is empty.
        head: the hash of that record, 32 zero bytes if the log is empty.

    Raises:
        msgspec.DecodeError: if a content is no audit record.
    """
    seen = set(known)
    sealed: list[Sealed] = []
    for content in contents:
        record = msgspec.json.decode(content, type=AuditRecord)
        if record.id in seen:
            continue
        seen.add(record.id)
        sequence += 1
        head = chain(head, content)
        sealed.append(Sealed(sequence, record, content, head))
    return sealed


async def append(connection: Connection, contents: list[bytes]) -> int:
    """Append records to the log in the caller's transaction; return how many were new."""
    await connection.execute(_LOCK)
    head = await connection.fetchrow(_HEAD)
    record_ids = [msgspec.json.decode(content, type=AuditRecord).id for content in contents]
    known = frozenset(row["record_id"] for row in await connection.fetch(_KNOWN, record_ids))
    sealed = seal(
        contents,
        known,
        0 if head is None else head["sequence"],
        GENESIS if head is None else head["hash"],
    )
    await connection.copy_records_to_table(
        "audit_log",
        columns=list(_COLUMNS),
        records=[
            (
                one.sequence,
                one.record.id,
                one.record.occurred_at,
                one.record.service,
                one.record.action,
                one.record.outcome,
                one.record.actor,
                one.record.resource,
                one.content,
                one.hash,
            )
            for one in sealed
        ],
    )
    return len(sealed)
