"""Runs as an operator sees them: state, counts and what is in the way, read from their rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from careledger.errors import UnavailableError
from careledger.postgres import Pool, trouble
from ingest.runs import OUTAGES

_COLUMNS: Final = """
SELECT run_id, source, mode, status, started_by, coalesce(started_at, queued_at) AS started_at,
    ended_at, expected_count AS expected, read_count AS read, published_count AS published,
    unchanged_count AS unchanged, deleted_count AS deleted, quarantined_count AS quarantined,
    from_date, to_date, data_through, cancel_requested_by, error,
    round(extract(epoch FROM coalesce(ended_at, now()) - started_at), 1) AS duration_seconds,
    (SELECT problem FROM bad_data_stops WHERE accepted_at IS NULL LIMIT 1) AS reports_stopped
FROM etl_process_status
"""
_LIST: Final = (
    _COLUMNS
    + """
WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR run_id = $2)
ORDER BY run_id DESC LIMIT $3
"""
)


class ShownRun(Struct, frozen=True, kw_only=True):
    """One run."""

    run_id: str
    source: str
    mode: str
    status: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    expected: int | None
    """Rows the source has in all."""
    read: int
    published: int
    unchanged: int
    deleted: int
    quarantined: int
    from_date: date | None
    """First day of a range."""
    to_date: date | None
    data_through: datetime | None
    cancel_requested_by: str | None
    error: str | None
    duration_seconds: Decimal | None
    reports_stopped: str | None
    """Why no report moves at present, whatever runs tell: too much is refused."""


async def shown_runs(
    pool: Pool, *, source: str | None = None, run_id: str | None = None, limit: int
) -> list[ShownRun]:
    """Return runs, the latest first.

    Raises:
        UnavailableError: if PostgreSQL is away.
    """
    try:
        rows: list[Any] = await pool.fetch(_LIST, source, run_id, limit)
    except OUTAGES as error:
        raise UnavailableError(f"PostgreSQL {trouble(error)}; ask again") from error
    return [ShownRun(**dict(row)) for row in rows]
