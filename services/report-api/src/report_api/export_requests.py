"""Exports begin here: a question is answered now, and the answer is to be written down."""

from __future__ import annotations

from typing import Any, Final

from fastapi import BackgroundTasks
from starlette.requests import Request
from starlette.responses import Response

from careledger.reports.answers import Meta
from careledger.reports.documents import (
    ROWS_MAX,
    DocumentQuestion,
    DocumentReport,
    HistoryQuestion,
    OutstandingQuestion,
    answer_history,
    answer_outstanding,
)
from careledger.reports.revenue import RevenueQuery, RevenueReport, read_revenue
from careledger.reports.suppressed import SuppressedQuery, read_suppressed
from report_api.access import Visit
from report_api.errors import InvalidError, NotFoundError
from report_api.export_status import ExportStatus, status_of
from report_api.exports import REPORT_PERMISSIONS, Wanted, export_of, request_export
from report_api.fresh_sign_in import require_fresh_sign_in
from report_api.parameters import Look
from report_api.permissions import Permission
from report_api.queue import ExportBell
from report_api.settings import ReportApiSettings

EXPORTS: Final = "/api/v1/reports/exports"
AS_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    202: {"model": ExportStatus, "description": "With `format=pdf`: the export that was asked for."}
}
_ROWS_OF_A_POINT: Final = 2
"""A period stands in two tables of the document: payments and charges."""
_NARROWER: Final[dict[DocumentReport, str]] = {
    "revenue": "take a coarser granularity, a shorter range or no breakdown",
    "suppressed_revenue": "take a coarser granularity, a shorter range or no breakdown",
    "history": "choose dates, one clinic or a status",
    "outstanding": "choose one clinic, a bucket, a status, an amount or days overdue",
}


async def ask_for_document(
    visit: Visit,
    request: Request,
    background: BackgroundTasks,
    question: DocumentQuestion,
    look: Look,
) -> Response:
    """Fix the figures of a report now, and let a worker write them down.

    Returns:
        202 with the export: the same one for the same question, account and watermark.

    Raises:
        ForbiddenError: if the caller may not read the report, or have documents at all.
        SignInAgainError: if documents ask for a fresher sign-in.
        NotFoundError: for a patient the caller's clinics do not know.
        InvalidError: if the document would have more rows than allowed; says how to narrow.
        TooManyRequestsError: if the caller has as many exports under way as allowed.
    """
    report = _report_of(question)
    visit.require(Permission.EXPORTS)
    visit.require(REPORT_PERMISSIONS[report])
    settings: ReportApiSettings = request.app.state.settings
    require_fresh_sign_in(visit.caller, settings)
    rows_max = settings.export_rows_max
    if not isinstance(question, RevenueQuery | SuppressedQuery):
        limit = min(rows_max, ROWS_MAX[report])
        question = question.model_copy(update={"limit": limit})
    meta = await _answer(visit, question, rows_max)
    wanted = Wanted(report, question, look.paper, look.locale)
    export_id, is_new = await request_export(
        visit.connection, visit.caller, wanted, meta, open_max=settings.export_open_max
    )
    export = await export_of(visit.connection, export_id, visit.caller)
    if export is None:
        raise NotFoundError
    visit.saw(meta)
    visit.note(export_id=export_id, report=report)
    if is_new:
        bell: ExportBell = request.app.state.bell
        background.add_task(bell.ring, export_id)
    body = status_of(request, export).model_dump_json()
    location = {"Location": f"{EXPORTS}/{export_id}"}
    return Response(body, 202, location, media_type="application/json", background=background)


def _report_of(question: DocumentQuestion) -> DocumentReport:
    match question:
        case HistoryQuestion():
            return "history"
        case OutstandingQuestion():
            return "outstanding"
        case RevenueQuery():
            return "revenue"
        case SuppressedQuery():
            return "suppressed_revenue"


async def _answer(visit: Visit, question: DocumentQuestion, rows_max: int) -> Meta:
    clinics = await visit.clinics()
    match question:
        case HistoryQuestion():
            visit.note(patient_id=question.patient_id)
            history = await answer_history(visit.connection, clinics, question)
            if history is None:
                raise NotFoundError
            if history.page.next is not None:
                raise _too_many("history", question.limit)
            return history.meta
        case OutstandingQuestion():
            visit.note(patient_id=question.patient_id)
            listed, _ = await answer_outstanding(visit.connection, clinics, question)
            if listed.page.next is not None:
                raise _too_many("outstanding", question.limit)
            return listed.meta
        case RevenueQuery():
            report = await read_revenue(visit.connection, clinics, question)
            if _rows(report) > rows_max:
                raise _too_many("revenue", rows_max)
            return report.meta
        case SuppressedQuery():
            told = await read_suppressed(visit.connection, clinics, question)
            if sum(len(one.points) for one in (*told.series, *told.totals)) > rows_max:
                raise _too_many("suppressed_revenue", rows_max)
            return told.meta


def _rows(report: RevenueReport) -> int:
    series = [*report.series, *(report.comparison.series if report.comparison else ())]
    return sum(len(one.points) for one in series) * _ROWS_OF_A_POINT


def _too_many(report: DocumentReport, rows_max: int) -> InvalidError:
    problem = f"the document would have more than {rows_max} rows: {_NARROWER[report]}"
    return InvalidError("request", "parameters", problem)
