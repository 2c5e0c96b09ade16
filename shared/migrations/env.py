"""Runs Careledger's migrations over asyncpg, in the schema `reporting`."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from careledger.postgres import SCHEMA


def run(connection: Connection) -> None:
    """Run the pending migrations, each in a transaction of its own."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET search_path = {SCHEMA}"))
    connection.execute(text("SET lock_timeout = '10s'"))
    connection.commit()
    context.configure(
        connection=connection, version_table_schema=SCHEMA, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Connect as told by `careledger.postgres.migrate`, and migrate."""
    url: str = context.config.attributes["url"]
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(address, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main())
