"""One import of a file: read and judged to its end in one transaction, and only then sent.

What does not hold of the whole file takes nothing of it in. What was kept and not sent, because
Kafka was away or the process was killed, the next import of the same source sends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from careledger.errors import CareledgerError
from careledger.events.audit import AuditOutcome, AuditRecord
from careledger.events.topics import PAYMENT_INTAKE_DLQ
from careledger.money import decimal_text
from careledger.postgres import Connection
from ingest.auditing import Actor, audit_record
from ingest.control_totals import keep_totals
from ingest.extraction.progress import REFUSED_MIN, REFUSED_SHARE_MAX, RunStoppedError
from ingest.extraction.sending import Sender
from ingest.fail_points import FailPoints
from ingest.fates import Tally
from ingest.file_import.contents import Content, FileTally, Wanted
from ingest.parts import Parts
from ingest.runs import Run, RunCounts, started
from ingest.settings import IngestSettings
from ingest.told_rows import ToldRows

Report = Callable[[FileTally], None]
"""Told the tally after each portion."""


class FileRefusedError(CareledgerError):
    """A file of which nothing was taken in, with what was found in it."""

    def __init__(self, problem: str, tally: FileTally) -> None:
        """Say why."""
        super().__init__(problem)
        self.tally: Final = tally


class FileImport:
    """The use case of bringing a file in."""

    def __init__(self, parts: Parts, settings: IngestSettings, actor: Actor) -> None:
        """Import on somebody's behalf."""
        self._parts = parts
        self._actor = actor
        self._letters_topic: Final = settings.kafka_topic_prefix + PAYMENT_INTAKE_DLQ.name
        self._fail_points = FailPoints(settings.fail_point)

    async def try_out(self, content: Content, wanted: Wanted, report: Report) -> FileTally:
        """Read and judge a file as an import would, and keep nothing.

        Raises:
            FileRefusedError: if an import would take nothing of it.
            SourceUnreadableError: if it cannot be such a file.
            UnavailableError: if PostgreSQL is away.
        """
        tally = FileTally()
        async with self._parts.pool.acquire() as connection:
            trial = connection.transaction()
            await trial.start()
            try:
                await self._read(content, connection, tally, None, report)
            finally:
                await trial.rollback()
        _check(tally, wanted)
        return tally

    async def run(self, content: Content, wanted: Wanted, report: Report) -> FileTally:
        """Bring a file in; done again it changes nothing.

        Raises:
            FileRefusedError: if nothing of it was taken in.
            RunInProgressError: if an import of the same source is going on.
            RunStoppedError: if a person stopped it; nothing of it was taken in.
            SourceUnreadableError: if it cannot be such a file.
            UnavailableError: if Kafka or PostgreSQL is away; import it again.
        """
        tally = FileTally()
        async with started(self._parts.pool, content.source, "import", by=self._actor.name) as run:
            try:
                async with self._parts.pool.acquire() as connection, connection.transaction():
                    await self._read(content, connection, tally, run, report)
                    _check(tally, wanted)
                self._fail_points.reach("file-kept")
                await self._send(content, run, tally, report)
            except BaseException as error:
                self._parts.audit.write_later(self._record("failure", run, content, tally))
                stopped = isinstance(error, (RunStoppedError, FileRefusedError))
                stopped |= not isinstance(error, Exception)
                text = str(error) if isinstance(error, CareledgerError) else type(error).__name__
                await run.end("stopped" if stopped else "failed", text)
                raise
            await self._parts.audit.write(self._record("success", run, content, tally))
            await run.end("completed")
        return tally

    async def _read(
        self,
        content: Content,
        connection: Connection,
        tally: FileTally,
        run: Run | None,
        report: Report,
    ) -> None:
        told = await ToldRows.of(connection, content.source)
        async for portion in content.portions(told):
            chunk = portion.chunk
            tally.add(portion)
            await told.keep(content.entity, chunk.rows, chunk.records, {})
            report(tally)
            # The run's own connection shows how far it is while this transaction is open.
            if run is not None and (asked_by := await run.count(_counts(tally))) is not None:
                raise RunStoppedError(f"{asked_by} stopped it; nothing of the file was taken in")
            self._fail_points.reach("file-read")

    async def _send(self, content: Content, run: Run, tally: FileTally, report: Report) -> None:
        told = await ToldRows.of(run.connection, content.source)
        sender = Sender(self._parts.intake, told, self._letters_topic, self._fail_points)

        async def sent(events: int) -> None:
            tally.sent += events
            report(tally)
            await run.count(_counts(tally))

        await sender.resend(sent)
        if content.entity:
            await keep_totals(run.connection, run.run_id, told.known.source_no)
            await run.stand(told.known.positions)

    def _record(
        self, outcome: AuditOutcome, run: Run, content: Content, tally: FileTally
    ) -> AuditRecord:
        counts = Tally(accepted=tally.sent, rejected=tally.rejected, reasons=tally.reasons)
        resource = f"{content.source} run {run.run_id}"
        return audit_record(
            "events.imported", outcome, self._actor, resource=resource, tally=counts
        )


def _counts(tally: FileTally) -> RunCounts:
    return RunCounts(
        read=tally.read,
        published=tally.sent,
        unchanged=tally.unchanged,
        quarantined=tally.rejected,
    )


def _check(tally: FileTally, wanted: Wanted) -> None:
    def refuse(problem: str) -> NoReturn:
        raise FileRefusedError(f"{problem}; nothing of the file was taken in", tally)

    if wanted.rows is not None and wanted.rows != tally.read:
        refuse(f"the file has {tally.read} rows instead of {wanted.rows}")
    for currency, total in sorted(wanted.totals.items()):
        found = tally.amounts[currency]
        if found != total:
            refuse(
                f"the amounts add up to {decimal_text(found, currency)} {currency} instead of "
                f"{decimal_text(total, currency)}"
            )
    if wanted.refusals == "none" and tally.rejected:
        refuse(f"{tally.rejected} of {tally.read} rows are refused")
    if tally.rejected == tally.read:
        refuse("every row is refused: is it another file, or the mapping another one")
    too_many = max(REFUSED_MIN, REFUSED_SHARE_MAX * tally.read)
    if tally.rejected > too_many and wanted.refusals != "any":
        refuse(f"{tally.rejected} of {tally.read} rows are refused, which is too many to go on")
