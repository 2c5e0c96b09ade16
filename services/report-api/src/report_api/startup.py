"""Asks every part at start and names all that are wrong at once."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
from alembic.script import ScriptDirectory
from redis.exceptions import RedisError

from careledger.errors import ConfigurationError, UnavailableError
from careledger.postgres import MIGRATIONS, open_pool
from careledger.settings import PREFIX
from careledger.storage import StorageError, open_store
from report_api.readiness import redis_client
from report_api.settings import SERVICE, ReportApiSettings

_SECONDS: Final = 10
_REVISION: Final = "SELECT version_num FROM alembic_version"


async def check_parts(settings: ReportApiSettings) -> None:
    """Connect to everything this service needs.

    Raises:
        ConfigurationError: naming each part that is away or not as it must be.
    """
    found = await asyncio.gather(
        _postgres(settings.database_url.get_secret_value()),
        _redis(settings.redis_url.get_secret_value()),
        asyncio.to_thread(_store, settings),
    )
    problems = [problem for problem in found if problem is not None]
    if problems:
        raise ConfigurationError("report-api cannot start:\n  " + "\n  ".join(problems))


async def _postgres(url: str) -> str | None:
    try:
        pool = await open_pool(url, service=SERVICE, size_max=1)
    except UnavailableError as error:
        return str(error)
    try:
        revision: str | None = await pool.fetchval(_REVISION)
    except asyncpg.UndefinedTableError:
        revision = None
    except (asyncpg.PostgresError, OSError) as error:
        return f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {type(error).__name__}"
    finally:
        await pool.close()
    return _behind(revision)


def _behind(revision: str | None) -> str | None:
    """Say that the schema is older than this program; a newer one is none of our business."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    known = {script.revision for script in scripts.walk_revisions()}
    head = scripts.get_current_head()
    if revision == head or (revision is not None and revision not in known):
        return None
    return (
        f"The schema at {PREFIX}DATABASE_URL is {revision or 'not there'}, {head} is needed:"
        " run python -m careledger.postgres migrate"
    )


async def _redis(url: str) -> str | None:
    try:
        async with asyncio.timeout(_SECONDS), redis_client(url) as client:
            await client.ping()  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
    except (RedisError, OSError, ValueError) as error:
        return f"Redis at {PREFIX}REDIS_URL does not answer: {type(error).__name__}"
    return None


def _store(settings: ReportApiSettings) -> str | None:
    name = "DIR" if settings.export_bucket is None else "BUCKET"
    try:
        open_store(settings).check()
    except StorageError as error:
        return f"The place named by {PREFIX}EXPORT_{name} does not serve: {error}"
    return None
