"""The sealed audit log: records from `audit-events` in a gapless sequence, each hash over the last.

One sealer at a time: whoever holds the lock appends, over the bytes as they came from the topic.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date
from typing import Final

from careledger.audit_chain.links import (
    BEGINNING,
    COLUMNS,
    Anchor,
    SealedRecord,
    chain,
    read_record,
)
from careledger.postgres import Connection

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('audit_log'))"
_HEAD: Final = "SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1"
_KNOWN: Final = "SELECT record_id FROM audit_log WHERE record_id = ANY($1::text[])"
_MAKE_RANGE: Final = "SELECT make_audit_range($1)"
_COUNT: Final = """
INSERT INTO audit_activity (
    clinic_id, day, actor_kind, actor, action, outcome, acts, patients
)
SELECT * FROM unnest(
    $1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
    $8::bigint[]
)
ORDER BY 1, 2, 3, 4, 5, 6
ON CONFLICT (clinic_id, day, actor_kind, actor, action, outcome) DO UPDATE
    SET acts = audit_activity.acts + excluded.acts,
        patients = audit_activity.patients + excluded.patients
"""

_Key = tuple[str, date, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record of the log, ready to be appended."""

    sequence: int
    record: SealedRecord
    content: bytes
    hash: bytes


def seal(contents: list[bytes], known: frozenset[str], head: Anchor) -> list[Sealed]:
    """Number and hash records that the log does not hold yet, in order.

    Args:
        contents: records as they came from the topic.
        known: record ids already in the log; a repeat among `contents` is dropped too.
        head: where the log ends.

    Raises:
        msgspec.DecodeError: if a content is no audit record.
    """
    seen = set(known)
    sealed: list[Sealed] = []
    for content in contents:
        record = read_record(content)
        if record.id in seen:
            continue
        seen.add(record.id)
        head = Anchor(head.sequence + 1, chain(head.hash, content))
        sealed.append(Sealed(head.sequence, record, content, head.hash))
    return sealed


async def append(connection: Connection, contents: list[bytes]) -> int:
    """Append records to the log in the caller's transaction; return how many were new."""
    await connection.execute(_LOCK)
    record_ids = [read_record(content).id for content in contents]
    known = frozenset(row["record_id"] for row in await connection.fetch(_KNOWN, record_ids))
    sealed = seal(contents, known, await head_of(connection))
    if not sealed:
        return 0
    for sequence in {sealed[0].sequence, sealed[-1].sequence}:
        await connection.execute(_MAKE_RANGE, sequence)
    await connection.copy_records_to_table(
        "audit_log",
        columns=["sequence", *COLUMNS, "record", "hash"],
        records=[(one.sequence, *one.record.columns, one.content, one.hash) for one in sealed],
    )
    await _count(connection, sealed)
    return len(sealed)


async def head_of(connection: Connection) -> Anchor:
    """Read where the log ends."""
    row = await connection.fetchrow(_HEAD)
    return BEGINNING if row is None else Anchor(row["sequence"], row["hash"])


async def _count(connection: Connection, sealed: list[Sealed]) -> None:
    acts: Counter[_Key] = Counter()
    patients: Counter[_Key] = Counter()
    for one in sealed:
        record = one.record
        day = record.occurred_at.astimezone(UTC).date()
        for clinic_id in ("", *record.clinic_ids):
            key = (
                clinic_id,
                day,
                record.actor_kind,
                record.actor,
                record.action,
                record.outcome,
            )
            acts[key] += record.count
            patients[key] += len(record.patient_ids)
    columns = zip(*((*key, count, patients[key]) for key, count in acts.items()), strict=True)
    await connection.execute(_COUNT, *(list(column) for column in columns))
