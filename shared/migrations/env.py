"""Runs Careledger's migrations over asyncpg, in the schema `reporting`, then says who may what."""

import asyncio

import asyncpg
from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from careledger.postgres import SCHEMA
from careledger.tables.privileges import (
    MAKE_ROLES,
    READ_ROW_SECURITY,
    RowSecurity,
    grants,
    row_security,
)


def run(connection: Connection) -> None:
    """Run the pending migrations, each in a transaction of its own; then say who may what."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET search_path = {SCHEMA}"))
    connection.execute(text("SET lock_timeout = '10s'"))
    connection.commit()
    context.configure(
        connection=connection, version_table_schema=SCHEMA, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()
    if context.config.attributes["privileges"]:
        apply_privileges(connection)
        connection.commit()


def apply_privileges(connection: Connection) -> None:
    """Make the roles of the services what the declared tables say."""
    for statement in MAKE_ROLES:
        connection.exec_driver_sql(statement)
    present = {
        row.relname: RowSecurity(row.owner, row.relrowsecurity, frozenset(row.policies))
        for row in connection.execute(text(READ_ROW_SECURITY))
    }
    for statement in (*row_security(present), *grants()):
        connection.exec_driver_sql(statement)


async def main() -> None:
    """Connect as told by `careledger.postgres.migrate`, and migrate."""
    url: str = context.config.attributes["url"]
    # asyncpg reads all of the address, what it says of TLS included; SQLAlchemy would not.
    engine = create_async_engine(
        "postgresql+asyncpg://", poolclass=NullPool, async_creator=lambda: asyncpg.connect(url)
    )
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main())
