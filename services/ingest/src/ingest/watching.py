"""Notices a consumer that stands still although records wait, and starts it anew.

After an outage aiokafka's consumer can stay alive without ever reading again (aiokafka#1154).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

STUCK_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 10.0
_TIMEOUT_SECONDS: Final = 5.0
_log = structlog.get_logger(__name__)


class ConsumerWatch:
    """Looks at a consumer from time to time."""

    def __init__(
        self,
        consumer: Callable[[], AIOKafkaConsumer | None],
        restart: Callable[[], Awaitable[None]],
        *,
        stuck_seconds: float = STUCK_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """Watch what `consumer` returns, and call `restart` when it stands still too long."""
        self._consumer = consumer
        self._restart = restart
        self._stuck_seconds = stuck_seconds
        self._look_seconds = look_seconds
        self._positions: dict[TopicPartition, int] = {}
        self._moved_at = time.monotonic()

    async def run(self) -> None:
        """Look again and again, until canceled."""
        while True:
            await asyncio.sleep(self._look_seconds)
            try:
                if await self._stands_still() and self._still_seconds() > self._stuck_seconds:
                    _log.error("consumer_restarted", seconds=round(self._still_seconds()))
                    await self._restart()
                    self._moved_at = time.monotonic()
            except (KafkaError, OSError, TimeoutError) as error:
                # Without the broker nothing can be said; the next look finds out.
                _log.warning("consumer_not_seen", error=type(error).__name__)

    async def _stands_still(self) -> bool:
        consumer = self._consumer()
        if consumer is None:
            return False
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            ends = await consumer.end_offsets(list(consumer.assignment()))
            positions = {where: await consumer.position(where) for where in ends}
        waits = any(positions[where] < end for where, end in ends.items())
        if not waits or positions != self._positions:
            self._positions = positions
            self._moved_at = time.monotonic()
        return waits

    def _still_seconds(self) -> float:
        return time.monotonic() - self._moved_at
