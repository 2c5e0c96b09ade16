"""Reads one patient's ledger entries in the one order of the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_ENTRIES: Final = statement("history/entries")

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


async def read_entries(
    connection: Connection, snapshot: Snapshot, patient_id: str
) -> list[Entry] | None:
    """Return a patient's entries; None if the clinics know no such patient at all."""
    parameters = {**snapshot.parameters, "patient_id": patient_id}
    rows = await _ENTRIES.fetch(connection, parameters)
    if rows or await connection.fetchval(_IS_KNOWN, snapshot.clinic_nos, patient_id):
        return [Entry._make(row) for row in rows]
    return None
