"""The log the oracle reads, and its verdict on each record: accepted, duplicate or conflict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from careledger.events.payments import FACT_ID_FIELDS, PaymentEvent

Verdict = Literal["accepted", "duplicate", "conflict"]


@dataclass(frozen=True, kw_only=True)
class LogRecord:
    """One event as it lies in the log, in the order in which it was recorded."""

    partition: int
    offset: int
    source: str
    id: str
    type: str
    time: datetime
    event: PaymentEvent
    appended_at: datetime

    @property
    def content(self) -> tuple[str, datetime, PaymentEvent]:
        """What a second telling must repeat: type, instant and stored fields, no index tokens."""
        return (self.type, self.time, msgspec.structs.replace(self.event, name_tokens=None))

    @property
    def fact_key(self) -> tuple[str, str, str] | None:
        """Clinic, type and id of the fact that may be told once; None if it may be told often."""
        field = FACT_ID_FIELDS.get(self.type)
        if field is None:
            return None
        return (self.event.clinic_id, self.type, getattr(self.event, field))


def verdicts(log: Sequence[LogRecord]) -> list[Verdict]:
    """Judge every record against the accepted ones before it.

    Only an accepted record holds an identity: duplicates and conflicts leave no trace.
    """
    event_told: dict[tuple[str, str], LogRecord] = {}
    fact_told: dict[tuple[str, str, str], LogRecord] = {}
    judged: list[Verdict] = []
    for record in log:
        first = event_told.get((record.source, record.id))
        if first is None and record.fact_key is not None:
            first = fact_told.get(record.fact_key)
        if first is not None:
            judged.append("duplicate" if first.content == record.content else "conflict")
            continue
        event_told[record.source, record.id] = record
        if record.fact_key is not None:
            fact_told[record.fact_key] = record
        judged.append("accepted")
    return judged
