"""Counts the answers to requests without a valid token: one audit record per address and minute."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import Final

import structlog

from careledger import audit_trail, clock
from careledger.events.audit import AuditRecord
from careledger.ids import new_id
from careledger.postgres import Pool
from report_api.auditing import ANONYMOUS
from report_api.settings import SERVICE

_log = structlog.stdlib.get_logger(__name__)

FLUSH_SECONDS: Final = 5
_ADDRESSES_MAX: Final = 10_000
_OTHERS: Final = "others"


class UnattributedRequests:
    """Answers nobody in particular got; counted in memory, written when their minute is over.

    A record per request would let anybody fill the audit log. What is counted stays counted while
    PostgreSQL is away; a killed process loses its last minute of these counts, and nothing else.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[datetime, str]] = Counter()

    def count(self, remote: str) -> None:
        """Count one answer to an address."""
        minute = clock.now().replace(second=0, microsecond=0)
        known = (minute, remote) in self._counts or len(self._counts) < _ADDRESSES_MAX
        self._counts[minute, remote if known else _OTHERS] += 1

    async def flush(self, pool: Pool, *, before: datetime | None = None) -> int:
        """Write the counts of the minutes before an instant, or all; returns the records written.

        Raises:
            asyncpg.PostgresError, OSError: if PostgreSQL refuses; the counts are kept.
        """
        due = [key for key in self._counts if before is None or key[0] < before]
        if not due:
            return 0
        taken = {key: self._counts.pop(key) for key in due}
        try:
            async with pool.acquire() as connection, connection.transaction():
                await audit_trail.record(
                    connection, *(_record(*key, count) for key, count in taken.items())
                )
        except BaseException:
            self._counts.update(taken)
            raise
        return len(taken)

    async def flush_for_ever(self, pool: Pool) -> None:
        """Write each minute's counts soon after it is over."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await self.try_to_flush(pool, before=clock.now().replace(second=0, microsecond=0))

    async def try_to_flush(self, pool: Pool, *, before: datetime | None = None) -> None:
        """Write the counts if PostgreSQL lets us; else say so and keep them."""
        try:
            await self.flush(pool, before=before)
        except Exception as error:  # noqa: BLE001 - kept and tried again; the API shows the outage
            _log.warning("unattributed_requests_not_written", error=type(error).__name__)


def _record(minute: datetime, remote: str, count: int) -> AuditRecord:
    return AuditRecord(
        id=new_id(),
        occurred_at=minute,
        service=SERVICE,
        action="request.denied",
        outcome="denied",
        actor_kind="anonymous",
        actor=ANONYMOUS,
        resource="requests without a valid token",
        remote=remote,
        count=count,
    )
