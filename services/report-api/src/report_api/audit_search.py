"""Finds records in the sealed audit log, the newest first, by what auditors ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from careledger.postgres import Connection

_SELECT: Final = "SELECT sequence, occurred_at, record FROM audit_log"
_ORDER: Final = "ORDER BY occurred_at DESC, sequence DESC"
_ESCAPED: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class RecordPlace(NamedTuple):
    """Where a record stands in the order of the list."""

    occurred_at: datetime
    sequence: int


class AuditSearch(BaseModel):
    """Which records; what is not given does not matter."""

    model_config = ConfigDict(frozen=True)

    actor: str | None = None
    actor_kind: str | None = None
    actions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    service: str | None = None
    resource: str | None = None
    """How the resource begins."""
    clinic_id: str | None = None
    patient_id: str | None = None
    occurred_from: datetime | None = None
    occurred_before: datetime | None = None
    clinics: frozenset[str] | None = None
    """Only records that concern some of these, without the patients of those that concern others
    as well; None for every record."""


class AuditEntry(BaseModel):
    """One sealed record: who did what, to which resource, when, from where, with which outcome."""

    model_config = ConfigDict(extra="forbid")

    sequence: int = Field(description="Its place in the log, without gaps.")
    id: str
    occurred_at: datetime
    service: str
    action: str
    outcome: str
    actor_kind: str
    actor: str
    role: str | None = None
    resource: str
    clinic_ids: list[str] = []
    patient_ids: list[str] = Field(
        default=[], description="Patients whose data the answer showed, or who were asked for."
    )
    remote: str | None = None
    request_id: str | None = None
    trace_id: str | None = None
    count: int = Field(default=1, description="How many like acts the record stands for.")
    details: dict[str, str | int | list[str]] = {}


_FIELDS: Final = frozenset(AuditEntry.model_fields) - {"sequence"}


async def find_records(
    connection: Connection, search: AuditSearch, *, after: RecordPlace | None, limit: int
) -> tuple[list[AuditEntry], RecordPlace | None]:
    """Return a page of records, the newest first, and where the next page begins.

    Args:
        connection: inside the caller's transaction.
        search: which records.
        after: the last record of the page before.
        limit: the most records to return.
    """
    conditions, values = _conditions(search, after)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    values.append(limit + 1)
    # A filter can fit one record of ten million or nearly all: each question is planned by itself.
    await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
    rows = await connection.fetch(f"{_SELECT}{where} {_ORDER} LIMIT ${len(values)}", *values)
    page = rows[:limit]
    place = None
    if len(rows) > limit:
        place = RecordPlace(page[-1]["occurred_at"], page[-1]["sequence"])
    return [_entry(row["sequence"], row["record"], search.clinics) for row in page], place


def _conditions(search: AuditSearch, after: RecordPlace | None) -> tuple[list[str], list[Any]]:
    resource = None if search.resource is None else search.resource.translate(_ESCAPED) + "%"
    scope = None if search.clinics is None else sorted(search.clinics)
    given: list[tuple[str, Any]] = [
        ("actor = {}", search.actor),
        ("actor_kind = {}", search.actor_kind),
        ("action = ANY({}::text[])", list(search.actions) or None),
        ("outcome = ANY({}::text[])", list(search.outcomes) or None),
        ("service = {}", search.service),
        ("resource LIKE {}", resource),
        ("clinic_ids @> {}::text[]", search.clinic_id and [search.clinic_id]),
        ("patient_ids @> {}::text[]", search.patient_id and [search.patient_id]),
        ("clinic_ids && {}::text[]", scope),
        # Of an answer over several clinics nothing says which patient is of which.
        ("clinic_ids <@ {}::text[]", scope if search.patient_id else None),
        ("occurred_at >= {}", search.occurred_from),
        ("occurred_at < {}", search.occurred_before),
        ("(occurred_at, sequence) < ({}, {})", after),
    ]
    conditions: list[str] = []
    values: list[Any] = []
    for condition, value in given:
        if value is None:
            continue
        several = list(value) if isinstance(value, RecordPlace) else [value]
        numbers = [f"${len(values) + place}" for place in range(1, len(several) + 1)]
        conditions.append(condition.format(*numbers))
        values.extend(several)
    if search.outcomes and "success" not in search.outcomes:
        # Says in the words of its index that what is asked for is rare.
        conditions.append("outcome <> 'success'")
    return conditions, values


def _entry(sequence: int, record: bytes, clinics: frozenset[str] | None) -> AuditEntry:
    told = msgspec.json.decode(record, type=dict[str, Any])
    known = {name: value for name, value in told.items() if name in _FIELDS and value is not None}
    if clinics is not None:
        concerned = frozenset[str](known.get("clinic_ids", []))
        known["clinic_ids"] = sorted(concerned & clinics)
        if not concerned <= clinics:
            known["patient_ids"] = []
            known["details"] = {}
    return AuditEntry(sequence=sequence, **known)
