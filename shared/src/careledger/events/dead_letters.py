"""A dead letter: why a record was refused and where it lies; never its payload."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from careledger.events.rejection import RejectionReason


class DeadLetter(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One refused record. `fields` holds allow-listed values only (ids, type, amounts, dates)."""

    topic: str
    partition: int
    offset: int
    recorded_at: datetime
    reason: RejectionReason
    problem: str
    digest: str
    """SHA-256 of the record's value, in hexadecimal."""
    source: str | None = None
    event_id: str | None = None
    event_type: str | None = None
    fields: dict[str, str | int] = {}
