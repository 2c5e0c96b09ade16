"""Histories recorded as if each event had come on its own day, and purges of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.closing import close_days
from aggregator.retention.opening import Due, move_horizon
from aggregator.retention.purge import purge_step
from aggregator.retention.terms import Terms
from careledger.postgres import Connection
from support.histories import Telling, to_log
from support.kept_answers import Moment
from support.reading import Storyteller, Told

TODAY = date(2025, 1, 15)
HORIZON = date(2024, 1, 1)
TERMS = Terms(report_months=12, totals_months=36)


@dataclass
class Ledger:
    """A history in a database of its own."""

    writer: Connection
    told: Told
    recorded_before: int
    """So many tellings were recorded before the horizon."""

    @property
    def moments(self) -> list[Moment]:
        """Days and watermarks within the horizon."""
        log = self.told.log
        return [
            Moment(date(2025, 1, 3), None),
            Moment(date(2024, 7, 1), self.told.watermark((self.recorded_before + len(log)) // 2)),
            Moment(HORIZON, self.told.watermark(self.recorded_before)),
        ]


async def record(storyteller: Storyteller, tellings: Sequence[Telling]) -> Ledger:
    """Record a history as if each event had come on its own day, and close its days."""
    told = await storyteller.record(to_log(tellings))
    instants = [one.envelope.time for one in tellings]
    # Late events come after younger ones: the log's clock never goes back.
    highest = [max(instants[: place + 1]) for place in range(len(instants))]
    await storyteller.writer.executemany(
        "UPDATE batches SET recorded_at = $3 WHERE kafka_partition = $1 AND next_offset = $2",
        [
            (one.partition, told.applied.base[one.partition] + one.offset + 1, at)
            for one, at in zip(told.log, highest, strict=True)
        ],
    )
    while await close_days(storyteller.writer):
        pass
    return Ledger(storyteller.writer, told, sum(instant.date() < HORIZON for instant in highest))


async def purge(ledger: Ledger, terms: Terms = TERMS, *, patients_at_once: int = 7) -> int:
    """Move the horizon and take every step; returns how many."""
    plan = await move_horizon(ledger.writer, terms, TODAY, by="test")
    assert (plan.due, plan.horizon) == (Due.NOW, HORIZON)
    return await take_steps(ledger, patients_at_once=patients_at_once)


async def take_steps(ledger: Ledger, *, patients_at_once: int = 7) -> int:
    steps = 0
    while await purge_step(ledger.writer, patients_at_once=patients_at_once) is not None:
        steps += 1
    return steps
