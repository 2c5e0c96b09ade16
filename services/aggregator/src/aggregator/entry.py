"""An entry of the ledger before it is joined with its parents: one row of a batch.

A row is two tuples put together, where it stands and what it says, because one event may say two
things and this is built for every event that comes.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

Place = tuple[int, int, float, int, date, str, str, str]
"""Where an event stands: the values of `PLACE_COLUMNS`.

`occurred_at` is in seconds since 1970: as a double exact to the microsecond for every date that is
accepted, and written to PostgreSQL in a tenth of the time that a datetime takes.
"""

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


class Leg(NamedTuple):
    """What one entry says; amounts are signed as the ledger's, `received_at` in seconds."""

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
    received_at: float | None = None
    installments: str | None = None


Entry = tuple[Any, ...]
"""The values of `COLUMNS`: a place and a leg."""

COLUMNS: Final = (*PLACE_COLUMNS, *Leg._fields)
