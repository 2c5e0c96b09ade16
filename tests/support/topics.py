"""Reads and writes whole topics of a real Kafka, for tests."""

from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord

Record = ConsumerRecord[bytes | None, bytes | None]
Headers = Sequence[tuple[str, bytes | None]]
_POLL_MILLISECONDS = 200
_REQUEST_BYTES_MAX = 1_500_000


async def read_topic(bootstrap: str, topic: str) -> list[Record]:
    """Return every record that is in a topic now, partition by partition."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    records: list[Record] = []
    await consumer.start()
    try:
        ends = await consumer.end_offsets(list(consumer.assignment()))
        while any([await consumer.position(where) < end for where, end in ends.items()]):
            for several in (await consumer.getmany(timeout_ms=_POLL_MILLISECONDS)).values():
                records += several
    finally:
        await consumer.stop()
    return sorted(records, key=lambda record: (record.partition, record.offset))


async def write_records(
    bootstrap: str, topic: str, records: Sequence[tuple[bytes | None, bytes | None, Headers]]
) -> None:
    """Write records, each a key, a value and headers, to partition 0 in this order."""
    # The types forbid null headers, which is what some tests are about.
    producer: Any = AIOKafkaProducer(
        bootstrap_servers=bootstrap, max_request_size=_REQUEST_BYTES_MAX, acks="all"
    )
    await producer.start()
    try:
        for key, value, headers in records:
            await producer.send_and_wait(topic, value, key=key, headers=list(headers), partition=0)
    finally:
        await producer.stop()
