"""Audit records: one shape for who did what, whoever says it, on the topic `audit-events`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

AuditAction = Literal[
    "account.viewed",
    "audit.verified",
    "audit.viewed",
    "batch.applied",
    "clinic.changed",
    "clinic.viewed",
    "client.changed",
    "events.imported",
    "events.received",
    "export.canceled",
    "export.downloaded",
    "export.expired",
    "export.finished",
    "export.requested",
    "export.viewed",
    "quarantine.decided",
    "quarantine.viewed",
    "name_key.forgotten",
    "report.searched",
    "report.viewed",
    "request.denied",
    "retention.moved",
    "retention.purged",
    "run.canceled",
    "run.reconciled",
    "run.started",
    "run.viewed",
    "session.ended",
    "session.refreshed",
    "session.started",
    "source_key.changed",
    "updates.followed",
    "user.changed",
]
AuditOutcome = Literal["success", "denied", "failure"]
ActorKind = Literal["user", "client", "source", "service", "anonymous"]


class AuditRecord(Struct, kw_only=True, omit_defaults=True):
    """One audited act. Patient ids may occur in `resource`; names and contact data never do."""

    id: str
    occurred_at: datetime
    service: str
    action: AuditAction
    outcome: AuditOutcome
    actor_kind: ActorKind
    actor: str
    resource: str
    """What was touched: a route with its ids, a topic with offsets, an export id."""
    clinic_ids: tuple[str, ...] = ()
    patient_ids: tuple[str, ...] = ()
    """Patients whose data an answer showed, or who were asked for."""
    role: str | None = None
    remote: str | None = None
    """Address of the client as the service saw it."""
    request_id: str | None = None
    trace_id: str | None = None
    count: int = 1
    """How many like acts this record stands for (requests without a valid token)."""
    details: dict[str, str | int | list[str]] | None = None
    """Parameters that matter (dates, filters, counts); allow-listed by the writer."""
