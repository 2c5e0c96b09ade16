"""Which parts answer at this moment, and whether that is enough to answer reports."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal

from redis.asyncio import Redis
from redis.exceptions import RedisError

from careledger.postgres import Pool
from report_api.outages import OUTAGES

Verdict = Literal["ok", "away"]
CHECK_SECONDS: Final = 2.0
NEEDED: Final = frozenset({"postgres"})
# No table, or no right to it, is an error: without audit there is no answer.
_WRITES_AUDIT: Final = "INSERT INTO audit_outbox SELECT WHERE false"


def redis_client(url: str) -> Redis:
    """Return a client of Redis or Valkey; it connects when it is used.

    Raises:
        ValueError: if the address is not one of Redis.
    """
    return Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType] - its keywords are untyped


@dataclass(slots=True)
class Readiness:
    """Asks PostgreSQL, Redis and Kafka."""

    pool: Pool
    redis: Redis
    kafka: Callable[[], Awaitable[bool]]

    async def check(self) -> dict[str, Verdict]:
        """Ask every part at once; each has two seconds."""
        postgres, redis, kafka = await asyncio.gather(self._postgres(), self._redis(), self.kafka())
        return {"postgres": postgres, "redis": redis, "kafka": "ok" if kafka else "away"}

    @staticmethod
    def is_ready(checks: dict[str, Verdict]) -> bool:
        """Tell whether reports can be answered."""
        return all(checks[part] == "ok" for part in NEEDED)

    async def _postgres(self) -> Verdict:
        try:
            async with asyncio.timeout(CHECK_SECONDS), self.pool.acquire() as connection:
                await connection.execute(_WRITES_AUDIT)
        except OUTAGES:
            return "away"
        return "ok"

    async def _redis(self) -> Verdict:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await self.redis.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
        except (RedisError, OSError):
            return "away"
        return "ok"
