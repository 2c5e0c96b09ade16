"""Members that come and go while a batch is in the handler change nothing."""

import asyncpg
import pytest

from support.aggregators import Installation
from support.applied_log import SESSION
from support.histories import accepted, seeded_history
from support.history_events import World
from support.polling import seen
from support.proofs import assert_tables_equal_the_oracle
from support.proxy import proxy_to

pytestmark = pytest.mark.integration

_WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE application_name = 'aggregator' AND datname = current_database() AND wait_event_type = 'Lock'
"""


async def test_a_member_comes_and_goes_while_a_batch_is_in_the_handler(
    installation: Installation,
) -> None:
    told = accepted(seeded_history(31, 3_000, World(patients=200, fact_ids=10**6)))
    first = installation.start_aggregator(aggregator_batch_max=200)
    await installation.ready(first)
    await installation.publish(told[:200])
    await installation.caught_up()

    holder = await asyncpg.connect(installation.database_url, server_settings=SESSION)
    async with holder.transaction():
        # The fence is held, so the batch that comes now stays in the handler.
        await holder.execute("SELECT 1 FROM positions FOR UPDATE")
        await installation.publish(told[200:1_500])
        await seen(lambda: holder.fetchval(_WAITING), bool)
        second = installation.start_aggregator(aggregator_batch_max=200)
        await installation.ready(second)
    await installation.publish(told[1_500:])
    await installation.applied(2_000)
    await second.end()
    await holder.close()

    await assert_tables_equal_the_oracle(installation)


async def test_postgresql_away_during_a_rebalance(installation: Installation) -> None:
    told = accepted(seeded_history(32, 2_000, World(patients=200, fact_ids=10**6)))
    async with proxy_to(installation.database_url) as (proxy, address):
        first = installation.start_aggregator(database_url=address, aggregator_batch_max=200)
        await installation.ready(first)
        await installation.publish(told[:600])
        await installation.caught_up()

        second = installation.start_aggregator(aggregator_batch_max=200)
        await installation.ready(second)
        proxy.cut()
        await installation.publish(told[600:1_200])
        second.kill()
        await proxy.refuses(3)
        proxy.mend()
        await installation.publish(told[1_200:])

        await assert_tables_equal_the_oracle(installation)
        await first.end()
