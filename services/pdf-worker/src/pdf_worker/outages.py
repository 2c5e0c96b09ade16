"""Which errors mean that PostgreSQL is away for the moment, so that waiting helps."""

from __future__ import annotations

from typing import Final

import asyncpg

from careledger.errors import UnavailableError

OUTAGES: Final[tuple[type[Exception], ...]] = (
    OSError,
    UnavailableError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.InvalidCachedStatementError,
)


def is_outage(error: Exception) -> bool:
    """Tell an outage from a query that took too long, which would do so again."""
    return isinstance(error, OUTAGES) and not isinstance(error, asyncpg.QueryCanceledError)
