"""Brings the events of a source in, batch by batch; done again it changes nothing.

The events' ids come from the source, so that the ledger knows those it has.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct, field

from careledger.errors import UnavailableError
from careledger.events.rejection import EventRejectedError
from ingest.auditing import Actor, AuditTrail, audit_record
from ingest.fates import Arrival, Tally
from ingest.intake import Intake
from ingest.parsing import validated
from ingest.runs import Run
from ingest.sources.payloads import SourceEvent, SourceProblem

BATCH_EVENTS_MAX: Final = 500


class ImportTally(Struct):
    """What became of a source's rows."""

    read: int = 0
    events: Tally = field(default_factory=Tally)
    row_problems: Counter[str] = field(default_factory=Counter[str])
    """Why rows were no events: file and reason, and how many."""


class Importer:
    """The use case of bringing a source in."""

    def __init__(self, intake: Intake, audit: AuditTrail, actor: Actor) -> None:
        """Bring it in through the intake, on somebody's behalf."""
        self._intake = intake
        self._audit = audit
        self._actor = actor

    async def bring_in(
        self,
        source: str,
        rows: Iterable[SourceProblem | SourceEvent],
        run: Run,
        *,
        report: Callable[[ImportTally], None],
    ) -> ImportTally:
        """Publish every event of a source that passes screening.

        Args:
            source: its name, for the audit record.
            rows: what was read of it.
            run: where its progress is shown.
            report: told the tally after each batch.

        Raises:
            UnavailableError: if Kafka or PostgreSQL is away; run it again.
        """
        tally = ImportTally()
        try:
            await self._take_all(rows, tally, run, report)
        except BaseException as error:
            self._audit.write_later(
                audit_record(
                    "events.imported", "failure", self._actor, resource=source, tally=tally.events
                )
            )
            stopped = isinstance(error, (asyncio.CancelledError, KeyboardInterrupt))
            await run.end("stopped" if stopped else "failed", _reason(error))
            raise
        await self._audit.write(
            audit_record(
                "events.imported", "success", self._actor, resource=source, tally=tally.events
            )
        )
        await run.end("completed")
        return tally

    async def _take_all(
        self,
        rows: Iterable[SourceProblem | SourceEvent],
        tally: ImportTally,
        run: Run,
        report: Callable[[ImportTally], None],
    ) -> None:
        iterator = iter(rows)
        while batch := list(islice(iterator, BATCH_EVENTS_MAX)):
            await self._intake.take(list(_arrivals(batch, tally)), tally.events)
            await run.progress(read=tally.read, tally=tally.events)
            report(tally)


def _arrivals(
    batch: Iterable[SourceProblem | SourceEvent], tally: ImportTally
) -> Iterator[Arrival]:
    for row in batch:
        tally.read += 1
        if isinstance(row, SourceProblem):
            tally.row_problems[f"{row.file}: {row.reason}"] += 1
            continue
        try:
            yield Arrival(tally.read, validated(row))
        except EventRejectedError as error:
            yield Arrival(tally.read, error)


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, UnavailableError) else type(error).__name__
