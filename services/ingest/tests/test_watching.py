"""A consumer that stands still while records wait is started anew; an idle one is not."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from aiokafka import AIOKafkaConsumer

from careledger.events.topics import PAYMENT_INTAKE
from careledger.kafka import create_topics
from ingest.watching import ConsumerWatch
from support.topics import write_records

pytestmark = pytest.mark.integration


@pytest.fixture
async def consumer(kafka_bootstrap: str, topic_prefix: str) -> AsyncGenerator[AIOKafkaConsumer]:
    topic = PAYMENT_INTAKE.under(topic_prefix)
    await create_topics(kafka_bootstrap, (topic,))
    started = AIOKafkaConsumer(
        topic.name, bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest"
    )
    await started.start()
    yield started
    await started.stop()


def watch(consumer: AIOKafkaConsumer, restarted: asyncio.Event) -> ConsumerWatch:
    async def restart() -> None:
        restarted.set()

    return ConsumerWatch(lambda: consumer, restart, stuck_seconds=0.3, look_seconds=0.05)


async def test_one_that_reads_nothing_while_records_wait_is_started_anew(
    consumer: AIOKafkaConsumer, kafka_bootstrap: str, topic_prefix: str
) -> None:
    await write_records(kafka_bootstrap, f"{topic_prefix}payment-intake", [(b"k", b"v", [])])
    restarted = asyncio.Event()
    watching = asyncio.create_task(watch(consumer, restarted).run())

    async with asyncio.timeout(10):
        await restarted.wait()

    watching.cancel()
    assert restarted.is_set()


async def test_one_that_has_read_everything_is_left_alone(
    consumer: AIOKafkaConsumer, kafka_bootstrap: str, topic_prefix: str
) -> None:
    await write_records(kafka_bootstrap, f"{topic_prefix}payment-intake", [(b"k", b"v", [])])
    assert await consumer.getone()
    restarted = asyncio.Event()
    watching = asyncio.create_task(watch(consumer, restarted).run())

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await restarted.wait()

    watching.cancel()
    assert not restarted.is_set()
