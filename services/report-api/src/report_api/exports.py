"""Exports are rows: asked for with everything that fixes their figures, then rendered elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, NamedTuple

import msgspec
from asyncpg import UniqueViolationError

from careledger import clock
from careledger.ids import new_id
from careledger.postgres import Connection
from careledger.reports.answers import Meta
from careledger.reports.documents import DocumentQuestion, DocumentReport
from careledger.tasks import DocumentLocale, Paper
from report_api.errors import ConflictError
from report_api.identity.callers import Caller
from report_api.open_exports import refuse_beyond
from report_api.permissions import Permission

ExportState = Literal["queued", "rendering", "ready", "failed", "expired", "canceled"]

REPORT_PERMISSIONS: Final[dict[str, Permission]] = {
    "revenue": Permission.REVENUE_READ,
    "suppressed_revenue": Permission.REVENUE_SUPPRESSED,
    "history": Permission.HISTORY_READ,
    "outstanding": Permission.OUTSTANDING_READ,
}
RING_AGAIN: Final = timedelta(seconds=15)
_RINGS_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export as it stands."""

    export_id: str
    owner_kind: str
    owner_id: str
    report: str
    parameters: dict[str, Any]
    clinic_ids: list[str] | None
    watermark: str
    digest: str
    paper: Paper
    locale: DocumentLocale
    requested_at: datetime
    state: ExportState
    attempts: int
    progress_percent: int | None
    problem: str | None
    ended_at: datetime | None
    result_key: str | None
    result_bytes: int | None
    result_sha256: str | None
    page_count: int | None


_COLUMNS: Final = ", ".join(Export.__dataclass_fields__)
_FIND: Final = f"SELECT {_COLUMNS} FROM export_states WHERE export_id = $1"  # noqa: S608 - our own column names
_OF_OWNER: Final = f"{_FIND} AND owner_kind = $2 AND owner_id = $3"

_SAME: Final = """
SELECT export_id, repetition, state IN ('queued', 'rendering', 'ready') AS usable
FROM exports JOIN export_states USING (export_id)
WHERE exports.owner_kind = $1 AND exports.owner_id = $2 AND request_digest = $3
ORDER BY repetition DESC LIMIT 1
"""

_INSERT: Final = """
INSERT INTO exports (export_id, owner_kind, owner_id, owner_name, report, parameters, clinic_ids,
    watermark, digest, data_through, paper, locale, request_digest, repetition, requested_at,
    rung_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
"""


_LIST: Final = f"""
SELECT {_COLUMNS} FROM export_states
WHERE owner_kind = $1 AND owner_id = $2 AND ($3::text IS NULL OR export_id < $3)
ORDER BY export_id DESC LIMIT $4
"""  # noqa: S608 - our own column names

_AGAIN: Final = """
SELECT same.export_id
FROM exports AS asked
JOIN exports AS same USING (owner_kind, owner_id, request_digest)
JOIN export_states AS found ON found.export_id = same.export_id
WHERE asked.export_id = $1 AND found.state IN ('queued', 'rendering', 'ready')
ORDER BY same.repetition DESC LIMIT 1
"""

_RETRY: Final = """
INSERT INTO exports (export_id, owner_kind, owner_id, owner_name, report, parameters, clinic_ids,
    watermark, digest, data_through, paper, locale, request_digest, repetition, requested_at,
    rung_at)
SELECT $2, owner_kind, owner_id, owner_name, report, parameters, clinic_ids, watermark, digest,
    data_through, paper, locale, request_digest,
    (SELECT max(repetition) + 1 FROM exports AS same
     WHERE (same.owner_kind, same.owner_id, same.request_digest)
         = (asked.owner_kind, asked.owner_id, asked.request_digest)),
    $3, $3
FROM exports AS asked WHERE export_id = $1
"""


class Wanted(NamedTuple):
    """What is to be written down, and how it is to look."""

    report: DocumentReport
    question: DocumentQuestion
    paper: Paper
    locale: DocumentLocale


async def request_export(
    connection: Connection, caller: Caller, wanted: Wanted, meta: Meta, *, open_max: int
) -> tuple[str, bool]:
    """Write down what is to be rendered, in the caller's transaction.

    Args:
        connection: inside the transaction in which the answer was read.
        caller: who asks, and which clinics they may see.
        wanted: which report, its question and its looks; as-of day and watermark are the answer's.
        meta: of the answer as shown on screen.
        open_max: how many exports the caller may have under way.

    Returns:
        The export's id and whether it is new: the same question of the same owner at the same
        watermark is the same export, unless that one failed or was canceled.

    Raises:
        TooManyRequestsError: if it is new, and the caller has as many under way as allowed.
        ConflictError: if the same request is being written at this moment.
    """
    report, question, paper, locale = wanted
    fixed = question.model_copy(update={"as_of": meta.as_of, "watermark": meta.watermark})
    parameters = fixed.model_dump_json(exclude_defaults=True)
    scope = None if caller.clinic_ids is None else sorted(caller.clinic_ids)
    digest = sha256(msgspec.json.encode((report, parameters, scope, paper, locale))).digest()
    same = await connection.fetchrow(_SAME, caller.kind, caller.account_id, digest)
    if same is not None and same["usable"]:
        return same["export_id"], False
    await refuse_beyond(connection, caller, open_max)
    export_id = new_id()
    try:
        await connection.execute(
            _INSERT,
            export_id,
            caller.kind,
            caller.account_id,
            caller.name,
            report,
            parameters,
            scope,
            meta.watermark,
            meta.digest,
            meta.data_through,
            paper,
            locale,
            digest,
            0 if same is None else same["repetition"] + 1,
            clock.now(),
        )
    except UniqueViolationError as error:
        raise ConflictError(headers={"Retry-After": "1"}) from error
    return export_id, True


async def find_export(connection: Connection, export_id: str) -> Export | None:
    """Read an export, whoever asked for it."""
    row = await connection.fetchrow(_FIND, export_id)
    return None if row is None else _export(dict(row))


async def export_of(connection: Connection, export_id: str, caller: Caller) -> Export | None:
    """Read an export of the caller's own; anybody else's is None."""
    row = await connection.fetchrow(_OF_OWNER, export_id, caller.kind, caller.account_id)
    return None if row is None else _export(dict(row))


async def exports_of(
    connection: Connection, caller: Caller, *, before: str | None, limit: int
) -> list[Export]:
    """Read exports of the caller's own, the latest first; ids are made in the order of time.

    Args:
        connection: inside the caller's transaction.
        caller: whose exports.
        before: only those asked for before this one.
        limit: the most to return.
    """
    rows = await connection.fetch(_LIST, caller.kind, caller.account_id, before, limit)
    return [_export(dict(row)) for row in rows]


async def retry_export(
    connection: Connection, caller: Caller, export_id: str, *, open_max: int
) -> tuple[str, bool]:
    """Ask for an export again, with everything that fixes its figures.

    Args:
        connection: inside the caller's transaction.
        caller: whose export it is.
        export_id: of the one that failed.
        open_max: how many exports the caller may have under way.

    Returns:
        The id of the export in its place and whether it is new: what was retried before is the
        same export, unless that one failed, too.

    Raises:
        TooManyRequestsError: if it is new, and the caller has as many under way as allowed.
        ConflictError: if the same is being asked for at this moment.
    """
    again: str | None = await connection.fetchval(_AGAIN, export_id)
    if again is not None:
        return again, False
    await refuse_beyond(connection, caller, open_max)
    new = new_id()
    try:
        await connection.execute(_RETRY, export_id, new, clock.now())
    except UniqueViolationError as error:
        raise ConflictError(headers={"Retry-After": "1"}) from error
    return new, True


async def cancel_export(connection: Connection, export_id: str) -> None:
    """Cancel an export; one that is ready already stays so."""
    await connection.execute(
        "UPDATE exports SET canceled_at = $2 WHERE export_id = $1 AND canceled_at IS NULL",
        export_id,
        clock.now(),
    )


def still_allowed(export: Export, caller: Caller) -> bool:
    """Tell whether the owner may have the document still: permission, and every clinic in it."""
    permission = REPORT_PERMISSIONS[export.report]
    if not (caller.may(Permission.EXPORTS) and caller.may(permission)):
        return False
    if _names_patients(export) and not caller.may(Permission.OUTSTANDING_PATIENTS):
        return False
    if caller.clinic_ids is None:
        return True
    return export.clinic_ids is not None and set(export.clinic_ids) <= caller.clinic_ids


def _names_patients(export: Export) -> bool:
    return export.report == "outstanding" and export.parameters.get("shows_patients", True)


# Where the last attempt died it is rung for at once, also after the third, so that it is closed.
_TAKE_UNHEARD: Final = """
WITH waiting AS (
    SELECT export_id,
        CASE WHEN attempts > 0 AND ended_at IS NULL THEN greatest(leased_until, $2) ELSE $2 END
            AS due
    FROM export_states
    WHERE requested_at > $1::timestamptz - interval '7 days'
        AND (state = 'queued' OR state = 'failed' AND ended_at IS NULL)
)
UPDATE exports SET rung_at = $1
FROM (
    SELECT export_id, due FROM waiting JOIN exports USING (export_id)
    WHERE rung_at < due ORDER BY requested_at LIMIT $3
) AS overdue
WHERE exports.export_id = overdue.export_id AND exports.rung_at < overdue.due
RETURNING exports.export_id
"""


async def exports_to_ring_for(connection: Connection) -> list[str]:
    """Take the exports nobody works on although it was rung for them a while ago."""
    now = clock.now()
    rows = await connection.fetch(_TAKE_UNHEARD, now, now - RING_AGAIN, _RINGS_AT_ONCE)
    return [row["export_id"] for row in rows]


def _export(row: dict[str, Any]) -> Export:
    return Export(**{**row, "parameters": msgspec.json.decode(row["parameters"])})
