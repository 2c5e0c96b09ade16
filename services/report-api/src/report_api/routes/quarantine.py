"""Refused records: listed, looked at, replayed with corrections, or dismissed."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request

from careledger.control import ReplayRequest
from careledger.events.fields import CODE_PATTERN, IDENTIFIER_PATTERN
from careledger.events.topics import PAYMENT_EVENTS, PAYMENT_INTAKE
from report_api.access import Visit, allowed
from report_api.errors import ConflictError, InvalidError, NotFoundError
from report_api.parameters import NoParameters, Plain, PlainInteger
from report_api.permissions import Permission
from report_api.quarantine import (
    Decision,
    Dismissal,
    Filters,
    QuarantinedRecord,
    Status,
    decide,
    find_record,
    list_records,
)
from report_api.run_control import RunControl

router = APIRouter(prefix="/api/v1/reports/quarantine", tags=["Quarantine"])

_Seen = Annotated[Visit, allowed(Permission.RUNS_READ, "quarantine.viewed")]
_Decided = Annotated[Visit, allowed(Permission.RUNS_DECIDE, "quarantine.decided", writes=True)]
_ID_MAX: Final = 2**53
_Id = Annotated[int, Path(ge=1, le=_ID_MAX)]
_TOPICS: Final = frozenset({PAYMENT_EVENTS.name, PAYMENT_INTAKE.name})


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
    return await _found(visit, quarantine_id)


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
    record = await _open(visit, quarantine_id)
    if record.topic not in _TOPICS:
        raise ConflictError("It is a row of a source: mend it there, and the next run reads it.")
    if record.reason == "conflict":
        raise ConflictError("Its identity is taken by the event told first: send a correction.")
    control: RunControl = request.app.state.run_control
    answer = await control.replay(
        ReplayRequest(
            topic=record.topic,
            partition=record.kafka_partition,
            offset=record.kafka_offset,
            digest=record.digest,
            corrections=wanted.corrections,
            by=visit.caller.name,
        )
    )
    if answer.became is None:
        raise InvalidError("body", "corrections", answer.problem or "it is refused again")
    decision = Decision(
        kind="replayed",
        by=visit.caller.name,
        corrections=wanted.corrections,
        became=answer.became,
    )
    return await _keep(visit, quarantine_id, decision)


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
    await _open(visit, quarantine_id)
    decision = Decision(kind="dismissed", by=visit.caller.name, reason=wanted.reason)
    return await _keep(visit, quarantine_id, decision)


async def _found(visit: Visit, quarantine_id: int) -> QuarantinedRecord:
    record = await find_record(
        visit.connection, quarantine_id, _scope(visit), patients=_patients(visit)
    )
    if record is None:
        raise NotFoundError
    visit.note(quarantine_id=quarantine_id, reason=record.reason)
    return record


async def _open(visit: Visit, quarantine_id: int) -> QuarantinedRecord:
    record = await _found(visit, quarantine_id)
    if record.status != "open":
        raise ConflictError("It was decided about before.")
    return record


async def _keep(visit: Visit, quarantine_id: int, decision: Decision) -> QuarantinedRecord:
    if not await decide(visit.connection, quarantine_id, decision):
        raise ConflictError("It was decided about before.")
    visit.note(decision=decision.kind, corrected=sorted(decision.corrections))
    return await _found(visit, quarantine_id)


def _scope(visit: Visit) -> list[str] | None:
    clinic_ids = visit.caller.clinic_ids
    return None if clinic_ids is None else sorted(clinic_ids)


def _patients(visit: Visit) -> bool:
    return visit.caller.may(Permission.OUTSTANDING_PATIENTS)
