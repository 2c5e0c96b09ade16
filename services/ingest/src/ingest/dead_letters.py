"""What is kept of a refused record: where it lies, why it was refused, and allow-listed fields."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from aiokafka import ConsumerRecord

from careledger import clock
from careledger.events.dead_letters import DeadLetter
from careledger.events.fields import IDENTIFIER_LENGTH_MAX, IDENTIFIERS
from careledger.events.payments import EVENT_TYPES, PaymentEvent
from careledger.events.rejection import EventRejectedError
from careledger.events.rules import EVENT_BYTES_MAX, is_personal
from careledger.events.topics import PAYMENT_INTAKE
from careledger.money import AMOUNT_MAX, EXPONENTS
from careledger.publisher import Outgoing
from ingest.fates import Rejected

Record = ConsumerRecord[bytes | None, bytes | None]

_IDS: Final = (
    "clinic_id",
    "patient_id",
    "invoice_id",
    "payment_id",
    "adjustment_id",
    "write_off_id",
    "allocation_id",
    "refund_id",
    "dispute_id",
    "correction_id",
)
_DATES: Final = ("business_date", "issued_on", "service_date", "due_on", "effective_on")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HEADERS: Final = [("content-type", b"application/json")]


def letter_of(record: Record, rejected: Rejected) -> DeadLetter:
    """Write the dead letter of one refused record; the same record gives the same letter."""
    attributes = _attributes(record)
    return DeadLetter(
        topic=PAYMENT_INTAKE.name,
        partition=record.partition,
        offset=record.offset,
        recorded_at=_appended_at(record),
        reason=rejected.reason,
        problem=rejected.problem,
        digest=hashlib.sha256(record.value or b"").hexdigest(),
        source=_identifier(attributes.get("ce_source")),
        event_id=_identifier(attributes.get("ce_id")),
        event_type=attributes.get("ce_type") if attributes.get("ce_type") in EVENT_TYPES else None,
        fields=_fields(record.value or b""),
    )


def letter_of_row(
    source: str,
    entity: tuple[int, str],
    key: str | None,
    digest: bytes,
    error: EventRejectedError,
    event: PaymentEvent | None = None,
    *,
    line: int | None = None,
) -> DeadLetter:
    """Write the dead letter of a refused row of a source; the same row gives the same letter.

    A row has no place in Kafka: its partition is the number of its table, its offset is made of
    its digest.
    """
    fields = {} if event is None else _kept(msgspec.to_builtins(event))
    identifier = _identifier(key)
    if identifier is not None:
        fields["row_key"] = identifier
    if line is not None:
        fields["row_line"] = line
    return DeadLetter(
        topic=source,
        partition=entity[0],
        offset=int.from_bytes(digest[:8]) >> 1,
        recorded_at=clock.now(),
        reason=error.reason,
        problem=error.problem,
        digest=digest.hex(),
        source=source,
        fields={"row_table": entity[1], **fields},
    )


def addressed(letter: DeadLetter, *, topic: str) -> Outgoing:
    """Address a dead letter to its topic; the key is the position it speaks of."""
    key = f"{letter.topic}:{letter.partition}:{letter.offset}".encode()
    return Outgoing(topic, key, msgspec.json.encode(letter), _HEADERS)


def _appended_at(record: Record) -> datetime:
    try:
        return datetime.fromtimestamp(record.timestamp / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return clock.now()


def _attributes(record: Record) -> dict[str, str]:
    return {
        name: value.decode(errors="replace") for name, value in record.headers if value is not None
    }


def _fields(value: bytes) -> dict[str, str | int]:
    return _kept(_members(value))


def _kept(members: dict[str, Any]) -> dict[str, str | int]:
    kept: dict[str, str | int] = {}
    for name in _IDS:
        identifier = _identifier(members.get(name))
        if identifier is not None:
            kept[name] = identifier
    if is_personal(str(kept.get("patient_id", "")), bare_numbers_allowed=False):
        del kept["patient_id"]
    amount = members.get("amount")
    if type(amount) is int and abs(amount) <= AMOUNT_MAX:
        kept["amount"] = amount
    if isinstance(members.get("currency"), str) and members["currency"] in EXPONENTS:
        kept["currency"] = members["currency"]
    for name in _DATES:
        day = members.get(name)
        if isinstance(day, str) and _DATE.fullmatch(day):
            kept[name] = day
    return kept


def _members(value: bytes) -> dict[str, Any]:
    if len(value) > EVENT_BYTES_MAX:
        return {}
    try:
        members: Any = json.loads(value.decode())
    except (ValueError, RecursionError):
        return {}
    return members if isinstance(members, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _identifier(value: object) -> str | None:
    if not isinstance(value, str) or not 1 <= len(value) <= IDENTIFIER_LENGTH_MAX:
        return None
    if not IDENTIFIERS.fullmatch(value) or is_personal(value, bare_numbers_allowed=True):
        return None
    return value
