"""The rules that judge one Kafka record alone: accepted with its identities, or refused."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import msgspec
from aiokafka import ConsumerRecord
from msgspec import Struct

from aggregator.entry import microseconds
from careledger.events import rules
from careledger.events.envelope import Envelope, from_headers
from careledger.events.payments import FACT_ID_FIELDS, NameToken, PaymentEvent
from careledger.events.rejection import EventRejectedError

Record = ConsumerRecord[bytes | None, bytes | None]

_KEY_BYTES: Final = 16
_INSTANT: Final = struct.Struct("<q")


class Read(Struct, frozen=True, gc=False):
    """A record that could be read: its envelope and its event."""

    record: Record
    appended_at: datetime
    envelope: Envelope
    event: PaymentEvent
    occurred_at: int
    """The envelope's time in microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that goes to quarantine, with what may be kept of it."""

    record: Record
    error: EventRejectedError
    envelope: Envelope | None = None
    event: PaymentEvent | None = None


class Identity(Struct, frozen=True, gc=False):
    """What makes an event this one: the first 16 bytes of a BLAKE2b (RFC 7693) each.

    `event` covers source and id, `fact` clinic, type and fact id (None for types that may be told
    again), `content` the stored fields and the instant, not headers or index tokens.
    """

    event: bytes
    fact: bytes | None
    content: bytes


def read(record: Record) -> Read:
    """Read the envelope and the event of a record.

    Raises:
        EventRejectedError: with the reason; the record then goes to quarantine.
    """
    envelope = from_headers(record.headers)
    if record.value is None:
        raise EventRejectedError("body_invalid", "the record has no value")
    if len(record.value) > rules.EVENT_BYTES_MAX:
        raise EventRejectedError("too_large", "the event is larger than 256 KiB")
    event = rules.decode(envelope.type, record.value)
    if record.key != event.patient_id.encode():
        raise EventRejectedError("key_mismatch", "the record's key must be the patient id")
    return Read(record, _instant(record.timestamp), envelope, event, microseconds(envelope.time))


@lru_cache(maxsize=64)
def _instant(milliseconds: int) -> datetime:
    # Kafka stamps all records that it appends together with one instant.
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def read_or_refuse(record: Record) -> Read | Refused:
    """Read a record; what cannot be read comes back refused instead of raising."""
    try:
        return read(record)
    except EventRejectedError as error:
        return Refused(record, error)


def check(item: Read, *, bare_numbers_allowed: bool) -> EventRejectedError | None:
    """Judge an event alone at its append time; return why it is refused, or None."""
    try:
        rules.check(item.event, item.envelope.time, clock=item.appended_at)
    except EventRejectedError as error:
        return error
    if rules.is_personal(item.event.patient_id, bare_numbers_allowed=bare_numbers_allowed):
        return EventRejectedError(
            "patient_id_is_personal",
            "the patient id is an e-mail address, a phone or social security number",
        )
    return None


def identify(item: Read) -> tuple[Identity, tuple[NameToken, ...]]:
    """Return the identity of an event, and its name tokens taken off it."""
    envelope, event = item.envelope, item.event
    tokens = event.name_tokens or ()
    event.name_tokens = None
    fact = None
    field = FACT_ID_FIELDS.get(envelope.type)
    if field is not None:
        named: str = getattr(event, field)
        fact = _digest(f"fact {event.clinic_id} {envelope.type} {named}".encode())
    instant = _INSTANT.pack(item.occurred_at)
    return (
        Identity(
            _digest(f"event {envelope.source} {envelope.id}".encode()),
            fact,
            _digest(b"%b%b%b" % (instant, envelope.type.encode(), msgspec.json.encode(event))),
        ),
        tokens,
    )


def _digest(content: bytes) -> bytes:
    # No two identities read alike: none of their parts contains a space.
    # Cut after the fact: asking for a size takes as long again as the hash itself.
    return blake2b(content).digest()[:_KEY_BYTES]
