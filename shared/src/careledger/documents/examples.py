"""One true-to-life example of everything that travels; tests hold each against its rules."""

from __future__ import annotations

from typing import Any, Final

_WHERE: Final[dict[str, Any]] = {"clinic_id": "north", "patient_id": "P-20417"}
_INVOICE: Final[dict[str, Any]] = {**_WHERE, "invoice_id": "inv-5541"}
_PAYMENT: Final[dict[str, Any]] = {**_WHERE, "payment_id": "pay-8812"}
_ATTEMPT: Final[dict[str, Any]] = {
    **_PAYMENT,
    "amount": 12500,
    "currency": "USD",
    "method": "card",
    "received_at": "2026-03-02T09:29:41-05:00",
    "payer_type": "patient",
    "invoice_id": "inv-5541",
}
_DISPUTE: Final[dict[str, Any]] = {
    **_PAYMENT,
    "dispute_id": "dsp-31",
    "amount": 12500,
    "currency": "USD",
    "fee": 1500,
}

DATA: Final[dict[str, dict[str, Any]]] = {
    "invoice.issued": {
        **_INVOICE,
        "amount": 40000,
        "currency": "USD",
        "issued_on": "2026-02-03",
        "payer_type": "patient",
        "service_date": "2026-01-29",
        "provider": "dr-adams",
        "category": "surgery",
        "installments": [
            {"due_on": "2026-03-05", "amount": 20000},
            {"due_on": "2026-04-05", "amount": 20000},
        ],
    },
    "invoice.adjusted": {
        **_INVOICE,
        "adjustment_id": "adj-77",
        "amount": -5000,
        "currency": "USD",
        "reason": "discount",
        "business_date": "2026-02-10",
    },
    "invoice.written_off": {
        **_INVOICE,
        "write_off_id": "wof-12",
        "amount": 2500,
        "currency": "USD",
    },
    "invoice.voided": _INVOICE,
    "invoice.responsibility_changed": {
        **_INVOICE,
        "payer_type": "insurance",
        "effective_on": "2026-02-20",
    },
    "invoice.due_date_changed": {**_INVOICE, "due_on": "2026-05-01"},
    "invoice.sent_to_collections": _INVOICE,
    "invoice.recalled_from_collections": _INVOICE,
    "payment.pending": _ATTEMPT,
    "payment.succeeded": _ATTEMPT,
    "payment.failed": _ATTEMPT,
    "payment.allocated": {
        **_PAYMENT,
        "allocation_id": "alc-5",
        "invoice_id": "inv-5602",
        "amount": 2500,
        "currency": "USD",
    },
    "payment.refunded": {
        **_PAYMENT,
        "refund_id": "rfd-9",
        "amount": 2000,
        "currency": "USD",
    },
    "payment.disputed": _DISPUTE,
    "payment.dispute_reversed": _DISPUTE,
    "payment.corrected": {
        **_PAYMENT,
        "correction_id": "cor-3",
        "amount": -1000,
        "currency": "USD",
        "business_date": "2026-03-02",
    },
    "patient.recorded": {
        **_WHERE,
        "name_tokens": [
            {
                "key_id": "1",
                "token": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
            }
        ],
    },
}
"""Event type to the data of one such event."""

AUDIT_RECORD: Final[dict[str, Any]] = {
    "id": "019cabe8-2f10-7c3e-9b55-0f6f1d2c7a41",
    "occurred_at": "2026-03-02T14:30:00.125Z",
    "service": "report-api",
    "action": "report.viewed",
    "outcome": "success",
    "actor_kind": "user",
    "actor": "finance",
    "resource": "/api/v1/reports/revenue",
    "clinic_ids": ["north"],
    "role": "finance",
    "remote": "192.0.2.17",
    "request_id": "019cabe8-2f0a-7d11-8c02-6a1b5c3d9e20",
}
AUDIT_CHECKPOINT: Final[dict[str, Any]] = {
    "statement": '{"statement":"audit-log","sequence":20000,"count":20000,"head":"9f86d081884c7d65'
    '9a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","sealed_at":"2026-03-02T14:31:00Z"}',
    "key_id": "3f1c9a2be07d4856",
    "signature": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8S"
    "NFZ4kA==",
    "algorithm": "Ed25519",
}
DEAD_LETTER: Final[dict[str, Any]] = {
    "topic": "payment-events",
    "partition": 2,
    "offset": 90417,
    "recorded_at": "2026-03-02T14:30:00Z",
    "reason": "currency_invalid",
    "problem": "currency is not an ISO 4217 code",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "source": "urn:north:billing",
    "event_id": "pay-8813/succeeded",
    "event_type": "payment.succeeded",
    "fields": {"clinic_id": "north", "patient_id": "P-20417", "amount": 12500},
}
REPORT_UPDATE: Final[dict[str, Any]] = {
    "clinic_id": "north",
    "reports": ["revenue", "patients", "outstanding"],
    "first_date": "2026-03-01",
    "last_date": "2026-03-02",
    "watermark": "0:90418,2:88210",
}


def attributes(event_type: str) -> dict[str, str]:
    """Return the CloudEvents attributes of the example of a type."""
    subject = DATA[event_type].get("payment_id") or DATA[event_type].get("invoice_id", "P-20417")
    return {
        "specversion": "1.0",
        "id": f"{subject}/{event_type.partition('.')[2]}",
        "source": "urn:north:billing",
        "type": event_type,
        "time": "2026-03-02T09:30:00-05:00",
    }
