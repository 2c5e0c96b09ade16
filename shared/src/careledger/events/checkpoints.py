"""Checkpoints of the audit log as they are published, on Kafka and in the file, one JSON each."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct


class Statement(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="statement",
    tag="audit-log",
):
    """`count` records were sealed up to `sequence`, the last of them with hash `head`."""

    sequence: int
    count: int
    head: str
    """SHA-256 of the last record, 64 hexadecimal digits."""
    sealed_at: datetime
    removed_through: int = 0
    """Records up to this one are past their term: retention removes them, or has done so."""
    removed_head: str = ""
    """SHA-256 of that record; the rest of the log is chained to it."""


class SignedStatement(Struct, frozen=True, kw_only=True):
    """A signed statement of how long the audit log was, and what its last hash was."""

    statement: str
    """JSON of the statement, byte by byte as it was signed: sequence, count, head, sealed_at,
    and removed_through with removed_head once retention has cut the log."""
    key_id: str
    """First 16 hexadecimal digits of the SHA-256 of the public key."""
    signature: str
    """Over the bytes of `statement`, base64."""
    algorithm: Literal["Ed25519"] = "Ed25519"
