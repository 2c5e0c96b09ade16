"""The CloudEvents 1.0 envelope in Kafka's binary mode: attributes in headers, data in the value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from careledger.events.fields import IDENTIFIER_LENGTH_MAX, IDENTIFIERS
from careledger.events.rejection import EventRejectedError

SPEC_VERSION: Final = "1.0"
CONTENT_TYPE: Final = "application/json"
_HEADER_PREFIX: Final = "ce_"

KafkaHeaders = Iterable[tuple[str, bytes | None]]


class Envelope(Struct, frozen=True, kw_only=True):
    """Who says it, under which id, of which type, and when it happened."""

    id: str
    source: str
    type: str
    time: datetime


_Instant = Annotated[datetime, Meta(tz=True)]


def parse_instant(text: str) -> datetime:
    """Parse an RFC 3339 instant with an offset, strictly.

    Raises:
        EventRejectedError: if it is anything else, a local time without offset among them.
    """
    try:
        return msgspec.convert(text, _Instant)
    except msgspec.ValidationError:
        raise EventRejectedError(
            "time_invalid", "time must be RFC 3339 with an offset, like 2026-01-31T09:30:00Z"
        ) from None


def parse_attributes(attributes: dict[str, str]) -> Envelope:
    """Check CloudEvents attributes and return the envelope.

    Raises:
        EventRejectedError: naming the attribute that is missing or malformed.
    """
    if attributes.get("specversion") != SPEC_VERSION:
        raise EventRejectedError("envelope_invalid", "specversion must be 1.0")
    for name in ("id", "source"):
        value = attributes.get(name, "")
        if not 1 <= len(value) <= IDENTIFIER_LENGTH_MAX or not IDENTIFIERS.fullmatch(value):
            raise EventRejectedError(
                "envelope_invalid", f"{name} must be 1-128 printable ASCII characters, no spaces"
            )
    if not attributes.get("type"):
        raise EventRejectedError("envelope_invalid", "type is missing")
    if "time" not in attributes:
        raise EventRejectedError("envelope_invalid", "time is missing")
    return Envelope(
        id=attributes["id"],
        source=attributes["source"],
        type=attributes["type"],
        time=parse_instant(attributes["time"]),
    )


def from_headers(headers: KafkaHeaders) -> Envelope:
    """Read the envelope from a Kafka record's headers.

    Raises:
        EventRejectedError: if a header is null, not UTF-8 or repeated, or an attribute is wrong.
    """
    attributes: dict[str, str] = {}
    try:
        for name, value in headers:
            if value is None:
                raise EventRejectedError("envelope_invalid", "a header is null")
            if name in attributes:
                raise EventRejectedError("envelope_invalid", "a ce_ header comes twice")
            if name.startswith(_HEADER_PREFIX):
                attributes[name] = value.decode()
    except UnicodeDecodeError:
        raise EventRejectedError("envelope_invalid", "a header is not UTF-8") from None
    return parse_attributes({name[3:]: value for name, value in attributes.items()})


def to_headers(envelope: Envelope) -> list[tuple[str, bytes]]:
    """Write the envelope as Kafka headers."""
    return [
        ("ce_specversion", b"1.0"),
        ("ce_id", envelope.id.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_time", envelope.time.isoformat().encode()),
        ("content-type", CONTENT_TYPE.encode()),
    ]
