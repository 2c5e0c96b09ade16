"""How commands run: with the rights of their service, and telling in one line what fails."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import asyncpg

from careledger.database_roles import DatabaseService
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, open_pool, trouble
from careledger.settings import PREFIX, DatabaseSettings, load

T = TypeVar("T")
S = TypeVar("S", bound=DatabaseSettings)


def run_command(app: Callable[[], object]) -> None:
    """Run a command line; what is wrong is said in one line and no traceback, and the code is 1."""
    try:
        app()
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


def with_connection(
    service: DatabaseService,
    settings_type: type[S],
    work: Callable[[Connection, S], Awaitable[T]],
    *,
    session_settings: Mapping[str, str] | None = None,
) -> T:
    """Read the settings, and do one piece of work on a connection with a service's rights.

    Args:
        service: whose command it is.
        settings_type: what the work needs.
        work: opens its own transactions.
        session_settings: run-time settings of the session.

    Raises:
        ConfigurationError: naming every setting that is wrong.
        UnavailableError: if PostgreSQL does not answer, or refuses.
    """

    async def connected() -> T:
        settings = load(settings_type)
        pool = await open_pool(
            settings.database_url.get_secret_value(),
            service=service,
            size_max=1,
            session_settings=session_settings,
        )
        try:
            async with pool.acquire() as connection:
                return await work(connection, settings)
        except (OSError, asyncpg.PostgresError) as error:
            raise UnavailableError(
                f"PostgreSQL at {PREFIX}DATABASE_URL {trouble(error)}"
            ) from error
        finally:
            await pool.close()

    return asyncio.run(connected())


def in_transaction(service: DatabaseService, work: Callable[[Connection], Awaitable[T]]) -> T:
    """Do one piece of work in one transaction, with a service's rights.

    Raises:
        ConfigurationError: naming every setting that is wrong.
        UnavailableError: if PostgreSQL does not answer, or refuses.
    """

    async def begun(connection: Connection, _settings: DatabaseSettings) -> T:
        async with connection.transaction():
            return await work(connection)

    return with_connection(service, DatabaseSettings, begun)
