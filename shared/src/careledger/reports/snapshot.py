"""What one answer may know: its clinics, its as-of date and its watermark, read in one snapshot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from careledger.events.topics import PAYMENT_EVENTS
from careledger.postgres import Connection
from careledger.reports.clinics import Clinic, narrow, resolve_as_of
from careledger.reports.horizon import Horizon
from careledger.reports.position import Position, read_position
from careledger.reports.watermark import Watermark, resolve_watermark

NO_BATCH: Final = 2**63 - 1
"""The first batch after the current watermark: there is none."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """S(as_of, watermark) over some clinics: the set every figure of an answer is computed from."""

    clinics: tuple[Clinic, ...]
    as_of: date
    watermark: Watermark
    position: Position
    first_later_batch: int
    """No record unknown at the watermark is of a batch before this one."""

    @property
    def clinic_nos(self) -> list[int]:
        """The clinics as the tables know them."""
        return [clinic.clinic_no for clinic in self.clinics]

    @property
    def is_current(self) -> bool:
        """Tell whether the answer knows everything that is recorded."""
        return self.first_later_batch == NO_BATCH

    @property
    def horizon(self) -> Horizon | None:
        """How far back answers reach; None is everything."""
        return self.position.horizon

    @property
    def clinic_ids(self) -> dict[int, str]:
        """Clinic number to clinic id."""
        return {clinic.clinic_no: clinic.clinic_id for clinic in self.clinics}

    @property
    def parameters(self) -> dict[str, object]:
        """The set as the parameters of statements."""
        return {
            "clinic_nos": self.clinic_nos,
            "as_of": self.as_of,
            "vector": self.watermark.vector,
            "first_later_batch": self.first_later_batch,
            "horizon": self.horizon and self.horizon.day,
        }


# The last batch at or below the watermark; what its partition holds beyond came later. Without
# such a batch (none yet, or purged) nothing can be ruled out.
_FIRST_LATER_BATCH: Final = """
SELECT coalesce(min(coalesce(b.batch_no, -1)), $4) + 1
FROM unnest($2::smallint[], $3::bigint[]) AS w (kafka_partition, next_offset)
LEFT JOIN LATERAL (
    SELECT batch_no
    FROM batches
    WHERE topic = $1 AND kafka_partition = w.kafka_partition AND next_offset <= w.next_offset
    ORDER BY next_offset DESC
    LIMIT 1
) AS b ON true
"""


async def take_snapshot(
    connection: Connection,
    clinics: Sequence[Clinic],
    *,
    clinic_ids: Collection[str] = (),
    as_of: date | None = None,
    watermark: str | None = None,
) -> Snapshot:
    """Fix what an answer may know.

    Raises:
        QuestionError: for clinics that may not be read, an as_of later than today, a watermark that
            is malformed or not recorded yet, either of them behind what is kept.
    """
    kept = narrow(clinics, clinic_ids)
    day = resolve_as_of(kept, as_of, readable=clinics)
    position = await read_position(connection)
    known = resolve_watermark(position.watermark, watermark)
    if position.horizon is not None:
        position.horizon.check_set(day, known)
    first_later = NO_BATCH
    if not known.covers(position.watermark):
        first_later = await first_batch_behind(connection, known, position.watermark)
    return Snapshot(kept, day, known, position, first_later)


async def first_batch_behind(connection: Connection, one: Watermark, other: Watermark) -> int:
    """Return the first batch that may hold a record known at one of two watermarks only.

    Without any such record it is `NO_BATCH`.
    """
    lower = {
        partition: min(one.offsets.get(partition, 0), other.offsets.get(partition, 0))
        for partition in {*one.offsets, *other.offsets}
        if one.offsets.get(partition, 0) != other.offsets.get(partition, 0)
    }
    if not lower:
        return NO_BATCH
    found: int = await connection.fetchval(
        _FIRST_LATER_BATCH, PAYMENT_EVENTS.name, list(lower), list(lower.values()), NO_BATCH - 1
    )
    return found
