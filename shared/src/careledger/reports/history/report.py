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
from careledger.reports.history.entries import EntryKey, read_entries
from careledger.reports.history.lines import Lines
from careledger.reports.history.models import HistoryEntry, HistoryQuery, HistoryReport
from careledger.reports.history.timeline import Row, lay_out
from careledger.reports.history.totals import patient_totals
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


async def read_history(
    connection: Connection, clinics: Sequence[Clinic], patient_id: str, query: HistoryQuery
) -> HistoryReport | None:
    """Read one page of a patient's history; None if none of the clinics knows the patient.

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
    entries = await read_entries(connection, snapshot, patient_id)
    if entries is None:
        return None
    timeline = lay_out(entries)
    lines = Lines(timeline, snapshot.clinic_ids, snapshot.as_of)
    shown, page = _page(timeline.rows, lines, query, after)
    totals = patient_totals(timeline, since=snapshot.horizon and snapshot.horizon.day)
    meta = build_meta(
        snapshot,
        _SUBJECT,
        currencies=[total.currency for total in totals],
        figures_digest=digest({"patient_id": patient_id, "entries": shown, "totals": totals}),
        interval=_interval(query, snapshot),
    )
    return HistoryReport(meta=meta, patient_id=patient_id, entries=shown, totals=totals, page=page)


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
