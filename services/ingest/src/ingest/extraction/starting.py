"""Starts runs in the background of the service, and asks going ones to stop."""

from __future__ import annotations

import asyncio

import structlog

from careledger.errors import CareledgerError
from ingest.auditing import Actor
from ingest.extraction.places import database_of, mapping_of
from ingest.extraction.requests import Request
from ingest.extraction.run import Extraction
from ingest.parts import Parts
from ingest.runs import RunCounts, ask_to_stop
from ingest.settings import IngestSettings

_log = structlog.get_logger(__name__)


class Extractions:
    """The runs of this process; the mapping is read anew for each."""

    def __init__(self, parts: Parts, settings: IngestSettings) -> None:
        """Run what the settings name."""
        self._parts = parts
        self._settings = settings
        self._going: set[asyncio.Task[RunCounts]] = set()

    async def start(self, request: Request, actor: Actor) -> str:
        """Start a run and return its id; it goes on in the background.

        Raises:
            ConfigurationError: if no database is configured, or its mapping is wrong.
            RunInProgressError: if another run of the source has not ended.
            TurnTakenError: if the run of the turn was started already.
            SourceUnreadableError: if the database is not there.
            UnavailableError: if PostgreSQL is away.
        """
        mapping = mapping_of(self._settings)
        database = database_of(self._settings)
        extraction = Extraction(self._parts, self._settings, mapping, database, actor)
        claimed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        going = asyncio.create_task(extraction.run(request, claimed=claimed.set_result))
        self._going.add(going)
        going.add_done_callback(self._going.discard)
        await asyncio.wait((going, claimed), return_when=asyncio.FIRST_COMPLETED)
        if not claimed.done():
            claimed.cancel()
            await going
        going.add_done_callback(_say_end)
        return claimed.result()

    async def cancel(self, run_id: str, *, by: str) -> bool:
        """Ask a run to stop after its chunk; return whether it is going on."""
        return await ask_to_stop(self._parts.pool, run_id, by)

    async def close(self) -> None:
        """Stop every run where it is; the next ones go on from there."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)


def _say_end(task: asyncio.Task[RunCounts]) -> None:
    if task.cancelled():
        return
    error = task.exception()
    if error is None:
        counts = task.result()
        _log.info("run_completed", read=counts.read, published=counts.published)
    elif isinstance(error, CareledgerError):
        _log.warning("run_failed", problem=str(error))
    else:
        _log.error("run_broken", error=type(error).__name__)
