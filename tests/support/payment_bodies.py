"""Events as a sender writes them; each argument replaces one member."""

import json

from careledger import clock

Json = object
Members = dict[str, Json]


def payment(**members: Json) -> Members:
    """Return the data of a payment that succeeded."""
    return {
        "clinic_id": "north",
        "patient_id": "P-20417",
        "payment_id": "pay-1",
        "amount": 12_500,
        "currency": "USD",
        "method": "card",
        "received_at": "2026-03-02T09:30:00Z",
        **members,
    }


def event(data: Json = None, **attributes: Json) -> Members:
    """Return a structured CloudEvent that says a payment succeeded."""
    return {
        "specversion": "1.0",
        "id": "pay-1/succeeded",
        "source": "urn:north:billing",
        "type": "payment.succeeded",
        "time": clock.now().isoformat(),
        "data": payment() if data is None else data,
        **attributes,
    }


def ndjson(*events: Json) -> bytes:
    """Write events one a line."""
    return b"\n".join(json.dumps(one).encode() for one in events)
