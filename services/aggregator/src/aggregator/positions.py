"""The stored offset of each partition: locked, compared and moved, it is the fence of exactness."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import asyncpg

from aggregator.errors import LogBrokenError
from careledger.postgres import Connection

_ADD = """
INSERT INTO positions (topic, kafka_partition, next_offset, cluster_id, data_through)
SELECT $1, unnest($2::smallint[]), 0, $3, '-infinity'
ON CONFLICT DO NOTHING
"""

_LOCK = """
SELECT kafka_partition, next_offset, cluster_id FROM positions
WHERE topic = $1 AND kafka_partition = ANY($2::smallint[])
ORDER BY kafka_partition FOR UPDATE
"""

_READ = """
SELECT kafka_partition, next_offset, cluster_id FROM positions
WHERE topic = $1 AND kafka_partition = ANY($2::smallint[])
"""

_MOVE = """
UPDATE positions AS p
SET next_offset = n.next_offset, data_through = greatest(p.data_through, n.data_through)
FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[])
    AS n (kafka_partition, next_offset, data_through)
WHERE p.topic = $1 AND p.kafka_partition = n.kafka_partition
"""

_LOOKED = """
UPDATE positions SET data_through = $4
WHERE topic = $1 AND kafka_partition = $2 AND next_offset = $3 AND data_through < $4
"""


async def stored_offsets(
    connection: Connection, topic: str, partitions: list[int], cluster_id: str
) -> dict[int, int]:
    """Return the next offset of each partition; one never seen starts at 0.

    Raises:
        LogBrokenError: if the offsets belong to another Kafka cluster.
    """
    await connection.execute(_ADD, topic, partitions, cluster_id)
    return _offsets(await connection.fetch(_READ, topic, partitions), cluster_id)


async def lock(
    connection: Connection, topic: str, partitions: list[int], cluster_id: str
) -> dict[int, int]:
    """Lock the stored offsets until the transaction ends, ascending by partition; return them.

    Raises:
        LogBrokenError: if the offsets belong to another Kafka cluster.
    """
    return _offsets(await connection.fetch(_LOCK, topic, partitions), cluster_id)


async def move(
    connection: Connection, topic: str, offsets: Mapping[int, tuple[int, datetime]]
) -> None:
    """Set each partition's next offset, and the instant up to which it is complete."""
    await connection.execute(
        _MOVE,
        topic,
        list(offsets),
        [offset for offset, _ in offsets.values()],
        [through for _, through in offsets.values()],
    )


async def note_caught_up(
    connection: Connection, topic: str, partition: int, next_offset: int, looked_at: datetime
) -> None:
    """Record that nothing lay beyond the stored offset when the consumer last looked."""
    await connection.execute(_LOOKED, topic, partition, next_offset, looked_at)


def _offsets(rows: list[asyncpg.Record], cluster_id: str) -> dict[int, int]:
    if any(row["cluster_id"] != cluster_id for row in rows):
        raise LogBrokenError(
            "the stored offsets belong to another Kafka cluster; "
            "restore the cluster, or rebuild into an empty database"
        )
    return {row["kafka_partition"]: row["next_offset"] for row in rows}
