"""Commands that do one piece of work in one transaction, as the service's own role."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from careledger.errors import UnavailableError
from careledger.postgres import Connection, open_pool
from careledger.settings import PREFIX
from report_api.settings import SERVICE, database_url

T = TypeVar("T")


def in_transaction(work: Callable[[Connection], Awaitable[T]]) -> T:
    """Do one piece of work in one transaction.

    Raises:
        UnavailableError: if PostgreSQL does not answer, or refuses.
    """

    async def connected() -> T:
        pool = await open_pool(database_url(), service=SERVICE, size_max=1)
        try:
            async with pool.acquire() as connection, connection.transaction():
                return await work(connection)
        except (OSError, asyncpg.PostgresError) as error:
            raise UnavailableError(
                f"PostgreSQL at {PREFIX}DATABASE_URL refuses: {type(error).__name__}"
            ) from error
        finally:
            await pool.close()

    return asyncio.run(connected())
