"""Kafka records of payment-events as ingest writes them, with one-line changes for tests."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from aiokafka import ConsumerRecord

from careledger.events.envelope import Envelope, to_headers
from careledger.events.payments import EVENT_TYPES, PaymentEvent

Record = ConsumerRecord[bytes | None, bytes | None]

APPENDED_AT = datetime(2025, 3, 3, 12, tzinfo=UTC)
OCCURRED_AT = datetime(2025, 3, 3, 11, tzinfo=UTC)
_FIELDS: dict[str, dict[str, Any]] = {
    "invoice.issued": {
        "invoice_id": "i1",
        "amount": 10_000,
        "currency": "USD",
        "issued_on": OCCURRED_AT.date(),
        "payer_type": "patient",
    },
    "payment.succeeded": {
        "payment_id": "y1",
        "amount": 4_000,
        "currency": "USD",
        "method": "card",
        "received_at": OCCURRED_AT,
        "invoice_id": "i1",
    },
    "payment.refunded": {
        "refund_id": "r1",
        "payment_id": "y1",
        "amount": 1_000,
        "currency": "USD",
    },
    "patient.recorded": {},
}


def event(event_type: str, **changes: Any) -> PaymentEvent:  # noqa: ANN401 - an event's fields
    """Make a valid event, with changes."""
    fields: dict[str, Any] = {
        "clinic_id": "c1",
        "patient_id": "p1",
        **_FIELDS[event_type],
        **changes,
    }
    return EVENT_TYPES[event_type](**fields)


def record(
    told: PaymentEvent,
    *,
    event_id: str = "e1",
    offset: int = 0,
    partition: int = 0,
    time: datetime = OCCURRED_AT,
    **changes: Any,  # noqa: ANN401 - attributes of a record
) -> Record:
    """Make the record of an event; changes replace attributes such as key, value or headers."""
    event_type = next(name for name, struct in EVENT_TYPES.items() if struct is type(told))
    envelope = Envelope(id=event_id, source="practice", type=event_type, time=time)
    attributes: dict[str, Any] = {
        "topic": "payment-events",
        "partition": partition,
        "offset": offset,
        "timestamp": int(APPENDED_AT.timestamp() * 1000),
        "timestamp_type": 1,
        "key": told.patient_id.encode(),
        "value": msgspec.json.encode(told),
        "checksum": None,
        "serialized_key_size": 0,
        "serialized_value_size": 0,
        "headers": tuple(to_headers(envelope)),
        **changes,
    }
    return ConsumerRecord(**attributes)
