"""The clock's inlet: relays, freshness, months, closed days and proofs, while the process runs."""

from __future__ import annotations

import asyncio
import gc
import traceback
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import asyncpg
import structlog
from aiokafka.errors import KafkaError

from aggregator import halting
from aggregator.announcements import Announcements
from aggregator.checkpoints import Checkpoints
from aggregator.closing import close_days, is_calm
from aggregator.consumers import LogInlet
from aggregator.folding import fold_sums
from aggregator.nightly import Nightly
from aggregator.reconcile import reconcile_next, tell
from aggregator.relay import AT_ONCE, relay_audit
from aggregator.retention.audit_cut import remove_cut
from aggregator.retention.opening import Due, move_horizon
from aggregator.retention.proofs import remove_past_proofs
from aggregator.retention.purge import purge_step
from aggregator.retention.terms import Terms
from careledger import clock
from careledger.alerts import Alerts
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, Pool
from careledger.publisher import Publisher
from careledger.reports.errors import FiguresDisagreeError

_RELAY_SECONDS: Final = 0.25
_CHECKPOINT_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 2.0
_PARTITION_SECONDS: Final = 6 * 3600.0
_CLOSE_SECONDS: Final = 5.0
_FOLD_SECONDS: Final = 30.0
_RECONCILE_SECONDS: Final = 3.0
_STOPS_SECONDS: Final = 3.0
_RETENTION_SECONDS: Final = 600.0
_NIGHTLY_SECONDS: Final = 60.0
_REST: Final = 4
"""Closing days, folding sums and removing old stories rest so many times as long as a step took."""
_MONTHS_AHEAD: Final = """
SELECT make_ledger_months(date_trunc('month', now())::date, (now() + interval '6 months')::date)
"""
_GARBAGE_SECONDS: Final = 10.0
_FROZEN_SECONDS: Final = 5.0
# A session that waits for its client in the middle of a COPY or of an answer is not idle, so no
# time-out of PostgreSQL ends it; the offset rows it holds would stop every other aggregator.
# PostgreSQL shows what a session does to the user that signed in, not to a role it took.
_END_FROZEN: Final = """
SET LOCAL ROLE NONE;
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database() AND usename = session_user
    AND application_name = current_setting('application_name') AND backend_xid IS NOT NULL
    AND wait_event IN ('ClientRead', 'ClientWrite')
    AND state_change < clock_timestamp() - interval '15 seconds'
"""
_EXPECTED: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    KafkaError,
    UnavailableError,
    OSError,
    TimeoutError,
)

log = structlog.get_logger()


class ScheduleEndedError(CareledgerError):
    """A job has ended, though none does by itself; the text names it."""


class Schedule:
    """What the aggregator does by the clock."""

    def __init__(
        self,
        pool: Pool,
        publisher: Publisher,
        topic_prefix: str,
        inlets: list[LogInlet],
        checkpoints: Checkpoints,
        alerts: Alerts,
        terms: Terms,
        nightly: Nightly,
    ) -> None:
        self._pool = pool
        self._terms = terms
        self._nightly = nightly
        self._alerts = alerts
        self._disagrees = False
        self._publisher = publisher
        self._prefix = topic_prefix
        self._announcements = Announcements(publisher, topic_prefix)
        self._inlets = inlets
        self._checkpoints = checkpoints

    async def run(self) -> None:
        """Run every job until canceled; a failing one is tried again at its next turn.

        Raises:
            ScheduleEndedError: as `run_jobs` does.
        """
        await run_jobs(
            {
                "relay": (_RELAY_SECONDS, self._relay),
                "checkpoints": (_CHECKPOINT_SECONDS, self._sign),
                "look": (_LOOK_SECONDS, self._look),
                "garbage": (_GARBAGE_SECONDS, _collect_garbage),
                "frozen": (_FROZEN_SECONDS, self._end_frozen),
                "partitions": (_PARTITION_SECONDS, self._make_partitions),
                "close_days": (_CLOSE_SECONDS, self._close_days),
                "fold_sums": (_FOLD_SECONDS, partial(self._in_calm, fold_sums)),
                "reconcile": (_RECONCILE_SECONDS, self._reconcile),
                "stops": (_STOPS_SECONDS, self._tell_stops),
                "retention": (_RETENTION_SECONDS, self._purge),
                "nightly": (_NIGHTLY_SECONDS, self._verify),
            }
        )

    async def _verify(self) -> None:
        async with self._pool.acquire() as connection:
            await self._nightly.take_turn(connection)

    async def _relay(self) -> None:
        async with self._pool.acquire() as connection:
            # What comes meanwhile waits for the next turn: under load, sending a handful at a time
            # cost more than answering the requests they tell of.
            while await relay_audit(connection, self._publisher, self._prefix) == AT_ONCE:
                pass
            while await self._announcements.relay_dead_letters(connection):
                pass

    async def _sign(self) -> None:
        async with self._pool.acquire() as connection:
            await self._checkpoints.sign_if_due(connection)
            await self._checkpoints.publish(connection)

    async def _look(self) -> None:
        for inlet in self._inlets:
            await inlet.note_caught_up()

    async def _close_days(self) -> None:
        loop = asyncio.get_running_loop()
        more = True
        while more:
            async with self._pool.acquire() as connection:
                started = loop.time()
                try:
                    more = await self._is_calm(connection) and await close_days(connection) > 0
                except FiguresDisagreeError as error:
                    log.error("figures_disagree", figures=str(error))  # noqa: TRY400 - no defect of the code shows in a traceback here
                    await self._alert_disagreement(str(error))
                    return
            await asyncio.sleep(_REST * (loop.time() - started))

    async def _alert_disagreement(self, figures: str) -> None:
        """Say once that figures disagree: the job tries again every few seconds."""
        if not self._disagrees:
            self._disagrees = await self._alerts.raised(
                "Figures disagree",
                f"{figures[:1].upper()}{figures[1:]}. Past days are not closed any further, and"
                " reports that find the same refuse to answer.",
            )

    async def _reconcile(self) -> None:
        async with self._pool.acquire() as connection:
            while (found := await reconcile_next(connection)) is not None:
                await tell(self._alerts, found)

    async def _tell_stops(self) -> None:
        async with self._pool.acquire() as connection:
            await halting.tell(connection, self._alerts)

    async def _purge(self) -> None:
        async with self._pool.acquire() as connection:
            today = clock.now().date()
            moved = await move_horizon(connection, self._terms, today, by="schedule")
            await remove_past_proofs(connection, self._terms.run_months, by="schedule")
            if moved.due is Due.NOW:
                log.info("horizon_moved", horizon=str(moved.horizon))
        if moved.due is not Due.OFF:
            await self._in_calm(purge_step)
        if horizon := self._terms.audit_horizon_on(today):
            await self._in_calm(
                partial(remove_cut, keys=self._checkpoints.keys, horizon=horizon, by="schedule")
            )

    async def _in_calm(self, step: Callable[[Connection], Awaitable[object | None]]) -> None:
        """Take steps until nothing is left to do, with rests, and none while the log is behind."""
        loop = asyncio.get_running_loop()
        more = True
        while more:
            async with self._pool.acquire() as connection:
                started = loop.time()
                more = await self._is_calm(connection) and await step(connection) is not None
            await asyncio.sleep(_REST * (loop.time() - started))

    async def _is_calm(self, connection: Connection) -> bool:
        return await is_calm(connection, behind=sum(inlet.behind for inlet in self._inlets))

    async def _end_frozen(self) -> None:
        async with self._pool.acquire() as connection:
            ended = await connection.execute(_END_FROZEN)
        if ended != "SELECT 0":
            log.warning("frozen_sessions_ended", count=int(ended.split()[1]))

    async def _make_partitions(self) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute(_MONTHS_AHEAD)


async def _collect_garbage() -> None:
    gc.collect()


async def run_jobs(jobs: Mapping[str, tuple[float, Callable[[], Awaitable[None]]]]) -> None:
    """Run jobs side by side, each every so many seconds, until canceled.

    Raises:
        ScheduleEndedError: if one has ended; the others have been ended too, because a process
            that goes on without its relay or sealer would be taken for a sound one.
    """
    tasks = [
        asyncio.create_task(repeat(name, seconds, job), name=name)
        for name, (seconds, job) in jobs.items()
    ]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    raise ScheduleEndedError(", ".join(sorted(task.get_name() for task in ended)))


async def repeat(name: str, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    """Run a job again and again until canceled, however it fails: one must not end the others."""
    while True:
        try:
            await job()
        except _EXPECTED as error:
            log.warning("job_failed", job=name, error=type(error).__name__)
        except asyncio.CancelledError:
            # A library's own task that was canceled looks like this; an end of ours is counted.
            if (task := asyncio.current_task()) is None or task.cancelling():
                raise
            log.warning("job_failed", job=name, error="CancelledError")
        except Exception as error:  # noqa: BLE001 - a stopped relay or sealer is worse
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            log.error("job_failed", job=name, error=type(error).__name__, where=where)  # noqa: TRY400 - a message may hold a row
        await asyncio.sleep(seconds)
