"""When too much is refused the aggregator stops, says so, and goes on when a person says so."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from careledger.events.envelope import to_headers
from support.aggregators import Aggregator, Installation
from support.applied_log import SESSION
from support.histories import accepted, seeded_history
from support.history_events import World
from support.polling import seen

pytestmark = pytest.mark.integration
_COMMAND = Path(sys.executable).with_name("aggregator")


async def rows(installation: Installation, query: str) -> list[dict[str, Any]]:
    connection = await asyncpg.connect(installation.database_url, server_settings=SESSION)
    try:
        return [dict(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def stops(installation: Installation) -> list[dict[str, Any]]:
    return await rows(installation, "SELECT * FROM bad_data_stops ORDER BY stopped_at")


async def publish_bad(installation: Installation, count: int) -> None:
    """Write records of known types whose bodies are no events."""
    (told, *_) = accepted(seeded_history(5, 10, World(patients=3, fact_ids=10**6)))
    producer = AIOKafkaProducer(bootstrap_servers=installation.bootstrap)
    await producer.start()
    for _ in range(count):
        headers = to_headers(told.envelope)
        await producer.send_and_wait(
            installation.topic, b"{}", key=b"p", headers=headers, partition=0
        )
    await producer.stop()


async def command(installation: Installation, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        _COMMAND,
        "refusals",
        *arguments,
        env={"CARELEDGER_DATABASE_URL": installation.database_url},
        cwd=installation.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return output.decode()


def asks(aggregator: Aggregator) -> Callable[[], Any]:
    def ask() -> str:
        try:
            with urlopen(f"{aggregator.health}/readyz?verbose", timeout=5) as answer:  # noqa: S310 - loopback
                return answer.read().decode()
        except HTTPError as error:
            return error.read().decode()

    return lambda: asyncio.to_thread(ask)


async def test_a_flood_of_bad_records_stops_applying_until_it_is_accepted(
    installation: Installation,
) -> None:
    history = accepted(seeded_history(9, 400, World(patients=30, fact_ids=10**6)))
    aggregator = installation.start_aggregator(aggregator_refused_in_a_row_max=20)
    await installation.ready(aggregator)
    await installation.publish(history[:200])
    await installation.caught_up()  # partitions have no order: a good one later would end the row
    await publish_bad(installation, 10)
    await installation.caught_up()
    before = await installation.stored_offsets()

    await publish_bad(installation, 30)
    health = await seen(asks(aggregator), lambda text: "applying has stopped" in text)
    await seen(lambda: stops(installation), lambda found: found and found[0]["told_at"])

    assert "last 20 records are all refused" in health
    held = await installation.stored_offsets()
    # The first of them came in batches that stayed below the limit; the 20th never came in.
    assert before[0] <= held[0] < before[0] + 10
    assert len(await rows(installation, "SELECT 1 FROM quarantine")) < 20
    assert "payment-events has stopped" in await command(installation, "status")

    await installation.publish(history[200:])
    assert await command(installation, "accept") == "payment-events goes on\n"
    await installation.caught_up()
    await installation.ready(aggregator)

    assert len(await rows(installation, "SELECT 1 FROM quarantine")) == 40
    assert "nothing has stopped" in await command(installation, "accept")
    (stop,) = await seen(
        lambda: stops(installation), lambda found: found[0]["recovery_told_at"] is not None
    )
    assert stop["accepted_by"].startswith("os:")


async def test_what_comes_after_the_acceptance_is_held_against_the_limit_again(
    installation: Installation,
) -> None:
    first = installation.start_aggregator(aggregator_refused_in_a_row_max=20)
    await installation.ready(first)
    await publish_bad(installation, 20)
    await seen(lambda: stops(installation), bool, timeout_seconds=60)
    first.kill()

    await command(installation, "accept")
    second = installation.start_aggregator(aggregator_refused_in_a_row_max=20)
    await installation.caught_up()
    await installation.ready(second)
    await publish_bad(installation, 20)

    found = await seen(lambda: stops(installation), lambda rows: len(rows) == 2, timeout_seconds=60)
    assert [one["accepted_at"] is None for one in found] == [False, True]
