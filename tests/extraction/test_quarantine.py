"""What was refused is listed, looked at, put right and replayed, or dismissed, by who may."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import httpx2
import msgspec
import pytest
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner, Result

from careledger.audit_trail import operator
from careledger.control import REPLAYS_PATH
from careledger.events.envelope import from_headers
from report_api.cli import app
from report_api.run_control import RunControl
from support.aggregators import Installation
from support.ingest import RunningIngest
from support.polling import seen
from support.report_api import SECRET, RunningReportApi

pytestmark = pytest.mark.integration
QUARANTINE = "/api/v1/reports/quarantine"
_HEADERS = [
    ("ce_specversion", b"1.0"),
    ("ce_id", b"pay-1"),
    ("ce_source", b"urn:partner"),
    ("ce_type", b"payment.succeeded"),
    ("ce_time", b"2026-03-02T09:30:00Z"),
]
_BODY = {
    "clinic_id": "north",
    "patient_id": "P-1",
    "payment_id": "pay-1",
    "amount": 12500,
    "currency": "XXX",
    "method": "card",
    "received_at": "2026-03-02T09:30:00Z",
}


@pytest.fixture
async def admin(
    report_api: RunningReportApi, ingest: RunningIngest, installation: Installation
) -> AsyncGenerator[httpx2.AsyncClient]:
    """An administrator, once a partner's event without a currency lies in quarantine."""
    control = RunControl(ingest.url, SECRET)
    report_api.app.state.run_control = control
    installation.start_aggregator()
    producer = AIOKafkaProducer(bootstrap_servers=ingest.settings.kafka_bootstrap)
    await producer.start()
    body = msgspec.json.encode(_BODY)
    await producer.send_and_wait(ingest.topic("payment-intake"), body, key=b"P-1", headers=_HEADERS)
    await producer.stop()
    admin = await report_api.user("admin")
    await seen(lambda: records(admin), bool, timeout_seconds=60)
    yield admin
    await control.close()


@pytest.fixture
def command(
    report_api: RunningReportApi, ingest: RunningIngest, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Awaitable[Result]]:
    """Runs `report-api quarantine` as an operator would."""
    address = report_api.settings.database_url.get_secret_value()
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", address)
    monkeypatch.setenv("CARELEDGER_SECRET", SECRET)
    monkeypatch.setenv("CARELEDGER_INGEST_URL", ingest.url)

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ("quarantine", *arguments))

    return run


async def records(client: httpx2.AsyncClient, **filters: str) -> list[dict[str, Any]]:
    return (await client.get(QUARANTINE, params=filters)).json()["records"]


async def test_a_record_is_put_right_and_replayed_once(
    admin: httpx2.AsyncClient, ingest: RunningIngest, report_api: RunningReportApi
) -> None:
    (record,) = await records(admin, status="open")
    where = f"{QUARANTINE}/{record['quarantine_id']}"
    unchanged = await admin.post(f"{where}/replay", json={})
    foreign = await admin.post(f"{where}/replay", json={"corrections": {"ssn": "1"}})
    replayed = await admin.post(f"{where}/replay", json={"corrections": {"currency": "USD"}})
    again = await admin.post(f"{where}/replay", json={"corrections": {"currency": "USD"}})

    assert (unchanged.status_code, foreign.status_code, again.status_code) == (422, 422, 409)
    assert again.json()["type"] == "/problems/wrong-state"
    assert replayed.status_code == 200, replayed.text
    assert (replayed.json()["status"], replayed.json()["event_id"]) == ("replayed", "pay-1")
    (published,) = await ingest.records()
    assert from_headers(published.headers).id == "pay-1"
    assert msgspec.json.decode(published.value or b"")["currency"] == "USD"
    auditor = await report_api.user("auditor")
    (seen_by_auditor,) = await records(auditor)
    assert "patient_id" in record["fields"]
    assert "patient_id" not in seen_by_auditor["fields"]


async def test_a_record_is_dismissed_with_a_reason_and_stays_so(
    admin: httpx2.AsyncClient, report_api: RunningReportApi
) -> None:
    (record,) = await records(admin)
    where = f"{QUARANTINE}/{record['quarantine_id']}"
    finance = await report_api.user("finance")
    elsewhere = await report_api.user("finance", clinic_ids=["south"])

    refused = await finance.post(f"{where}/dismiss", json={"reason": "duplicate"})
    hidden = await elsewhere.get(where)
    dismissed = await admin.post(f"{where}/dismiss", json={"reason": "duplicate"})

    assert (refused.status_code, hidden.status_code) == (403, 404)
    assert dismissed.json()["dismissed_as"] == "duplicate"
    assert await records(admin, status="open") == []
    assert (await admin.post(f"{where}/replay", json={})).status_code == 409


async def test_who_decides_for_some_clinics_moves_no_record_into_another(
    admin: httpx2.AsyncClient, ingest: RunningIngest, report_api: RunningReportApi
) -> None:
    (record,) = await records(admin)
    clinic_id = record["fields"]["clinic_id"]
    bound = await report_api.user("admin", clinic_ids=[clinic_id])

    moved = await bound.post(
        f"{QUARANTINE}/{record['quarantine_id']}/replay",
        json={"corrections": {"currency": "USD", "clinic_id": "elsewhere"}},
    )

    assert moved.status_code == 404
    assert [one["status"] for one in await records(admin)] == ["open"]
    assert await ingest.records() == []


async def test_the_internal_route_of_replays_is_closed_without_its_token(
    ingest: RunningIngest,
) -> None:
    answer = await ingest.client.post(REPLAYS_PATH, json={})

    assert answer.status_code == 401


async def test_by_command_a_record_is_looked_at_put_right_and_replayed_once(
    admin: httpx2.AsyncClient, ingest: RunningIngest, command: Callable[..., Awaitable[Result]]
) -> None:
    (record,) = await records(admin)
    number = str(record["quarantine_id"])

    listed = await command("list")
    shown = await command("show", number)
    refused = await command("replay", number)
    replayed = await command("replay", number, "--set", "currency=USD", "--set", "amount=13000")
    again = await command("replay", number)

    assert number in listed.output
    assert "currency_invalid" in listed.output
    assert "fields.payment_id  pay-1" in shown.output
    assert "currency" in str(refused.exception)
    assert "replayed: the event lies at " in replayed.output, replayed.exception
    assert "decided about before" in str(again.exception)
    (published,) = await ingest.records()
    data = msgspec.json.decode(published.value or b"")
    assert (data["currency"], data["amount"]) == ("USD", 13000)
    assert (await records(admin))[0]["decided_by"] == operator()
    assert "currency_invalid" not in (await command("list")).output


async def test_by_command_a_record_is_dismissed_and_every_look_and_decision_is_recorded(
    admin: httpx2.AsyncClient,
    report_api: RunningReportApi,
    command: Callable[..., Awaitable[Result]],
) -> None:
    (record,) = await records(admin)
    number = str(record["quarantine_id"])

    await command("list")
    await command("show", number)
    dismissed = await command("dismiss", number, "--reason", "not_needed")
    missing = await command("show", "999999")
    wrong = await command("replay", number, "--set", "amount=12.50")

    assert dismissed.output == "dismissed\n", dismissed.exception
    assert missing.exception is not None
    assert "whole number" in str(wrong.exception)
    found = await report_api.connection.fetch(
        """SELECT action FROM (
            SELECT convert_from(record, 'UTF8')::jsonb ->> 'action' AS action,
                convert_from(record, 'UTF8')::jsonb ->> 'actor' AS actor, record_id
            FROM reporting.audit_outbox
            UNION ALL
            SELECT action, actor, record_id FROM reporting.audit_log
        ) AS told WHERE actor = $1 ORDER BY record_id""",
        operator(),
    )
    assert [row["action"] for row in found] == [
        "quarantine.viewed",
        "quarantine.viewed",
        "quarantine.decided",
    ]
