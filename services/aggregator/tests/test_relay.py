"""The relay misses no record: whoever commits late, whoever relays besides, whatever is away."""

import asyncio
from collections.abc import AsyncGenerator

import asyncpg
import msgspec
import pytest

from aggregator import audit_log
from aggregator.relay import relay_audit, waiting
from careledger import audit_trail
from careledger.errors import UnavailableError
from careledger.events.audit import AuditRecord
from careledger.events.topics import AUDIT_EVENTS
from careledger.kafka import create_topics
from careledger.postgres import SCHEMA, Connection
from careledger.publisher import Publisher
from support.audit_logs import NOWHERE, audit_content
from support.stuck_producers import skip_sequence_numbers
from support.topics import read_topic

pytestmark = pytest.mark.integration


@pytest.fixture
async def topic(kafka_bootstrap: str, topic_prefix: str) -> str:
    declared = AUDIT_EVENTS.under(topic_prefix)
    await create_topics(kafka_bootstrap, (declared,))
    return declared.name


@pytest.fixture
async def publisher(kafka_bootstrap: str, topic: str) -> AsyncGenerator[Publisher]:
    assert topic
    one = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)
    yield one
    await one.stop()


@pytest.fixture
async def other_connection(database_url: str) -> AsyncGenerator[Connection]:
    connection = await asyncpg.connect(database_url, server_settings={"search_path": SCHEMA})
    yield connection
    await connection.close()


async def wait_in_outbox(connection: Connection, *numbers: int) -> None:
    records = [msgspec.json.decode(audit_content(one), type=AuditRecord) for one in numbers]
    await audit_trail.record(connection, *records)


async def sent(bootstrap: str, topic: str) -> list[str]:
    return [(record.key or b"").decode() for record in await read_topic(bootstrap, topic)]


async def test_a_record_committed_late_under_a_lower_id_is_sent(
    audit_connection: Connection,
    other_connection: Connection,
    publisher: Publisher,
    kafka_bootstrap: str,
    topic: str,
    topic_prefix: str,
) -> None:
    slow = other_connection.transaction()
    await slow.start()
    await wait_in_outbox(other_connection, 1)
    await wait_in_outbox(audit_connection, 2)

    first = await relay_audit(audit_connection, publisher, topic_prefix)
    await slow.commit()
    second = await relay_audit(audit_connection, publisher, topic_prefix)

    assert (first, second) == (1, 1)
    assert await sent(kafka_bootstrap, topic) == ["record-2", "record-1"]


async def test_two_relays_share_the_work_and_send_each_record_once(
    audit_connection: Connection,
    other_connection: Connection,
    publisher: Publisher,
    kafka_bootstrap: str,
    topic: str,
    topic_prefix: str,
) -> None:
    await wait_in_outbox(audit_connection, *range(2_500))

    async def drain(connection: Connection) -> None:
        while await relay_audit(connection, publisher, topic_prefix):
            pass

    await asyncio.gather(drain(audit_connection), drain(other_connection))

    assert sorted(await sent(kafka_bootstrap, topic)) == sorted(f"record-{n}" for n in range(2_500))
    assert await waiting(audit_connection) == (0, None)


async def test_without_kafka_the_outbox_holds_and_then_drains(
    audit_connection: Connection, publisher: Publisher, topic_prefix: str
) -> None:
    await wait_in_outbox(audit_connection, 1, 2, 3)
    nowhere = Publisher(NOWHERE, client_id="test", timeout_seconds=0.5)

    with pytest.raises(UnavailableError):
        await relay_audit(audit_connection, nowhere, topic_prefix)
    held = await waiting(audit_connection)
    drained = await relay_audit(audit_connection, publisher, topic_prefix)

    assert (held.records, drained) == (3, 3)
    assert held.oldest_seconds > 0


async def test_a_relay_that_dies_after_sending_leaves_each_record_once_in_the_log(
    audit_connection: Connection,
    publisher: Publisher,
    kafka_bootstrap: str,
    topic: str,
    topic_prefix: str,
) -> None:
    await wait_in_outbox(audit_connection, 1, 2)
    dying = audit_connection.transaction()
    await dying.start()
    await relay_audit(audit_connection, publisher, topic_prefix)
    await dying.rollback()

    await relay_audit(audit_connection, publisher, topic_prefix)
    told = await read_topic(kafka_bootstrap, topic)
    async with audit_connection.transaction():
        await audit_log.append(audit_connection, [record.value or b"" for record in told])

    assert len(told) == 4
    rows = await audit_connection.fetch("SELECT record_id FROM audit_log ORDER BY sequence")
    assert [row["record_id"] for row in rows] == ["record-1", "record-2"]


async def test_a_producer_out_of_sequence_is_replaced_and_nothing_is_lost(
    audit_connection: Connection,
    publisher: Publisher,
    kafka_bootstrap: str,
    topic: str,
    topic_prefix: str,
) -> None:
    await wait_in_outbox(audit_connection, 1)
    await relay_audit(audit_connection, publisher, topic_prefix)
    skip_sequence_numbers(publisher, topic, 0)
    await wait_in_outbox(audit_connection, 2)

    with pytest.raises(UnavailableError):
        await relay_audit(audit_connection, publisher, topic_prefix)
    await relay_audit(audit_connection, publisher, topic_prefix)

    assert await sent(kafka_bootstrap, topic) == ["record-1", "record-2"]


async def test_a_record_too_large_for_kafka_is_refused_with_its_answer(
    audit_connection: Connection,
) -> None:
    record = msgspec.json.decode(audit_content(1, resource="x" * 600_000), type=AuditRecord)

    with pytest.raises(asyncpg.CheckViolationError):
        await audit_trail.record(audit_connection, record)


async def test_the_log_goes_on_in_the_next_range(audit_connection: Connection) -> None:
    await audit_connection.execute(
        "SELECT make_audit_range(9999999);"
        "INSERT INTO audit_log VALUES (9999999, 'last', now(), 's', 'a', 'success', 'user', 'u',"
        " 'r', '{}', '{}', '', '')"
    )

    async with audit_connection.transaction():
        await audit_log.append(audit_connection, [audit_content(1), audit_content(2)])

    rows = await audit_connection.fetch(
        "SELECT tableoid::regclass::text AS part FROM audit_log ORDER BY sequence"
    )
    assert [row["part"] for row in rows] == ["audit_log_000000", *["audit_log_000001"] * 2]
