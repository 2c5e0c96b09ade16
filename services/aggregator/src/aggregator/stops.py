"""Stops of applying because too much was refused, and who said that it may go on: one row each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from careledger import audit_trail, clock, ids
from careledger.postgres import Connection

_NOTE: Final = """
INSERT INTO bad_data_stops (stop_id, topic, problem, stopped_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
"""
_ACCEPTED: Final = "SELECT max(accepted_at) FROM bad_data_stops WHERE topic = $1"
_ACCEPT: Final = """
UPDATE bad_data_stops SET accepted_by = $1, accepted_at = $2 WHERE accepted_at IS NULL
RETURNING topic, problem
"""
_OPEN: Final = """
SELECT topic, problem, stopped_at FROM bad_data_stops WHERE accepted_at IS NULL ORDER BY topic
"""
_TELL: Final = """
UPDATE bad_data_stops SET told_at = now() WHERE told_at IS NULL RETURNING topic, problem
"""
_TELL_ACCEPTED: Final = """
UPDATE bad_data_stops SET recovery_told_at = now()
WHERE accepted_at IS NOT NULL AND recovery_told_at IS NULL RETURNING topic, accepted_by AS problem
"""


class Stop(Struct, frozen=True):
    """A stop, or what is to be said about one."""

    topic: str
    text: str


async def note(connection: Connection, topic: str, problem: str) -> None:
    """Keep that applying a topic has stopped, unless that is known."""
    await connection.execute(_NOTE, ids.new_id(), topic, problem, clock.now())


async def accepted_until(connection: Connection, topic: str) -> datetime | None:
    """Return up to when the refused records of a topic were accepted, None if never."""
    return await connection.fetchval(_ACCEPTED, topic)


async def accept(connection: Connection, *, by: str) -> list[Stop]:
    """Accept all that is refused of what Kafka holds by now; return the stops that ends.

    Args:
        connection: in a transaction, which also holds the audit record.
        by: who accepts.
    """
    ended = _stops(await connection.fetch(_ACCEPT, by, clock.now()))
    for one in ended:
        record = audit_trail.command_record(
            "aggregator",
            "quarantine.decided",
            one.topic,
            by=by,
            details={"decision": "accepted", "problem": one.text},
        )
        await audit_trail.record(connection, record)
    return ended


async def open_stops(connection: Connection) -> list[Stop]:
    """Return the stops that nobody has ended."""
    return _stops(await connection.fetch(_OPEN))


async def untold(connection: Connection) -> list[Stop]:
    """Take the stops that nobody was told of; each is given once, to one process."""
    return _stops(await connection.fetch(_TELL))


async def untold_recoveries(connection: Connection) -> list[Stop]:
    """Take the ended stops that nobody was told of, with who ended them."""
    return _stops(await connection.fetch(_TELL_ACCEPTED))


def _stops(rows: list[Any]) -> list[Stop]:
    return [Stop(row["topic"], row["problem"]) for row in rows]
