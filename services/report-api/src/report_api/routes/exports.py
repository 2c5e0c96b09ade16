"""Exports: a document is asked for, its progress read, its link renewed, or it is canceled."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.reports.answers import Meta
from careledger.reports.revenue import RevenueQuery, read_revenue
from careledger.tasks import DocumentLocale, Paper
from report_api.access import Visit, allowed
from report_api.errors import NotFoundError
from report_api.exports import (
    REPORT_PERMISSIONS,
    Export,
    ExportReport,
    ExportState,
    Wanted,
    cancel_export,
    export_of,
    request_export,
)
from report_api.idempotency import IdempotencyKey, earlier_answer, keep_answer
from report_api.links import Links
from report_api.parameters import NoParameters, Plain
from report_api.permissions import Permission
from report_api.queue import ExportBell
from report_api.routes.revenue import RevenueParameters

router = APIRouter(prefix="/api/v1/reports/exports", tags=["Exports"])

_Asked = Annotated[Visit, allowed(Permission.EXPORTS, "export.requested")]
_Seen = Annotated[Visit, allowed(Permission.EXPORTS, "export.viewed")]
_Canceled = Annotated[Visit, allowed(Permission.EXPORTS, "export.canceled", writes=True)]
_ExportId = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]


class ExportRequest(Plain):
    """What to render; `parameters` are those of the report's own route."""

    report: ExportReport = Field(examples=["revenue"])
    format: Literal["pdf"] = "pdf"
    paper: Paper = "letter"
    locale: DocumentLocale = Field(
        default="en-US", description="How figures and dates are written; the words are English."
    )
    parameters: RevenueParameters = Field(
        default_factory=RevenueParameters,
        examples=[{"start_date": "2026-01-01", "end_date": "2026-03-31", "granularity": "month"}],
    )


class ExportFile(Plain):
    """The finished document; the link is for its owner alone and holds for minutes."""

    href: str
    expires_at: datetime = Field(description="Ask for the export again to renew the link.")
    media_type: Literal["application/pdf"] = "application/pdf"
    bytes: int | None
    sha256: str | None
    page_count: int | None


class ExportStatus(Plain):
    """An export as it stands."""

    export_id: str
    report: str
    state: ExportState
    progress_percent: int
    requested_at: datetime
    ended_at: datetime | None
    attempts: int
    problem: str | None = Field(description="Why it failed, and what would help.")
    parameters: dict[str, Any] = Field(description="The question, with day and watermark fixed.")
    paper: Paper
    locale: DocumentLocale
    as_of: date
    watermark: str
    digest: str = Field(description="Of the figures; the same on screen and on paper.")
    file: ExportFile | None = Field(description="There once the state is `ready`.")


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
    earlier = await earlier_answer(visit, request, idempotency_key)
    if earlier is not None:
        return earlier
    question, meta = await _answer(visit, wanted)
    export_id, is_new = await request_export(
        visit.connection,
        visit.caller,
        Wanted(wanted.report, question, wanted.paper, wanted.locale),
        meta,
    )
    export = await export_of(visit.connection, export_id, visit.caller)
    if export is None:
        raise NotFoundError
    visit.saw(meta)
    visit.note(export_id=export_id, report=wanted.report)
    if is_new:
        bell: ExportBell = request.app.state.bell
        background.add_task(bell.ring, export_id)
    body = _status(request, export).model_dump_json()
    location = f"{router.prefix}/{export_id}"
    answer = Response(
        body, 202, {"Location": location}, media_type="application/json", background=background
    )
    return await keep_answer(visit, request, idempotency_key, answer)


@router.get("/{export_id}", operation_id="getExport", summary="An export's state and file")
async def read_one(
    visit: _Seen, export_id: _ExportId, request: Request, _: Annotated[NoParameters, Query()]
) -> ExportStatus:
    """Read the state of an export of one's own; once ready, with a fresh link."""
    export = await _own(visit, export_id)
    visit.note(export_id=export_id, state=export.state)
    return _status(request, export)


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


async def _answer(visit: Visit, wanted: ExportRequest) -> tuple[RevenueQuery, Meta]:
    clinics = await visit.clinics()
    question = wanted.parameters.question(clinics)
    report = await read_revenue(visit.connection, clinics, question)
    return question, report.meta


async def _own(visit: Visit, export_id: str) -> Export:
    export = await export_of(visit.connection, export_id, visit.caller)
    if export is None:
        raise NotFoundError
    return export


def _status(request: Request, export: Export) -> ExportStatus:
    return ExportStatus(
        export_id=export.export_id,
        report=export.report,
        state=export.state,
        progress_percent=100
        if export.state in {"ready", "expired"}
        else export.progress_percent or 0,
        requested_at=export.requested_at,
        ended_at=export.ended_at,
        attempts=export.attempts,
        problem=export.problem,
        parameters=export.parameters,
        paper=export.paper,
        locale=export.locale,
        as_of=date.fromisoformat(export.parameters["as_of"]),
        watermark=export.watermark,
        digest=export.digest,
        file=_file(request, export) if export.state == "ready" else None,
    )


def _file(request: Request, export: Export) -> ExportFile:
    links: Links = request.app.state.links
    kind = "user" if export.owner_kind == "user" else "client"
    link = links.sign(export.export_id, kind, export.owner_id)
    return ExportFile(
        href=link.href,
        expires_at=link.expires_at,
        bytes=export.result_bytes,
        sha256=export.result_sha256,
        page_count=export.page_count,
    )
