"""Sums that two writers kept apart are folded into one row each, and no figure changes."""

from collections.abc import AsyncIterator
from datetime import date
from random import Random

import asyncpg
import pytest

from aggregator.folding import fold_sums
from careledger.reports.clinics import read_clinics
from careledger.reports.revenue import RevenueQuery, read_revenue
from support import figures
from support.applied_log import SESSION, AppliedLog, prepare
from support.histories import batched, seeded_history, to_log
from support.history_events import CLINICS, World
from support.oracle.books import read_books
from support.oracle.log import LogRecord

pytestmark = pytest.mark.integration

FOREVER = date(2300, 1, 1)
HOLD = "SELECT pg_advisory_xact_lock(hashtext('shard'), $1)"
APART = """
SELECT (SELECT count(*) FROM receivables_by_due_date WHERE shard > 0)
    + (SELECT count(*) FROM revenue_daily_totals WHERE shard > 0)
    + (SELECT count(*) FROM revenue_metrics WHERE shard > 0)
"""


@pytest.fixture
async def writer(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url, server_settings=SESSION)
    await prepare(connection)
    yield connection
    await connection.close()


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url, server_settings=SESSION)
    yield connection
    await connection.close()


@pytest.fixture
def log() -> list[LogRecord]:
    return to_log(seeded_history(3, 250, World(patients=4, parents_per_patient=3, fact_ids=400)))


@pytest.fixture
async def applied(
    log: list[LogRecord], writer: asyncpg.Connection, other: asyncpg.Connection
) -> AppliedLog:
    """A history of which every second batch met another writer at work, with the first shard."""
    told = AppliedLog(writer, CLINICS)
    await told.start()
    stands = dict(told.base)
    pick = Random(3).choice  # noqa: S311 - test data, and it must repeat
    for number, batch in enumerate(batched(pick, log)):
        async with other.transaction():
            if number % 2:
                await other.execute(HOLD, 0)
            await told.apply([batch], stands)
    assert await writer.fetchval(APART) > 0
    return told


async def digests_of_days(applied: AppliedLog, connection: asyncpg.Connection) -> list[str]:
    """Ask for every day of each clinic by itself."""
    digests: list[str] = []
    for clinic_id in map(applied.scoped, CLINICS):
        query = RevenueQuery(
            start_date=date(2024, 1, 1), end_date=date(2025, 12, 31), clinic_ids=(clinic_id,)
        )
        async with connection.transaction(isolation="repeatable_read"):
            clinics = await read_clinics(connection)
            digests.append((await read_revenue(connection, clinics, query)).meta.digest)
    return digests


async def test_every_sum_is_one_row_and_what_it_was(
    log: list[LogRecord], applied: AppliedLog, other: asyncpg.Connection
) -> None:
    while await fold_sums(other, rows_at_once=7) is not None:
        pass

    books = read_books(log, CLINICS, as_of=FOREVER)
    assert await figures.revenue(applied) == figures.oracle_revenue(books)
    assert await figures.daily_totals(applied) == figures.oracle_daily_totals(books)
    assert await figures.by_due_date(applied) == figures.oracle_by_due_date(books)
    assert await other.fetchval(APART) == 0


async def test_a_shard_that_a_writer_has_is_left_alone(
    applied: AppliedLog, writer: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    before = await figures.daily_totals(applied)
    lies_apart = await other.fetchval(APART)

    async with writer.transaction():
        await writer.execute(HOLD, 1)
        assert await fold_sums(other) is None

    assert await other.fetchval(APART) == lies_apart
    assert await figures.daily_totals(applied) == before


async def test_the_days_of_a_clinic_say_the_same_before_and_after(
    applied: AppliedLog, other: asyncpg.Connection
) -> None:
    before = await digests_of_days(applied, other)
    while await fold_sums(other) is not None:
        pass

    assert await digests_of_days(applied, other) == before
    assert len(set(before)) == len(CLINICS)


@pytest.mark.usefixtures("applied")
async def test_a_writer_needs_not_wait_for_what_is_folded(
    writer: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    async with other.transaction():
        await fold_sums(other)
        taken = await writer.fetchval(
            "SELECT min(shard) FROM generate_series(0, 255) AS shard"
            " WHERE pg_try_advisory_xact_lock(hashtext('shard'), shard)"
        )

    assert taken > 1
    assert await other.fetchval(APART) == 0
