"""One run over a practice's database, from what is left to be sent to its control totals.

Every chunk is kept before it is sent and struck off after Kafka's acknowledgment, so that a run
that is killed anywhere is made up for by the next one, whatever the source says by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from careledger import clock
from careledger.alerts import Alerts
from careledger.errors import CareledgerError
from careledger.events.audit import AuditOutcome, AuditRecord
from careledger.events.topics import PAYMENT_INTAKE_DLQ
from ingest.auditing import Actor, audit_record
from ingest.control_totals import keep_totals
from ingest.extraction.digests import Digests
from ingest.extraction.passes import TableReading
from ingest.extraction.progress import Progress, Report, RunStoppedError
from ingest.extraction.requests import Request
from ingest.extraction.sending import Sender
from ingest.extraction.tables import TableRun
from ingest.extraction.telling import Teller
from ingest.fail_points import FailPoints
from ingest.fates import Tally
from ingest.parts import Parts
from ingest.runs import OUTAGES, Run, RunCounts, started
from ingest.settings import IngestSettings
from ingest.sources.practice.database import PracticeDatabase
from ingest.sources.practice.mapping import Mapping
from ingest.told_rows import ToldRows
from ingest.turns import next_turn

_GRACE: Final = timedelta(minutes=15)
"""How long after its turn a run may take before reports call themselves stale."""


class Extraction:
    """The use case of reading a practice's database."""

    def __init__(
        self,
        parts: Parts,
        settings: IngestSettings,
        mapping: Mapping,
        database: PracticeDatabase,
        actor: Actor,
    ) -> None:
        """Read on somebody's behalf."""
        self._parts = parts
        self._settings = settings
        self._mapping = mapping
        self._database = database
        self._actor = actor
        self._limit: Final = settings.extraction_chunk_rows
        self._letters_topic: Final = settings.kafka_topic_prefix + PAYMENT_INTAKE_DLQ.name
        self._alerts = Alerts(settings.alert_urls.get_secret_value())
        self._digests = Digests(settings.secret.get_secret_value(), settings.name_keys)
        self._fail_points = FailPoints(settings.fail_point)

    async def run(
        self,
        request: Request,
        *,
        report: Report = lambda _counts, _expected: None,
        claimed: Callable[[str], None] = lambda _run_id: None,
    ) -> RunCounts:
        """Run once; the connection to the source is closed in the end.

        Args:
            request: what to do.
            report: told the counts after each chunk.
            claimed: told the id of the run as soon as no other can begin.

        Raises:
            RunInProgressError: if another run of the source has not ended.
            TurnTakenError: if the run of the turn was started already.
            RunStoppedError: if a person or a limit stopped it.
            SourceUnreadableError: if a table or column is gone.
            UnavailableError: if the source, Kafka or PostgreSQL is away; run it again.
        """
        source = self._mapping.source
        async with started(
            self._parts.pool, source, request.mode, by=self._actor.name, turn=request.turn
        ) as run:
            claimed(run.run_id)
            progress = Progress(run, report, refusals_accepted=request.refusals_accepted)
            with ThreadPoolExecutor(1, thread_name_prefix="extraction") as executor:
                try:
                    await self._read(request, run, progress, executor)
                except BaseException as error:
                    await self._end_badly(run, progress.counts, error)
                    raise
                finally:
                    executor.submit(self._database.close)
            self._fail_points.reach("extraction-before-end")
            await self._parts.audit.write(self._record("success", run, progress.counts))
            await run.end("completed")
            if await run.previous_end() in ("failed", "stopped"):
                await self._alerts.recovered(
                    f"{source} is read again", f"Run {run.run_id} has completed."
                )
            return progress.counts

    async def _read(
        self, request: Request, run: Run, progress: Progress, executor: ThreadPoolExecutor
    ) -> None:
        told = await ToldRows.of(run.connection, self._mapping.source)
        sender = Sender(self._parts.intake, told, self._letters_topic, self._fail_points)
        await sender.resend()
        tables = list(self._mapping.tables())
        loop = asyncio.get_running_loop()
        if request.mode != "reconcile":
            for _, table in tables:
                count = loop.run_in_executor(executor, self._database.count, table)
                progress.expected += await count
        await run.expect(progress.expected, request.days)
        for name, table in tables:
            teller = Teller(
                name, self._mapping, table, self._digests, self._parts.intake, self._letters_topic
            )
            reading = TableReading(
                database=self._database,
                table=table,
                limit=self._limit,
                overlap_seconds=self._mapping.overlap_seconds,
                zone=ZoneInfo(self._mapping.time_zone),
            )
            one = TableRun(name, reading, teller, told, sender, progress, executor)
            await one.read(request)
            if table.column_of(table.day_field) is not None and request.days is None:
                await one.sweep(deletions_accepted=request.deletions_accepted)
        self._fail_points.reach("extraction-before-totals")
        await keep_totals(run.connection, run.run_id, told.known.source_no)
        await run.stand(told.known.positions)
        await told.expect(self._next_end())

    def _next_end(self) -> datetime | None:
        if self._settings.extraction_mapping is None or not self._settings.extraction_schedule:
            return None
        here = clock.now().astimezone(ZoneInfo(self._settings.default_time_zone))
        return next_turn(self._settings.extraction_schedule, here) + _GRACE

    async def _end_badly(self, run: Run, counts: RunCounts, error: BaseException) -> None:
        self._parts.audit.write_later(self._record("failure", run, counts))
        stopped = isinstance(error, RunStoppedError) or not isinstance(error, Exception)
        text = str(error) if isinstance(error, CareledgerError) else type(error).__name__
        try:
            await run.end("stopped" if stopped else "failed", text)
            before = await run.previous_end()
        except OUTAGES:
            # Where PostgreSQL is away, so is the memory of earlier alerts: rather one too many.
            before = None
        # A person who ends the process knows; what follows a failure is the same failure.
        if isinstance(error, Exception) and before in (None, "completed"):
            await self._alerts.raised(
                f"{self._mapping.source} is not read",
                f"Run {run.run_id}: {text}\nThe next run goes on where this one stood.",
            )

    def _record(self, outcome: AuditOutcome, run: Run, counts: RunCounts) -> AuditRecord:
        tally = Tally(accepted=counts.published, rejected=counts.quarantined)
        resource = f"{self._mapping.source} run {run.run_id}"
        return audit_record("events.imported", outcome, self._actor, resource=resource, tally=tally)
