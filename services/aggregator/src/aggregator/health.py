"""Health over HTTP: alive while the process runs, ready while progress is possible."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg
import msgspec
from faststream.asgi import AsgiResponse, get
from faststream.asgi.types import ASGIApp, Scope
from prometheus_client import CONTENT_TYPE_LATEST

from aggregator import verifications
from aggregator.checkpoints import Checkpoints
from aggregator.consumers import LogInlet
from aggregator.metrics import exposition
from aggregator.relay import BEHIND_SECONDS, waiting
from careledger.postgres import Pool

Check = Callable[[], Awaitable[str | None]]
"""Returns what is wrong, or None."""

_AWAY: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
_HEADERS: Final = {"content-type": "application/json", "cache-control": "no-store"}


def health_routes(
    pool: Pool, inlets: list[LogInlet], checkpoints: Checkpoints
) -> list[tuple[str, ASGIApp]]:
    """Return /livez, /readyz and /metrics; `/readyz?verbose` says why."""

    @get
    async def live(_scope: Scope) -> AsgiResponse:
        return AsgiResponse(b'{"status":"ok"}', status_code=200, headers=_HEADERS)

    @get
    async def ready(scope: Scope) -> AsgiResponse:
        checks = {
            "postgres": await _postgres(pool),
            "kafka": _kafka(inlets),
            "refusals": _refusals(inlets),
            "audit": checkpoints.problem or await _relay(pool),
            "audit_log": await _verified(pool),
        }
        healthy = all(problem is None for problem in checks.values())
        answer: dict[str, object] = {"status": "ok" if healthy else "unavailable"}
        if b"verbose" in scope["query_string"]:
            answer["checks"] = {name: problem or "ok" for name, problem in checks.items()}
        return AsgiResponse(
            msgspec.json.encode(answer), status_code=200 if healthy else 503, headers=_HEADERS
        )

    @get
    async def metrics(_scope: Scope) -> AsgiResponse:
        try:
            async with pool.acquire(timeout=2) as connection:
                text = await exposition(connection, checkpoints)
        except _AWAY:
            return AsgiResponse(b"", status_code=503, headers=_HEADERS)
        return AsgiResponse(text, status_code=200, headers={"content-type": CONTENT_TYPE_LATEST})

    return [("/livez", live), ("/readyz", ready), ("/metrics", metrics)]


async def _postgres(pool: Pool) -> str | None:
    try:
        async with pool.acquire(timeout=2) as connection:
            await connection.execute("SELECT 1", timeout=2)
    except _AWAY as error:
        return f"does not answer: {type(error).__name__}"
    return None


async def _relay(pool: Pool) -> str | None:
    try:
        async with pool.acquire(timeout=2) as connection:
            behind = await waiting(connection)
    except _AWAY as error:
        return f"the outbox cannot be read: {type(error).__name__}"
    if behind.oldest_seconds <= BEHIND_SECONDS:
        return None
    return f"{behind.records} audit records wait, the oldest for {behind.oldest_seconds:.0f} s"


async def _verified(pool: Pool) -> str | None:
    try:
        async with pool.acquire(timeout=2) as connection:
            last = await verifications.last(connection)
    except _AWAY as error:
        return f"how its verification ended cannot be read: {type(error).__name__}"
    if last is None or last.verdict != "broken":
        return None
    where = "" if last.first_bad_sequence is None else f" at record {last.first_bad_sequence}"
    return f"verified {last.ended_at:%F %TZ} and found broken{where}: {last.problem}"


def _refusals(inlets: list[LogInlet]) -> str | None:
    return next((one.halt.problem for one in inlets if one.halt and one.halt.problem), None)


def _kafka(inlets: list[LogInlet]) -> str | None:
    for inlet in inlets:
        if inlet.broken is not None:
            return str(inlet.broken)
    waiting = [inlet for inlet in inlets if not inlet.ready]
    return f"{len(waiting)} consumers are not ready" if waiting else None
