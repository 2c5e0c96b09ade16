"""Connections to PostgreSQL, each in the role of its service, and the command that migrates."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CoroutineType
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import asyncpg
from alembic import command
from alembic.config import Config
from pydantic import AfterValidator, Field, SecretStr

from careledger.database_roles import (
    DatabaseService,
    parse_passwords,
    role_of,
    scram_verifier,
)
from careledger.errors import CareledgerError, UnavailableError
from careledger.settings import PREFIX, DatabaseSettings, load

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy


# Text, because asyncpg's classes take no parameters at run time.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

SCHEMA: Final = "reporting"
MIGRATIONS: Final = Path(__file__).parents[2] / "migrations"
_AWAY: Final = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.ObjectNotInPrerequisiteStateError,  # a database that is not open
)
_CONNECT_ERRORS: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class _NothingToForget(asyncpg.Connection):  # pyright: ignore[reportMissingTypeArgument] - it takes none at run time
    """A connection whose sessions change nothing but inside transactions."""

    def get_reset_query(self) -> str:
        return ""


def _passwords(value: SecretStr) -> SecretStr:
    parse_passwords(value.get_secret_value())
    return value


class MigrationSettings(DatabaseSettings):
    """Where the migrations go, as their owner, and with which passwords services sign in."""

    database_passwords: Annotated[SecretStr, AfterValidator(_passwords)] = Field(
        default=SecretStr(""),
        description="Passwords services sign in with as their own roles, as service:password,...",
    )


async def open_pool(
    url: str,
    *,
    service: DatabaseService,
    size_max: int,
    statement_timeout_ms: int | None = None,
    on_connect: Callable[[Connection], CoroutineType[Any, Any, None]] | None = None,
    session_settings: Mapping[str, str] | None = None,
    forgets_nothing: bool = False,
) -> Pool:
    """Open a connection pool whose sessions have the rights of one service, and no more.

    Args:
        url: a postgresql:// address; its user is the service's own role, or a member of it.
        service: whose role the sessions run in; shown as application_name.
        size_max: the most connections.
        statement_timeout_ms: longest time one statement may take, in milliseconds.
        on_connect: prepares each new connection.
        session_settings: further run-time settings of each session.
        forgets_nothing: whoever takes a connection sets nothing that outlives a transaction, so
            giving it back takes no round trip to undo it; open transactions are rolled back.

    Raises:
        UnavailableError: if PostgreSQL does not answer or refuses; the text says which, and names
            CARELEDGER_DATABASE_URL.
    """
    settings = {**session_of(service), **(session_settings or {})}
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
    except (asyncpg.InvalidParameterValueError, asyncpg.InsufficientPrivilegeError) as error:
        raise UnavailableError(
            f"The user of {PREFIX}DATABASE_URL cannot become {role_of(service)}:"
            " run python -m careledger.postgres migrate, or grant it that role"
        ) from error
    except (*_CONNECT_ERRORS, TimeoutError, ValueError) as error:
        raise _unavailable(error) from error


def session_of(service: DatabaseService) -> dict[str, str]:
    """Return the run-time settings of every session of a service, its role among them."""
    return {
        "application_name": service,
        "role": role_of(service),
        "search_path": SCHEMA,
        "timezone": "UTC",
        "jit": "off",
    }


def trouble(error: BaseException) -> str:
    """Say which trouble an error of the driver tells of: is PostgreSQL away, or does it refuse?

    A missing right or table is not mended by waiting, so the two must not read alike.
    """
    if isinstance(error, asyncpg.QueryCanceledError):
        return "takes too long"
    verb = "does not answer" if isinstance(error, _AWAY) else "refuses"
    return f"{verb}: {type(error).__name__}"


def _unavailable(error: BaseException) -> UnavailableError:
    return UnavailableError(f"PostgreSQL at {PREFIX}DATABASE_URL {trouble(error)}")


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema to a revision, and at the head every service's rights up to date.

    Harmless when all is there already.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    config.attributes["privileges"] = revision == "head"
    command.upgrade(config, revision)


async def set_passwords(url: str, passwords: Mapping[DatabaseService, str]) -> None:
    """Let services sign in as their own roles.

    Args:
        url: of a user who may change roles.
        passwords: in clear; what is sent and stored is only what proves them.

    Raises:
        UnavailableError: if PostgreSQL does not answer, or refuses.
    """
    try:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            for service, password in passwords.items():
                role, verifier = role_of(service), scram_verifier(password)
                await connection.execute(f"ALTER ROLE {role} LOGIN PASSWORD '{verifier}'")
        finally:
            await connection.close()
    except (*_CONNECT_ERRORS, TimeoutError, ValueError) as error:
        raise _unavailable(error) from error


def main(arguments: list[str]) -> int:
    """Run `python -m careledger.postgres migrate`."""
    if arguments != ["migrate"]:
        sys.stderr.write("usage: python -m careledger.postgres migrate\n")
        return 2
    try:
        settings = load(MigrationSettings)
        url = settings.database_url.get_secret_value()
        asyncio.run(set_passwords(url, {}))
        migrate(url)
        passwords = parse_passwords(settings.database_passwords.get_secret_value())
        asyncio.run(set_passwords(url, passwords))
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
