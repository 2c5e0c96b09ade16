"""Closes days behind the log: fills balances, movements and legs per day, and month ends.

It runs in transactions of its own and adds nothing to those that apply batches. What it has reached
is stored with what it wrote; readers add what lies beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

import asyncpg

from aggregator.closing_all import close_all, is_less_work
from careledger import clock
from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.errors import FiguresDisagreeError
from careledger.reports.snapshot import first_batch_behind
from careledger.reports.statements import compose, fragment
from careledger.reports.watermark import Watermark

RECORDS_AT_ONCE: Final = 20_000
"""The most records of each partition in one transaction."""
MONTH_ENDS_KEPT: Final = 36
BEHIND_MAX: Final = 10_000
"""The most records that a process may be behind and still be calm: less than a second of work."""

# The sessions of the aggregator join by index alone, which is right for a batch and wrong here.
_SETTINGS: Final = """
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on;
SET LOCAL work_mem = '64MB';
"""

_IS_CALM: Final = """
SELECT coalesce(bool_and(data_through > now() - interval '30 seconds'), false)
FROM positions WHERE topic = $1
"""

_TAKE_TURN: Final = "SELECT pg_try_advisory_xact_lock(hashtext('close_days'))"

_RECORDED: Final = "SELECT kafka_partition, next_offset FROM positions WHERE topic = $1"
_IS_PURGED: Final = "SELECT EXISTS (SELECT FROM retention_purges)"
_CLOSED: Final = "SELECT kafka_partition, next_offset FROM closed_positions"

_FOLDER: Final = files("aggregator") / "closed_days"
_ADVANCE: Final = compose(
    (_FOLDER / "beyond.sql").read_text(),
    fragment("balances/changes"),
    (_FOLDER / "add.sql").read_text(),
)
_ADD_LEGS: Final = compose(
    fragment("kept_legs/changes").replace("/*clinics*/", ""),
    (_FOLDER / "add_legs.sql").read_text(),
)
_PUT_UNSETTLED: Final = compose((_FOLDER / "unsettled.sql").read_text())
_CLOSE_MONTH: Final = (_FOLDER / "close_month.sql").read_text()

_MOVE: Final = """
INSERT INTO closed_positions (kafka_partition, next_offset)
SELECT * FROM unnest($1::smallint[], $2::bigint[])
ON CONFLICT (kafka_partition) DO UPDATE SET next_offset = excluded.next_offset
"""

_CLOSED_MONTH: Final = "SELECT max(month_end) FROM closed_month_ends"
_EARLIEST: Final = "SELECT min(effective_on) FROM balance_days"

_ONE_DAY: Final = timedelta(days=1)


async def is_calm(connection: Connection, *, behind: int) -> bool:
    """Tell whether cores are free: while reports are behind the log, every one belongs to it.

    Reports are behind by more than 30 seconds, or by many records that came together just now.

    Args:
        connection: to PostgreSQL.
        behind: how many records this process has still to take from the log.
    """
    if behind > BEHIND_MAX:
        return False
    return bool(await connection.fetchval(_IS_CALM, PAYMENT_EVENTS.name))


async def close_days(connection: Connection, *, at_once: int = RECORDS_AT_ONCE) -> int:
    """Take one step behind the log in a transaction of its own; return how many records it took.

    Where more is to be closed than is closed already, all of it is closed at once.

    Nothing is done while another process takes its step.

    Args:
        connection: outside a transaction.
        at_once: the most records of each partition.

    Raises:
        FiguresDisagreeError: if balances and movements disagree; nothing was written.
    """
    async with connection.transaction():
        if not await connection.fetchval(_TAKE_TURN):
            return 0
        await connection.execute(_SETTINGS)
        closed = _watermark(await connection.fetch(_CLOSED))
        recorded = _watermark(await connection.fetch(_RECORDED, PAYMENT_EVENTS.name))
        reached = recorded
        # Of removed stories the past days still count the movements; anew they would count less.
        is_whole = not await connection.fetchval(_IS_PURGED)
        if is_whole and is_less_work(closed, recorded, at_once):
            await close_all(connection, recorded)
        else:
            reached = _after_a_step(closed, recorded, at_once)
            await _advance(connection, closed, reached)
        await connection.execute(_MOVE, list(reached.offsets), list(reached.offsets.values()))
        await _close_months(connection)
    return sum(
        offset - closed.offsets.get(partition, 0) for partition, offset in reached.offsets.items()
    )


def _after_a_step(closed: Watermark, recorded: Watermark, at_once: int) -> Watermark:
    return Watermark(
        {
            partition: min(offset, closed.offsets.get(partition, 0) + at_once)
            for partition, offset in recorded.offsets.items()
        }
    )


def _watermark(rows: Sequence[asyncpg.Record]) -> Watermark:
    return Watermark({row["kafka_partition"]: row["next_offset"] for row in rows})


async def _advance(connection: Connection, closed: Watermark, reached: Watermark) -> None:
    if closed.covers(reached):
        return
    parameters = {
        "closed": closed.vector,
        "vector": reached.vector,
        "first_batch": await first_batch_behind(connection, closed, reached),
    }
    if await _ADVANCE.fetch(connection, parameters):
        raise FiguresDisagreeError("the balances of a day are not what moved them")
    await _ADD_LEGS.fetch(connection, parameters)
    await _PUT_UNSETTLED.fetch(connection, parameters)


async def _close_months(connection: Connection) -> None:
    last = _month_end_before(clock.now().date())
    closed: date | None = await connection.fetchval(_CLOSED_MONTH)
    if closed is not None:
        month_end = _month_end_after(closed)
    else:
        # Read from end to end, but only until the first month is closed.
        earliest: date | None = await connection.fetchval(_EARLIEST)
        if earliest is None:
            return
        month_end = max(_month_end_after(earliest - _ONE_DAY), _months_back(last, MONTH_ENDS_KEPT))
    while month_end <= last:
        await connection.execute(_CLOSE_MONTH, month_end, closed)
        closed, month_end = month_end, _month_end_after(month_end)


def _month_end_before(day: date) -> date:
    return day.replace(day=1) - _ONE_DAY


def _month_end_after(day: date) -> date:
    """Return the first month end after a day."""
    following = (day + _ONE_DAY).replace(day=1)
    return (following + timedelta(days=32)).replace(day=1) - _ONE_DAY


def _months_back(month_end: date, months: int) -> date:
    for _ in range(months - 1):
        month_end = _month_end_before(month_end)
    return month_end
