"""Turns of the schedule in PostgreSQL: of all replicas one claims each, by inserting its row.

A turn is claimed in the transaction that starts its run, so that one whose run could not be
started is still to be had.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from careledger.errors import CareledgerError
from careledger.postgres import Connection

_CLAIM: Final = """
INSERT INTO ingest_jobs (job, period) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING job
"""
_FORGET: Final = "DELETE FROM ingest_jobs WHERE period < $1::timestamptz - interval '30 days'"
_TAKEN: Final = "SELECT EXISTS (SELECT FROM ingest_jobs WHERE job = $1 AND period = $2)"


class TurnTakenError(CareledgerError):
    """Another process has started the run of a turn."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the run of this turn was started already")


async def claim(connection: Connection, source: str, turn: datetime) -> None:
    """Claim a source's turn for as long as the transaction holds.

    Raises:
        TurnTakenError: if it is another's.
    """
    if await connection.fetchval(_CLAIM, _job(source), turn) is None:
        raise TurnTakenError
    await connection.execute(_FORGET, turn)


async def refuse_taken(connection: Connection, source: str, turn: datetime) -> None:
    """See to it that a source's turn is to be had, without claiming it.

    Raises:
        TurnTakenError: if it is not.
    """
    if await connection.fetchval(_TAKEN, _job(source), turn):
        raise TurnTakenError


def _job(source: str) -> str:
    return f"extraction {source}"
