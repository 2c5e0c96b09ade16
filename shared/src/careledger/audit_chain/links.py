"""One link of the log: its hash over the one before, and what its searchable columns must say."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta, Struct

GENESIS: Final = bytes(32)
"""What the first record is chained to."""


def chain(previous: bytes, content: bytes) -> bytes:
    """Return the hash of a record, SHA-256(0x00 || hash before it || its bytes)."""
    return sha256(b"\x00" + previous + content).digest()


class Anchor(NamedTuple):
    """A place in the log that is taken as known: a sequence number and the hash there."""

    sequence: int
    hash: bytes


BEGINNING: Final = Anchor(0, GENESIS)


class SealedRecord(Struct, frozen=True):
    """What the log's columns repeat of a record; words it may hold are not asked again.

    The log must take and keep what a newer or an older service wrote, whatever the vocabulary.
    """

    id: str
    occurred_at: Annotated[datetime, Meta(tz=True)]
    service: str
    action: str
    outcome: str
    actor_kind: str
    actor: str
    resource: str
    clinic_ids: tuple[str, ...] = ()
    patient_ids: tuple[str, ...] = ()
    count: int = 1

    @property
    def columns(self) -> tuple[str | datetime | list[str], ...]:
        """The values of the columns `COLUMNS`."""
        return (
            self.id,
            self.occurred_at,
            self.service,
            self.action,
            self.outcome,
            self.actor_kind,
            self.actor,
            self.resource,
            list(self.clinic_ids),
            list(self.patient_ids),
        )

    @property
    def is_storable(self) -> bool:
        """Whether PostgreSQL takes its texts: it refuses the character NUL."""
        texts = (self.id, self.service, self.action, self.outcome, self.actor_kind, self.actor)
        return not any(
            "\x00" in text for text in (*texts, self.resource, *self.clinic_ids, *self.patient_ids)
        )


COLUMNS: Final = (
    "record_id",
    "occurred_at",
    "service",
    "action",
    "outcome",
    "actor_kind",
    "actor",
    "resource",
    "clinic_ids",
    "patient_ids",
)

_DECODER: Final = msgspec.json.Decoder(SealedRecord)


def read_record(content: bytes) -> SealedRecord:
    """Read what the columns need out of a record's bytes.

    Raises:
        msgspec.DecodeError: if they are no audit record.
    """
    return _DECODER.decode(content)
