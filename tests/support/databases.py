"""Takes a test's own database away, as an outage would, and gives it back."""

from typing import Final
from urllib.parse import urlsplit

import asyncpg

from support.stack import database_address

_END_ALL: Final = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"


async def take_away(database_url: str) -> None:
    """Let nobody connect to a database any more, and end who is."""
    await _allow(database_url, "false")


async def give_back(database_url: str) -> None:
    """Let everybody connect again."""
    await _allow(database_url, "true")


async def _allow(database_url: str, allowed: str) -> None:
    name = urlsplit(database_url).path.removeprefix("/")
    connection = await asyncpg.connect(database_address(database_url, "postgres"))
    try:
        await connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
        await connection.execute(_END_ALL, name)
    finally:
        await connection.close()
