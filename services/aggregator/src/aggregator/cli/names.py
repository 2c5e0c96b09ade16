"""`aggregator names`: the blind index of patient names, by generation of its key."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import asyncpg
import typer
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from aggregator.name_keys import count_generations, forget_generation
from careledger.audit_trail import operator
from careledger.errors import CareledgerError, UnavailableError
from careledger.postgres import Connection, open_pool
from careledger.settings import PREFIX, load

T = TypeVar("T")
app = typer.Typer(help="The blind index of patient names.", no_args_is_help=True)


class _Settings(BaseSettings):
    """All that these commands need."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: SecretStr


@app.command("list-keys")
def list_keys() -> None:
    """Show of each key how many patients can be found by it, and how many by it alone.

    A key may be forgotten when nobody hangs on it alone any more.
    """
    typer.echo("key_id  patients  by it alone")
    for one in in_transaction(count_generations):
        typer.echo(f"{one.key_id:6}  {one.patients:8}  {one.only_here:11}")


@app.command("forget-key")
def forget_key(
    key_id: Annotated[str, typer.Argument(help="The key, no longer in CARELEDGER_NAME_KEYS.")],
) -> None:
    """Delete every token under a key; patients with no other are found by id alone."""
    gone = in_transaction(lambda connection: forget_generation(connection, key_id, by=operator()))
    typer.echo(f"{gone} tokens deleted")


def in_transaction(work: Callable[[Connection], Awaitable[T]]) -> T:
    """Do one piece of work in one transaction; what is wrong is said in a line."""

    async def connected() -> T:
        address = load(_Settings).database_url.get_secret_value()
        pool = await open_pool(address, service="aggregator", size_max=1)
        try:
            async with pool.acquire() as connection, connection.transaction():
                return await work(connection)
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
