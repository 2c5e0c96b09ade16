"""An export as its owner sees it: state, progress, and once it is ready a fresh link."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import Field
from starlette.requests import Request

from careledger.tasks import DocumentLocale, Paper
from report_api.exports import Export, ExportState
from report_api.links import Links
from report_api.parameters import Plain


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
    problem: str | None = Field(description="Why there is no document, and what would help.")
    parameters: dict[str, Any] = Field(description="The question, with day and watermark fixed.")
    paper: Paper
    locale: DocumentLocale
    as_of: date
    watermark: str
    digest: str = Field(description="Of the figures; the same on screen and on paper.")
    file: ExportFile | None = Field(description="There once the state is `ready`.")


class ExportList(Plain):
    """One's own exports, the latest first."""

    exports: list[ExportStatus]
    before: str | None = Field(description="`before` of the next page; null at the end.")


_NEVER_RENDERED: Final = (
    "It waited for a worker until its time was over. Ask for the report again; if that one waits "
    "as long, no pdf-worker is running."
)


def status_of(request: Request, export: Export) -> ExportStatus:
    """Describe an export; the link in it is signed now."""
    return ExportStatus(
        export_id=export.export_id,
        report=export.report,
        state=export.state,
        progress_percent=100 if export.result_key is not None else export.progress_percent or 0,
        requested_at=export.requested_at,
        ended_at=export.ended_at,
        attempts=export.attempts,
        problem=_NEVER_RENDERED if _is_unrendered(export) else export.problem,
        parameters=export.parameters,
        paper=export.paper,
        locale=export.locale,
        as_of=date.fromisoformat(export.parameters["as_of"]),
        watermark=export.watermark,
        digest=export.digest,
        file=_file(request, export) if export.state == "ready" else None,
    )


def _is_unrendered(export: Export) -> bool:
    return export.state == "expired" and export.result_key is None


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
