"""Exports: a document is asked for, its progress read, its link renewed, or it is canceled."""

from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypeAliasType

from careledger.reports.documents import DocumentQuestion
from report_api.access import Visit, allowed
from report_api.cursors import Place
from report_api.errors import NotFoundError, WrongStateError
from report_api.export_requests import EXPORTS, ask_for_document
from report_api.export_status import ExportList, ExportStatus, status_of
from report_api.exports import (
    REPORT_PERMISSIONS,
    Export,
    cancel_export,
    export_of,
    exports_of,
    retry_export,
    still_allowed,
)
from report_api.fresh_sign_in import require_fresh_sign_in
from report_api.idempotency import IdempotencyKey, earlier_answer, keep_answer
from report_api.parameters import Look, NoParameters, Plain, PlainInteger
from report_api.permissions import Permission
from report_api.queue import ExportBell
from report_api.routes.outstanding import OutstandingDocumentParameters
from report_api.routes.patients import HistoryDocumentParameters
from report_api.routes.revenue import RevenueParameters
from report_api.routes.suppressed import SuppressedParameters
from report_api.settings import ReportApiSettings

router = APIRouter(prefix=EXPORTS, tags=["Exports"])

_Asked = Annotated[Visit, allowed(Permission.EXPORTS, "export.requested")]
_Seen = Annotated[Visit, allowed(Permission.EXPORTS, "export.viewed")]
_Retried = Annotated[Visit, allowed(Permission.EXPORTS, "export.requested", writes=True)]
_Canceled = Annotated[Visit, allowed(Permission.EXPORTS, "export.canceled", writes=True)]
_ExportId = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]


class ExportListParameters(Plain):
    """Which page of the list."""

    limit: PlainInteger = Field(default=50, ge=1, le=200, description="Exports of a page.")
    before: str | None = Field(default=None, pattern="^[0-9a-f-]{36}$")


class _Wanted(Look):
    """A document that is asked for."""

    format: Literal["pdf"] = "pdf"


class RevenueDocument(_Wanted):
    """The revenue report; `parameters` are those of its own route."""

    report: Literal["revenue"]
    parameters: RevenueParameters = Field(
        default_factory=RevenueParameters,
        examples=[{"start_date": "2026-01-01", "end_date": "2026-03-31", "granularity": "month"}],
    )


class SuppressedRevenueDocument(_Wanted):
    """Revenue in the profile `suppressed`; `parameters` are those of its own route."""

    report: Literal["suppressed_revenue"]
    parameters: SuppressedParameters = Field(default_factory=SuppressedParameters)


class HistoryDocument(_Wanted):
    """A patient's history, all rows of it; `parameters` are those of its own route."""

    report: Literal["history"]
    parameters: HistoryDocumentParameters


class OutstandingDocument(_Wanted):
    """Receivables and their aging; `parameters` are those of the list's own route."""

    report: Literal["outstanding"]
    parameters: OutstandingDocumentParameters = Field(default_factory=OutstandingDocumentParameters)


ExportRequest = TypeAliasType(
    "ExportRequest",
    Annotated[
        RevenueDocument | SuppressedRevenueDocument | HistoryDocument | OutstandingDocument,
        Field(discriminator="report"),
    ],
)


@router.post(
    "",
    operation_id="createExport",
    summary="Ask for a PDF",
    status_code=202,
    response_model=ExportStatus,
    responses={202: {"headers": {"Location": {"schema": {"type": "string"}}}}},
)
async def create(
    visit: _Asked,
    wanted: ExportRequest,
    request: Request,
    background: BackgroundTasks,
    _: Annotated[NoParameters, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Fix the figures of a report now, and let a worker write them down as PDF/UA.

    The same question at the same watermark is the same export; figures and digest equal those on
    screen.
    """
    visit.require(REPORT_PERMISSIONS[wanted.report])
    require_fresh_sign_in(visit.caller, request.app.state.settings)
    earlier = await earlier_answer(visit, request, idempotency_key)
    if earlier is not None:
        return earlier
    question = await _question(visit, wanted)
    answer = await ask_for_document(visit, request, background, question, wanted)
    return await keep_answer(visit, request, idempotency_key, answer)


@router.get("", operation_id="listExports", summary="One's own exports")
async def list_own(
    visit: _Seen, request: Request, page: Annotated[ExportListParameters, Query()]
) -> ExportList:
    """List the exports of one's own, the latest first."""
    found = await exports_of(visit.connection, visit.caller, before=page.before, limit=page.limit)
    visit.note(count=len(found))
    return ExportList(
        exports=[status_of(request, export) for export in found],
        before=found[-1].export_id if len(found) == page.limit else None,
    )


@router.post(
    "/{export_id}/retry",
    operation_id="retryExport",
    summary="Ask once more for a failed export",
    status_code=202,
)
async def retry(
    visit: _Retried,
    export_id: _ExportId,
    request: Request,
    response: Response,
    background: BackgroundTasks,
    _: Annotated[NoParameters, Query()],
) -> ExportStatus:
    """Ask for a failed export again, with the same day, watermark and figures."""
    failed = await _own(visit, export_id)
    if not still_allowed(failed, visit.caller):
        raise NotFoundError
    require_fresh_sign_in(visit.caller, request.app.state.settings)
    if failed.state != "failed":
        raise WrongStateError("Only an export that has failed can be retried.")
    settings: ReportApiSettings = request.app.state.settings
    again_id, is_new = await retry_export(
        visit.connection, visit.caller, export_id, open_max=settings.export_open_max
    )
    again = await _own(visit, again_id)
    visit.note(export_id=again.export_id, report=again.report, retry_of=export_id)
    if is_new:
        bell: ExportBell = request.app.state.bell
        background.add_task(bell.ring, again.export_id)
    response.headers["Location"] = f"{router.prefix}/{again.export_id}"
    return status_of(request, again)


@router.get("/{export_id}", operation_id="getExport", summary="An export's state and file")
async def read_one(
    visit: _Seen, export_id: _ExportId, request: Request, _: Annotated[NoParameters, Query()]
) -> ExportStatus:
    """Read the state of an export of one's own; once ready, with a fresh link."""
    export = await _own(visit, export_id)
    visit.note(export_id=export_id, state=export.state)
    return status_of(request, export)


@router.delete(
    "/{export_id}", operation_id="cancelExport", summary="Cancel an export", status_code=204
)
async def cancel(
    visit: _Canceled, export_id: _ExportId, _: Annotated[NoParameters, Query()]
) -> None:
    """Cancel an export of one's own; one that is ready stays."""
    await _own(visit, export_id)
    await cancel_export(visit.connection, export_id)
    visit.note(export_id=export_id)


async def _question(
    visit: Visit,
    wanted: RevenueDocument | SuppressedRevenueDocument | HistoryDocument | OutstandingDocument,
) -> DocumentQuestion:
    match wanted:
        case RevenueDocument() | SuppressedRevenueDocument():
            return wanted.parameters.question(await visit.clinics())
        case HistoryDocument():
            return wanted.parameters.question(wanted.parameters.patient_id, _first(wanted))
        case OutstandingDocument():
            return wanted.parameters.question(visit, _first(wanted))


def _first(wanted: HistoryDocument | OutstandingDocument) -> Place:
    return Place(None, wanted.parameters.as_of, wanted.parameters.watermark)


async def _own(visit: Visit, export_id: str) -> Export:
    export = await export_of(visit.connection, export_id, visit.caller)
    if export is None:
        raise NotFoundError
    return export
