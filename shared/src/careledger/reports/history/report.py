"""Answers a question about one patient: reads the entries, reduces them, shows one page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from careledger.events.fields import IDENTIFIERS
from careledger.events.rules import EARLIEST_DATE
from careledger.postgres import Connection
from careledger.reports.answers import Interval, Page
from careledger.reports.clinics import Clinic
from careledger.reports.errors import QuestionError
from careledger.reports.history.entries import Entry, EntryKey, is_known, read_entries
from careledger.reports.history.lines import Lines
from careledger.reports.history.models import (
    HistoryEntry,
    HistoryQuery,
    HistoryReport,
    PatientTotals,
)
from careledger.reports.history.portion import Asked, read_portion
from careledger.reports.history.timeline import Row, lay_out
from careledger.reports.history.totals import patient_totals, read_totals
from careledger.reports.horizon import Horizon
from careledger.reports.paging import read_key, write_key
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.snapshot import Snapshot, take_snapshot

_SUBJECT: Final = Subject(
    report="history",
    basis="business_date",
    metrics=(
        "payment_status",
        "receivable_status",
        "receivable_balance",
        "outstanding",
        "overpaid",
        "unapplied_credits",
        "deficits",
        "patient_balance",
    ),
)


WHOLE_ROWS: Final = 500
"""To read that many entries takes less time than to find out what bears on some of them."""


async def read_history(
    connection: Connection,
    clinics: Sequence[Clinic],
    patient_id: str,
    query: HistoryQuery,
    *,
    whole_rows: int = WHOLE_ROWS,
) -> HistoryReport | None:
    """Read one page of a patient's history; None if none of the clinics knows the patient.

    Args:
        connection: inside the caller's transaction.
        clinics: those that may be read.
        patient_id: the patient.
        query: which part.
        whole_rows: up to how many entries a history is read as a whole, whatever is shown of it.

    Raises:
        QuestionError: for a wrong as_of, watermark, range, page key or clinic filter, or a range
            behind what is kept; without a start it begins there.
        FiguresDisagreeError: if the patient's sums do not close.
    """
    after = read_key(query.after, EntryKey)
    if query.start_date and query.end_date and query.end_date < query.start_date:
        raise QuestionError("end_date", "end_date lies before start_date")
    snapshot = await take_snapshot(
        connection,
        clinics,
        clinic_ids=query.clinic_ids,
        as_of=query.as_of,
        watermark=query.watermark,
    )
    query = _within(query, snapshot.horizon)
    if not IDENTIFIERS.fullmatch(patient_id):
        return None
    asked = Asked(connection, snapshot, patient_id, query, after)
    entries = await read_entries(connection, snapshot, patient_id, rows=whole_rows + 1)
    if not entries and not await is_known(connection, snapshot, patient_id):
        return None
    has_statuses = query.payment_statuses or query.invoice_statuses
    if len(entries) <= whole_rows:
        shown, page, totals = _whole(asked, entries)
    elif has_statuses or query.limit > whole_rows:
        shown, page, totals = _whole(asked, await read_entries(connection, snapshot, patient_id))
    else:
        shown, page = await read_portion(asked)
        totals = await read_totals(connection, snapshot, patient_id)
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=[total.currency for total in totals],
        figures_digest=digest({"patient_id": patient_id, "entries": shown, "totals": totals}),
        interval=_interval(query, snapshot),
    )
    return HistoryReport(meta=meta, patient_id=patient_id, entries=shown, totals=totals, page=page)


def _whole(
    asked: Asked, entries: Sequence[Entry]
) -> tuple[list[HistoryEntry], Page, list[PatientTotals]]:
    snapshot = asked.snapshot
    timeline = lay_out(entries)
    lines = Lines(timeline, snapshot.clinic_ids, snapshot.as_of)
    shown, page = _page(timeline.rows, lines, asked.query, asked.after)
    return shown, page, patient_totals(timeline, since=snapshot.horizon and snapshot.horizon.day)


def _within(query: HistoryQuery, horizon: Horizon | None) -> HistoryQuery:
    """Return the question as it can be answered: from the horizon on.

    Raises:
        QuestionError: if it names an earlier day.
    """
    if horizon is None:
        return query
    for name in ("start_date", "end_date"):
        horizon.check_day(name, getattr(query, name) or horizon.day)
    return query.model_copy(update={"start_date": query.start_date or horizon.day})


def _page(
    rows: Sequence[Row], lines: Lines, query: HistoryQuery, after: EntryKey | None
) -> tuple[list[HistoryEntry], Page]:
    first = 0 if after is None else bisect_right(rows, after, key=lambda row: row.entry.key)
    chosen: list[Row] = []
    for place in range(first, len(rows)):
        if lines.matches(rows[place], query):
            chosen.append(rows[place])
            if len(chosen) > query.limit:
                break
    following = None
    if len(chosen) > query.limit:
        chosen.pop()
        following = write_key(chosen[-1].entry.key)
    return [lines.show(row) for row in chosen], Page(limit=query.limit, next=following)


def _interval(query: HistoryQuery, snapshot: Snapshot) -> Interval | None:
    if query.start_date is None and query.end_date is None:
        return None
    return Interval(
        start_date=query.start_date or EARLIEST_DATE, end_date=query.end_date or snapshot.as_of
    )
