"""Holds a consumer whose records are refused too often, until a person says that it may go on.

Nothing of the batch is written meanwhile: neither figures nor quarantine nor offsets move.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import structlog

from aggregator import stops
from aggregator.errors import TooManyRefusedError
from aggregator.limit import RefusalLimit
from careledger.alerts import Alerts
from careledger.postgres import Connection, Pool

_POLL_SECONDS: Final = 2.0
_AWAY: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)

log = structlog.get_logger()


class Halt:
    """The stop of one consumer."""

    def __init__(self, pool: Pool, topic: str, limit: RefusalLimit) -> None:
        """Hold by a limit, ask the database whether it may go on."""
        self._pool = pool
        self._topic = topic
        self._limit = limit
        self.problem: str | None = None
        """Why it stands still, None while it does not."""

    async def until_accepted(self, error: TooManyRefusedError) -> None:
        """Return once somebody has accepted what is refused."""
        self.problem = f"applying has stopped: {error}; see aggregator refusals"
        log.error("applying_stopped", problem=str(error))
        while True:
            if await self._is_accepted(error):
                break
            await asyncio.sleep(_POLL_SECONDS)
        self.problem = None
        log.info("applying_goes_on")

    async def _is_accepted(self, error: TooManyRefusedError) -> bool:
        try:
            async with self._pool.acquire() as connection:
                until = await stops.accepted_until(connection, self._topic)
                if until is not None and until >= error.appended_at:
                    self._limit.accept_until(until)
                    return True
                await stops.note(connection, self._topic, str(error))
        except _AWAY as away:
            log.warning("stop_not_kept", error=type(away).__name__)
        return False


async def tell(connection: Connection, alerts: Alerts) -> None:
    """Tell administrators of each stop once, and once that it is over."""
    for one in await stops.untold(connection):
        await alerts.raised(
            "Too many events are refused: reports stand still",
            f"{one.topic}: {one.text}.\nNothing is lost and nothing was skipped. See the latest of "
            "quarantine and who sends; then `aggregator refusals accept` lets it go on.",
        )
    for one in await stops.untold_recoveries(connection):
        await alerts.recovered(
            "Events are applied again", f"{one.topic}: what is refused was accepted by {one.text}."
        )
