"""Refused records: listed, looked at, replayed with corrections, or dismissed."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request

from careledger.events.fields import CODE_PATTERN, IDENTIFIER_PATTERN
from report_api.access import Visit, allowed
from report_api.deciding import Decider, RefusedAgainError
from report_api.errors import InvalidError
from report_api.parameters import NoParameters, Plain, PlainInteger
from report_api.permissions import Permission
from report_api.quarantine import Dismissal, Filters, QuarantinedRecord, Status, list_records
from report_api.run_control import RunControl

router = APIRouter(prefix="/api/v1/reports/quarantine", tags=["Quarantine"])

_Seen = Annotated[Visit, allowed(Permission.RUNS_READ, "quarantine.viewed")]
_Decided = Annotated[Visit, allowed(Permission.RUNS_DECIDE, "quarantine.decided", writes=True)]
_ID_MAX: Final = 2**53
_Id = Annotated[int, Path(ge=1, le=_ID_MAX)]


class QuarantineParameters(Plain):
    """Which records."""

    limit: PlainInteger = Field(default=50, ge=1, le=200, description="Records of a page.")
    before: PlainInteger | None = Field(default=None, ge=1, le=_ID_MAX)
    source: str | None = Field(default=None, pattern=IDENTIFIER_PATTERN)
    reason: str | None = Field(default=None, pattern=CODE_PATTERN)
    status: Status | None = None


class QuarantineList(Plain):
    """Refused records, the latest first."""

    records: list[QuarantinedRecord]
    before: int | None = Field(description="Ask with it for the page after this one.")


class ReplayWanted(Plain):
    """What is put right before the record is judged again."""

    corrections: dict[str, str | int] = Field(
        default={}, max_length=20, examples=[{"currency": "USD"}]
    )


class DismissalWanted(Plain):
    """Why a record needs nothing more."""

    reason: Dismissal


@router.get("", operation_id="listQuarantine", summary="List refused records")
async def read_list(visit: _Seen, page: Annotated[QuarantineParameters, Query()]) -> QuarantineList:
    """List refused records, the latest first; auditors see no patient ids."""
    records = await list_records(
        visit.connection, Filters(**page.model_dump()), _scope(visit), patients=_patients(visit)
    )
    visit.note(count=len(records))
    full = len(records) == page.limit
    return QuarantineList(records=records, before=records[-1].quarantine_id if full else None)


@router.get("/{quarantine_id}", operation_id="getQuarantined", summary="Look at a refused record")
async def read_one(
    visit: _Seen, quarantine_id: _Id, _: Annotated[NoParameters, Query()]
) -> QuarantinedRecord:
    """Look at what is kept of a refused record."""
    record = await _decider(visit).found(quarantine_id)
    visit.note(quarantine_id=quarantine_id, reason=record.reason)
    return record


@router.post(
    "/{quarantine_id}/replay", operation_id="replayQuarantined", summary="Replay a refused record"
)
async def replay(
    visit: _Decided,
    quarantine_id: _Id,
    wanted: ReplayWanted,
    request: Request,
    _: Annotated[NoParameters, Query()],
) -> QuarantinedRecord:
    """Put fields right and judge the record again; what passes is published under its own id."""
    control: RunControl = request.app.state.run_control
    try:
        record = await _decider(visit).replay(quarantine_id, wanted.corrections, control)
    except RefusedAgainError as error:
        raise InvalidError("body", "corrections", str(error)) from error
    return _noted(visit, record, wanted.corrections)


@router.post(
    "/{quarantine_id}/dismiss", operation_id="dismissQuarantined", summary="Dismiss a record"
)
async def dismiss(
    visit: _Decided,
    quarantine_id: _Id,
    wanted: DismissalWanted,
    _: Annotated[NoParameters, Query()],
) -> QuarantinedRecord:
    """Say that a refused record needs nothing more, and why."""
    return _noted(visit, await _decider(visit).dismiss(quarantine_id, wanted.reason), {})


def _noted(
    visit: Visit, record: QuarantinedRecord, corrections: dict[str, str | int]
) -> QuarantinedRecord:
    visit.note(
        quarantine_id=record.quarantine_id,
        reason=record.reason,
        decision=record.status,
        corrected=sorted(corrections),
    )
    return record


def _decider(visit: Visit) -> Decider:
    return Decider(
        connection=visit.connection,
        by=visit.caller.name,
        clinic_ids=_scope(visit),
        patients=_patients(visit),
    )


def _scope(visit: Visit) -> list[str] | None:
    clinic_ids = visit.caller.clinic_ids
    return None if clinic_ids is None else sorted(clinic_ids)


def _patients(visit: Visit) -> bool:
    return visit.caller.may(Permission.OUTSTANDING_PATIENTS)
