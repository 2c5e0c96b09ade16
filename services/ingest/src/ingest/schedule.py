"""The clock's inlet: starts a run at every turn of the cron expression, once for all replicas."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from careledger import clock
from careledger.alerts import Alerts
from careledger.errors import CareledgerError
from ingest.auditing import Actor
from ingest.extraction.requests import Request
from ingest.extraction.starting import Extractions
from ingest.jobs import TurnTakenError
from ingest.runs import RunInProgressError
from ingest.turns import last_turn, next_turn

RETRY_SECONDS: Final = 30.0
_ACTOR: Final = Actor(name="schedule", kind="service")
_log = structlog.get_logger(__name__)


class Schedule:
    """The turns of one expression."""

    def __init__(
        self,
        extractions: Extractions,
        alerts: Alerts,
        expression: str,
        zone: str,
        *,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """Take a cron expression of five fields, meant in a zone."""
        self._extractions = extractions
        self._alerts = alerts
        self._expression = expression
        self._zone = ZoneInfo(zone)
        self._retry_seconds = retry_seconds
        self._problem: str | None = None

    async def run(self) -> None:
        """Take every turn, the last one before now included if nobody has, until canceled.

        A turn whose run cannot be started is tried again until it can, or the next one comes.
        """
        turn = self._last()
        while True:
            wait_seconds = (turn - clock.now()).total_seconds()
            if wait_seconds > 0:
                await asyncio.sleep(min(wait_seconds, self._retry_seconds))
            elif await self._take(turn):
                turn = next_turn(self._expression, turn)
            else:
                await asyncio.sleep(self._retry_seconds)
                # Of the turns that went by meanwhile one run makes up for all.
                turn = max(turn, self._last(), key=datetime.timestamp)

    def _last(self) -> datetime:
        return last_turn(self._expression, clock.now().astimezone(self._zone))

    async def _take(self, turn: datetime) -> bool:
        """Start the run of a turn; return False to try again."""
        try:
            run_id = await self._extractions.start(Request(turn=turn), _ACTOR)
            _log.info("run_scheduled", run_id=run_id)
        except TurnTakenError:
            pass
        except RunInProgressError as error:
            _log.info("run_not_started", problem=str(error))
            return False
        except Exception as error:  # noqa: BLE001 - the clock goes on, whatever one turn met
            problem = str(error) if isinstance(error, CareledgerError) else type(error).__name__
            await self._say(problem)
            return False
        await self._say(None)
        return True

    async def _say(self, problem: str | None) -> None:
        """Tell a problem when it comes and when it is gone, not at every attempt."""
        before, self._problem = self._problem, problem
        if problem == before:
            return
        if problem is None:
            await self._alerts.recovered("Scheduled runs start again", "The last turn was taken.")
            return
        _log.warning("run_not_started", problem=problem)
        await self._alerts.raised(
            "A scheduled run cannot be started", f"{problem}\nIt is tried again until it can."
        )
