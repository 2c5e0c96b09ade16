"""The inlet from Kafka: reads `report-updates` as long as the process runs.

Every process must see every update, so there is no consumer group and nothing is committed: each
begins a little before the end, which is what a follower that was cut off may have missed.
"""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from careledger.events.updates import ReportUpdate
from careledger.kafka_access import Kafka, connection_options
from report_api.live import UPDATES_MAX, Live, NumberedUpdate

_log = structlog.stdlib.get_logger(__name__)
_RETRY_SECONDS: Final = 2.0
_ANSWER_SECONDS: Final = 2.0
_POLL_MILLISECONDS: Final = 1_000
_decoder = msgspec.json.Decoder(ReportUpdate)


class UpdatesInlet:
    """The consumer of one process."""

    def __init__(self, kafka: Kafka, topic: str, live: Live) -> None:
        self._kafka: Final = kafka
        self._where: Final = TopicPartition(topic, 0)
        self._live: Final = live
        self._consumer: AIOKafkaConsumer | None = None

    async def run(self) -> None:
        """Read for ever; while Kafka is away, try again."""
        while True:
            try:
                await self._read()
            except (KafkaError, OSError) as error:
                _log.warning("report_updates_not_read", error=type(error).__name__)
            await asyncio.sleep(_RETRY_SECONDS)

    async def answers(self) -> bool:
        """Tell whether Kafka answers at this moment."""
        if self._consumer is None:
            return False
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._consumer.end_offsets([self._where])
        except (KafkaError, OSError):
            return False
        return True

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            **connection_options(self._kafka),
            client_id="report-api",
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="latest",
            isolation_level="read_committed",
        )
        try:
            await consumer.start()
            consumer.assign([self._where])
            beginnings = await consumer.beginning_offsets([self._where])
            ends = await consumer.end_offsets([self._where])
            start, end = beginnings[self._where], ends[self._where]
            consumer.seek(self._where, max(start, end - UPDATES_MAX))
            self._consumer = consumer
            self._live.add([], max(start, end - UPDATES_MAX))
            while True:
                fetched = await consumer.getmany(timeout_ms=_POLL_MILLISECONDS)
                records = fetched.get(self._where, [])
                if records:
                    found = [_read_update(one.offset, one.value) for one in records]
                    news = [one for one in found if one is not None]
                    self._live.add(news, records[-1].offset + 1)
        finally:
            self._consumer = None
            await consumer.stop()


def _read_update(offset: int, value: bytes | None) -> NumberedUpdate | None:
    try:
        return NumberedUpdate(offset, _decoder.decode(value or b""))
    except msgspec.MsgspecError:
        _log.warning("report_update_not_readable", offset=offset)
        return None
