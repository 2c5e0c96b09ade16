"""Counts what gets no record of its own: one audit record per address (and account) and minute.

These are answers to requests without a valid token, and to those beyond an account's limit.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

import structlog

from careledger import audit_trail, clock
from careledger.events.audit import ActorKind, AuditRecord
from careledger.ids import new_id
from careledger.postgres import Pool
from report_api.auditing import ANONYMOUS
from report_api.settings import SERVICE

_log = structlog.stdlib.get_logger(__name__)

FLUSH_SECONDS: Final = 5
_ADDRESSES_MAX: Final = 10_000
_OTHERS: Final = "others"
_WITHOUT_TOKEN: Final = "requests without a valid token"  # noqa: S105 - no secret
_OVER_LIMIT: Final = "requests beyond the account's limit"


class _Key(NamedTuple):
    minute: datetime
    remote: str
    account: tuple[ActorKind, str] | None


class UnattributedRequests:
    """Answers nobody in particular got; counted in memory, written when their minute is over.

    A record per request would let anybody fill the audit log. What is counted stays counted while
    PostgreSQL is away; a killed process loses its last minute of these counts, and nothing else.
    """

    def __init__(self) -> None:
        self._counts: Counter[_Key] = Counter()

    def count(self, remote: str, account: tuple[ActorKind, str] | None = None) -> None:
        """Count one answer to an address, or to an account beyond its limit."""
        key = _Key(clock.now().replace(second=0, microsecond=0), remote, account)
        if key not in self._counts and len(self._counts) >= _ADDRESSES_MAX:
            key = key._replace(remote=_OTHERS)
        self._counts[key] += 1

    async def flush(self, pool: Pool, *, before: datetime | None = None) -> int:
        """Write the counts of the minutes before an instant, or all; returns the records written.

        Raises:
            asyncpg.PostgresError, OSError: if PostgreSQL refuses; the counts are kept.
        """
        due = [key for key in self._counts if before is None or key.minute < before]
        if not due:
            return 0
        taken = {key: self._counts.pop(key) for key in due}
        try:
            async with pool.acquire() as connection, connection.transaction():
                await audit_trail.record(
                    connection, *(_record(key, count) for key, count in taken.items())
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


def _record(key: _Key, count: int) -> AuditRecord:
    kind, name = key.account or (ANONYMOUS, ANONYMOUS)
    return AuditRecord(
        id=new_id(),
        occurred_at=key.minute,
        service=SERVICE,
        action="request.denied",
        outcome="denied",
        actor_kind=kind,
        actor=name,
        resource=_OVER_LIMIT if key.account else _WITHOUT_TOKEN,
        remote=key.remote,
        count=count,
    )
