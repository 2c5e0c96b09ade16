"""A consumer that froze, lost its partitions and woke up again cannot write what others wrote."""

import asyncio
import signal
from collections.abc import AsyncIterator

import asyncpg
import pytest

from support.aggregators import Installation
from support.applied_log import SESSION
from support.histories import accepted, seeded_history
from support.history_events import World
from support.proofs import assert_tables_equal_the_oracle

pytestmark = pytest.mark.integration


async def test_a_frozen_consumer_that_wakes_writes_nothing(installation: Installation) -> None:
    told = accepted(seeded_history(21, 6_000, World(patients=300, fact_ids=10**6)))
    frozen = installation.start_aggregator(aggregator_batch_max=200)
    await installation.ready(frozen)
    await installation.publish(told)
    await installation.applied(400)

    frozen.signal(signal.SIGSTOP)
    other = installation.start_aggregator(aggregator_batch_max=200)
    await installation.caught_up()
    frozen.signal(signal.SIGCONT)
    await installation.publish(told[:500])
    await installation.ready(frozen)
    await installation.ready(other)

    await assert_tables_equal_the_oracle(installation)


async def test_a_consumer_frozen_in_the_middle_of_a_copy_does_not_hold_up_the_others(
    installation: Installation,
) -> None:
    told = accepted(seeded_history(22, 300, World(patients=30, fact_ids=10**6)))
    first = installation.start_aggregator()
    await installation.ready(first)
    await installation.publish(told[:100])
    await installation.caught_up()
    await first.end()

    frozen = await asyncpg.connect(
        installation.database_url, server_settings={**SESSION, "application_name": "aggregator"}
    )
    copying = asyncio.create_task(_copy_without_end(frozen))
    await installation.publish(told[100:])
    installation.start_aggregator()
    await installation.caught_up()

    assert frozen.is_closed()
    copying.cancel()
    await asyncio.gather(copying, return_exceptions=True)
    await assert_tables_equal_the_oracle(installation)


async def _copy_without_end(connection: asyncpg.Connection) -> None:
    async def rows() -> AsyncIterator[bytes]:
        yield b"1"
        await asyncio.Event().wait()

    async with connection.transaction():
        await connection.execute("SELECT FROM positions FOR UPDATE")
        await connection.execute("CREATE TEMPORARY TABLE rows (n text)")
        await connection.copy_to_table("rows", source=rows())
