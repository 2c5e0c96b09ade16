"""An aggregator killed in the middle of a load loses nothing and counts nothing twice."""

import pytest

from support.aggregators import Installation
from support.histories import accepted, seeded_history
from support.history_events import World
from support.proofs import assert_tables_equal_the_oracle

pytestmark = pytest.mark.integration


async def test_kill_under_load_changes_nothing(installation: Installation) -> None:
    told = accepted(seeded_history(11, 6_000, World(patients=300, fact_ids=10**6)))
    await installation.publish(told)

    for goal in (1, len(told) // 4, len(told) // 2):
        aggregator = installation.start_aggregator(aggregator_batch_max=300)
        await installation.applied(goal)
        aggregator.kill()
    installation.start_aggregator(aggregator_batch_max=300)

    await assert_tables_equal_the_oracle(installation)


async def test_events_told_again_change_nothing(installation: Installation) -> None:
    told = accepted(seeded_history(12, 1_500, World(patients=100, fact_ids=10**6)))
    installation.start_aggregator()

    await installation.publish(told)
    await installation.publish(told[::-1])
    await installation.publish(told[::3])

    await assert_tables_equal_the_oracle(installation)
