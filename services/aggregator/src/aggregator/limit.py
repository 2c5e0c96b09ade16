"""How many refused records are too many: a share of the latest ones, or so many in a row.

Pure. What a batch would come to is judged before it is written, and remembered once it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from aggregator.errors import TooManyRefusedError
from aggregator.judging import Record, Refused

WINDOW: Final = 10_000
"""The share is one of so many records."""


class Count(NamedTuple):
    """What a consumer has seen."""

    seen: int = 0
    recent: tuple[int, ...] = ()
    """Places of the refused records, the last ones."""
    in_a_row: int = 0


class RefusalLimit:
    """The limit of one consumer."""

    def __init__(self, *, share_max: float, in_a_row_max: int) -> None:
        """Put up with a share of the last `WINDOW` records, and with fewer than so many in a row.

        The share is always one of `WINDOW` records: a consumer that has seen ten and refused three
        goes on.
        """
        self._most: Final = int(share_max * WINDOW)
        self._in_a_row_max: Final = in_a_row_max
        self._count = Count()
        self._accepted_ms = 0

    def accept_until(self, instant: datetime) -> None:
        """Leave out of account what was appended by an instant: a person has accepted it."""
        self._accepted_ms = max(self._accepted_ms, int(instant.timestamp() * 1000))

    def judge(self, records: Sequence[Record], refused: Sequence[Refused]) -> Count:
        """Return what the count is behind a batch.

        Args:
            records: of the batch, in its order.
            refused: those of them that would go to quarantine.

        Raises:
            TooManyRefusedError: if that is too many; then nothing of the batch may be written.
        """
        seen, before, in_a_row = self._count
        counted = {
            (one.record.partition, one.record.offset)
            for one in refused
            if one.record.timestamp > self._accepted_ms
        }
        if not counted:
            return Count(seen + len(records), before, 0)
        recent = deque(before)
        for place, record in enumerate(records, seen):
            if (record.partition, record.offset) not in counted:
                in_a_row = 0
                continue
            in_a_row += 1
            recent.append(place)
            while recent[0] <= place - WINDOW:
                recent.popleft()
            if in_a_row >= self._in_a_row_max:
                raise _too_many(record, f"the last {in_a_row} records are all refused")
            if len(recent) > self._most:
                raise _too_many(record, f"{len(recent)} of the last {WINDOW} records are refused")
        return Count(seen + len(records), tuple(recent), in_a_row)

    def keep(self, count: Count) -> None:
        """Remember what a written batch came to."""
        self._count = count


def _too_many(record: Record, what: str) -> TooManyRefusedError:
    # A record appended within the same millisecond as the acceptance counts as accepted.
    appended_at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
    return TooManyRefusedError(
        f"{what}, up to partition {record.partition} offset {record.offset}", appended_at
    )
