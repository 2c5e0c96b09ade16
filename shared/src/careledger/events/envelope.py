"""The CloudEvents 1.0 envelope in Kafka's binary mode: attributes in headers, data in the value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Final, TypeGuard

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


# A seventh of the time that msgspec.convert takes, and this runs once for every record.
_INSTANT: Final = msgspec.json.Decoder(Annotated[datetime, Meta(tz=True)])


def parse_instant(text: str) -> datetime:
    """Parse an RFC 3339 instant with an offset, strictly.

    Raises:
        EventRejectedError: if it is anything else, a local time without offset among them.
    """
    try:
        return _INSTANT.decode(b'"%b"' % text.encode())
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise EventRejectedError(
            "time_invalid", "time must be RFC 3339 with an offset, like 2026-01-31T09:30:00Z"
        ) from None


def parse_attributes(attributes: Mapping[str, str]) -> Envelope:
    """Check CloudEvents attributes and return the envelope.

    Raises:
        EventRejectedError: naming the attribute that is missing or malformed.
    """
    get = attributes.get
    return _envelope(get("specversion"), get("id"), get("source"), get("type"), get("time"))


def from_headers(headers: KafkaHeaders) -> Envelope:
    """Read the envelope from a Kafka record's headers.

    Raises:
        EventRejectedError: if a header is null, not UTF-8 or repeated, or an attribute is wrong.
    """
    attributes: dict[str, str] = {}
    pairs = tuple(headers)
    try:
        for name, value in pairs:
            attributes[name] = value.decode()  # pyright: ignore[reportOptionalMemberAccess]
    except AttributeError:
        raise EventRejectedError("envelope_invalid", "a header is null") from None
    except UnicodeDecodeError:
        raise EventRejectedError("envelope_invalid", "a header is not UTF-8") from None
    if len(attributes) < len(pairs) and _repeated([name for name, _ in pairs]):
        raise EventRejectedError("envelope_invalid", "a ce_ header comes twice")
    get = attributes.get
    return _envelope(
        get("ce_specversion"), get("ce_id"), get("ce_source"), get("ce_type"), get("ce_time")
    )


def _repeated(names: list[str]) -> bool:
    own = [name for name in names if name.startswith(_HEADER_PREFIX)]
    return len(own) > len(set(own))


def _envelope(
    version: str | None, event_id: str | None, source: str | None, type_: str | None, at: str | None
) -> Envelope:
    if version != SPEC_VERSION:
        raise EventRejectedError("envelope_invalid", "specversion must be 1.0")
    if not _is_identifier(event_id) or not _is_identifier(source):
        raise EventRejectedError(
            "envelope_invalid", "id and source must be 1-128 printable ASCII characters, no spaces"
        )
    if not type_:
        raise EventRejectedError("envelope_invalid", "type is missing")
    if at is None:
        raise EventRejectedError("envelope_invalid", "time is missing")
    return Envelope(id=event_id, source=source, type=type_, time=parse_instant(at))


def _is_identifier(text: str | None) -> TypeGuard[str]:
    return (
        text is not None
        and 1 <= len(text) <= IDENTIFIER_LENGTH_MAX
        and IDENTIFIERS.fullmatch(text) is not None
    )


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
