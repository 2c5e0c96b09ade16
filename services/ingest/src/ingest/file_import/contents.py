"""What a file import works on, whatever the file holds: portions of it, judged, and their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator
from typing import Final, Literal, Protocol

from msgspec import Struct, field

from careledger.events.rejection import RejectionReason
from ingest.extraction.telling import Chunk
from ingest.told_rows import ToldRows

REJECTS_KEPT: Final = 1_000
"""So many are kept to be shown; all are counted."""

Refusals = Literal["none", "few", "any"]


class Reject(Struct, frozen=True):
    """A line that is no event, and why; never what it holds."""

    line: int
    reason: RejectionReason
    problem: str


class Portion(Struct, frozen=True):
    """Some rows of a file, judged."""

    rows: int
    chunk: Chunk
    rejects: list[Reject]


class Content(Protocol):
    """A file, read from its beginning each time."""

    @property
    def source(self) -> str:
        """What its events are told of: one import of it at a time."""
        ...

    @property
    def entity(self) -> int:
        """The number of the table its rows belong to; 0 for events."""
        ...

    def portions(self, told: ToldRows) -> AsyncGenerator[Portion]:
        """Yield it portion by portion.

        Raises:
            SourceUnreadableError: if the file as a whole cannot be what it should be.
        """
        ...


class Wanted(Struct, frozen=True, kw_only=True):
    """What must hold of a file, or nothing of it is taken."""

    rows: int | None = None
    """How many rows its sender says it has."""
    totals: dict[str, int] = {}
    """Currency to the sum of all amounts its sender says it has, in minor units."""
    refusals: Refusals = "few"
    """How many refused rows may be left out."""


class FileTally(Struct):
    """What a file holds, and what became of it."""

    read: int = 0
    events: int = 0
    """Events that are new."""
    unchanged: int = 0
    """Rows that were told before, as they are."""
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list[Reject])
    reasons: Counter[str] = field(default_factory=Counter[str])
    amounts: Counter[str] = field(default_factory=Counter[str])
    """Currency to the sum of the amounts of the rows that could be read."""
    sent: int = 0
    """Events that Kafka has acknowledged, those included that an earlier import left."""

    def add(self, portion: Portion) -> None:
        """Count a portion."""
        self.read += portion.rows
        self.events += portion.chunk.events
        self.unchanged += portion.chunk.unchanged
        self.rejected += len(portion.rejects)
        self.reasons.update(one.reason for one in portion.rejects)
        self.rejects.extend(portion.rejects[: max(0, REJECTS_KEPT - len(self.rejects))])
        self.amounts.update(portion.chunk.amounts)
