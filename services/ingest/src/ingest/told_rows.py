"""What was told of each row of a source, in PostgreSQL, and the records on their way to Kafka.

A chunk is kept before it is sent: rows, records and where the reading stands after them, in one
statement group of the caller's transaction. It is struck off once Kafka has acknowledged it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

from careledger.postgres import Connection
from careledger.publisher import Outgoing

_SOURCE: Final = """
WITH made AS (
    INSERT INTO extraction_sources (source) VALUES ($1) ON CONFLICT (source) DO NOTHING
    RETURNING source_no, checkpoints, positions, next_chunk
)
SELECT * FROM made
UNION ALL
SELECT source_no, checkpoints, positions, next_chunk FROM extraction_sources WHERE source = $1
LIMIT 1
"""
_CHANGED: Final = """
SELECT (n.place - 1)::integer AS place, r.revision, r.state, r.gone, r.digest = n.digest AS same
FROM unnest($3::text[], $4::bytea[]) WITH ORDINALITY AS n (row_key, digest, place)
LEFT JOIN extraction_rows AS r
    ON r.source_no = $1 AND r.entity = $2 AND r.row_key = n.row_key
WHERE r.digest IS DISTINCT FROM n.digest OR r.gone OR r.problem IS NOT NULL
"""
_STATES: Final = """
SELECT row_key, revision, state FROM extraction_rows
WHERE source_no = $1 AND entity = $2 AND row_key = ANY($3::text[]) AND NOT gone
"""
_KEEP_ROWS: Final = """
INSERT INTO extraction_rows AS r (
    source_no, entity, row_key, revision, digest, state, problem, source_day, gone, day, currency,
    amount, other
)
SELECT $1, $2, * FROM unnest(
    $3::text[], $4::integer[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::boolean[],
    $10::date[], $11::text[], $12::bigint[], $13::bigint[]
)
ON CONFLICT (source_no, entity, row_key) DO UPDATE SET
    revision = excluded.revision, digest = excluded.digest,
    state = coalesce(excluded.state, r.state), problem = excluded.problem,
    source_day = excluded.source_day, gone = excluded.gone,
    day = CASE WHEN excluded.state IS NULL THEN r.day ELSE excluded.day END,
    currency = CASE WHEN excluded.state IS NULL THEN r.currency ELSE excluded.currency END,
    amount = CASE WHEN excluded.state IS NULL THEN r.amount ELSE excluded.amount END,
    other = CASE WHEN excluded.state IS NULL THEN r.other ELSE excluded.other END
"""
_KEEP_RECORDS: Final = """
WITH numbered AS (
    UPDATE extraction_sources SET next_chunk = next_chunk + 1 WHERE source_no = $1
    RETURNING next_chunk - 1 AS chunk_no
)
INSERT INTO extraction_outbox (source_no, chunk_no, checkpoints, records)
SELECT $1, chunk_no, $2, $3 FROM numbered
RETURNING chunk_no
"""
_WAITING: Final = """
SELECT chunk_no, checkpoints, records FROM extraction_outbox WHERE source_no = $1
ORDER BY chunk_no LIMIT 1
"""
_SENT: Final = """
WITH struck AS (
    DELETE FROM extraction_outbox WHERE source_no = $1 AND chunk_no = $2
)
UPDATE extraction_sources
SET checkpoints = checkpoints || $3::jsonb, positions = $4::jsonb WHERE source_no = $1
"""
_CHECKPOINT: Final = """
UPDATE extraction_sources SET checkpoints = checkpoints || $2::jsonb WHERE source_no = $1
"""
_EXPECT: Final = "UPDATE extraction_sources SET expected_by = $2 WHERE source_no = $1"
_DAYS: Final = """
SELECT source_day, count(*) AS row_count FROM extraction_rows
WHERE source_no = $1 AND entity = $2 AND NOT gone GROUP BY source_day
"""
_KEYS_OF_DAYS: Final = """
SELECT row_key FROM extraction_rows
WHERE source_no = $1 AND entity = $2 AND NOT gone
    AND (source_day = ANY($3::text[]) OR ($4 AND source_day IS NULL))
"""
_PROBLEMS: Final = """
SELECT row_key FROM extraction_rows
WHERE source_no = $1 AND entity = $2 AND problem = $3 AND NOT gone LIMIT $4
"""


class KnownSource(Struct):
    """A source as PostgreSQL knows it."""

    source_no: int
    checkpoints: dict[str, Any]
    positions: dict[str, int]
    """Partition to the last offset written there."""


class Difference(NamedTuple):
    """A row that is new or not as it was; `place` is its place among those asked about."""

    place: int
    revision: int
    state: bytes | None
    gone: bool
    same: bool
    """Its digest is the one known: it was refused before, or is back."""


class KeptRow(NamedTuple):
    """What is kept of a row."""

    row_key: str
    revision: int
    digest: bytes
    state: bytes | None
    """None leaves what was told before as it is: the row was refused."""
    problem: str | None
    source_day: str | None
    gone: bool
    day: date | None
    currency: str | None
    amount: int
    other: int


class WaitingChunk(NamedTuple):
    """Records that were kept and are not known to be sent."""

    chunk_no: int
    checkpoints: dict[str, Any]
    records: list[Outgoing]


class ToldRows:
    """The outlet for one source, over the connection of its run."""

    def __init__(self, connection: Connection, known: KnownSource) -> None:
        """Use `of` to make one."""
        self.connection: Final = connection
        self.known: Final = known

    @classmethod
    async def of(cls, connection: Connection, source: str) -> ToldRows:
        """Return the rows of a source, which is made known if it is new."""
        row: Any = await connection.fetchrow(_SOURCE, source)
        known = KnownSource(
            row["source_no"],
            msgspec.json.decode(row["checkpoints"], type=dict[str, Any]),
            msgspec.json.decode(row["positions"], type=dict[str, int]),
        )
        return cls(connection, known)

    async def differences(
        self, entity: int, keys: Sequence[str], digests: Sequence[bytes]
    ) -> list[Difference]:
        """Compare digests, all at once; return what is new, changed, refused before or back."""
        rows = await self.connection.fetch(_CHANGED, self.known.source_no, entity, keys, digests)
        return [
            Difference(
                row["place"],
                row["revision"] or 0,
                row["state"],
                bool(row["gone"]),
                bool(row["same"]),
            )
            for row in rows
        ]

    async def states(self, entity: int, keys: Sequence[str]) -> dict[str, tuple[int, bytes | None]]:
        """Return revision and state of those of some rows that are not gone."""
        rows = await self.connection.fetch(_STATES, self.known.source_no, entity, keys)
        return {row["row_key"]: (row["revision"], row["state"]) for row in rows}

    async def keep(
        self,
        entity: int,
        rows: Sequence[KeptRow],
        records: Sequence[Outgoing],
        checkpoints: dict[str, Any],
    ) -> int | None:
        """Keep rows, and the records about them if any; return the number of the chunk."""
        number = self.known.source_no
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            await self.connection.execute(_KEEP_ROWS, number, entity, *columns)
        if not records:
            return None
        packed = zlib.compress(msgspec.msgpack.encode(records), 1)
        text = msgspec.json.encode(checkpoints).decode()
        chunk_no: int = await self.connection.fetchval(_KEEP_RECORDS, number, text, packed)
        return chunk_no

    async def waiting(self) -> WaitingChunk | None:
        """Return the first chunk that is not known to be sent."""
        row = await self.connection.fetchrow(_WAITING, self.known.source_no)
        if row is None:
            return None
        return WaitingChunk(
            row["chunk_no"],
            msgspec.json.decode(row["checkpoints"], type=dict[str, Any]),
            msgspec.msgpack.decode(zlib.decompress(row["records"]), type=list[Outgoing]),
        )

    async def sent(self, chunk_no: int, checkpoints: dict[str, Any]) -> None:
        """Strike a chunk off, and move the checkpoints behind it."""
        self.known.checkpoints.update(checkpoints)
        await self.connection.execute(
            _SENT,
            self.known.source_no,
            chunk_no,
            msgspec.json.encode(checkpoints).decode(),
            msgspec.json.encode(self.known.positions).decode(),
        )

    async def move(self, checkpoints: dict[str, Any]) -> None:
        """Move the checkpoints where nothing had to be sent."""
        self.known.checkpoints.update(checkpoints)
        text = msgspec.json.encode(checkpoints).decode()
        await self.connection.execute(_CHECKPOINT, self.known.source_no, text)

    async def expect(self, by: datetime | None) -> None:
        """Say by when the next good run should have ended; later, reports call themselves stale."""
        await self.connection.execute(_EXPECT, self.known.source_no, by)

    async def days(self, entity: int) -> dict[str | None, int]:
        """Return how many rows are known under each day the source counts by."""
        rows = await self.connection.fetch(_DAYS, self.known.source_no, entity)
        return {row["source_day"]: row["row_count"] for row in rows}

    async def keys_of_days(self, entity: int, days: Sequence[str | None]) -> list[str]:
        """Return the keys known under some days."""
        named = [one for one in days if one is not None]
        rows = await self.connection.fetch(
            _KEYS_OF_DAYS, self.known.source_no, entity, named, None in days
        )
        return [row["row_key"] for row in rows]

    async def refused(self, entity: int, problem: str, limit: int) -> list[str]:
        """Return the keys of rows that were refused for a reason."""
        rows = await self.connection.fetch(_PROBLEMS, self.known.source_no, entity, problem, limit)
        return [row["row_key"] for row in rows]
