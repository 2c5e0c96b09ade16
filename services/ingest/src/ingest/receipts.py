"""What a sender is told: the position of each accepted event, the problem of each refused one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from ingest.fates import Accepted, Rejected

REJECTED_LISTED_MAX: Final = 1000


class Receipt:
    """Kept as JSON text, because a large body has some hundred thousand events."""

    def __init__(self) -> None:
        self._accepted = bytearray()
        self._rejected = bytearray()
        self.accepted_count = 0
        self.rejected_count = 0

    def add(self, fates: Iterable[Accepted | Rejected]) -> None:
        """Add the fates of some events; beyond a thousand, refused ones are only counted."""
        for fate in fates:
            if isinstance(fate, Accepted):
                self.accepted_count += 1
                self._accepted += b"," if self._accepted else b""
                self._accepted += msgspec.json.encode(fate)
            else:
                self.rejected_count += 1
                if self.rejected_count <= REJECTED_LISTED_MAX:
                    self._rejected += b"," if self._rejected else b""
                    self._rejected += msgspec.json.encode(fate)

    def members(self) -> dict[str, object]:
        """The members of the answer that hold it."""
        return {
            "accepted": msgspec.Raw(b"[%b]" % self._accepted),
            "rejected": msgspec.Raw(b"[%b]" % self._rejected),
            "accepted_count": self.accepted_count,
            "rejected_count": self.rejected_count,
        }
