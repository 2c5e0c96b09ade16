"""How many requests an account, a clinic, or an address without an account may make in a minute.

The processes count together in Redis, where each takes a hundredth of a limit at a time and spends
it within a minute: so each may let through a hundredth more than a minute's limit, and keep back
no more. While Redis is away each counts by itself, so that an outage neither lets
everything in nor keeps everybody out: at most, limits times processes.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from report_api.errors import TooManyRequestsError
from report_api.identity.tokens import Bearer

_log = structlog.stdlib.get_logger(__name__)

REDIS_SECONDS: Final = 0.25
"""Redis is waited for no longer than that."""
REDIS_AWAY_SECONDS: Final = 5.0
"""So long it is not asked again after it did not answer."""
LEASES_PER_LIMIT: Final = 100
LEASE_SECONDS: Final = 60.0
"""What is not spent of a lease by then is lost to the account. It is the minute of the limits: lost
sooner, an account that asks now and then would be counted a lease for every request."""
_LEASES_MAX: Final = 10_000
_PREFIX: Final = "careledger-rate"
_NETWORK_MASK: Final = ~0 << 64


@dataclass(slots=True)
class _Lease:
    """Requests that were counted before they came."""

    left: int = 0
    until: float = 0.0
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def spend(self) -> bool:
        """Take one; False if none is left."""
        if self.left <= 0 or time.monotonic() >= self.until:
            return False
        self.left -= 1
        return True


class RateLimits:
    """Counts requests over a sliding minute."""

    def __init__(
        self, redis_url: str, *, per_account: int, per_clinic: int, per_address: int
    ) -> None:
        self._connections = ConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType] - its keywords are untyped
            redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        )
        together = RedisStorage(
            redis_url,
            implementation="redispy",
            key_prefix=_PREFIX,
            connection_pool=self._connections,  # pyright: ignore[reportArgumentType] - passed on
        )
        self._together = SlidingWindowCounterRateLimiter(together)
        self._alone = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._account: Final = RateLimitItemPerMinute(per_account, namespace="account")
        self._clinic: Final = RateLimitItemPerMinute(per_clinic, namespace="clinic")
        self._address: Final = RateLimitItemPerMinute(per_address, namespace="address")
        self._alone_until = 0.0
        self._leases: OrderedDict[tuple[str, ...], _Lease] = OrderedDict()

    async def close(self) -> None:
        """Let the connections go."""
        await self._connections.disconnect()

    async def spend(self, bearer: Bearer, clinic_ids: Collection[str] = ()) -> None:
        """Count a request of an account, and of the clinics it is bound to.

        Args:
            bearer: whose request it is.
            clinic_ids: all of them; an account that sees every clinic is bound to none.

        Raises:
            TooManyRequestsError: if it made too many, or all accounts of a clinic together.
        """
        await self._spend(self._account, bearer.kind, bearer.account_id)
        for clinic_id in clinic_ids:
            await self._spend(self._clinic, clinic_id)

    async def spend_anonymously(self, remote: str) -> None:
        """Count a request without a valid token.

        Raises:
            TooManyRequestsError: if its address made too many.
        """
        await self._spend(self._address, network_of(remote))

    async def _spend(self, item: RateLimitItem, *who: str) -> None:
        if time.monotonic() >= self._alone_until:
            try:
                await self._spend_together(item, *who)
            except (RedisError, OSError) as error:
                self._alone_until = time.monotonic() + REDIS_AWAY_SECONDS
                _log.warning("rates_counted_alone", error=type(error).__name__)
            else:
                return
        await _hit(self._alone, item, *who)

    async def _spend_together(self, item: RateLimitItem, *who: str) -> None:
        lease = self._lease_of((item.namespace, *who))
        if lease.spend():
            return
        async with asyncio.timeout(REDIS_SECONDS), lease.renewing:
            if lease.spend():
                return
            several = item.amount // LEASES_PER_LIMIT
            if several > 1 and await self._together.hit(item, *who, cost=several):
                lease.left, lease.until = several - 1, time.monotonic() + LEASE_SECONDS
                return
            await _hit(self._together, item, *who)

    def _lease_of(self, key: tuple[str, ...]) -> _Lease:
        lease = self._leases.get(key)
        if lease is None:
            lease = self._leases[key] = _Lease()
            if len(self._leases) > _LEASES_MAX:
                self._leases.popitem(last=False)
        return lease


def network_of(remote: str) -> str:
    """Return who counts as one sender: an IPv4 address, or the /64 every IPv6 customer is given.

    Args:
        remote: an address as the server saw it; anything else counts as it is.
    """
    try:
        address = ip_address(remote)
    except ValueError:
        return remote
    if not isinstance(address, IPv6Address):
        return remote
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address) & _NETWORK_MASK, 64)))


async def _hit(counter: SlidingWindowCounterRateLimiter, item: RateLimitItem, *who: str) -> None:
    if await counter.hit(item, *who):
        return
    window = await counter.get_window_stats(item, *who)
    raise TooManyRequestsError(retry_seconds=max(1, math.ceil(window.reset_time - time.time())))
