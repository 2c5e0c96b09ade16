"""Whether ingest can do its work: without Kafka or its consumer it cannot, without the rest it can.

PostgreSQL is asked for one thing only, patient ids of nine or ten digits; without it most events
still come in, so its absence is shown but does not turn senders away.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from msgspec import Struct

from careledger.errors import UnavailableError

Check = Callable[[], Awaitable[None]]
ANSWER_HOLDS_SECONDS: Final = 1.0
_TIMEOUT_SECONDS: Final = 3.0


class Finding(Struct, frozen=True):
    """The state of one part."""

    ok: bool
    needed: bool
    problem: str | None = None


class Health:
    """Asks the parts, at most once a second however often it is asked."""

    def __init__(self, needed: Mapping[str, Check], useful: Mapping[str, Check]) -> None:
        """Name the checks; each raises UnavailableError if its part does not work."""
        self._checks: Final = [
            *((name, check, True) for name, check in needed.items()),
            *((name, check, False) for name, check in useful.items()),
        ]
        self._lock = asyncio.Lock()
        self._findings: dict[str, Finding] = {}
        self._found_at = -ANSWER_HOLDS_SECONDS

    async def findings(self) -> dict[str, Finding]:
        """Return the state of every part."""
        async with self._lock:
            if time.monotonic() - self._found_at >= ANSWER_HOLDS_SECONDS:
                states = await asyncio.gather(*(_find(c, needed=n) for _, c, n in self._checks))
                self._findings = {
                    name: state for (name, _, _), state in zip(self._checks, states, strict=True)
                }
                self._found_at = time.monotonic()
            return self._findings


def is_ready(findings: Mapping[str, Finding]) -> bool:
    """Tell whether every needed part works."""
    return all(finding.ok for finding in findings.values() if finding.needed)


async def _find(check: Check, *, needed: bool) -> Finding:
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            await check()
    except TimeoutError:
        return Finding(ok=False, needed=needed, problem="no answer in time")
    except UnavailableError as error:
        return Finding(ok=False, needed=needed, problem=str(error))
    return Finding(ok=True, needed=needed)
