"""What a run does with one table: reads it, tells what is new, and takes back what is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any, Final

from careledger import clock
from ingest.extraction.passes import Batch, Checkpoint, TableReading, in_thread
from ingest.extraction.progress import Progress, RunStoppedError
from ingest.extraction.requests import Request
from ingest.extraction.sending import Sender
from ingest.extraction.telling import LATER, Teller
from ingest.sources.practice.checking import require_keys
from ingest.sources.practice.mapping import EntityName
from ingest.told_rows import ToldRows

LATER_MAX: Final = 10_000
SWEPT_ROWS_MAX: Final = 50_000
DELETIONS_MIN: Final = 100
DELETIONS_SHARE_MAX: Final = 0.2


class TableRun:
    """One table of a run."""

    def __init__(
        self,
        name: EntityName,
        reading: TableReading,
        teller: Teller,
        told: ToldRows,
        sender: Sender,
        progress: Progress,
        executor: ThreadPoolExecutor,
    ) -> None:
        """Read in a thread, tell here."""
        self._name: EntityName = name
        self._reading = reading
        self._teller = teller
        self._told = told
        self._sender = sender
        self._progress = progress
        self._executor = executor

    async def read(self, request: Request) -> None:
        """Tell what is new or changed, as far as the request asks for it.

        Raises:
            SourceUnreadableError: if rows share a key, so that one would pass for the other.
        """
        loop = asyncio.get_running_loop()
        database, table = self._reading.database, self._reading.table
        await loop.run_in_executor(self._executor, require_keys, database, table)
        if request.mode == "reconcile":
            return
        if request.days is not None:
            await self._tell(self._reading.of_range(*request.days))
            return
        later = await self._told.refused(self._teller.entity, LATER, LATER_MAX)
        if later:
            await self._tell(self._reading.of_keys(later), again=True)
        if request.mode == "full":
            await self._tell(self._reading.everything({}), again=True)
        else:
            checkpoint: Checkpoint = self._told.known.checkpoints.get(self._name, {})
            await self._tell(self._reading.new_and_changed(checkpoint))
        await self._tell(self._reading.without_key(), again=True)

    async def sweep(self, *, deletions_accepted: bool) -> None:
        """Find the days whose rows are not those that were told, and put them right.

        Raises:
            RunStoppedError: if so many rows are gone that it is likelier that the mapping or the
                database is another.
        """
        loop = asyncio.get_running_loop()
        database, table = self._reading.database, self._reading.table
        there = await loop.run_in_executor(self._executor, database.days, table)
        known = await self._told.days(self._teller.entity)
        differing = sorted(
            (day for day in there.keys() | known.keys() if there.get(day, 0) != known.get(day, 0)),
            key=lambda day: day or "",
        )
        gone = sum(max(0, known.get(day, 0) - there.get(day, 0)) for day in differing)
        limit = max(DELETIONS_MIN, DELETIONS_SHARE_MAX * sum(known.values()))
        if sum(known.values()) - sum(there.values()) > limit and not deletions_accepted:
            raise RunStoppedError(
                f"{gone} rows of {table.table} are gone, which is too many to be believed: check "
                "the mapping and the database, or accept deletions"
            )
        sizes = ((day, there.get(day, 0) + known.get(day, 0)) for day in differing)
        for days in _groups(sizes):
            await self._sweep(days)

    async def _sweep(self, days: list[str | None]) -> None:
        loop = asyncio.get_running_loop()
        database, table = self._reading.database, self._reading.table
        await self._tell(self._reading.of_days(days))
        # Of the rows known under these days some may stand under other days by now.
        known = await self._told.keys_of_days(self._teller.entity, days)
        await self._tell(self._reading.of_keys(known))
        known = await self._told.keys_of_days(self._teller.entity, days)
        found = await loop.run_in_executor(self._executor, database.keys_among, table, known)
        missing = [key for key in known if key not in found]
        limit = self._reading.limit
        for start in range(0, len(missing), limit):
            part = missing[start : start + limit]
            chunk = await self._teller.about_missing(part, self._told, clock.now())
            await self._sender.tell(self._teller.entity, chunk, {})
            await self._progress.add(0, chunk)

    async def _tell(self, batches: Iterator[Batch], *, again: bool = False) -> None:
        async with aclosing(in_thread(batches, self._executor)) as reading:
            async for batch in reading:
                now = clock.now()
                chunk = await self._teller.about(batch.rows, self._told, now, again=again)
                checkpoints: dict[str, Any] = {}
                if batch.checkpoint is not None:
                    checkpoints = {self._name: batch.checkpoint}
                await self._sender.tell(self._teller.entity, chunk, checkpoints)
                await self._progress.add(len(batch.rows), chunk)


def _groups(sizes: Iterator[tuple[str | None, int]]) -> Iterator[list[str | None]]:
    """Yield days together, so few that their rows fit into memory."""
    days: list[str | None] = []
    rows = 0
    for day, size in sizes:
        if days and rows + size > SWEPT_ROWS_MAX:
            yield days
            days, rows = [], 0
        days.append(day)
        rows += size
    if days:
        yield days
