"""What was refused: the reason, the position and allow-listed fields; never the payload."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Final

import msgspec

from aggregator.judging import Refused
from careledger.events.dead_letters import DeadLetter
from careledger.postgres import Connection

_KEPT: Final = (
    "clinic_id",
    "patient_id",
    "invoice_id",
    "payment_id",
    "adjustment_id",
    "write_off_id",
    "allocation_id",
    "refund_id",
    "dispute_id",
    "correction_id",
    "amount",
    "currency",
    "reason",
    "business_date",
    "issued_on",
    "effective_on",
)

_INSERT: Final = """
INSERT INTO quarantine (
    topic, kafka_partition, kafka_offset, reason, problem, digest, source, event_id, event_type,
    fields
)
SELECT $1, * FROM unnest(
    $2::smallint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::jsonb[]
)
ON CONFLICT (topic, kafka_partition, kafka_offset) DO NOTHING
"""

_KEEP: Final = """
INSERT INTO quarantine (
    topic, kafka_partition, kafka_offset, reason, problem, digest, source, event_id, event_type,
    fields, recorded_at, dead_lettered
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true)
ON CONFLICT (topic, kafka_partition, kafka_offset) DO NOTHING
"""

# Reasons that are about the very values a patient could be known by.
_UNTRUSTED: Final = frozenset(
    {"patient_id_is_personal", "identifier_invalid", "envelope_invalid", "key_mismatch"}
)


async def store(connection: Connection, topic: str, refused: list[Refused]) -> None:
    """Put refused records into quarantine, in the transaction that moves the offset past them."""
    rows = [_row(item) for item in refused]
    await connection.execute(_INSERT, topic, *[list(column) for column in zip(*rows, strict=True)])


async def keep(connection: Connection, letters: list[DeadLetter]) -> None:
    """Put ingest's dead letters into quarantine; they are on their dead-letter topic already."""
    await connection.executemany(
        _KEEP,
        [
            (
                one.topic,
                one.partition,
                one.offset,
                one.reason,
                one.problem,
                one.digest,
                one.source,
                one.event_id,
                one.event_type,
                msgspec.json.encode(one.fields).decode(),
                one.recorded_at,
            )
            for one in letters
        ],
    )


def _row(item: Refused) -> tuple[int, int, str, str, str, str | None, str | None, str | None, str]:
    trusted = item.error.reason not in _UNTRUSTED
    envelope = item.envelope if trusted else None
    return (
        item.record.partition,
        item.record.offset,
        item.error.reason,
        item.error.problem,
        sha256(item.record.value or b"").hexdigest(),
        envelope.source if envelope else None,
        envelope.id if envelope else None,
        envelope.type if envelope else None,
        msgspec.json.encode(_fields(item) if trusted else {}).decode(),
    )


def _fields(item: Refused) -> dict[str, str | int]:
    kept: dict[str, str | int] = {}
    for name in _KEPT:
        value = getattr(item.event, name, None)
        if value is not None:
            kept[name] = value.isoformat() if isinstance(value, date) else value
    return kept
