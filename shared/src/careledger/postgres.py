"""Connections to PostgreSQL, and the command that migrates the schema."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import asyncpg
from alembic import command
from alembic.config import Config
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from careledger.errors import CareledgerError, UnavailableError
from careledger.settings import PREFIX, load

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy


# Text, because asyncpg's classes take no parameters at run time.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

SCHEMA: Final = "reporting"
MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"
_CONNECT_ERRORS: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class _NothingToForget(asyncpg.Connection):  # pyright: ignore[reportMissingTypeArgument] - it takes none at run time
    """A connection whose sessions change nothing but inside transactions."""

    def get_reset_query(self) -> str:
        return ""


class MigrationSettings(BaseSettings):
    """Where the migrations go."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: SecretStr


async def open_pool(
    url: str,
    *,
    service: str,
    size_max: int,
    statement_timeout_ms: int | None = None,
    on_connect: Callable[[Connection], CoroutineType[Any, Any, None]] | None = None,
    session_settings: Mapping[str, str] | None = None,
    forgets_nothing: bool = False,
) -> Pool:
    """Open a connection pool whose sessions speak of the schema `reporting` in UTC.

    Args:
        url: a postgresql:// address.
        service: shown as application_name.
        size_max: the most connections.
        statement_timeout_ms: longest time one statement may take, in milliseconds.
        on_connect: prepares each new connection.
        session_settings: further run-time settings of each session.
        forgets_nothing: whoever takes a connection sets nothing that outlives a transaction, so
            giving it back takes no round trip to undo it; open transactions are rolled back.

    Raises:
        UnavailableError: if PostgreSQL does not answer; the text names CARELEDGER_DATABASE_URL.
    """
    settings: dict[str, str] = {
        "application_name": service,
        "search_path": SCHEMA,
        "timezone": "UTC",
        "jit": "off",
        **(session_settings or {}),
    }
    if statement_timeout_ms is not None:
        settings["statement_timeout"] = str(statement_timeout_ms)
    try:
        return await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size_max,
            init=on_connect,
            connection_class=_NothingToForget if forgets_nothing else asyncpg.Connection,
            server_settings=settings,
            timeout=10,
        )
    except (*_CONNECT_ERRORS, TimeoutError, ValueError) as error:
        raise UnavailableError(
            f"PostgreSQL at {PREFIX}DATABASE_URL does not answer: {type(error).__name__}"
        ) from error


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema to a revision; harmless when it is there already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, revision)


async def _check(url: str) -> None:
    pool = await open_pool(url, service="migrate", size_max=1)
    await pool.close()


def main(arguments: list[str]) -> int:
    """Run `python -m careledger.postgres migrate`."""
    if arguments != ["migrate"]:
        sys.stderr.write("usage: python -m careledger.postgres migrate\n")
        return 2
    try:
        url = load(MigrationSettings).database_url.get_secret_value()
        asyncio.run(_check(url))
        migrate(url)
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
