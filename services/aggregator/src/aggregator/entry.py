"""An entry of the ledger before it is joined with its parents: one row of a batch.

A row is two tuples put together, where it stands and what it says, because one event may say two
things and this is built for every event that comes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from msgspec import Struct

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """Return an instant in microseconds since 1970: written in a tenth of a datetime's time."""
    return (instant - _EPOCH) // _MICROSECOND


Place = tuple[int, int, int, int, date, str, str, str]
"""Where an event stands: the values of `PLACE_COLUMNS`, `occurred_at` in microseconds."""

PLACE_COLUMNS: Final = (
    "kafka_partition",
    "kafka_offset",
    "occurred_at",
    "clinic_no",
    "business_date",
    "source",
    "event_id",
    "patient_id",
)


class Leg(Struct, frozen=True, gc=False):
    """What one entry says: amounts signed as the ledger's, `received_at` in microseconds."""

    kind: str
    leg: int = 1
    amount: int | None = None
    currency: str | None = None
    payment_id: str | None = None
    invoice_id: str | None = None
    fact_id: str | None = None
    method: str | None = None
    payer_type: str | None = None
    provider: str | None = None
    category: str | None = None
    reason: str | None = None
    service_date: date | None = None
    due_on: date | None = None
    received_at: int | None = None
    installments: str | None = None


Entry = tuple[Any, ...]
"""The values of `COLUMNS`: a place and a leg."""

COLUMNS: Final = (*PLACE_COLUMNS, *Leg.__struct_fields__)
