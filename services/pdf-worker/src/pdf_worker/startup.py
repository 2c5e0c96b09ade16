"""Asks every part at start and names all that are wrong at once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from careledger.errors import ConfigurationError, UnavailableError
from careledger.postgres import open_pool
from careledger.settings import PREFIX
from careledger.storage import StorageError, open_store
from pdf_worker.settings import SERVICE, PdfWorkerSettings

_SECONDS: Final = 10
_NEEDED: Final = "SELECT paper, locale FROM export_states LIMIT 0"


async def check_parts(settings: PdfWorkerSettings) -> None:
    """Connect to everything this service needs.

    Raises:
        ConfigurationError: naming each part that is away or not as it must be.
    """
    found = await asyncio.gather(
        _postgres(settings.database_url.get_secret_value()),
        _redis(settings.redis_url.get_secret_value()),
        _stored(settings),
    )
    problems = [problem for problem in found if problem is not None]
    if problems:
        raise ConfigurationError("pdf-worker cannot start:\n  " + "\n  ".join(problems))


async def _postgres(url: str) -> str | None:
    try:
        pool = await open_pool(url, service=SERVICE, size_max=1)
    except UnavailableError as error:
        return str(error)
    try:
        await pool.execute(_NEEDED)
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError):
        return (
            f"The schema at {PREFIX}DATABASE_URL is too old:"
            " run python -m careledger.postgres migrate"
        )
    except (asyncpg.PostgresError, OSError) as error:
        return f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {type(error).__name__}"
    finally:
        await pool.close()
    return None


async def _redis(url: str) -> str | None:
    try:
        async with asyncio.timeout(_SECONDS), Redis.from_url(url) as client:  # pyright: ignore[reportUnknownMemberType]
            await client.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
    except (RedisError, OSError, ValueError) as error:
        return f"Redis at {PREFIX}REDIS_URL does not answer: {type(error).__name__}"
    return None


async def _stored(settings: PdfWorkerSettings) -> str | None:
    if settings.export_bucket is None:
        return await asyncio.to_thread(_store, settings)
    # Whoever talks to a bucket has threads that a process forked later would wait for in vain.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        return await asyncio.get_running_loop().run_in_executor(elsewhere, _store, settings)


def _store(settings: PdfWorkerSettings) -> str | None:
    name = "DIR" if settings.export_bucket is None else "BUCKET"
    try:
        open_store(settings).check()
    except StorageError as error:
        return f"The place named by {PREFIX}EXPORT_{name} does not serve: {error}"
    return None
