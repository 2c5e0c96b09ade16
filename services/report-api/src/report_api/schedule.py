"""What report-api does by the clock: keeps exports going, and lets what is past its time go."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from careledger import clock
from careledger.postgres import Pool
from careledger.storage import DocumentStore
from report_api.export_expiry import expire_exports
from report_api.exports import exports_to_ring_for
from report_api.forgetting import forget
from report_api.queue import ExportBell

_log = structlog.stdlib.get_logger(__name__)

SWEEP_SECONDS: Final = 10
EXPIRE_SECONDS: Final = 300
FORGET_SECONDS: Final = 3_600


async def run_by_the_clock(
    pool: Pool, bell: ExportBell, store: DocumentStore, *, kept: timedelta
) -> None:
    """Do all that is due again and again, for ever."""
    await asyncio.gather(
        sweep_exports(pool, bell), expire_for_ever(pool, store, kept=kept), forget_hourly(pool)
    )


async def expire_for_ever(pool: Pool, store: DocumentStore, *, kept: timedelta) -> None:
    """Take documents away when their time is over, for ever."""
    while True:
        try:
            while await expire_exports(pool, store, kept=kept):
                pass
        except Exception as error:  # noqa: BLE001 - the next round tries again
            _log.warning("exports_not_expired", error=type(error).__name__)
        await asyncio.sleep(EXPIRE_SECONDS)


async def sweep_exports(pool: Pool, bell: ExportBell) -> None:
    """Ring for exports whose message was lost or whose worker died, for ever."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            async with pool.acquire() as connection:
                waiting = await exports_to_ring_for(connection)
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            _log.warning("sweep_failed", error=type(error).__name__)
            continue
        for export_id in waiting:
            if not await bell.ring(export_id):
                break


async def forget_hourly(pool: Pool) -> None:
    """Delete what has served its time, for ever; several processes may do it at once."""
    while True:
        await asyncio.sleep(FORGET_SECONDS)
        try:
            async with pool.acquire() as connection:
                gone = await forget(connection, now=clock.now())
        except Exception as error:  # noqa: BLE001 - the next hour tries again
            _log.warning("not_forgotten", error=type(error).__name__)
        else:
            _log.info("forgotten", rows=gone)
