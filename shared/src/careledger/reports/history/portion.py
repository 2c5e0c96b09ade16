"""Answers a page of a long history from what bears on it, not from every entry of the patient."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from careledger.postgres import Connection
from careledger.reports.answers import Page
from careledger.reports.history.entries import (
    START,
    Entry,
    EntryKey,
    read_behind,
    read_related,
)
from careledger.reports.history.lines import Lines
from careledger.reports.history.models import HistoryEntry, HistoryQuery
from careledger.reports.history.timeline import lay_out
from careledger.reports.history.totals import read_balances
from careledger.reports.paging import write_key
from careledger.reports.snapshot import Snapshot


class Asked(NamedTuple):
    """A page of one patient's history that no status is asked of."""

    connection: Connection
    snapshot: Snapshot
    patient_id: str
    query: HistoryQuery
    after: EntryKey | None

    @property
    def start(self) -> EntryKey:
        """The place all of its entries lie behind."""
        after = self.after or START
        if self.query.start_date is None:
            return after
        return max(after, (self.query.start_date, *START[1:]))


async def read_portion(asked: Asked) -> tuple[list[HistoryEntry], Page]:
    """Return the rows of a page as they are among all of the history."""
    limit = asked.query.limit
    told = await _told(asked)
    following = write_key(told[limit - 1].key) if len(told) > limit else None
    page = Page(limit=limit, next=following)
    return (await _shown(asked, told[:limit]) if told else []), page


async def _told(asked: Asked) -> Sequence[Entry]:
    """Return the entries of the page, and one more if there is one."""
    query, snapshot = asked.query, asked.snapshot
    entries = await read_behind(
        asked.connection, snapshot, asked.patient_id, asked.start, rows=query.limit + 1
    )
    end = query.end_date or snapshot.as_of
    return list(takewhile(lambda entry: entry.business_date <= end, entries))


async def _shown(asked: Asked, told: Sequence[Entry]) -> list[HistoryEntry]:
    connection, snapshot, patient_id = asked[:3]
    related = await read_related(connection, snapshot, patient_id, told)
    first_event = (*told[0].key[:4], 0)
    before = related[: bisect_left(related, first_event, key=lambda entry: entry.key)]
    # What does not bear on the page has moved the balance before it, and does not on it.
    apart: dict[str, int] = {}
    if asked.start > START:
        apart |= await read_balances(connection, snapshot, patient_id, first_event)
    for currency, balance in lay_out(before).accounts.balances.items():
        apart[currency] = apart.get(currency, 0) - balance
    timeline = lay_out(related)
    lines = Lines(timeline, snapshot.clinic_ids, snapshot.as_of)
    rows = timeline.rows[
        bisect_left(related, told[0].key, key=lambda entry: entry.key) : bisect_right(
            related, told[-1].key, key=lambda entry: entry.key
        )
    ]
    return [
        lines.show(
            row
            if row.balance is None
            else row._replace(balance=row.balance + apart.get(row.currency or "", 0))
        )
        for row in rows
    ]
