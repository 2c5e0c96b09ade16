"""What became of the arrivals of one request, file or batch, one by one and in sum."""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import Struct, field

from careledger.events.rejection import EventRejectedError, RejectionReason
from careledger.events.topics import Position
from ingest.screening import ScreenedEvent
from ingest.sources.payloads import SourceEvent

CLINICS_LISTED_MAX: Final = 1000


class Arrival(Struct, frozen=True):
    """What came at one place of a request, file or batch: an event, or why it is none."""

    line: int
    event: SourceEvent | EventRejectedError


class Accepted(Struct, frozen=True):
    """An event Kafka has acknowledged."""

    line: int
    id: str
    partition: int
    offset: int


class Rejected(Struct, frozen=True):
    """An event that was refused and is stored nowhere."""

    line: int
    reason: RejectionReason
    problem: str


class Tally(Struct):
    """What became of the arrivals of one request, file or batch; enough for its audit record."""

    accepted: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter[str])
    clinic_ids: set[str] = field(default_factory=set[str])
    offsets: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """Partition to the first and the last offset written there."""

    def details(self) -> dict[str, str | int | list[str]]:
        """What an audit record says about it."""
        return {
            "accepted": self.accepted,
            "rejected": self.rejected,
            "reasons": [f"{reason}: {count}" for reason, count in sorted(self.reasons.items())],
            "offsets": [f"{p}:{first}-{last}" for p, (first, last) in sorted(self.offsets.items())],
        }

    def clinics(self) -> list[str]:
        """The clinics of the accepted events, sorted; of very many the first."""
        return sorted(self.clinic_ids)[:CLINICS_LISTED_MAX]

    def count_accepted(self, event: ScreenedEvent, position: Position) -> None:
        """Add an acknowledged event."""
        self.accepted += 1
        self.clinic_ids.add(event.data.clinic_id)
        first, last = self.offsets.get(position.partition, (position.offset, position.offset))
        self.offsets[position.partition] = min(first, position.offset), max(last, position.offset)

    def count_rejected(self, rejected: Rejected) -> None:
        """Add a refused one."""
        self.rejected += 1
        self.reasons[rejected.reason] += 1
