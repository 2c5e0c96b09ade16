"""Which errors mean that PostgreSQL is away or overloaded: 503 and try again, never a 500."""

from __future__ import annotations

from typing import Final

import asyncpg

from careledger.postgres import Pool
from report_api.errors import UnavailableProblemError

OUTAGES: Final[tuple[type[BaseException], ...]] = (
    OSError,  # TimeoutError too: no connection became free, or none could be made
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the connection ended at an awkward moment
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.ObjectNotInPrerequisiteStateError,  # a lock not to be had, a database not open
    asyncpg.InvalidCachedStatementError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ReadOnlySQLTransactionError,
)


def unavailable(error: BaseException, pool: Pool) -> UnavailableProblemError:
    """Turn an outage into what the client is told; nothing of the error itself is.

    Args:
        error: one of OUTAGES.
        pool: whose connections are asked through; a full one is the reason of a time-out.
    """
    if isinstance(error, asyncpg.QueryCanceledError):
        return UnavailableProblemError("The answer took too long. Narrow the question.")
    if isinstance(error, asyncpg.TransactionRollbackError | asyncpg.LockNotAvailableError):
        return UnavailableProblemError("Another request was in the way.", retry_seconds=1)
    if isinstance(error, TimeoutError) and _is_full(pool):
        return UnavailableProblemError("Too many requests are being answered at once.")
    return UnavailableProblemError("The database does not answer.")


def _is_full(pool: Pool) -> bool:
    """Tell whether every connection there may be is there, and in use."""
    return pool.get_size() == pool.get_max_size() and pool.get_idle_size() == 0
