"""The one place that makes identifiers: UUID version 7, so that index pages fill in order."""

import secrets
import time
from uuid import UUID


def new_id() -> str:
    """Return a new UUID version 7 (RFC 9562 section 5.7) as text."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(UUID(int=value))
