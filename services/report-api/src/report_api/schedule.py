"""What report-api does by the clock: rings again for exports that nobody works on."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from careledger.postgres import Pool
from report_api.exports import exports_to_ring_for
from report_api.queue import ExportBell

_log = structlog.stdlib.get_logger(__name__)

SWEEP_SECONDS: Final = 10


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
