"""Keeps a chunk, sends it, and strikes it off: in this order, so that a kill loses nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from careledger.publisher import Outgoing
from ingest.extraction.telling import Chunk
from ingest.fail_points import FailPoints
from ingest.intake import Intake
from ingest.told_rows import ToldRows

SEND_RECORDS_MAX: Final = 1_000


async def _nobody(_events: int) -> None:
    """Hear of it and do nothing."""


class Sender:
    """The way of a run's chunks to Kafka."""

    def __init__(
        self, intake: Intake, told: ToldRows, letters_topic: str, fail_points: FailPoints
    ) -> None:
        """Send through the intake, keep with what was told."""
        self._intake = intake
        self._told = told
        self._letters_topic = letters_topic
        self._fail_points = fail_points

    async def resend(self, sent: Callable[[int], Awaitable[object]] = _nobody) -> None:
        """Send what was kept and is not known to be sent.

        Args:
            sent: told after each chunk how many events it had.

        Raises:
            UnavailableError: if Kafka does not acknowledge it.
        """
        while (waiting := await self._told.waiting()) is not None:
            await self._send(waiting.records)
            await self._told.sent(waiting.chunk_no, waiting.checkpoints)
            await sent(sum(one.topic != self._letters_topic for one in waiting.records))

    async def tell(self, entity: int, chunk: Chunk, checkpoints: dict[str, Any]) -> None:
        """Keep a chunk, send its records, and move the checkpoints behind them.

        Raises:
            UnavailableError: if Kafka does not acknowledge it; the next run sends it.
        """
        self._fail_points.reach("extraction-read")
        async with self._told.connection.transaction():
            chunk_no = await self._told.keep(entity, chunk.rows, chunk.records, checkpoints)
        self._fail_points.reach("extraction-kept")
        if chunk_no is None:
            if checkpoints:
                await self._told.move(checkpoints)
            return
        await self._send(chunk.records)
        self._fail_points.reach("extraction-sent")
        await self._told.sent(chunk_no, checkpoints)
        self._fail_points.reach("extraction-struck")

    async def _send(self, records: Sequence[Outgoing]) -> None:
        last = self._told.known.positions
        for start in range(0, len(records), SEND_RECORDS_MAX):
            part = records[start : start + SEND_RECORDS_MAX]
            positions = await self._intake.publish(part)
            for record, position in zip(part, positions, strict=True):
                if record.topic != self._letters_topic:
                    partition = str(position.partition)
                    last[partition] = max(last.get(partition, -1), position.offset)
            self._fail_points.reach("extraction-half-sent")
