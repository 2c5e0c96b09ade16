"""A consumer that froze, lost its partitions and woke up again cannot write what others wrote."""

import signal

import pytest

from support.aggregators import Installation
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
