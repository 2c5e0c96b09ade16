"""Makes Kafka's log end where the loaded ledger does, so that the aggregator runs beside it."""

from __future__ import annotations

from typing import Final

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from aggregator.app import cluster_id_of
from bench.ledger.load import Size
from careledger.events.topics import PAYMENT_EVENTS, TOPICS
from careledger.kafka import create_topics

_BEGIN_ANEW: Final = """
TRUNCATE positions, audit_outbox, audit_log, audit_checkpoints, audit_activity
"""
_STAND: Final = """
INSERT INTO positions (topic, kafka_partition, next_offset, cluster_id, data_through)
SELECT $1, partition, $2, $3, now() FROM generate_series(0, $4 - 1) AS partition
"""


async def stand_behind(connection: asyncpg.Connection, kafka: str, size: Size) -> None:
    """Fill the topic up to the ledger's offsets with records nobody reads, and stand behind them.

    The audit log begins anew as well: its records are of another run.
    """
    prefix = f"{size.database}."
    await create_topics(kafka, tuple(topic.under(prefix) for topic in TOPICS))
    await _fill(kafka, prefix + PAYMENT_EVENTS.name, size.next_offset)
    known = await connection.fetchval(
        "SELECT count(*) FROM positions WHERE topic = $1 AND cluster_id = $2",
        PAYMENT_EVENTS.name,
        cluster_id := await cluster_id_of(kafka),
    )
    if known == PAYMENT_EVENTS.partitions:
        return
    async with connection.transaction():
        await connection.execute(_BEGIN_ANEW)
        await connection.execute(
            _STAND, PAYMENT_EVENTS.name, size.next_offset, cluster_id, PAYMENT_EVENTS.partitions
        )


async def _fill(kafka: str, topic: str, end: int) -> None:
    partitions = [TopicPartition(topic, number) for number in range(PAYMENT_EVENTS.partitions)]
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka)
    producer = AIOKafkaProducer(bootstrap_servers=kafka, linger_ms=20)
    await consumer.start()
    await producer.start()
    try:
        ends = await consumer.end_offsets(partitions)
        for where, have in ends.items():
            for _ in range(end - have):
                await producer.send(topic, b"{}", partition=where.partition)
        await producer.flush()
    finally:
        await producer.stop()
        await consumer.stop()
