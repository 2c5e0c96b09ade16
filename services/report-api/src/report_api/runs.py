"""Runs that bring data in, as they are shown: state, counts, and how far behind their source is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from careledger.postgres import Connection

_COLUMNS: Final = """
SELECT run_id, source, mode, status, started_by, queued_at, started_at, ended_at, from_date,
    to_date, expected_count, read_count, published_count, unchanged_count, quarantined_count,
    deleted_count, data_through, cancel_requested_by, error,
    extract(epoch FROM coalesce(ended_at, now()) - started_at) AS duration_seconds,
    extract(epoch FROM coalesce(ended_at, now()) - data_through) AS lag_seconds
FROM etl_process_status
"""
_LIST: Final = (
    _COLUMNS
    + """
WHERE ($1::text IS NULL OR run_id < $1) AND ($2::text IS NULL OR source = $2)
    AND ($3::text IS NULL OR status = $3)
ORDER BY run_id DESC LIMIT $4
"""
)
_ONE: Final = _COLUMNS + "WHERE run_id = $1"

RunStatus = Literal["queued", "running", "completed", "failed", "stopped"]
ShownMode = Literal["import", "incremental", "range", "full", "reconcile"]


class Run(BaseModel):
    """One run."""

    model_config = ConfigDict(extra="forbid")

    run_id: str
    source: str = Field(description="What was read.", examples=["urn:harbor:billing"])
    mode: ShownMode
    status: RunStatus
    started_by: str
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    duration_seconds: float | None
    from_date: date | None = Field(description="First day of a range.")
    to_date: date | None
    expected: int | None = Field(description="Rows the source has in all.")
    read: int
    published: int = Field(description="Events that Kafka has acknowledged.")
    unchanged: int
    deleted: int
    quarantined: int
    data_through: datetime | None = Field(description="Latest change among the rows read.")
    lag_seconds: float | None = Field(
        description="Between the latest change read and the end of the run."
    )
    cancel_requested_by: str | None
    error: str | None


async def list_runs(
    connection: Connection,
    *,
    before: str | None,
    source: str | None,
    status: str | None,
    limit: int,
) -> list[Run]:
    """Return runs, the latest first."""
    return [_run(row) for row in await connection.fetch(_LIST, before, source, status, limit)]


async def find_run(connection: Connection, run_id: str) -> Run | None:
    """Return a run, or None."""
    row = await connection.fetchrow(_ONE, run_id)
    return None if row is None else _run(row)


def _run(row: Any) -> Run:  # noqa: ANN401 - a record of asyncpg
    values = dict(row)
    for name in ("expected", "read", "published", "unchanged", "deleted", "quarantined"):
        values[name] = values.pop(f"{name}_count")
    for name in ("duration_seconds", "lag_seconds"):
        values[name] = None if values[name] is None else round(float(values[name]), 1)
    return Run(**values)
