"""Balances of any day and what moved them equal the oracle's, however far the job has come."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from aggregator.closing import close_days
from careledger.postgres import Connection
from careledger.reports.balances.reading import BalanceReader, Span, open_balances
from careledger.reports.clinics import Clinic
from careledger.reports.snapshot import take_snapshot
from support import balances
from support.histories import seeded_history, to_log, watermark_after
from support.history_events import CLINICS, World
from support.oracle.books import read_books
from support.oracle.indicators import CohortDate
from support.reading import Storyteller

pytestmark = pytest.mark.integration

SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 60))]
STEPS = 120
TODAY = date(2025, 1, 3)
LONG_AGO = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)


async def reader_at(
    connection: Connection, clinics: Sequence[Clinic], watermark: str | None
) -> BalanceReader:
    return await open_balances(
        connection, await take_snapshot(connection, clinics, watermark=watermark)
    )


@pytest.mark.parametrize("seed", SEEDS)
async def test_balances_and_movements_are_the_oracles(story: Storyteller, seed: int) -> None:
    pick = Random(seed)  # noqa: S311 - test data, and it must repeat
    world = World(
        patients=pick.choice((2, 4)), parents_per_patient=pick.choice((1, 3)), fact_ids=300
    )
    log = to_log(seeded_history(seed + 1_000, STEPS, world))
    # The job may not have run at all, or some steps, or be as far as the log.
    told = await story.record(log, pick.choice)
    for _ in range(pick.choice((0, 1, 2, 100))):
        await close_days(story.writer, at_once=pick.choice((1, 7, 50, 100_000)))

    days = [LONG_AGO, *sorted({record.time.date() for record in log}), TODAY]
    for number in range(4):
        known = None if number < 2 else watermark_after(log[: pick.randrange(STEPS)])
        text = None
        if known is not None:
            offsets = told.applied.offsets(known)
            text = ",".join(f"{part}:{offset}" for part, offset in enumerate(offsets))
        first, last = sorted(pick.choice(days) for _ in range(2))
        after = read_books(log, CLINICS, as_of=last, watermark=known)
        before = read_books(log, CLINICS, as_of=first - ONE_DAY, watermark=known)

        async with told.transaction() as clinics:
            reader = await reader_at(told.connection, clinics, text)
            aged = await reader.at_days(
                [last, first - ONE_DAY], bases=[*balances.RECEIVABLE_BASES, "received_on"]
            )
            moved = await reader.movements("effective_on", [Span(first, last, last)])

            assert balances.aged(aged) == balances.oracle_aged(after) | balances.oracle_aged(before)
            assert balances.flows(moved) == balances.oracle_flows(before, after)
            cohort_dates: tuple[CohortDate, ...] = ("service_on", "issued_on")
            for by in cohort_dates:
                found = await reader.movements(by, [Span(first, last, last)])
                expected = balances.oracle_cohorts(after, by, first, last)
                assert balances.cohorts(found) == expected
