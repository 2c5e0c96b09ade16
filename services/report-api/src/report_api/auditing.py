"""Audit records of requests: one shape for views, refusals, sign-ins and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

from careledger import clock
from careledger.events.audit import ActorKind, AuditAction, AuditOutcome, AuditRecord
from careledger.ids import new_id
from report_api.facts import facts_of, route_path
from report_api.identity.callers import Caller
from report_api.settings import SERVICE

Details = Mapping[str, str | int | list[str]]
ANONYMOUS: Final = "anonymous"


def audit_record(
    request: Request,
    action: AuditAction,
    *,
    outcome: AuditOutcome,
    resource: str,
    caller: Caller | None = None,
    actor: tuple[ActorKind, str] | None = None,
    clinic_ids: tuple[str, ...] = (),
    details: Details | None = None,
) -> AuditRecord:
    """Build the record of one request; say who by `caller`, or by `actor` if nobody signed in."""
    facts = facts_of(request)
    kind, name = (caller.kind, caller.name) if caller else (actor or (ANONYMOUS, ANONYMOUS))
    return AuditRecord(
        id=new_id(),
        occurred_at=clock.now(),
        service=SERVICE,
        action=action,
        outcome=outcome,
        actor_kind=kind,
        actor=name,
        resource=resource,
        clinic_ids=clinic_ids,
        role=caller.role if caller else None,
        remote=facts.remote,
        request_id=facts.request_id,
        trace_id=facts.trace_id,
        details=dict(details) if details else None,
    )


def route_of(request: Request) -> str:
    """Return method and path template: what a refusal names, since a path can hold anything."""
    return f"{request.method} {route_path(request.scope)}"


def path_of(request: Request) -> str:
    """Return method and path with its ids: what a success names, every part of it checked."""
    return f"{request.method} {request.scope['path']}"
