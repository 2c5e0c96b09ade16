"""What else there is to do waits while reports are behind the log, however young the records."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from aggregator import positions
from aggregator.closing import BEHIND_MAX, is_calm
from aggregator.consumers import LogInlet
from aggregator.fence import Batch
from careledger import clock
from careledger.events.topics import PAYMENT_EVENTS
from careledger.kafka import create_topics
from careledger.postgres import Connection
from support.applied_log import CLUSTER, SESSION, TOPIC
from support.topics import write_records

pytestmark = pytest.mark.integration


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    one = await asyncpg.connect(database_url, server_settings=SESSION)
    await positions.stored_offsets(one, TOPIC, [0, 1], CLUSTER)
    yield one
    await one.close()


async def complete_until(connection: asyncpg.Connection, *instants: datetime) -> None:
    await positions.move(connection, TOPIC, {n: (1, one) for n, one in enumerate(instants)})


async def test_calm_needs_young_reports_and_few_records_to_come(
    connection: asyncpg.Connection,
) -> None:
    now = clock.now()
    await complete_until(connection, now, now - timedelta(minutes=10))
    assert not await is_calm(connection, behind=0)

    await complete_until(connection, now, now)
    assert await is_calm(connection, behind=0)
    assert await is_calm(connection, behind=BEHIND_MAX)
    assert not await is_calm(connection, behind=BEHIND_MAX + 1)


async def test_an_inlet_is_behind_by_the_records_that_it_has_not_handed_on(
    database_url: str, kafka_bootstrap: str, topic_prefix: str
) -> None:
    declared = PAYMENT_EVENTS.under(topic_prefix)
    await create_topics(kafka_bootstrap, (declared,))
    await write_records(kafka_bootstrap, declared.name, [(b"p1", b"{}", ())] * 5)
    where = TopicPartition(declared.name, 0)

    async def apply(_connection: Connection, batch: Batch, _beginning: object) -> dict[int, int]:
        return {0: batch.records[-1].offset + 1}

    consumer = AIOKafkaConsumer(bootstrap_servers=kafka_bootstrap, group_id=declared.name)
    pool = await asyncpg.create_pool(database_url, min_size=1)
    inlet = LogInlet(pool, PAYMENT_EVENTS, topic_prefix, apply)
    assert inlet.behind == 0

    await consumer.start()
    try:
        inlet.read_through(lambda: consumer)
        consumer.assign([where])
        consumer.seek(where, 0)
        fetched = await consumer.getmany(where, timeout_ms=10_000, max_records=2)
        await inlet.on_records(tuple(fetched[where]))
        assert inlet.behind == 3
    finally:
        await consumer.stop()
        await pool.close()
