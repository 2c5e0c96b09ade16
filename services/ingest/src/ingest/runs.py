"""Runs that bring data in, as rows anybody can look at; one run per source at a time.

The row says what happened; an advisory lock held by the run's own connection says whether it is
alive, so that what a killed run left behind stops nobody.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final, Literal

import asyncpg
import msgspec

from careledger import ids
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, Pool
from ingest.fates import Tally

RunMode = Literal["import"]
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
_FIRST_CHECKPOINT: Final = """
SELECT checkpoint FROM etl_process_status
WHERE source = $1 AND mode = $2 AND checkpoint IS NOT NULL
ORDER BY queued_at LIMIT 1
"""


_FAILURES: Final = (
    ConnectionError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


class RunInProgressError(CareledgerError):
    """Another run of the same source has not ended."""


class Run:
    """A run that is going on."""

    def __init__(self, connection: Connection, run_id: str, source: str, mode: RunMode) -> None:
        """Write to the row of a run."""
        self._connection = connection
        self._source = source
        self._mode = mode
        self.run_id: Final = run_id

    async def first_checkpoint(self) -> dict[str, Any] | None:
        """Return what the first run of this source kept for all that follow, or None."""
        text: str | None = await self._connection.fetchval(
            _FIRST_CHECKPOINT, self._source, self._mode
        )
        return None if text is None else msgspec.json.decode(text, type=dict[str, Any])

    async def keep(self, checkpoint: dict[str, Any]) -> None:
        """Keep what a later run has to know."""
        text = msgspec.json.encode(checkpoint).decode()
        await self._connection.execute(_KEEP, self.run_id, text)

    async def progress(self, *, read: int, tally: Tally) -> None:
        """Show how far it is."""
        await self._connection.execute(_UPDATE, self.run_id, read, tally.accepted, tally.rejected)

    async def end(self, status: RunEnd, error: str | None = None) -> None:
        """Say how it ended; the error is a text for people."""
        await self._connection.execute(_END, self.run_id, status, error)


@asynccontextmanager
async def started(pool: Pool, source: str, mode: RunMode, *, by: str) -> AsyncGenerator[Run]:
    """Start a run; leaving the context without having ended it marks it as failed.

    Args:
        pool: connections; one is held as long as the run goes on.
        source: what is read.
        mode: how it is read.
        by: who started it.

    Raises:
        RunInProgressError: if another run of the source has not ended.
        UnavailableError: if PostgreSQL goes away, at any time of the run.
    """
    try:
        async with _claimed(pool, source, mode, by) as run:
            yield run
    except _FAILURES as error:
        raise UnavailableError(
            "PostgreSQL at CARELEDGER_DATABASE_URL does not answer; run it again"
        ) from error


@asynccontextmanager
async def _claimed(pool: Pool, source: str, mode: RunMode, by: str) -> AsyncGenerator[Run]:
    async with pool.acquire() as connection:
        if not await connection.fetchval(_LOCK, source):
            raise RunInProgressError(f"another run of {source} is going on")
        try:
            run = Run(connection, ids.new_id(), source, mode)
            async with connection.transaction():
                await connection.execute(_CLEAR, source)
                await connection.execute(_START, run.run_id, source, mode, by)
            yield run
        finally:
            await connection.execute(_CLEAR, source)
            await connection.fetchval(_UNLOCK, source)
