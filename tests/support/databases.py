"""Takes a test's own database away, as an outage would."""

from urllib.parse import urlsplit

import asyncpg

from support.stack import database_address


async def take_away(database_url: str) -> None:
    """Let nobody connect to a database any more, and end who is."""
    name = urlsplit(database_url).path.removeprefix("/")
    connection = await asyncpg.connect(database_address(database_url, "postgres"))
    await connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )
    await connection.close()
