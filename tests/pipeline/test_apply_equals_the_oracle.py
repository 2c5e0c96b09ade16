"""Any order, duplication and batching of random histories gives the tables of the oracle."""

import asyncio
from collections.abc import Iterator
from datetime import date
from random import Random

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import dated_figures, figures
from support.applied_log import SESSION, AppliedLog, prepare
from support.histories import (
    batched,
    batchings,
    histories,
    reordered,
    retellings,
    seeded_history,
    to_log,
    watermarks,
)
from support.history_events import CLINICS, World
from support.oracle.books import read_books
from support.oracle.log import LogRecord

pytestmark = pytest.mark.integration

Batches = list[list[LogRecord]]
FOREVER = date(2300, 1, 1)
SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as one:
        yield one


@pytest.fixture
def connection(runner: asyncio.Runner, database_url: str) -> Iterator[asyncpg.Connection]:
    one = runner.run(asyncpg.connect(database_url, server_settings=SESSION))
    runner.run(prepare(one))
    yield one
    runner.run(one.close())


@st.composite
def told_logs(draw: st.DrawFn) -> tuple[list[LogRecord], Batches]:
    """Draw short histories that shrink well, or long ones of few patients, in which facts meet."""
    if draw(st.booleans()):
        told = draw(histories(max_steps=40))
        log = to_log(draw(retellings(told)) if draw(st.booleans()) else told)
        return log, draw(batchings(log))
    pick = Random(draw(st.integers(0, 2**32))).choice  # noqa: S311 - test data, and it must repeat
    world = World(patients=pick((1, 2, 4)), parents_per_patient=pick((1, 2, 3)), fact_ids=400)
    log = to_log(reordered(pick, seeded_history(pick(range(2**32)), 250, world)))
    return log, batched(pick, log) if pick((True, False)) else [log]


@SETTINGS
@given(told=told_logs())
def test_every_table_equals_the_oracle(
    runner: asyncio.Runner, connection: asyncpg.Connection, told: tuple[list[LogRecord], Batches]
) -> None:
    log, batches = told
    books = read_books(log, CLINICS, as_of=FOREVER)

    applied = AppliedLog(connection, CLINICS)
    runner.run(applied.start())
    runner.run(applied.apply(batches))

    assert runner.run(figures.revenue(applied)) == figures.oracle_revenue(books)
    assert runner.run(figures.daily_totals(applied)) == figures.oracle_daily_totals(books)
    assert runner.run(figures.receivables(applied)) == figures.oracle_receivables(books)
    assert runner.run(figures.payments(applied)) == figures.oracle_payments(books)
    assert runner.run(figures.by_due_date(applied)) == figures.oracle_by_due_date(books)


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[LogRecord], Batches, date, dict[int, int]]:
    log, batches = draw(told_logs())
    days = sorted({record.time.date() for record in log}) or [FOREVER]
    return log, batches, draw(st.sampled_from([*days, FOREVER])), draw(watermarks(log))


@SETTINGS
@given(question=questions())
def test_entries_and_moves_alone_give_any_as_of_and_any_watermark(
    runner: asyncio.Runner,
    connection: asyncpg.Connection,
    question: tuple[list[LogRecord], Batches, date, dict[int, int]],
) -> None:
    log, batches, as_of, watermark = question
    books = read_books(log, CLINICS, as_of=as_of, watermark=watermark)

    applied = AppliedLog(connection, CLINICS)
    runner.run(applied.start())
    runner.run(applied.apply(batches))

    sums = runner.run(dated_figures.receivables(applied, as_of, watermark))
    expected = figures.oracle_receivables(books)
    assert sums == {
        key: {name: row[name] for name in ("charge", "adjustments", "written_off", "landed")}
        for key, row in expected.items()
    }
    credit = {key: row["credit"] for key, row in figures.oracle_payments(books).items()}
    found = runner.run(dated_figures.payment_credits(applied, as_of, watermark))
    assert {key: row["credit"] for key, row in found.items()} == {
        key: amount for key, amount in credit.items() if amount
    }
    revenue = runner.run(dated_figures.revenue(applied, as_of, watermark))
    nonzero = {key: row for key, row in revenue.items() if any(row.values())}
    assert nonzero == figures.oracle_revenue(books)
