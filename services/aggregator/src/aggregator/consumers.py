"""The inlets from Kafka: batches of raw records, each handed on until it is applied.

Kafka's own commit only displays lag. What counts is the stored offset: on assignment a consumer is
paused before anything is awaited, seeks to the stored offsets, and goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Final

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from aggregator import positions
from aggregator.errors import LogBrokenError, RecordsSkippedError, TooManyRefusedError
from aggregator.fence import Batch, BeginningOffset
from aggregator.halting import Halt
from aggregator.judging import Record
from careledger import clock
from careledger.events.topics import Topic
from careledger.postgres import Connection, Pool

_RETRY_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_TRANSIENT: Final = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UniqueViolationError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.InvalidCachedStatementError,
    OSError,
    TimeoutError,
)

log = structlog.get_logger()

Apply = Callable[[Connection, Batch, BeginningOffset], Awaitable[dict[int, int]]]
"""Applies a batch in one transaction; returns the offsets stored behind it."""


class LogInlet:
    """One consumer of one topic whose offsets are stored in PostgreSQL: it never skips.

    Args:
        pool: connections to PostgreSQL, prepared for batches.
        topic: the topic it reads.
        prefix: what the installation puts before topic names.
        apply: what to do with a batch.
        halt: holds it while too many records are refused.
    """

    def __init__(
        self, pool: Pool, topic: Topic, prefix: str, apply: Apply, halt: Halt | None = None
    ) -> None:
        self._pool = pool
        self._name = topic.name
        self._topic = prefix + topic.name
        self._apply = apply
        self.halt: Final = halt
        self._positions: dict[int, int] = {}
        self._source: Callable[[], AIOKafkaConsumer | None] = lambda: None
        self._restored = False
        self.cluster_id = ""
        self.listener = StoredOffsets(self)
        self.last_progress: datetime = clock.now()
        self.broken: LogBrokenError | None = None

    def read_through(self, source: Callable[[], AIOKafkaConsumer | None]) -> None:
        """Take where to find the consumer: FastStream makes it at start."""
        self._source = source

    @property
    def consumer(self) -> AIOKafkaConsumer:
        """The aiokafka consumer behind this inlet."""
        consumer = self._source()
        if consumer is None:
            raise RuntimeError("the consumer is not started")
        return consumer

    @property
    def ready(self) -> bool:
        """Whether this consumer has joined its group and knows where it stands."""
        return self._restored and self.broken is None

    @property
    def behind(self) -> int:
        """How many records were in the log at the last fetch behind those that were handed on."""
        consumer = self._source()
        if consumer is None:
            return 0
        return sum(
            max(0, self._end(where.partition) - self._positions.get(where.partition, 0))
            for where in consumer.assignment()
        )

    async def on_records(self, records: tuple[Record, ...]) -> None:
        """Apply a fetched batch; come back only when it is committed, or must be fetched again."""
        before = dict(self._positions)
        for record in records:
            self._positions[record.partition] = record.offset + 1
        batch = Batch(
            topic=self._name,
            cluster_id=self.cluster_id,
            records=list(records),
            consumer_positions={r.partition: before.get(r.partition, r.offset) for r in records},
            ends={r.partition: self._end(r.partition) for r in records},
            fetched_at=clock.now(),
        )
        try:
            stored = await self._until_accepted(batch)
        except RecordsSkippedError as skipped:
            log.warning("records_skipped", partitions=sorted(skipped.stored))
            self._seek(skipped.stored)
            return
        except LogBrokenError as broken:
            self.broken = broken
            log.error("log_broken", problem=str(broken))  # noqa: TRY400 - the text says it all
            raise SystemExit(3) from broken
        self.last_progress = clock.now()
        await self._show_lag(stored)

    async def _until_accepted(self, batch: Batch) -> dict[int, int]:
        while True:
            try:
                return await self._until_applied(batch)
            except TooManyRefusedError as error:
                if self.halt is None:
                    raise
                await self.halt.until_accepted(error)

    async def _until_applied(self, batch: Batch) -> dict[int, int]:
        attempt = 0
        while True:
            try:
                async with self._pool.acquire() as connection:
                    return await self._apply(connection, batch, self._beginning)
            except _TRANSIENT as error:
                wait = _RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)]
                attempt += 1
                log.warning("batch_retried", error=type(error).__name__, wait_seconds=wait)
                await asyncio.sleep(wait)

    async def _beginning(self, partition: int) -> int:
        where = TopicPartition(self._topic, partition)
        return (await self.consumer.beginning_offsets([where]))[where]

    def _end(self, partition: int) -> int:
        return self.consumer.highwater(TopicPartition(self._topic, partition)) or 0

    def _seek(self, offsets: dict[int, int]) -> None:
        for partition, offset in offsets.items():
            where = TopicPartition(self._topic, partition)
            if where in self.consumer.assignment():
                self.consumer.seek(where, offset)
            self._positions[partition] = offset

    async def _show_lag(self, stored: dict[int, int]) -> None:
        shown = {
            TopicPartition(self._topic, partition): offset
            for partition, offset in stored.items()
            if TopicPartition(self._topic, partition) in self.consumer.assignment()
        }
        if shown:
            try:
                await self.consumer.commit(shown)
            except KafkaError as error:
                log.info("lag_not_shown", error=type(error).__name__)

    async def restore(self, assigned: Iterable[TopicPartition]) -> None:
        """Seek every assigned partition to its stored offset, however long PostgreSQL takes.

        Raises:
            LogBrokenError: if a stored offset lies beyond the log's end: the topic was made anew.
        """
        partitions = sorted(where.partition for where in assigned)
        attempt = 0
        while True:
            try:
                async with self._pool.acquire() as connection:
                    stored = await positions.stored_offsets(
                        connection, self._name, partitions, self.cluster_id
                    )
                ends = await self.consumer.end_offsets(list(assigned))
                break
            except (*_TRANSIENT, KafkaError) as error:
                wait = _RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)]
                attempt += 1
                log.warning("offsets_awaited", error=type(error).__name__, wait_seconds=wait)
                await asyncio.sleep(wait)
        for where, end in ends.items():
            if stored[where.partition] > end:
                raise LogBrokenError(
                    f"{self._topic} partition {where.partition} ends at {end}, before the stored "
                    f"offset {stored[where.partition]}: the topic was made anew"
                )
        self._seek(stored)
        self._restored = True

    async def note_caught_up(self) -> None:
        """Record of each partition with nothing left to apply that it is complete until now."""
        consumer = self._source()
        assigned = list(consumer.assignment()) if consumer is not None else []
        if consumer is None or not assigned:
            return
        looked_at = clock.now()
        ends = await consumer.end_offsets(assigned)
        async with self._pool.acquire() as connection:
            for where, end in ends.items():
                await positions.note_caught_up(
                    connection, self._name, where.partition, end, looked_at
                )


class StoredOffsets(ConsumerRebalanceListener):
    """Puts a consumer back to the stored offsets whenever partitions are assigned to it."""

    def __init__(self, inlet: LogInlet) -> None:
        self._inlet = inlet

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Do nothing: the stored offsets are where the next owner starts."""

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Pause before the first await, since aiokafka delivers while this runs; seek; resume."""
        consumer = self._inlet.consumer
        consumer.pause(*assigned)
        try:
            await self._inlet.restore(assigned)
        except LogBrokenError as broken:
            # aiokafka swallows what a listener raises, so the inlet remembers it; paused
            # partitions deliver nothing, and the health page and the schedule say why.
            self._inlet.broken = broken
            log.error("log_broken", problem=str(broken))  # noqa: TRY400 - the text says it all
            return
        consumer.resume(*[where for where in assigned if where in consumer.assignment()])
