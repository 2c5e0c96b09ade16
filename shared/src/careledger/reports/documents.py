"""The questions a document can answer, and their whole answers: more than a page, less than all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from careledger.postgres import Connection
from careledger.reports.answers import QuestionId
from careledger.reports.clinics import Clinic
from careledger.reports.history import HistoryQuery, HistoryReport, read_history
from careledger.reports.history.models import HISTORY_PAGE_MAX
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivables import (
    RECEIVABLE_PAGE_MAX,
    OutstandingQuery,
    OutstandingReport,
    OutstandingSummary,
    ReceivablesFilter,
)
from careledger.reports.revenue import RevenueQuery
from careledger.reports.suppressed import SuppressedQuery

DocumentReport = Literal["revenue", "suppressed_revenue", "history", "outstanding"]

ROWS_MAX: Final[dict[DocumentReport, int]] = {
    "history": HISTORY_PAGE_MAX,
    "outstanding": RECEIVABLE_PAGE_MAX,
}
"""The most rows one answer can have, whatever a document may."""


class HistoryQuestion(HistoryQuery):
    """One patient's history, up to `limit` rows of it."""

    patient_id: QuestionId


class OutstandingQuestion(OutstandingQuery):
    """Receivables, up to `limit` of them, with their aging summary."""

    shows_patients: bool = True


class OutstandingAnswer(NamedTuple):
    """Receivables and the aging of the same receivables; each has its own digest."""

    listed: OutstandingReport
    summary: OutstandingSummary


DocumentQuestion = RevenueQuery | SuppressedQuery | HistoryQuestion | OutstandingQuestion


async def answer_history(
    connection: Connection, clinics: Sequence[Clinic], question: HistoryQuestion
) -> HistoryReport | None:
    """Read a patient's history; None for a patient nobody here knows.

    Raises:
        QuestionError: for a wrong as_of, watermark, range or clinic filter.
        FiguresDisagreeError: if the patient's sums do not close.
    """
    query = HistoryQuery.model_validate(question.model_dump(exclude={"patient_id"}))
    return await read_history(connection, clinics, question.patient_id, query)


async def answer_outstanding(
    connection: Connection, clinics: Sequence[Clinic], question: OutstandingQuestion
) -> OutstandingAnswer:
    """Read receivables and their aging, both in the caller's snapshot.

    Raises:
        QuestionError: for a wrong as_of, watermark or clinic filter.
        FiguresDisagreeError: if the buckets do not sum up to the total.
    """
    asked = question.model_dump(exclude={"shows_patients"})
    listed = await read_outstanding(connection, clinics, OutstandingQuery.model_validate(asked))
    if not question.shows_patients:
        hidden = [one.model_copy(update={"patient_id": None}) for one in listed.receivables]
        listed = listed.model_copy(update={"receivables": hidden})
    kept = {name: asked[name] for name in ReceivablesFilter.model_fields}
    summary = await read_outstanding_summary(
        connection, clinics, ReceivablesFilter.model_validate(kept)
    )
    return OutstandingAnswer(listed, summary)
