"""Runs that bring data in, as they are shown: state, counts, and how far behind their source is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from careledger.postgres import Connection

_COLUMNS: Final = """
SELECT r.run_id, r.source, mode, status, started_by, queued_at, started_at, r.ended_at, from_date,
    to_date, expected_count, read_count, published_count, unchanged_count, quarantined_count,
    deleted_count, data_through, cancel_requested_by, error,
    extract(epoch FROM coalesce(r.ended_at, now()) - started_at) AS duration_seconds,
    extract(epoch FROM coalesce(r.ended_at, now()) - data_through) AS lag_seconds,
    p.reconciliation_id, p.ended_at AS reconciled_at, p.matches, p.difference_count, p.differences,
    p.books, (
        SELECT problem FROM bad_data_stops AS stop
        WHERE topic = 'payment-events' AND accepted_at IS NULL AND p.reconciliation_id IS NULL
            AND (r.ended_at IS NULL OR r.ended_at >= stopped_at OR EXISTS (
                SELECT FROM jsonb_each_text(r.positions) AS last (kafka_partition, kafka_offset)
                LEFT JOIN positions AS reached ON reached.topic = stop.topic
                    AND reached.kafka_partition = last.kafka_partition::smallint
                WHERE coalesce(reached.next_offset, 0) <= last.kafka_offset::bigint))
    ) AS reports_stopped
FROM etl_process_status AS r
LEFT JOIN reconciliations AS p ON p.run_id = r.run_id
"""
_LIST: Final = (
    _COLUMNS
    + """
WHERE ($1::text IS NULL OR r.run_id < $1) AND ($2::text IS NULL OR r.source = $2)
    AND ($3::text IS NULL OR status = $3)
ORDER BY r.run_id DESC LIMIT $4
"""
)
_ONE: Final = _COLUMNS + "WHERE r.run_id = $1"

RunStatus = Literal["queued", "running", "completed", "failed", "stopped"]
ShownMode = Literal["import", "incremental", "range", "full", "reconcile"]


class BookTotals(BaseModel):
    """What a book adds up to on both sides; amounts are minor units."""

    model_config = ConfigDict(extra="forbid")

    book: str = Field(description="What is added up: invoice, payment, refund, ...")
    currency: str
    source_count: int
    source_amount: int
    ledger_count: int
    ledger_amount: int


class DayDifference(BookTotals):
    """A day of a book on which both sides are not the same; 0001-01-01 in books without days."""

    day: date


class RunReconciliation(BaseModel):
    """The comparison of what a run read with what the reports hold, at the run's last record."""

    model_config = ConfigDict(extra="forbid")

    reconciliation_id: str
    ended_at: datetime
    matches: bool
    difference_count: int
    books: list[BookTotals] = Field(
        description="Of all the source's clinics: for accounts that may see every clinic."
    )
    differences: list[DayDifference] = Field(description="The first hundred; as `books`.")


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
    reports_stopped: str | None = Field(
        description="Why the reports stand still before they hold all that this run told: too "
        "much is refused, and a person has to accept it. Null while they go on."
    )
    reconciliation: RunReconciliation | None = Field(
        description="Null until the reports have passed the run's last record."
    )


async def list_runs(
    connection: Connection,
    *,
    amounts: bool,
    before: str | None,
    source: str | None,
    status: str | None,
    limit: int,
) -> list[Run]:
    """Return runs, the latest first; without `amounts` a reconciliation tells its verdict alone."""
    return [
        _run(row, amounts=amounts)
        for row in await connection.fetch(_LIST, before, source, status, limit)
    ]


async def find_run(connection: Connection, run_id: str, *, amounts: bool) -> Run | None:
    """Return a run, or None; without `amounts` its reconciliation tells its verdict alone."""
    row = await connection.fetchrow(_ONE, run_id)
    return None if row is None else _run(row, amounts=amounts)


def _run(row: Any, *, amounts: bool) -> Run:  # noqa: ANN401 - a record of asyncpg
    values = dict(row)
    for name in ("expected", "read", "published", "unchanged", "deleted", "quarantined"):
        values[name] = values.pop(f"{name}_count")
    for name in ("duration_seconds", "lag_seconds"):
        values[name] = None if values[name] is None else round(float(values[name]), 1)
    values["reconciliation"] = _reconciliation(values, amounts=amounts)
    return Run(**values)


def _reconciliation(values: dict[str, Any], *, amounts: bool) -> RunReconciliation | None:
    """Take a proof's columns out of those of its run.

    A source tells of all its clinics at once, so its sums are not for who may see some of them.
    """
    names = ("reconciliation_id", "reconciled_at", "matches", "difference_count", "differences")
    proof = {name: values.pop(name) for name in (*names, "books")}
    if proof["reconciliation_id"] is None:
        return None
    proof["ended_at"] = proof.pop("reconciled_at")
    for name in ("books", "differences"):
        proof[name] = msgspec.json.decode(proof[name]) if amounts else []
    return RunReconciliation.model_validate(proof)
