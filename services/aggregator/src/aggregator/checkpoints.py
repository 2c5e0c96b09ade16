"""Signs how far the audit log reaches, and publishes it where the database cannot reach.

Only what follows from the checkpoint before is signed: the rows in between are verified first. So
a log that was changed after sealing is never given a fresh signature, and one that is shorter than
what was signed before is waited for, as after a restored backup, and said to be so.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from aggregator import audit_log
from aggregator.retention.audit_cut import next_cut
from aggregator.retention.terms import KEEP_EVERYTHING, Terms
from careledger import clock
from careledger.audit_chain.checkpoints import (
    Checkpoint,
    CheckpointError,
    Signer,
    TrustedKeys,
    to_line,
)
from careledger.audit_chain.file import append_checkpoint, read_checkpoints
from careledger.audit_chain.links import BEGINNING, Anchor
from careledger.audit_chain.verification import verify_rows
from careledger.events.checkpoints import Statement
from careledger.events.topics import AUDIT_CHECKPOINTS
from careledger.postgres import Connection
from careledger.publisher import Outgoing, Publisher

# Two aggregators take turns; whoever comes second finds the checkpoint of the first.
_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext('audit_checkpoints'))"
_LAST: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1
"""
_KEEP: Final = """
INSERT INTO audit_checkpoints (sequence, statement, key_id, signature) VALUES ($1, $2, $3, $4)
"""
_UNPUBLISHED: Final = """
SELECT sequence, statement, key_id, signature FROM audit_checkpoints
WHERE published_at IS NULL ORDER BY sequence LIMIT 100 FOR UPDATE SKIP LOCKED
"""
_PUBLISHED: Final = """
UPDATE audit_checkpoints SET published_at = $2 WHERE sequence = ANY($1::bigint[])
"""
_HEADERS: Final = [("content-type", b"application/json")]

log = structlog.get_logger()


class Checkpoints:
    """The checkpoints of one aggregator.

    Args:
        signer: holds the key.
        keys: whose checkpoints count: the signer's, and those of keys before it.
        publisher: the way to Kafka.
        topic_prefix: what the installation puts before topic names.
        file: where to append them outside the database; None for nowhere.
        rows: after so many new records a checkpoint is due.
        every: after so long one is due if there is any new record.
        terms: how long records of the log are kept.
    """

    def __init__(
        self,
        signer: Signer,
        keys: TrustedKeys,
        publisher: Publisher,
        *,
        topic_prefix: str,
        file: Path | None,
        rows: int,
        every: timedelta,
        terms: Terms = KEEP_EVERYTHING,
    ) -> None:
        self._signer = signer
        self.keys = keys
        self._publisher = publisher
        self._topic = topic_prefix + AUDIT_CHECKPOINTS.name
        self._file = file
        self._rows = rows
        self._every = every
        self._terms = terms
        self._signed = BEGINNING
        self._removed = BEGINNING
        self._signed_at = clock.now()
        self._filed = 0
        self.problem: str | None = None
        """Why nothing is signed any more; None while all is well."""

    @property
    def signed_sequence(self) -> int:
        """The last record known to be covered by a checkpoint."""
        return self._signed.sequence

    def start(self) -> None:
        """Read from the file what was signed before this process.

        Raises:
            OSError: if the file cannot be read.
        """
        if self._file is None:
            return
        for checkpoint in read_checkpoints(self._file, newest=10):
            if not isinstance(checkpoint, CheckpointError):
                self._remember(checkpoint)
        self._filed = self._signed.sequence

    async def sign_if_due(self, connection: Connection) -> bool:
        """Sign a checkpoint if one is due; returns whether one was signed."""
        async with connection.transaction():
            if not await connection.fetchval(_LOCK):
                return False
            await self._read_last(connection)
            head = await audit_log.head_of(connection)
            if not self._is_due(head):
                return False
            walked = await verify_rows(connection, self._signed, head.sequence)
            if walked.finding is not None:
                where = walked.finding
                self._stop(f"record {where.first_sequence}: {where.problem}")
                return False
            now = clock.now()
            removed = await self._cut(connection, now)
            checkpoint = self._signer.sign(
                Statement(
                    sequence=head.sequence,
                    count=head.sequence,
                    head=walked.head.hex(),
                    sealed_at=now,
                    removed_through=removed.sequence,
                    removed_head=removed.hash.hex() if removed.sequence else "",
                )
            )
            await connection.execute(
                _KEEP,
                head.sequence,
                checkpoint.statement,
                checkpoint.key_id,
                checkpoint.signature,
            )
        self._signed, self._signed_at = head, now
        self._removed = removed
        self.problem = None
        return True

    async def publish(self, connection: Connection) -> int:
        """Write what is signed to the file and to Kafka; returns how many.

        Raises:
            UnavailableError: if Kafka does not acknowledge; it is tried again.
            OSError: if the file cannot be written; the same.
        """
        async with connection.transaction():
            rows = await connection.fetch(_UNPUBLISHED)
            if not rows:
                return 0
            found = {
                row["sequence"]: Checkpoint(row["statement"], row["key_id"], row["signature"])
                for row in rows
            }
            for sequence, checkpoint in found.items():
                if self._file is not None and sequence > self._filed:
                    await asyncio.to_thread(append_checkpoint, self._file, checkpoint)
                    self._filed = sequence
            await self._publisher.publish(
                [
                    Outgoing(self._topic, str(sequence).encode(), to_line(checkpoint), _HEADERS)
                    for sequence, checkpoint in found.items()
                ]
            )
            await connection.execute(_PUBLISHED, list(found), clock.now())
        return len(found)

    async def _cut(self, connection: Connection, now: datetime) -> Anchor:
        """Return up to where the log may go: signed before its term, and unchanged since."""
        horizon = self._terms.audit_horizon_on(now.date())
        if horizon is None:
            return self._removed
        cut = await next_cut(connection, self.keys, self._removed, horizon)
        if cut is None:
            return self._removed
        walked = await verify_rows(connection, self._removed, cut.sequence)
        if walked.finding is not None or walked.head != cut.hash:
            log.error("audit_log_not_cut", through=cut.sequence)
            return self._removed
        return cut

    async def _read_last(self, connection: Connection) -> None:
        row = await connection.fetchrow(_LAST)
        if row is not None:
            self._remember(Checkpoint(row["statement"], row["key_id"], row["signature"]))

    def _remember(self, checkpoint: Checkpoint) -> None:
        """Take over a checkpoint that goes further than what is known; a forged one says nothing.

        What somebody has put into the table or the file without the key must not be built on.
        """
        try:
            statement = self.keys.read(checkpoint)
        except CheckpointError as error:
            log.error("audit_checkpoint_invalid", problem=str(error))  # noqa: TRY400 - the text says it all
            return
        if statement.removed_through > self._removed.sequence:
            self._removed = Anchor(statement.removed_through, bytes.fromhex(statement.removed_head))
        if statement.sequence > self._signed.sequence:
            self._signed = Anchor(statement.sequence, bytes.fromhex(statement.head))
            self._signed_at = statement.sealed_at

    def _is_due(self, head: Anchor) -> bool:
        if head.sequence < self._signed.sequence:
            self._stop(
                f"the log ends at {head.sequence}, and {self._signed.sequence} was signed: after a "
                "restored backup it has to catch up, else its end was cut off"
            )
            return False
        new = head.sequence - self._signed.sequence
        return new >= self._rows or (new > 0 and self.is_late(clock.now()))

    def is_late(self, now: datetime) -> bool:
        """Whether the last checkpoint is older than one should be."""
        return now - self._signed_at >= self._every

    def _stop(self, problem: str) -> None:
        if problem != self.problem:
            log.error("audit_log_broken", problem=problem)
        self.problem = problem
