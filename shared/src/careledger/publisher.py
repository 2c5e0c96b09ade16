"""Records out to Kafka; returns only once every replica asked for has them.

A producer that timed out or failed is thrown away and replaced: aiokafka's idempotent producer can
stay in an out-of-order sequence for ever after an outage. What timed out may still have arrived,
so whoever sends again does so under the same event ids.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from msgspec import Struct

from careledger.errors import UnavailableError
from careledger.events.topics import Position
from careledger.kafka_access import Kafka, connection_options

BATCH_BYTES_MAX: Final = 256 * 1024
REQUEST_BYTES_MAX: Final = 1024 * 1024
_FAILURES: Final = (KafkaError, OSError, TimeoutError)
_log = structlog.get_logger(__name__)


class Outgoing(Struct, frozen=True):
    """One record to be written."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


class Publisher:
    """The one way of a service to Kafka."""

    def __init__(self, kafka: Kafka, *, client_id: str, timeout_seconds: float) -> None:
        """Describe the way.

        Args:
            kafka: where it is, and how to speak with it.
            client_id: under which name the broker sees it.
            timeout_seconds: the longest wait for an acknowledgment, or for a connection.
        """
        self._kafka = kafka
        self._client_id = client_id
        self._timeout_seconds = timeout_seconds
        self._producer: AIOKafkaProducer | None = None
        self._opening: asyncio.Task[AIOKafkaProducer] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def publish(self, records: Sequence[Outgoing]) -> list[Position]:
        """Write records and return their positions, in the same order.

        Raises:
            UnavailableError: if Kafka did not acknowledge all of them in time; some may be there.
        """
        if not records:
            return []
        producer = await self._connected()
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await _send(producer, records)
        except _FAILURES as error:
            _log.warning("publish_failed", error=type(error).__name__, records=len(records))
            self._discard(producer)
            raise UnavailableError("Kafka did not acknowledge in time; send it again") from error

    async def check(self) -> None:
        """Ask the broker for its metadata.

        Raises:
            UnavailableError: if it does not answer in time.
        """
        producer = await self._connected()
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answered: bool = await producer.client.force_metadata_update()
        except _FAILURES as error:
            raise UnavailableError("Kafka does not answer") from error
        if not answered:
            raise UnavailableError("Kafka does not answer")

    async def stop(self) -> None:
        """Close the connection; what was acknowledged is safe, the rest was never promised."""
        if self._producer is not None:
            self._discard(self._producer)
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait([self._opening])
        if self._closing:
            await asyncio.wait(self._closing)

    async def _connected(self) -> AIOKafkaProducer:
        if self._producer is not None:
            return self._producer
        # All who wait share one attempt, so that an outage is not a storm of connections.
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._open())
        try:
            return await asyncio.shield(self._opening)
        except _FAILURES as error:
            raise UnavailableError(
                f"Kafka at CARELEDGER_KAFKA_BOOTSTRAP does not answer: {type(error).__name__}"
            ) from error

    async def _open(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            **connection_options(self._kafka),
            client_id=self._client_id,
            acks="all",
            enable_idempotence=True,
            compression_type="lz4",
            max_batch_size=BATCH_BYTES_MAX,
            max_request_size=REQUEST_BYTES_MAX,
            request_timeout_ms=int(self._timeout_seconds * 1000),
        )
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await producer.start()
        except BaseException:
            await _close(producer, self._timeout_seconds)
            raise
        self._producer = producer
        return producer

    def _discard(self, producer: AIOKafkaProducer) -> None:
        if self._producer is not producer:
            return
        self._producer = None
        task = asyncio.create_task(_close(producer, self._timeout_seconds))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def _send(producer: Any, records: Sequence[Outgoing]) -> list[Position]:  # noqa: ANN401 - aiokafka has no types
    futures: list[asyncio.Future[Any]] = []
    try:
        for record in records:
            future: asyncio.Future[Any] = await producer.send(
                record.topic, record.value, key=record.key, headers=record.headers
            )
            future.add_done_callback(_look_at_error)
            futures.append(future)
        written = await asyncio.gather(*futures)
    finally:
        for future in futures:
            future.cancel()
    return [Position(metadata.partition, metadata.offset) for metadata in written]


def _look_at_error(future: asyncio.Future[Any]) -> None:
    """Mark an error as seen: asyncio reports those nobody looked at, with their records."""
    if not future.cancelled():
        future.exception()


async def _close(producer: Any, timeout_seconds: float) -> None:  # noqa: ANN401 - as above
    # stop() waits for what is still to be sent, for ever if the broker is gone, and leaves its
    # sender running when it is canceled itself; ending the sender first has no public name.
    producer._closed = True  # noqa: SLF001
    for end in (producer._sender.close, producer.client.close):  # noqa: SLF001
        try:
            async with asyncio.timeout(2 * timeout_seconds):
                await end()
        except (*_FAILURES, asyncio.CancelledError) as error:
            _log.warning("producer_close_failed", error=type(error).__name__)
