"""The bytes of one event in, the event out, or the reason why not; JSON is read strictly.

The CloudEvents SDK keeps the last of two equal keys and reads times in many spellings, so the
attributes are read here; that what the SDK writes is accepted is tested.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, Final
from urllib.parse import unquote

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from careledger.events.envelope import (
    CONTENT_TYPE,
    SPEC_VERSION,
    Envelope,
    KafkaHeaders,
    from_headers,
    parse_attributes,
)
from careledger.events.rejection import EventRejectedError
from careledger.events.rules import EVENT_BYTES_MAX, decode, problem_of
from ingest.sources.payloads import PatientName, SourceEvent
from ingest.sources.strict_json import JsonRefusedError, members_once, no_constant

NAME_LENGTH_MAX: Final = 256
GIVEN_NAMES_MAX: Final = 16
_HEADER_PREFIX: Final = "ce-"
_ATTRIBUTES: Final = ("specversion", "id", "source", "type", "time")


def parse_structured(text: bytes) -> SourceEvent:
    """Parse one event in CloudEvents' JSON format: attributes and data in one object.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    members = _strict_members(text)
    try:
        structured = _STRUCTURED.decode(text)
    except msgspec.ValidationError as error:
        raise EventRejectedError("envelope_invalid", problem_of(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _no_json() from None
    if structured.datacontenttype not in (UNSET, CONTENT_TYPE):
        raise EventRejectedError("envelope_invalid", "datacontenttype must be application/json")
    if structured.data_base64 is not UNSET or structured.data is UNSET:
        raise EventRejectedError("body_invalid", "data is missing; data_base64 is not taken")
    attributes = {name: getattr(structured, name) for name in _ATTRIBUTES}
    envelope = parse_attributes({n: value for n, value in attributes.items() if value is not UNSET})
    return _event(envelope, bytes(structured.data), members["data"])


def parse_binary(headers: Iterable[tuple[str, str]], body: bytes) -> SourceEvent:
    """Parse one event in binary mode over HTTP: attributes in ce-* headers, data in the body.

    Args:
        headers: names in lower case and values as received.
        body: the data.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    attributes: dict[str, str] = {}
    for name, value in headers:
        if name.startswith(_HEADER_PREFIX):
            attribute = name.removeprefix(_HEADER_PREFIX)
            if attribute in attributes:
                raise EventRejectedError("envelope_invalid", "a ce- header comes twice")
            # The HTTP binding writes what a header cannot hold as percent escapes.
            attributes[attribute] = unquote(value)
    if not attributes:
        raise EventRejectedError(
            "envelope_invalid",
            "application/json is binary mode and needs ce-specversion, ce-id, ce-source, ce-type "
            "and ce-time headers; one JSON object with everything is application/cloudevents+json",
        )
    return _event(parse_attributes(attributes), body, _strict_members(body))


def parse_record(headers: KafkaHeaders, value: bytes | None) -> SourceEvent:
    """Parse one Kafka record in binary mode: attributes in ce_* headers, data in the value.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    envelope = from_headers(headers)
    if value is None:
        raise EventRejectedError("body_invalid", "the record has no value")
    return _event(envelope, value, _strict_members(value))


def validated(event: SourceEvent) -> SourceEvent:
    """Return an event built in code as if it had come as bytes, so that one set of rules holds.

    Raises:
        EventRejectedError: with the first rule broken.
    """
    envelope = event.envelope
    parse_attributes(
        {
            "specversion": SPEC_VERSION,
            "id": envelope.id,
            "source": envelope.source,
            "type": envelope.type,
            "time": envelope.time.isoformat(),
        }
    )
    data = decode(envelope.type, msgspec.json.encode(event.data))
    return SourceEvent(envelope=envelope, data=data, patient_name=event.patient_name)


class _Structured(Struct):
    specversion: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    source: str | UnsetType = UNSET
    type: str | UnsetType = UNSET
    time: str | UnsetType = UNSET
    datacontenttype: str | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    data_base64: Raw | UnsetType = UNSET


_NamePart = Annotated[str, Meta(max_length=NAME_LENGTH_MAX)]


class _PatientName(Struct):
    family: _NamePart | None = None
    given: _NamePart | Annotated[list[_NamePart], Meta(max_length=GIVEN_NAMES_MAX)] | None = None


_STRUCTURED: Final = msgspec.json.Decoder(_Structured)


def _event(envelope: Envelope, data: bytes, members: object) -> SourceEvent:
    if len(data) > EVENT_BYTES_MAX:
        raise EventRejectedError("too_large", f"an event may have {EVENT_BYTES_MAX} bytes")
    return SourceEvent(
        envelope=envelope, data=decode(envelope.type, data), patient_name=_patient_name(members)
    )


def _patient_name(members: object) -> PatientName | None:
    if not isinstance(members, dict):
        return None
    value: Any = members.get("patient_name")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if value is None:
        return None
    try:
        name = msgspec.convert(value, _PatientName)
    except msgspec.ValidationError:
        raise EventRejectedError(
            "field_invalid",
            "patient_name must be {family, given} of texts; given may be a list of texts",
        ) from None
    given = (name.given,) if isinstance(name.given, str) else tuple(name.given or ())
    return PatientName(family=name.family or "", given=given)


def _strict_members(text: bytes) -> dict[str, Any]:
    if len(text) > EVENT_BYTES_MAX:
        raise EventRejectedError("too_large", f"an event may have {EVENT_BYTES_MAX} bytes")
    try:
        members: object = _STRICT.decode(text.decode())
    except JsonRefusedError as error:
        raise EventRejectedError("body_invalid", str(error)) from None
    except (ValueError, RecursionError):
        raise _no_json() from None
    if not isinstance(members, dict):
        raise EventRejectedError("body_invalid", "an event is a JSON object")
    return members  # pyright: ignore[reportUnknownVariableType]


def _no_json() -> EventRejectedError:
    return EventRejectedError("body_invalid", "data is not valid JSON in UTF-8")


_STRICT: Final = json.JSONDecoder(object_pairs_hook=members_once, parse_constant=no_constant)
