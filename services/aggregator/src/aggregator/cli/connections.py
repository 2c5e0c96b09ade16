"""The connection of one command; what is wrong with it is said in a line, never in a traceback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import asyncpg
import typer
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, open_pool
from careledger.settings import PREFIX, load

T = TypeVar("T")


class DatabaseSettings(BaseSettings):
    """Where the database is: all that some commands need."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: SecretStr


S = TypeVar("S", bound=DatabaseSettings)


def with_connection(
    settings_type: type[S],
    work: Callable[[Connection, S], Awaitable[T]],
    *,
    session_settings: Mapping[str, str] | None = None,
) -> T:
    """Read the settings, and do one piece of work on a connection of the aggregator's rights.

    Args:
        settings_type: what the work needs.
        work: opens its own transactions.
        session_settings: run-time settings of the session.

    Raises:
        typer.Exit: with code 1, when settings are wrong or PostgreSQL refuses; the line is written.
    """

    async def connected() -> T:
        settings = load(settings_type)
        pool = await open_pool(
            settings.database_url.get_secret_value(),
            service="aggregator",
            size_max=1,
            session_settings=session_settings,
        )
        try:
            async with pool.acquire() as connection:
                return await work(connection, settings)
        except (OSError, asyncpg.PostgresError) as error:
            raise UnavailableError(
                f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {type(error).__name__}"
            ) from error
        finally:
            await pool.close()

    try:
        return asyncio.run(connected())
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None


def in_transaction(work: Callable[[Connection], Awaitable[T]]) -> T:
    """Do one piece of work in one transaction, with errors as `with_connection` tells them."""

    async def begun(connection: Connection, _settings: DatabaseSettings) -> T:
        async with connection.transaction():
            return await work(connection)

    return with_connection(DatabaseSettings, begun)
