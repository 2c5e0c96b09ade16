"""What retention leaves in the audit log; pure but for the clock."""

from __future__ import annotations

from datetime import date
from typing import Literal

from careledger import clock, ids
from careledger.events.audit import AuditRecord


def retention_record(
    action: Literal["retention.moved", "retention.purged"],
    horizon: date | None,
    by: str,
    details: dict[str, str | int | list[str]],
) -> AuditRecord:
    """Return the record of one act of retention."""
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=clock.now(),
        service="aggregator",
        action=action,
        outcome="success",
        actor_kind="user" if by.startswith("os:") else "service",
        actor=by,
        resource="retention" if horizon is None else f"retention/{horizon}",
        details=details,
    )
