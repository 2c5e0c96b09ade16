"""Records are acknowledged in order, and a producer that is stuck is replaced."""

import asyncio

import pytest

from careledger.errors import UnavailableError
from careledger.events.topics import PAYMENT_EVENTS
from careledger.kafka import create_topics
from careledger.publisher import Outgoing, Publisher
from support.stuck_producers import skip_sequence_numbers
from support.topics import read_topic

pytestmark = pytest.mark.integration


@pytest.fixture
async def topic(kafka_bootstrap: str, topic_prefix: str) -> str:
    declared = PAYMENT_EVENTS.under(topic_prefix)
    await create_topics(kafka_bootstrap, (declared,))
    return declared.name


def outgoing(topic: str, number: int) -> Outgoing:
    return Outgoing(topic, b"P-%d" % (number % 7), b"%d" % number, [("n", b"%d" % number)])


async def test_each_record_lies_where_its_position_says(kafka_bootstrap: str, topic: str) -> None:
    publisher = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)

    positions = await publisher.publish([outgoing(topic, number) for number in range(200)])

    records = {(r.partition, r.offset): r.value for r in await read_topic(kafka_bootstrap, topic)}
    assert [records[position] for position in positions] == [b"%d" % n for n in range(200)]
    await publisher.stop()


async def test_records_of_one_key_keep_their_order_in_one_partition(
    kafka_bootstrap: str, topic: str
) -> None:
    publisher = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)

    await publisher.publish([outgoing(topic, number) for number in range(100)])

    of_one_key = [r for r in await read_topic(kafka_bootstrap, topic) if r.key == b"P-3"]
    assert len({record.partition for record in of_one_key}) == 1
    numbers = [int(record.value or b"") for record in of_one_key]
    assert numbers == sorted(numbers)
    await publisher.stop()


async def test_nothing_to_write_needs_no_broker() -> None:
    assert await Publisher("127.0.0.1:1", client_id="test", timeout_seconds=0.1).publish([]) == []


async def test_a_producer_out_of_sequence_is_replaced(kafka_bootstrap: str, topic: str) -> None:
    publisher = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)
    (position,) = await publisher.publish([outgoing(topic, 1)])
    skip_sequence_numbers(publisher, topic, position.partition)

    with pytest.raises(UnavailableError):
        await publisher.publish([outgoing(topic, 1)])
    (after,) = await publisher.publish([outgoing(topic, 1)])

    assert after.offset == position.offset + 1
    await publisher.stop()


async def test_stopping_leaves_no_task_behind(kafka_bootstrap: str, topic: str) -> None:
    before = asyncio.all_tasks()
    publisher = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)
    await publisher.publish([outgoing(topic, 1)])

    await publisher.stop()

    assert asyncio.all_tasks() == before
