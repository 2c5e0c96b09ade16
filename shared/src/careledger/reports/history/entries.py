"""Reads one patient's ledger entries in the one order of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import compose, fragment

_ENTRIES: Final = fragment("history/entries")
_WHOLE: Final = compose(fragment("history/whole"), _ENTRIES)
_BEHIND: Final = compose(fragment("history/behind"), _ENTRIES)
_RELATED: Final = compose(fragment("history/related"), _ENTRIES)

# PostgreSQL sends an instant as microseconds since then.
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)

_IS_KNOWN: Final = """
SELECT EXISTS (SELECT FROM ledger WHERE clinic_no = ANY($1::integer[]) AND patient_id = $2)
"""


class Entry(NamedTuple):
    """One ledger row, its columns as the ledger has them.

    Instants are as PostgreSQL sends them: to read them all would take as long as all the rest.
    """

    clinic_no: int
    business_date: date
    occurred_sent: bytes
    source: str
    event_id: str
    leg: int
    kind: str
    amount: int | None
    currency: str | None
    payment_id: str | None
    invoice_id: str | None
    fact_id: str | None
    method: str | None
    payer_type: str | None
    provider: str | None
    category: str | None
    reason: str | None
    service_date: date | None
    due_on: date | None
    received_sent: bytes | None
    installments: str | None

    @property
    def occurred_at(self) -> datetime:
        """The instant it happened at, UTC."""
        return _instant(self.occurred_sent)

    @property
    def received_at(self) -> datetime | None:
        """The instant its money was received at, UTC."""
        return None if self.received_sent is None else _instant(self.received_sent)

    @property
    def key(self) -> EntryKey:
        """The entry's place in the order of the ledger."""
        return (self.business_date, self.occurred_at, self.source, self.event_id, self.leg)


def _instant(sent: bytes) -> datetime:
    return _EPOCH + timedelta(microseconds=int.from_bytes(sent, "big", signed=True))


EntryKey = tuple[date, datetime, str, str, int]

START: Final[EntryKey] = (date.min, datetime(1, 1, 1, tzinfo=UTC), "", "", 0)
"""Every entry lies behind it."""
END: Final[EntryKey] = (date.max, datetime(9999, 1, 1, tzinfo=UTC), "", "", 0)
"""Every entry lies before it."""


async def read_entries(
    connection: Connection, snapshot: Snapshot, patient_id: str, *, rows: int | None = None
) -> list[Entry]:
    """Return all entries of a patient in order; or, of more than so many rows, any of them.

    Args:
        connection: inside the caller's transaction.
        snapshot: the set.
        patient_id: the patient, known or not.
        rows: how many at most; None is all.
    """
    parameters = {**snapshot.parameters, "patient_id": patient_id, "rows": rows}
    return [Entry._make(row) for row in await _WHOLE.fetch(connection, parameters)]


async def read_behind(
    connection: Connection, snapshot: Snapshot, patient_id: str, after: EntryKey, *, rows: int
) -> list[Entry]:
    """Return the first entries of a patient that lie behind a place, in order.

    Args:
        connection: inside the caller's transaction.
        snapshot: the set.
        patient_id: the patient.
        after: the place.
        rows: how many at most.
    """
    parameters = {
        **snapshot.parameters,
        **key_parameters("after", after),
        "patient_id": patient_id,
        "rows": rows,
    }
    return [Entry._make(row) for row in await _BEHIND.fetch(connection, parameters)]


async def read_related(
    connection: Connection, snapshot: Snapshot, patient_id: str, told: Sequence[Entry]
) -> list[Entry]:
    """Return all that bears on some entries, these among them, in order.

    Args:
        connection: inside the caller's transaction.
        snapshot: the set.
        patient_id: whose entries they are.
        told: entries that follow one another, at least one. Their events are returned whole.
    """
    parameters = {
        **snapshot.parameters,
        **key_parameters("first", told[0].key),
        **key_parameters("last", told[-1].key),
        "patient_id": patient_id,
        "payment_ids": list({one.payment_id for one in told if one.payment_id is not None}),
        "invoice_ids": list({one.invoice_id for one in told if one.invoice_id is not None}),
    }
    return [Entry._make(row) for row in await _RELATED.fetch(connection, parameters)]


async def is_known(connection: Connection, snapshot: Snapshot, patient_id: str) -> bool:
    """Tell whether the clinics know a patient at all, in the set or not."""
    known: bool = await connection.fetchval(_IS_KNOWN, snapshot.clinic_nos, patient_id)
    return known


def key_parameters(name: str, key: EntryKey) -> dict[str, object]:
    """Return an entry's place as parameters of a statement."""
    parts = ("date", "instant", "source", "event", "leg")
    return {f"{name}_{part}": value for part, value in zip(parts, key, strict=True)}
