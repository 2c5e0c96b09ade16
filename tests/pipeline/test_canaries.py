"""Names, numbers and addresses of patients, sent every way in, are nowhere behind ingest."""

import json
from typing import Any

import asyncpg
import pytest

from careledger.events.topics import PAYMENT_INTAKE, TOPICS
from support.aggregators import Installation
from support.ingest import RunningIngest
from support.report_api import RunningReportApi
from support.topics import write_records

pytestmark = pytest.mark.e2e

CANARIES = {
    "family": "Kanarievogel",
    "given": "Pieternella",
    "ssn": "999-88-7766",
    "phone": "+1-555-867-5309",
    "email": "pieternella@kanarie.example",
    "note": "lives above the bakery",
}
PERSONAL = {
    "patient_name": {"family": CANARIES["family"], "given": CANARIES["given"]},
    "ssn": CANARIES["ssn"],
    "phone": CANARIES["phone"],
    "contact": {"email": CANARIES["email"]},
    "memo": CANARIES["note"],
}
STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
LINES = {"content-type": "application/x-ndjson"}


def payment(number: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "clinic_id": "main-street",
        "patient_id": f"p-{number}",
        "payment_id": f"y-{number}",
        "amount": 100,
        "currency": "USD",
        "method": "card",
        "received_at": "2026-03-05T15:00:00Z",
        **PERSONAL,
        **changes,
    }


def structured(number: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "specversion": "1.0",
        "id": f"e-{number}",
        "source": "practice",
        "type": "payment.succeeded",
        "time": "2026-03-05T15:00:00Z",
        "data": payment(number, **changes),
    }


def binary(number: int) -> dict[str, str]:
    return {
        "content-type": "application/json",
        "ce-specversion": "1.0",
        "ce-id": f"e-{number}",
        "ce-source": "practice",
        "ce-type": "payment.succeeded",
        "ce-time": "2026-03-05T15:00:00Z",
    }


async def test_no_canary_is_found_behind_ingest(
    installation: Installation, ingest: RunningIngest, report_api: RunningReportApi
) -> None:
    aggregator = installation.start_aggregator()
    finance = await report_api.user("finance")
    answers = await _send_through_every_way(installation, ingest)
    await installation.ready(aggregator)
    await ingest.records_once("payment-events", 5)
    await installation.caught_up()

    found = await finance.post(
        "/api/v1/reports/patients/search",
        json={"name": f"{CANARIES['given']} {CANARIES['family']}"},
    )
    history = await finance.get("/api/v1/reports/patients/p-1/history")
    behind = [
        *answers,
        found.text,
        history.text,
        installation.output(),
        *[await _topic(ingest, topic.name) for topic in TOPICS if topic is not PAYMENT_INTAKE],
        *await _tables(installation),
    ]

    assert len(found.json()["patients"]) == 5
    for canary in CANARIES.values():
        assert not [text[:200] for text in behind if canary.lower() in text.lower()]


async def _send_through_every_way(installation: Installation, ingest: RunningIngest) -> list[str]:
    post = ingest.client.post
    answers = [
        await post("/v1/events", content=json.dumps(payment(1)), headers=binary(1)),
        await post("/v1/events", content=json.dumps(structured(2)), headers=STRUCTURED),
        await post("/v1/events", content=json.dumps([structured(3)]), headers=BATCH),
        await post("/v1/events", content=json.dumps(structured(4)), headers=LINES),
        await post(
            "/v1/events",
            content=json.dumps(structured(6, patient_id=CANARIES["email"])),
            headers=STRUCTURED,
        ),
        await post(
            "/v1/events",
            content=json.dumps(structured(7, method=CANARIES["note"])),
            headers=STRUCTURED,
        ),
    ]
    headers = [(name.replace("ce-", "ce_"), value.encode()) for name, value in binary(5).items()]
    refused = payment(8, amount=CANARIES["ssn"])
    await write_records(
        installation.bootstrap,
        ingest.topic(PAYMENT_INTAKE.name),
        [
            (b"p-5", json.dumps(payment(5)).encode(), headers),
            (b"p-8", json.dumps(refused).encode(), headers),
        ],
    )
    return [answer.text for answer in answers]


async def _topic(ingest: RunningIngest, name: str) -> str:
    return "\n".join(
        f"{record.key!r} {record.value!r} {record.headers!r}"
        for record in await ingest.records(name)
    )


async def _tables(installation: Installation) -> list[str]:
    """Return every row of every table as text."""
    connection = await asyncpg.connect(installation.database_url)
    tables = await connection.fetch(
        "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        " AND table_type = 'BASE TABLE'"
    )
    rows = [
        row["content"]
        for table in tables
        for row in await connection.fetch(f"SELECT t::text AS content FROM {table['name']} AS t")
    ]
    await connection.close()
    return rows
