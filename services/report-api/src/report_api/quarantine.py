"""Refused records as they are shown, and what was decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from careledger.postgres import Connection

Status = Literal["open", "replayed", "dismissed"]
Dismissal = Literal["mended_at_source", "not_needed", "duplicate"]

_COLUMNS: Final = """
SELECT q.quarantine_id, q.topic, q.kafka_partition, q.kafka_offset, q.recorded_at, q.reason,
    q.problem, q.digest, q.source, q.event_id, q.event_type, q.fields,
    coalesce(d.decision, 'open') AS status, d.decided_by, d.decided_at,
    d.reason AS dismissed_as, d.became
FROM quarantine AS q
LEFT JOIN quarantine_decisions AS d USING (quarantine_id)
"""
_LIST: Final = (
    _COLUMNS
    + """
WHERE ($1::bigint IS NULL OR q.quarantine_id < $1) AND ($2::text IS NULL OR q.source = $2)
    AND ($3::text IS NULL OR q.reason = $3)
    AND ($4::text IS NULL OR coalesce(d.decision, 'open') = $4)
    AND ($5::text[] IS NULL OR q.fields ->> 'clinic_id' = ANY($5))
ORDER BY q.quarantine_id DESC LIMIT $6
"""
)
_ONE: Final = (
    _COLUMNS
    + "WHERE q.quarantine_id = $1 AND ($2::text[] IS NULL OR q.fields ->> 'clinic_id' = ANY($2))"
)
_DECIDE: Final = """
INSERT INTO quarantine_decisions (
    quarantine_id, decision, decided_by, corrections, reason, became
) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (quarantine_id) DO NOTHING RETURNING quarantine_id
"""


class QuarantinedRecord(BaseModel):
    """A record that was refused; what is kept of it are ids, amounts and dates."""

    model_config = ConfigDict(extra="forbid")

    quarantine_id: int
    topic: str = Field(description="Where it lies in Kafka, or the source whose row it is.")
    kafka_partition: int
    kafka_offset: int
    recorded_at: datetime
    reason: str
    problem: str
    digest: str
    source: str | None
    event_id: str | None
    event_type: str | None
    fields: dict[str, str | int]
    status: Status
    decided_by: str | None
    decided_at: datetime | None
    dismissed_as: str | None
    became: str | None = Field(description="Where the replayed event lies: partition:offset.")


class Filters(BaseModel):
    """Which records."""

    before: int | None = None
    source: str | None = None
    reason: str | None = None
    status: Status | None = None
    limit: int = 50


class Decision(BaseModel):
    """What was decided about a record."""

    kind: Literal["replayed", "dismissed"]
    by: str
    corrections: dict[str, str | int] = {}
    reason: Dismissal | None = None
    became: str | None = None


async def list_records(
    connection: Connection, filters: Filters, clinic_ids: list[str] | None, *, patients: bool
) -> list[QuarantinedRecord]:
    """Return refused records, the latest first.

    Args:
        connection: in the transaction of the answer.
        filters: which.
        clinic_ids: only those that name one of these clinics; None for all.
        patients: whether patient ids are shown.
    """
    rows = await connection.fetch(
        _LIST,
        filters.before,
        filters.source,
        filters.reason,
        filters.status,
        clinic_ids,
        filters.limit,
    )
    return [_record(row, patients=patients) for row in rows]


async def find_record(
    connection: Connection, quarantine_id: int, clinic_ids: list[str] | None, *, patients: bool
) -> QuarantinedRecord | None:
    """Return a refused record, or None."""
    row = await connection.fetchrow(_ONE, quarantine_id, clinic_ids)
    return None if row is None else _record(row, patients=patients)


async def decide(connection: Connection, quarantine_id: int, decision: Decision) -> bool:
    """Keep a decision; return False if there is one already."""
    kept = await connection.fetchval(
        _DECIDE,
        quarantine_id,
        decision.kind,
        decision.by,
        msgspec.json.encode(decision.corrections).decode(),
        decision.reason,
        decision.became,
    )
    return kept is not None


def _record(row: Any, *, patients: bool) -> QuarantinedRecord:  # noqa: ANN401 - a record of asyncpg
    fields = msgspec.json.decode(row["fields"], type=dict[str, str | int])
    if not patients:
        fields.pop("patient_id", None)
    return QuarantinedRecord.model_validate({**row, "fields": fields})
