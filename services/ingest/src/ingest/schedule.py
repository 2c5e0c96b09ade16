"""The clock's inlet: starts a run at every turn of the cron expression, once for all replicas."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import asyncpg
import structlog

from careledger import clock
from careledger.errors import CareledgerError
from careledger.postgres import Pool
from ingest.auditing import Actor
from ingest.extraction.requests import Request
from ingest.extraction.starting import Extractions
from ingest.jobs import claim
from ingest.runs import RunInProgressError
from ingest.turns import last_turn, next_turn

JOB: Final = "extraction"
_RETRY_SECONDS: Final = 30.0
_ACTOR: Final = Actor(name="schedule", kind="service")
_log = structlog.get_logger(__name__)


class Schedule:
    """The turns of one expression."""

    def __init__(self, pool: Pool, extractions: Extractions, expression: str, zone: str) -> None:
        """Take a cron expression of five fields, meant in a zone."""
        self._pool = pool
        self._extractions = extractions
        self._expression = expression
        self._zone = ZoneInfo(zone)

    async def run(self) -> None:
        """Take every turn, the last one before now included if nobody has, until canceled."""
        turn = last_turn(self._expression, clock.now().astimezone(self._zone))
        while True:
            wait_seconds = (turn - clock.now()).total_seconds()
            if wait_seconds > 0:
                await asyncio.sleep(min(wait_seconds, _RETRY_SECONDS))
                continue
            if not await self._take(turn):
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            turn = next_turn(self._expression, turn)

    async def _take(self, turn: datetime) -> bool:
        """Claim a turn and start its run; return False to try again."""
        try:
            if not await claim(self._pool, JOB, turn):
                return True
            run_id = await self._extractions.start(Request(), _ACTOR)
            _log.info("run_scheduled", run_id=run_id)
        except RunInProgressError as error:
            _log.warning("run_still_going", run_id=error.run_id)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            _log.warning("turn_not_claimed", error=type(error).__name__)
            return False
        except CareledgerError as error:
            _log.warning("run_not_started", problem=str(error))
        return True
