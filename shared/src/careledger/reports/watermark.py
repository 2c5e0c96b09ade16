"""Watermarks: the vector of next offsets that says which records an answer knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.answers import Reconciliation
from careledger.reports.errors import QuestionError

_PART: Final = re.compile(r"(0|[1-9]\d{0,4}):(0|[1-9]\d{0,17})", re.ASCII)
_PARTITION_MAX: Final = 32_767


@dataclass(frozen=True, slots=True)
class Watermark:
    """The next offset of each partition: a record below it is known, all others are not."""

    offsets: Mapping[int, int]

    def __str__(self) -> str:
        return ",".join(f"{partition}:{self.offsets[partition]}" for partition in self.partitions)

    @property
    def partitions(self) -> list[int]:
        """The partitions named, ascending."""
        return sorted(self.offsets)

    @property
    def vector(self) -> list[int]:
        """The offsets as SQL reads them: element p + 1 is the offset of partition p."""
        width = max(self.offsets, default=-1) + 1
        return [self.offsets.get(partition, 0) for partition in range(width)]

    def covers(self, other: Watermark) -> bool:
        """Tell whether everything known at the other watermark is known at this one."""
        return all(
            offset <= self.offsets.get(partition, 0) for partition, offset in other.offsets.items()
        )


@dataclass(frozen=True, slots=True)
class Position:
    """How far the reports are: the watermark, and the instant up to which they are complete."""

    watermark: Watermark
    data_through: datetime | None
    run_overdue: bool = False
    """A source's last good run is longer ago than its schedule allows."""
    reconciliation: Reconciliation | None = None
    """The last comparison with a source that differs, else the last one."""


def parse_watermark(text: str) -> Watermark:
    """Read a watermark such as "0:1523,1:1498".

    Raises:
        QuestionError: if it is anything else, or names a partition twice.
    """
    offsets: dict[int, int] = {}
    for part in text.split(",") if text else ():
        match = _PART.fullmatch(part)
        if match is None or int(match[1]) > _PARTITION_MAX or int(match[1]) in offsets:
            raise QuestionError("watermark", "a watermark is written partition:offset,… (0:15,1:9)")
        offsets[int(match[1])] = int(match[2])
    return Watermark(offsets)


_POSITIONS: Final = """
SELECT kafka_partition, next_offset, nullif(data_through, '-infinity') AS data_through,
    NULL::boolean AS run_overdue, NULL::text AS source, NULL::text AS reconciliation_id,
    NULL::timestamptz AS ended_at, NULL::text AS watermark, NULL::boolean AS matches
FROM positions
WHERE topic = $1
UNION ALL
SELECT -1, 0, NULL, (SELECT bool_or(expected_by < now()) FROM extraction_sources),
    last.source, last.reconciliation_id, last.ended_at, last.watermark, last.matches
FROM (SELECT) AS one
LEFT JOIN (
    SELECT source, reconciliation_id, ended_at, watermark, matches
    FROM reconciled_sources ORDER BY matches, ended_at DESC LIMIT 1
) AS last ON true
"""


async def read_position(connection: Connection) -> Position:
    """Read the current watermark of the reports in the caller's snapshot.

    It is complete through the earliest instant of its partitions; through none at all while one
    of them was never looked at.
    """
    *rows, sources = await connection.fetch(_POSITIONS, PAYMENT_EVENTS.name)
    looked = [row["data_through"] for row in rows]
    return Position(
        Watermark({row["kafka_partition"]: row["next_offset"] for row in rows}),
        min(looked) if looked and None not in looked else None,
        run_overdue=bool(sources["run_overdue"]),
        reconciliation=_reconciliation(sources),
    )


def _reconciliation(row: Any) -> Reconciliation | None:  # noqa: ANN401 - a record of asyncpg
    if row["reconciliation_id"] is None:
        return None
    return Reconciliation(
        source=row["source"],
        reconciliation_id=row["reconciliation_id"],
        ended_at=row["ended_at"],
        watermark=row["watermark"],
        matches=row["matches"],
    )


def resolve_watermark(current: Watermark, text: str | None) -> Watermark:
    """Return the watermark of a question: the one given, else the current one.

    Raises:
        QuestionError: if it is malformed, or lies above the current one in any partition.
    """
    if text is None:
        return current
    asked = parse_watermark(text)
    if not current.covers(asked):
        raise QuestionError("watermark", f"not recorded yet; the current watermark is {current}")
    return asked
