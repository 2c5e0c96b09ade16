"""Keeps an attempt's lease while it is at work, and tells the work when the lease is gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from careledger.postgres import Pool
from pdf_worker import attempts
from pdf_worker.errors import LeaseLostError
from pdf_worker.outages import OUTAGES

_log = structlog.stdlib.get_logger(__name__)

_BEATS_IN_A_LEASE: Final = 4
_LAYOUT_PERCENT: Final = 90
"""The share of the work that is layout; the rest is writing the file."""


class Lease:
    """One attempt's right to its export. Beats in one thread, is asked in another."""

    def __init__(self, pool: Pool, claimed: attempts.Claim, lasts: timedelta) -> None:
        self._pool = pool
        self._claimed = claimed
        self._lasts = lasts
        self._progress_percent = 0
        self._lost: LeaseLostError | None = None
        self._beating: asyncio.Task[None] | None = None

    def laid_out(self, done: int, end: int) -> None:
        """Take note of progress.

        Raises:
            LeaseLostError: if there is no use in going on.
        """
        self._progress_percent = _LAYOUT_PERCENT * done // max(1, end)
        if self._lost is not None:
            raise self._lost

    async def beat(self) -> None:
        """Renew the lease once.

        Raises:
            LeaseLostError: if it is gone.
        """
        async with self._pool.acquire() as connection:
            await attempts.renew(
                connection,
                self._claimed,
                lease=self._lasts,
                progress_percent=self._progress_percent,
            )

    async def start(self) -> None:
        """Renew the lease again and again from now on."""
        self._beating = asyncio.create_task(self._beat_for_ever())

    async def stop(self) -> None:
        """Renew it no more."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.wait([self._beating])

    async def _beat_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._lasts.total_seconds() / _BEATS_IN_A_LEASE)
            try:
                await self.beat()
            except LeaseLostError as error:
                self._lost = error
                return
            except OUTAGES as error:
                # While PostgreSQL is away nobody else can take the export over either.
                _log.warning("lease_not_renewed", error=type(error).__name__)
