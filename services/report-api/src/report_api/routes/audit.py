"""The audit log for auditors: its records, proof that they stand, and who did how much."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger import clock
from careledger.audit_chain.checkpoints import TrustedKeys
from careledger.events.audit import ActorKind, AuditAction, AuditOutcome
from careledger.reports.answers import Page
from report_api.access import Visit, allowed
from report_api.activity import ActorActivity, read_activity
from report_api.audit_proof import RECORDS_MAX, AuditProof, prove
from report_api.audit_search import AuditEntry, AuditSearch, RecordPlace, find_records
from report_api.cursors import Cursors
from report_api.errors import InvalidError, NotFoundError
from report_api.paging import with_next
from report_api.parameters import (
    Day,
    Identifier,
    Instant,
    Plain,
    PlainInteger,
    choices,
    listed,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/audit", tags=["Audit"])

_Seen = Annotated[Visit, allowed(Permission.AUDIT_READ, "audit.viewed")]
# Reads only, but every statement must see what is committed by then: a checkpoint in the file can
# be younger than a snapshot.
_Proved = Annotated[Visit, allowed(Permission.AUDIT_READ, "audit.viewed", writes=True)]

_DAYS_MAX: Final = 92
_FREE_TEXTS: Final = frozenset({"actor", "resource"})
_DEFAULT_DAYS: Final = 7
_place_decoder: Final = msgspec.json.Decoder(tuple[datetime, int])


class AuditParameters(Plain):
    """Which records."""

    actor: Annotated[str, Field(pattern="^[!-~]{1,128}$", examples=["finance"])] | None = None
    actor_kind: ActorKind | None = None
    action: Annotated[str, choices(AuditAction)] | None = None
    outcome: Annotated[str, choices(AuditOutcome)] | None = None
    service: Literal["ingest", "aggregator", "report-api", "pdf-worker"] | None = None
    resource: str | None = Field(
        default=None,
        pattern="^[ -~]{1,300}$",
        description="How the resource begins.",
        examples=["GET /api/v1/reports/patients/P-1001/"],
    )
    clinic_id: Identifier | None = None
    patient_id: Identifier | None = None
    occurred_from: Instant | None = Field(
        default=None, description="Instant with offset, included."
    )
    occurred_before: Instant | None = Field(
        default=None, description="Instant with offset, not included."
    )
    limit: PlainInteger = Field(default=100, ge=1, le=1_000, description="Records of a page.")
    cursor: str | None = Field(default=None, max_length=4_096)


class AuditRecords(Plain):
    """A page of the audit log, the newest record first."""

    records: list[AuditEntry]
    page: Page


class ProofParameters(Plain):
    """Which part of the log to verify."""

    from_sequence: Annotated[PlainInteger, Field(ge=1, le=2**62)] | None = Field(
        default=None, description="The first record to verify; default: the newest `limit`."
    )
    limit: PlainInteger = Field(default=10_000, ge=1, le=RECORDS_MAX)


class ActivityParameters(Plain):
    """Which days, and which clinic."""

    start_date: Day | None = Field(default=None, description="UTC; default: six days before.")
    end_date: Day | None = Field(default=None, description="UTC, included; default: today.")
    clinic_id: Identifier | None = None


class Activity(Plain):
    """Who did how much; the unusual first, then by looks."""

    start_date: Day
    end_date: Day
    clinic_id: str | None
    actors: list[ActorActivity]


@router.get("", operation_id="listAuditRecords", summary="Audit records")
async def list_records(
    visit: _Seen,
    parameters: Annotated[AuditParameters, Query()],
    request: Request,
    response: Response,
) -> AuditRecords:
    """List sealed records, the newest first; an auditor of some clinics sees what concerns them.

    Every answer of the API is in the log within seconds, this one too.
    """
    cursors: Cursors = request.app.state.cursors
    body = cursors.unseal(visit.caller, parameters)
    search = AuditSearch(
        **parameters.model_dump(exclude={"action", "outcome", "limit", "cursor"}),
        actions=listed(parameters.action),
        outcomes=listed(parameters.outcome),
        clinics=visit.caller.clinic_ids,
    )
    records, following = await find_records(
        visit.connection,
        search,
        after=None if body is None else RecordPlace(*_place_decoder.decode(body)),
        limit=parameters.limit,
    )
    # What somebody typed as an actor or a resource can be anything; that it was asked by is told.
    asked = parameters.model_dump(mode="json", exclude={"cursor", "limit"}, exclude_none=True)
    told = {name: value for name, value in asked.items() if name not in _FREE_TEXTS}
    visit.note(filters=sorted(asked), **told, count=len(records))
    key = None
    if following is not None:
        key = cursors.seal(msgspec.json.encode(following), visit.caller, parameters)
    page = Page(limit=parameters.limit, next=key)
    with_next(request, response, page)
    return AuditRecords(records=records, page=page)


@router.get("/verification", operation_id="verifyAuditLog", summary="Verify the audit log")
async def verify_log(
    visit: _Proved, parameters: Annotated[ProofParameters, Query()], request: Request
) -> AuditProof:
    """Verify a part of the log now: every row against the one before, and what was signed.

    `aggregator audit verify` verifies all of it; `last_full_run` tells how that ended last.
    """
    keys: TrustedKeys = request.app.state.audit_keys
    proof = await prove(
        visit.connection,
        keys,
        request.app.state.settings.audit_checkpoint_file,
        from_sequence=parameters.from_sequence,
        limit=parameters.limit,
    )
    visit.note(
        verdict=proof.verdict,
        from_sequence=proof.verified_from,
        through_sequence=proof.verified_through,
    )
    return proof


@router.get("/activity", operation_id="getAuditActivity", summary="Who did how much")
async def get_activity(
    visit: _Seen, parameters: Annotated[ActivityParameters, Query()]
) -> Activity:
    """Count what people, partners and sources did, and point to what is unusual for them.

    An auditor of some clinics asks about one of them at a time.
    """
    start, end = _days(parameters)
    clinic_id = _clinic(visit, parameters.clinic_id)
    actors = await read_activity(visit.connection, clinic_id, start, end)
    visit.note(start_date=start.isoformat(), end_date=end.isoformat(), count=len(actors))
    if clinic_id:
        visit.clinic_ids = (clinic_id,)
    return Activity(start_date=start, end_date=end, clinic_id=clinic_id or None, actors=actors)


def _days(parameters: ActivityParameters) -> tuple[Day, Day]:
    end = parameters.end_date or clock.today("UTC")
    start = parameters.start_date or end - timedelta(days=_DEFAULT_DAYS - 1)
    if start > end:
        raise InvalidError("query", "start_date", "must not be after end_date")
    if (end - start).days >= _DAYS_MAX:
        raise InvalidError("query", "start_date", f"at most {_DAYS_MAX} days at once")
    return start, end


def _clinic(visit: Visit, clinic_id: str | None) -> str:
    scope = visit.caller.clinic_ids
    if clinic_id is not None:
        if not visit.sees(clinic_id):
            raise NotFoundError
        return clinic_id
    if scope is None:
        return ""
    if len(scope) == 1:
        return next(iter(scope))
    raise InvalidError("query", "clinic_id", "must name one of the clinics of this account")
