"""Runs that bring data in, as rows anybody can look at; one run per source at a time.

The row says what happened; an advisory lock held by the run's own connection says whether it is
alive, so that what a killed run left behind stops nobody.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any, Final, Literal

import asyncpg
import msgspec
from msgspec import Struct

from careledger import ids
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, Pool, trouble
from ingest.fates import Tally
from ingest.jobs import claim, refuse_taken

RunMode = Literal["import", "incremental", "range", "full", "reconcile"]
RunEnd = Literal["completed", "failed", "stopped"]

_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended('careledger.run ' || $1, 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended('careledger.run ' || $1, 0))"
_CLEAR: Final = """
UPDATE etl_process_status
SET status = 'failed', ended_at = now(), error = 'it ended without saying so'
WHERE source = $1 AND status IN ('queued', 'running')
"""
_START: Final = """
INSERT INTO etl_process_status (run_id, source, mode, status, started_by, started_at)
VALUES ($1, $2, $3, 'running', $4, now())
"""
_KEEP: Final = "UPDATE etl_process_status SET checkpoint = $2 WHERE run_id = $1"
_UPDATE: Final = """
UPDATE etl_process_status
SET read_count = $2, published_count = $3, quarantined_count = $4
WHERE run_id = $1
"""
_END: Final = """
UPDATE etl_process_status SET status = $2, ended_at = now(), error = $3 WHERE run_id = $1
"""
_PREVIOUS_END: Final = """
SELECT status FROM etl_process_status
WHERE source = $1 AND run_id < $2 AND status IN ('completed', 'failed', 'stopped')
ORDER BY run_id DESC LIMIT 1
"""
_RUNNING: Final = """
SELECT run_id FROM etl_process_status WHERE source = $1 AND status IN ('queued', 'running')
"""
_EXPECT: Final = """
UPDATE etl_process_status SET expected_count = $2, from_date = $3, to_date = $4 WHERE run_id = $1
"""
_COUNT: Final = """
UPDATE etl_process_status
SET read_count = $2, published_count = $3, unchanged_count = $4, quarantined_count = $5,
    deleted_count = $6, data_through = greatest(data_through, $7)
WHERE run_id = $1
RETURNING cancel_requested_by
"""
_ASK_TO_STOP: Final = """
UPDATE etl_process_status SET cancel_requested_by = coalesce(cancel_requested_by, $2)
WHERE run_id = $1 AND status IN ('queued', 'running')
RETURNING run_id
"""
_POSITIONS: Final = "UPDATE etl_process_status SET positions = $2::jsonb WHERE run_id = $1"
_FIRST_CHECKPOINT: Final = """
SELECT checkpoint FROM etl_process_status
WHERE source = $1 AND mode = $2 AND checkpoint IS NOT NULL
ORDER BY queued_at LIMIT 1
"""


OUTAGES: Final = (
    ConnectionError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


class RunInProgressError(CareledgerError):
    """Another run of the same source has not ended."""

    def __init__(self, source: str, run_id: str | None) -> None:
        """Name the other run, if its row says which."""
        super().__init__(f"another run of {source} is going on" + (f": {run_id}" if run_id else ""))
        self.run_id: Final = run_id


class RunCounts(Struct):
    """What a run did so far."""

    read: int = 0
    published: int = 0
    """Events that Kafka has acknowledged."""
    unchanged: int = 0
    quarantined: int = 0
    deleted: int = 0
    data_through: datetime | None = None
    """The latest time of change among the rows read."""


class Run:
    """A run that is going on."""

    def __init__(self, connection: Connection, run_id: str, source: str, mode: RunMode) -> None:
        """Write to the row of a run."""
        self.connection: Final = connection
        """The run's own connection, whose lock says that it is alive."""
        self._source = source
        self._mode = mode
        self.run_id: Final = run_id

    async def first_checkpoint(self) -> dict[str, Any] | None:
        """Return what the first run of this source kept for all that follow, or None."""
        text: str | None = await self.connection.fetchval(
            _FIRST_CHECKPOINT, self._source, self._mode
        )
        return None if text is None else msgspec.json.decode(text, type=dict[str, Any])

    async def keep(self, checkpoint: dict[str, Any]) -> None:
        """Keep what a later run has to know."""
        text = msgspec.json.encode(checkpoint).decode()
        await self.connection.execute(_KEEP, self.run_id, text)

    async def progress(self, *, read: int, tally: Tally) -> None:
        """Show how far it is."""
        await self.connection.execute(_UPDATE, self.run_id, read, tally.accepted, tally.rejected)

    async def expect(self, rows: int, days: tuple[date, date] | None) -> None:
        """Say how many rows are to be read, and of which days if not of all."""
        first, last = days or (None, None)
        await self.connection.execute(_EXPECT, self.run_id, rows, first, last)

    async def count(self, counts: RunCounts) -> str | None:
        """Show how far it is; return who asked it to stop, if anybody."""
        return await self.connection.fetchval(
            _COUNT,
            self.run_id,
            counts.read,
            counts.published,
            counts.unchanged,
            counts.quarantined,
            counts.deleted,
            counts.data_through,
        )

    async def previous_end(self) -> str | None:
        """Return how the run before this one ended, None if it is the first."""
        return await self.connection.fetchval(_PREVIOUS_END, self._source, self.run_id)

    async def stand(self, positions: dict[str, int]) -> None:
        """Say where the last records of its source lie in Kafka."""
        text = msgspec.json.encode(positions).decode()
        await self.connection.execute(_POSITIONS, self.run_id, text)

    async def end(self, status: RunEnd, error: str | None = None) -> None:
        """Say how it ended; the error is a text for people."""
        await self.connection.execute(_END, self.run_id, status, error)


async def ask_to_stop(pool: Pool, run_id: str, by: str) -> bool:
    """Ask a run to stop at its next chunk; return whether it is going on.

    Raises:
        UnavailableError: if PostgreSQL is away.
    """
    try:
        return await pool.fetchval(_ASK_TO_STOP, run_id, by) is not None
    except OUTAGES as error:
        raise UnavailableError(f"PostgreSQL {trouble(error)}; ask again") from error


@asynccontextmanager
async def started(
    pool: Pool, source: str, mode: RunMode, *, by: str, turn: datetime | None = None
) -> AsyncGenerator[Run]:
    """Start a run; leaving the context without having ended it marks it as failed.

    Args:
        pool: connections; one is held as long as the run goes on.
        source: what is read.
        mode: how it is read.
        by: who started it.
        turn: of the schedule; it is claimed if and only if the run is started.

    Raises:
        RunInProgressError: if another run of the source has not ended.
        TurnTakenError: if the run of the turn was started already.
        UnavailableError: if PostgreSQL goes away, at any time of the run.
    """
    try:
        async with _claimed(pool, source, mode, by, turn) as run:
            yield run
    except OUTAGES as error:
        raise UnavailableError(
            f"PostgreSQL at CARELEDGER_DATABASE_URL {trouble(error)}; run it again"
        ) from error


@asynccontextmanager
async def _claimed(
    pool: Pool, source: str, mode: RunMode, by: str, turn: datetime | None
) -> AsyncGenerator[Run]:
    async with pool.acquire() as connection:
        if turn is not None:
            await refuse_taken(connection, source, turn)
        if not await connection.fetchval(_LOCK, source):
            raise RunInProgressError(source, await connection.fetchval(_RUNNING, source))
        try:
            run = Run(connection, ids.new_id(), source, mode)
            async with connection.transaction():
                if turn is not None:
                    await claim(connection, source, turn)
                await connection.execute(_CLEAR, source)
                await connection.execute(_START, run.run_id, source, mode, by)
            yield run
        finally:
            await connection.execute(_CLEAR, source)
            await connection.fetchval(_UNLOCK, source)
