"""The fence: the stored offset, locked and compared before anything of a batch may count."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aggregator import positions
from aggregator.errors import LogBrokenError, RecordsSkippedError
from aggregator.judging import Record
from careledger.postgres import Connection

BeginningOffset = Callable[[int], Awaitable[int]]
"""Asks the broker for the beginning offset of a partition."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one topic as fetched, in the order of the log within each partition."""

    topic: str
    cluster_id: str
    records: list[Record]
    consumer_positions: dict[int, int]
    """Of each partition, where this consumer stood before it fetched the batch."""
    ends: dict[int, int]
    """Of each partition, the log's next free offset when the records were fetched."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """The records of one partition that are still to be counted."""

    first_offset: int
    last: Record

    @property
    def next_offset(self) -> int:
        """The offset to store once these are counted."""
        return self.last.offset + 1


@dataclass(frozen=True, slots=True)
class Fresh:
    """The records of a batch above the stored offsets, and their span in each partition."""

    records: list[Record]
    spans: dict[int, Span]


async def pass_fence(connection: Connection, batch: Batch, beginning: BeginningOffset) -> Fresh:
    """Lock the stored offsets of a batch's partitions and return what lies above them.

    Raises:
        RecordsSkippedError: this consumer stood beyond a stored offset: records were skipped.
        LogBrokenError: records were lost to retention, or the log is another one.
    """
    firsts: dict[int, int] = {}
    for record in batch.records:
        firsts.setdefault(record.partition, record.offset)
    stored = await positions.lock(connection, batch.topic, sorted(firsts), batch.cluster_id)
    skipped = {
        partition: offset
        for partition, offset in stored.items()
        if batch.consumer_positions[partition] > offset
    }
    if skipped:
        raise RecordsSkippedError(skipped)
    for partition, first in firsts.items():
        # A gap is either transaction markers or records lost to retention; the broker knows.
        if first > stored[partition] and await beginning(partition) > stored[partition]:
            raise LogBrokenError(
                f"{batch.topic} partition {partition}: records from offset {stored[partition]} on "
                "are gone from Kafka before they were applied; restore them, or rebuild"
            )
    return _fresh([r for r in batch.records if r.offset >= stored[r.partition]])


def _fresh(records: list[Record]) -> Fresh:
    firsts: dict[int, int] = {}
    lasts: dict[int, Record] = {}
    for record in records:
        firsts.setdefault(record.partition, record.offset)
        lasts[record.partition] = record
    return Fresh(records, {part: Span(firsts[part], last) for part, last in lasts.items()})


async def move_past(connection: Connection, batch: Batch, fresh: Fresh) -> None:
    """Store the offsets behind the records just counted, and how complete that makes each log.

    With nothing behind its last record a partition is complete up to the fetch; else at least up
    to that record's own append time, since the next was appended no earlier.
    """
    await positions.move(
        connection,
        batch.topic,
        {
            partition: (
                span.next_offset,
                batch.fetched_at
                if span.next_offset >= batch.ends[partition]
                else datetime.fromtimestamp(span.last.timestamp / 1000, UTC),
            )
            for partition, span in fresh.spans.items()
        },
    )
