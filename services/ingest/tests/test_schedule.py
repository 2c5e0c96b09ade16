"""Turns come when the expression says, and each is one replica's."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from careledger.postgres import Pool, open_pool
from ingest.jobs import TurnTakenError
from ingest.runs import RunInProgressError, started
from ingest.turns import last_turn, next_turn

EVERY_FOUR_HOURS = "0 */4 * * *"
NEW_YORK = ZoneInfo("America/New_York")


async def takes(pool: Pool, source: str, turn: datetime) -> bool:
    try:
        async with started(pool, source, "incremental", by="schedule", turn=turn) as run:
            await run.end("completed")
    except (TurnTakenError, RunInProgressError):
        return False
    return True


def test_turns_are_four_hours_apart() -> None:
    now = datetime(2026, 11, 23, 9, 17, tzinfo=UTC)

    assert last_turn(EVERY_FOUR_HOURS, now) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert next_turn(EVERY_FOUR_HOURS, now) == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_hour_that_is_skipped_still_has_its_turn_that_day() -> None:
    before = datetime(2026, 3, 8, 1, 0, tzinfo=NEW_YORK)

    assert next_turn("30 2 * * *", before).date() == before.date()


@pytest.mark.integration
async def test_of_two_replicas_one_takes_a_turn(database_url: str) -> None:
    turn = datetime(2026, 11, 23, 8, tzinfo=UTC)
    pool = await open_pool(database_url, service="ingest", size_max=4)
    try:
        taken = await asyncio.gather(*(takes(pool, "urn:one", turn) for _ in range(4)))
        later = await takes(pool, "urn:one", turn)
        of_another_source = await takes(pool, "urn:two", turn)
        next_one = await takes(pool, "urn:one", turn.replace(hour=12))
    finally:
        await pool.close()

    assert sorted(taken) == [False, False, False, True]
    assert (later, of_another_source, next_one) == (False, True, True)
