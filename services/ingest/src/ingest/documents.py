"""What the OpenAPI document says about `POST /v1/events`, whose body FastAPI does not parse."""

from __future__ import annotations

from typing import Any, Final

from ingest.errors import (
    PROBLEM_MEDIA,
    BadRequestError,
    NothingAcceptedError,
    ProblemError,
    TooLargeError,
    TooSlowError,
    UnauthorizedError,
    UnreachableError,
    UnsupportedMediaError,
)
from ingest.media import Media

_DATA: Final = {
    "clinic_id": "north",
    "patient_id": "P-20417",
    "payment_id": "pay-8812",
    "amount": 12500,
    "currency": "USD",
    "method": "card",
    "received_at": "2026-03-02T09:30:00Z",
    "invoice_id": "inv-5541",
    "patient_name": {"family": "Nguyen", "given": ["Anna", "Maria"]},
}
_EVENT: Final = {
    "specversion": "1.0",
    "id": "pay-8812/succeeded",
    "source": "urn:north:billing",
    "type": "payment.succeeded",
    "time": "2026-03-02T09:30:00Z",
    "data": _DATA,
}
_OBJECT: Final = {"type": "object"}

EVENT_BODIES: Final[dict[str, Any]] = {
    "required": True,
    "description": (
        "CloudEvents 1.0. `patient_name` leaves ingest only as keyed hashes; unknown fields are "
        "dropped."
    ),
    "content": {
        Media.STRUCTURED: {"schema": _OBJECT, "example": _EVENT},
        Media.BATCH: {"schema": {"type": "array", "items": _OBJECT}, "example": [_EVENT]},
        Media.NDJSON: {"schema": {"type": "string", "description": "One event a line."}},
        Media.BINARY: {
            "schema": {
                **_OBJECT,
                "description": "The data; ce-specversion, ce-id, ce-source, ce-type and ce-time "
                "are headers.",
            },
            "example": _DATA,
        },
    },
}

_RECEIPT: Final = {
    "type": "object",
    "required": ["accepted", "rejected", "accepted_count", "rejected_count"],
    "properties": {
        "accepted": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["line", "id", "partition", "offset"],
                "properties": {
                    "line": {"type": "integer", "minimum": 1},
                    "id": {"type": "string"},
                    "partition": {"type": "integer", "minimum": 0},
                    "offset": {"type": "integer", "minimum": 0},
                },
            },
        },
        "rejected": {
            "type": "array",
            "description": "The first thousand.",
            "items": {
                "type": "object",
                "required": ["line", "reason", "problem"],
                "properties": {
                    "line": {"type": "integer", "minimum": 1},
                    "reason": {"type": "string"},
                    "problem": {"type": "string"},
                },
            },
        },
        "accepted_count": {"type": "integer", "minimum": 0},
        "rejected_count": {"type": "integer", "minimum": 0},
    },
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
_PROBLEMS: Final[tuple[type[ProblemError], ...]] = (
    BadRequestError,
    UnauthorizedError,
    TooSlowError,
    TooLargeError,
    UnsupportedMediaError,
    NothingAcceptedError,
    UnreachableError,
)
EVENT_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    202: {
        "description": "Kafka has acknowledged every accepted event",
        "content": {"application/json": {"schema": _RECEIPT}},
    },
    **{
        problem.status.value: {
            "description": problem.title,
            "content": {PROBLEM_MEDIA: {"schema": _PROBLEM}},
        }
        for problem in _PROBLEMS
    },
}
