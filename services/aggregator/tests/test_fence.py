"""The fence on a real database: stale, skipped, lost and foreign records never count."""

from collections import defaultdict
from collections.abc import AsyncIterator

import asyncpg
import pytest

from aggregator import positions
from aggregator.errors import LogBrokenError, RecordsSkippedError
from aggregator.fence import Batch, move_past, pass_fence
from support.applied_log import CLUSTER, SESSION, TOPIC
from support.records import APPENDED_AT, event, record

pytestmark = pytest.mark.integration


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    one = await asyncpg.connect(database_url, server_settings=SESSION)
    await positions.stored_offsets(one, TOPIC, [0], CLUSTER)
    yield one
    await one.close()


def batch(*offsets: int, stands: int, cluster: str = CLUSTER) -> Batch:
    return Batch(
        topic=TOPIC,
        cluster_id=cluster,
        records=[record(event("patient.recorded"), offset=offset) for offset in offsets],
        consumer_positions={0: stands},
        ends=defaultdict(lambda: 100),
        fetched_at=APPENDED_AT,
    )


async def begins_at_zero(_partition: int) -> int:
    return 0


async def begins_at_fifty(_partition: int) -> int:
    return 50


async def passed(connection: asyncpg.Connection, one: Batch) -> list[int]:
    async with connection.transaction():
        fresh = await pass_fence(connection, one, begins_at_zero)
        if fresh.records:
            await move_past(connection, one, fresh)
    return [item.offset for item in fresh.records]


async def test_records_below_the_stored_offset_are_dropped(connection: asyncpg.Connection) -> None:
    assert await passed(connection, batch(0, 1, 2, stands=0)) == [0, 1, 2]
    assert await passed(connection, batch(1, 2, 3, stands=1)) == [3]
    assert await passed(connection, batch(0, 1, 2, 3, stands=0)) == []


async def test_a_consumer_beyond_the_stored_offset_must_seek_back(
    connection: asyncpg.Connection,
) -> None:
    await passed(connection, batch(0, 1, stands=0))

    with pytest.raises(RecordsSkippedError) as skipped:
        await passed(connection, batch(5, 6, stands=5))

    assert skipped.value.stored == {0: 2}


async def test_a_gap_of_transaction_markers_is_passed(connection: asyncpg.Connection) -> None:
    await passed(connection, batch(0, 1, stands=0))

    assert await passed(connection, batch(4, 5, stands=2)) == [4, 5]


async def test_records_lost_to_retention_stop_everything(connection: asyncpg.Connection) -> None:
    await passed(connection, batch(0, 1, stands=0))

    with pytest.raises(LogBrokenError, match="gone from Kafka"):
        async with connection.transaction():
            await pass_fence(connection, batch(50, 51, stands=2), begins_at_fifty)


async def test_offsets_of_another_cluster_are_not_ours(connection: asyncpg.Connection) -> None:
    with pytest.raises(LogBrokenError, match="another Kafka cluster"):
        await passed(connection, batch(0, stands=0, cluster="another"))


async def test_a_rolled_back_batch_leaves_the_offset(connection: asyncpg.Connection) -> None:
    one = batch(0, 1, stands=0)
    transaction = connection.transaction()
    await transaction.start()
    await move_past(connection, one, await pass_fence(connection, one, begins_at_zero))
    await transaction.rollback()

    assert await positions.stored_offsets(connection, TOPIC, [0], CLUSTER) == {0: 0}
