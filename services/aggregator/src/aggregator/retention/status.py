"""How far back reports reach, and how far the last purge is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from careledger.postgres import Connection

_LAST: Final = """
SELECT horizon, ended_at, after_patient, patients, entries, moves, invoices, payments, daily_totals
FROM retention_purges ORDER BY horizon DESC LIMIT 1
"""


class Progress(NamedTuple):
    """The purge of the latest horizon."""

    horizon: date
    ended_at: datetime | None
    after_patient: str | None
    patients: int
    entries: int
    moves: int
    invoices: int
    payments: int
    daily_totals: int


async def last_purge(connection: Connection) -> Progress | None:
    """Return the purge of the latest horizon; None if there is no horizon."""
    row = await connection.fetchrow(_LAST)
    return None if row is None else Progress(*row)
