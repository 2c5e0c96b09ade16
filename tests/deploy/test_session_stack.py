"""The servers the tests themselves stand on."""

from typing import Any

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError

pytestmark = pytest.mark.integration


async def test_each_test_has_a_database_of_its_own(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)

    await connection.execute("CREATE TABLE only_here (id int)")

    assert await connection.fetchval("SELECT count(*) FROM only_here") == 0
    await connection.close()


async def test_the_table_of_another_test_is_not_there(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)

    assert await connection.fetchval("SELECT to_regclass('only_here')") is None
    await connection.close()


async def test_postgresql_refuses_a_wrong_password(database_url: str) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(database_url, password="guessed")  # noqa: S106 - wrong on purpose


async def test_valkey_refuses_a_client_without_password(redis_url: str) -> None:
    without_password = redis_url.replace(redis_url.split("@", maxsplit=1)[0], "redis://").replace(
        "//@", "//"
    )

    client: Any = Redis
    async with client.from_url(without_password) as valkey:
        with pytest.raises(AuthenticationError):
            await valkey.ping()


async def test_kafka_carries_a_record(kafka_bootstrap: str, topic_prefix: str) -> None:
    topic = f"{topic_prefix}records"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    await admin.close()

    producers: Any = AIOKafkaProducer
    async with producers(bootstrap_servers=kafka_bootstrap, acks="all") as producer:
        await producer.send_and_wait(topic, b"payment")
    consumers: Any = AIOKafkaConsumer
    async with consumers(
        topic, bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        record = await consumer.getone()

    assert record.value == b"payment"


async def test_kafka_creates_no_topic_by_itself(kafka_bootstrap: str, topic_prefix: str) -> None:
    producers: Any = AIOKafkaProducer
    async with producers(bootstrap_servers=kafka_bootstrap, request_timeout_ms=500) as producer:
        with pytest.raises(KafkaError):
            await producer.send_and_wait(f"{topic_prefix}undeclared", b"payment")
