"""The rows of attempts: claimed, kept alive and ended here, each end with its audit record.

The row is the truth. A worker owns an export while its attempt is open and its lease has not run
out; ending the row is what takes it from one that fell silent, so two can never both finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

import msgspec

from careledger import audit_trail, clock
from careledger.events.audit import AuditRecord
from careledger.ids import new_id
from careledger.postgres import Connection
from careledger.tasks import ATTEMPTS_MAX, DocumentLocale, Paper
from pdf_worker.errors import LeaseLostError
from pdf_worker.settings import SERVICE

_DIED: Final = "The worker ended while it was rendering this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An export this worker may render now: what was asked for, and which attempt it is."""

    export_id: str
    attempt: int
    owner_kind: Literal["user", "client"]
    owner_id: str
    owner_name: str
    report: str
    parameters: dict[str, Any]
    clinic_ids: list[str] | None
    watermark: str
    digest: str
    data_through: datetime | None
    paper: Paper
    locale: DocumentLocale
    requested_at: datetime


class Held(NamedTuple):
    """Somebody else is at it; worth another look after so long."""

    wait: timedelta


class Ending(NamedTuple):
    """How an attempt ends."""

    outcome: Literal["ready", "failed", "refused"]
    problem: str | None = None
    key: str | None = None
    byte_count: int | None = None
    sha256: str | None = None
    page_count: int | None = None
    clinic_ids: tuple[str, ...] = ()


_STATE: Final = """
SELECT state, attempts, leased_until - now() AS lease_left, ended_at,
    owner_kind, owner_id, owner_name, report, parameters, clinic_ids, watermark, digest,
    data_through, paper, locale, requested_at
FROM export_states WHERE export_id = $1
"""
_BEGIN: Final = """
INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until)
VALUES ($1, $2, $3, now(), now() + $4) ON CONFLICT DO NOTHING RETURNING attempt
"""
_CLOSE_DEAD: Final = """
UPDATE export_attempts SET ended_at = now(), outcome = 'failed', problem = $3
WHERE export_id = $1 AND attempt = $2 AND ended_at IS NULL AND leased_until <= now()
RETURNING attempt
"""
_RENEW: Final = """
UPDATE export_attempts SET leased_until = now() + $3, progress_percent = $4
WHERE export_id = $1 AND attempt = $2 AND ended_at IS NULL
RETURNING (
    SELECT canceled_at IS NOT NULL OR expired_at IS NOT NULL FROM exports WHERE export_id = $1
) AS is_over
"""
_END: Final = """
UPDATE export_attempts SET ended_at = now(), outcome = $3, problem = $4, result_key = $5,
    result_bytes = $6, result_sha256 = $7, page_count = $8, digest = $9,
    progress_percent = CASE WHEN $3 = 'ready' THEN 100 ELSE progress_percent END
WHERE export_id = $1 AND attempt = $2 AND ended_at IS NULL
RETURNING attempt
"""
_ENDED: Final = """
SELECT outcome = $3 AND result_sha256 IS NOT DISTINCT FROM $4 FROM export_attempts
WHERE export_id = $1 AND attempt = $2
"""


async def claim(
    connection: Connection, export_id: str, *, worker: str, lease: timedelta
) -> Claim | Held | None:
    """Begin the next attempt at an export, if nobody else is at it.

    An attempt that died is closed here; the third that did fails the export.

    Args:
        connection: outside a transaction.
        export_id: which export.
        worker: who claims it.
        lease: how long the claim holds unless it is renewed.

    Returns:
        The claim, or that it is held, or None when there is nothing to do.
    """
    async with connection.transaction():
        row = await connection.fetchrow(_STATE, export_id)
        if row is None or row["state"] in {"ready", "expired", "canceled"}:
            return None
        if row["state"] == "rendering":
            return Held(row["lease_left"])
        attempts: int = row["attempts"]
        if attempts > 0 and row["ended_at"] is None:
            if not await connection.fetchval(_CLOSE_DEAD, export_id, attempts, _DIED):
                return Held(timedelta(seconds=1))
            dead = _claim(export_id, attempts, dict(row))
            await audit_trail.record(connection, _record(dead, Ending("failed", _DIED)))
        if row["state"] == "failed" or attempts >= ATTEMPTS_MAX:
            return None
        begun = await connection.fetchval(_BEGIN, export_id, attempts + 1, worker, lease)
        return Held(lease) if begun is None else _claim(export_id, begun, dict(row))


async def renew(
    connection: Connection, claimed: Claim, *, lease: timedelta, progress_percent: int
) -> None:
    """Say that the attempt is still at work, and how far it is.

    Raises:
        LeaseLostError: if the attempt was ended by others, or the export was canceled or expired.
    """
    row = await connection.fetchrow(
        _RENEW, claimed.export_id, claimed.attempt, lease, progress_percent
    )
    if row is None:
        raise LeaseLostError("another attempt has begun")
    if row["is_over"]:
        raise LeaseLostError("the export was canceled, or its time is over")


async def end(connection: Connection, claimed: Claim, ending: Ending) -> None:
    """End the attempt and record it, both or neither; a second time changes nothing.

    Raises:
        LeaseLostError: if it was ended otherwise before.
    """
    async with connection.transaction():
        ended = await connection.fetchval(
            _END,
            claimed.export_id,
            claimed.attempt,
            ending.outcome,
            ending.problem,
            ending.key,
            ending.byte_count,
            ending.sha256,
            ending.page_count,
            claimed.digest if ending.outcome == "ready" else None,
        )
        if ended is not None:
            await audit_trail.record(connection, _record(claimed, ending))
        # The reply to an earlier COMMIT may have been lost: then it is ended as it should be.
        elif not await connection.fetchval(
            _ENDED, claimed.export_id, claimed.attempt, ending.outcome, ending.sha256
        ):
            raise LeaseLostError("the attempt had been ended before")


def _claim(export_id: str, attempt: int, row: dict[str, Any]) -> Claim:
    for name in ("state", "attempts", "lease_left", "ended_at"):
        del row[name]
    row["parameters"] = msgspec.json.decode(row["parameters"])
    return Claim(export_id=export_id, attempt=attempt, **row)


def _record(claimed: Claim, ending: Ending) -> AuditRecord:
    details: dict[str, str | int | None] = {
        "report": claimed.report,
        "attempt": claimed.attempt,
        "owner": f"{claimed.owner_kind} {claimed.owner_id}",
        "outcome": ending.outcome,
        "digest": claimed.digest,
        "watermark": claimed.watermark,
        "sha256": ending.sha256,
        "page_count": ending.page_count,
        "problem": ending.problem,
    }
    return AuditRecord(
        id=new_id(),
        occurred_at=clock.now(),
        service=SERVICE,
        action="export.finished",
        outcome="success" if ending.outcome == "ready" else "failure",
        actor_kind="service",
        actor=SERVICE,
        resource=f"/api/v1/reports/exports/{claimed.export_id}",
        clinic_ids=ending.clinic_ids or tuple(claimed.clinic_ids or ()),
        details={name: value for name, value in details.items() if value is not None},
    )
