"""Reads one patient's ledger entries in the one order of the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from careledger.postgres import Connection
from careledger.reports.snapshot import Snapshot
from careledger.reports.statements import statement

_ENTRIES: Final = statement("history/entries")

_IS_KNOWN: Final = """
SELECT EXISTS (SELECT FROM ledger WHERE clinic_no = ANY($1::integer[]) AND patient_id = $2)
"""


class Entry(NamedTuple):
    """One ledger row, its columns as the ledger has them."""

    clinic_no: int
    business_date: date
    occurred_at: datetime
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
    received_at: datetime | None
    installments: str | None

    @property
    def key(self) -> EntryKey:
        """The entry's place in the order of the ledger."""
        return (self.business_date, self.occurred_at, self.source, self.event_id, self.leg)


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
