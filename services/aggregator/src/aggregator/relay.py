"""The relay: audit records from the outbox to `audit-events`, none ever missed.

A row leaves the outbox only after Kafka has acknowledged its record. What is sent is chosen by
what lies there, never by "higher than the last": a transaction that commits late with a lower id
is found at the next turn. A crash between sending and deleting sends some records twice; the log
takes each record id once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from careledger import clock
from careledger.events.topics import AUDIT_EVENTS
from careledger.postgres import Connection
from careledger.publisher import Outgoing, Publisher

AT_ONCE: Final = 1_000
BEHIND_SECONDS: Final = 60.0
"""A record that waits longer than this means that the relay has stopped."""
_COUNTED_MAX: Final = 100_000

# Rows another relay is sending are locked and passed over, so two relays share the work.
_TAKE: Final = """
SELECT record_id, record FROM audit_outbox
ORDER BY record_id LIMIT $1 FOR UPDATE SKIP LOCKED
"""
_SENT: Final = "DELETE FROM audit_outbox WHERE record_id = ANY($1::text[])"

# Counting stops where the exact number no longer matters; ids are made in the order of time.
_WAITING: Final = """
SELECT (SELECT count(*) FROM (SELECT FROM audit_outbox LIMIT $1) AS these) AS records,
    (SELECT recorded_at FROM audit_outbox ORDER BY record_id LIMIT 1) AS oldest_at
"""
_HEADERS: Final = [("content-type", b"application/json")]


class Waiting(NamedTuple):
    """What the outbox holds: how many records (of very many the first 100 000), since when."""

    records: int
    oldest_at: datetime | None

    @property
    def oldest_seconds(self) -> float:
        """How long the oldest record waits, s; 0 if none does."""
        if self.oldest_at is None:
            return 0.0
        return max(0.0, (clock.now() - self.oldest_at).total_seconds())


async def relay_audit(connection: Connection, publisher: Publisher, topic_prefix: str) -> int:
    """Send waiting audit records and remove what Kafka acknowledged; return how many.

    Args:
        connection: outside a transaction.
        publisher: the way to Kafka.
        topic_prefix: what the installation puts before topic names.

    Raises:
        UnavailableError: if Kafka does not acknowledge in time; everything stays in the outbox.
    """
    async with connection.transaction():
        rows = await connection.fetch(_TAKE, AT_ONCE)
        if not rows:
            return 0
        topic = topic_prefix + AUDIT_EVENTS.name
        await publisher.publish(
            [Outgoing(topic, row["record_id"].encode(), row["record"], _HEADERS) for row in rows]
        )
        await connection.execute(_SENT, [row["record_id"] for row in rows])
    return len(rows)


async def waiting(connection: Connection) -> Waiting:
    """Read how far the relay is behind."""
    row = await connection.fetchrow(_WAITING, _COUNTED_MAX)
    if row is None:
        raise RuntimeError("a query without FROM gave no row")
    return Waiting(row["records"], row["oldest_at"])
