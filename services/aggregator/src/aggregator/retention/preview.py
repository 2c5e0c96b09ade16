"""Counts what a purge would remove today; changes nothing and refuses no question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from aggregator.retention.opening import Plan, plan_purge
from aggregator.retention.purge import PATIENTS_AT_ONCE, Question, judge
from aggregator.retention.terms import Terms
from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection

_SETTINGS: Final = """
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on;
SET LOCAL work_mem = '64MB';
"""
_RECORDED: Final = "SELECT kafka_partition, next_offset FROM positions WHERE topic = $1"
_SHOW_STEPS: Final = 10


class Preview(NamedTuple):
    """What would go."""

    plan: Plan
    patients_seen: int = 0
    """With anything dated before the horizon."""
    patients: int = 0
    payments: int = 0
    invoices: int = 0


async def preview_purge(
    connection: Connection,
    terms: Terms,
    today: date,
    *,
    show: Callable[[Preview], None] = lambda _: None,
    patients_at_once: int = PATIENTS_AT_ONCE,
) -> Preview:
    """Count the invoices and payments that would be removed.

    Args:
        connection: outside a transaction.
        terms: how long reports are kept.
        today: the day it is.
        show: told now and then how far it is.
        patients_at_once: how many patients are looked at in one transaction.
    """
    found = Preview(await plan_purge(connection, terms, today))
    horizon, watermark = found.plan.horizon, found.plan.watermark
    if horizon is None or watermark is None:
        return found
    after, steps = (0, ""), 0
    while True:
        async with connection.transaction(readonly=True):
            await connection.execute(_SETTINGS)
            rows = await connection.fetch(_RECORDED, PAYMENT_EVENTS.name)
            recorded = {row["kafka_partition"]: row["next_offset"] for row in rows}
            judged = await judge(
                connection,
                Question(horizon, watermark.vector, recorded),
                after=after,
                patients_at_once=patients_at_once,
            )
        if judged is None:
            return found
        after, steps = judged.last, steps + 1
        found = found._replace(
            patients_seen=found.patients_seen + judged.seen,
            patients=found.patients + judged.patients,
            payments=found.payments + judged.payments,
            invoices=found.invoices + judged.invoices,
        )
        if steps % _SHOW_STEPS == 0:
            show(found)
