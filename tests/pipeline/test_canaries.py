"""Names, numbers and addresses of patients, sent every way in, are nowhere behind ingest.

Looked through are answers, logs, topics, every row of every table, what lies in Redis, and the
documents. A sample goes the way of all in `make test`; ten thousand do in `make test-long`.
"""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from pypdf import PdfReader

from careledger.events.topics import PAYMENT_INTAKE, TOPICS
from report_api.readiness import redis_client
from support.aggregators import Installation
from support.canaries import (
    Canary,
    canaries_in,
    canary,
    numbers_of,
    rows_of,
    values_of_redis,
)
from support.exports import ask, render, status
from support.ingest import RunningIngest
from support.ingest_command import environment, run
from support.practice import make_practice
from support.report_api import RunningReportApi
from support.synthea_files import CLAIM, PATIENT, write_export
from support.topics import write_records

pytestmark = pytest.mark.e2e

STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
LINES = {"content-type": "application/x-ndjson"}
_BATCH_MAX = 100


def payment(one: Canary, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "clinic_id": "main-street",
        "patient_id": f"p-{one.number}",
        "payment_id": f"y-{one.number}",
        "amount": 100,
        "currency": "USD",
        "method": "card",
        "received_at": "2026-03-05T15:00:00Z",
        **one.personal,
        **changes,
    }


def structured(one: Canary, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "specversion": "1.0",
        "id": f"e-{one.number}",
        "source": "practice",
        "type": "payment.succeeded",
        "time": "2026-03-05T15:00:00Z",
        "data": payment(one, **changes),
    }


def binary(one: Canary) -> dict[str, str]:
    return {
        "content-type": "application/json",
        "ce-specversion": "1.0",
        "ce-id": f"e-{one.number}",
        "ce-source": "practice",
        "ce-type": "payment.succeeded",
        "ce-time": "2026-03-05T15:00:00Z",
    }


@pytest.mark.parametrize("count", [60, pytest.param(10_000, marks=pytest.mark.long)])
async def test_no_canary_is_found_behind_ingest(
    installation: Installation,
    ingest: RunningIngest,
    report_api: RunningReportApi,
    count: int,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    flock = [canary(number) for number in range(1, count + 1)]
    aggregator = installation.start_aggregator()
    finance = await report_api.user("finance")

    behind = await _send_through_every_way(installation, ingest, flock)
    behind += await _import(ingest, flock, tmp_path)
    await installation.ready(aggregator)
    await ingest.records_once("payment-events", count)
    await installation.caught_up()
    behind += await _ask_with_everything(report_api, finance, flock)
    found = await finance.post(
        "/api/v1/reports/patients/search", json={"name": f"{flock[0].given} {flock[0].family}"}
    )
    behind += [found.text, *await _document(report_api, finance)]
    await report_api.app.state.unattributed.flush(report_api.gate.pool)
    out, err = capfd.readouterr()
    behind += [installation.output(), out, err]
    behind += [await _topic(ingest, topic.name) for topic in TOPICS if topic is not PAYMENT_INTAKE]
    connection = await asyncpg.connect(installation.database_url)
    behind += await rows_of(connection)
    await connection.close()
    async with redis_client(report_api.settings.redis_url.get_secret_value()) as redis:
        behind += await values_of_redis(redis)

    # Found all the same: the search knows the name by its hash.
    assert "p-1" in {patient["patient_id"] for patient in found.json()["patients"]}
    known = numbers_of(flock)
    assert [leak for text in behind for leak in canaries_in(text, known)] == []


def test_what_looks_for_canaries_finds_every_kind_of_them() -> None:
    one = canary(4_711)
    known = numbers_of([one])

    for text in (*one[1:], one.ssn.replace("-", ""), one.phone.replace("-", ""), "(555) 100-4711"):
        assert canaries_in(f'{{"some": "{text}"}}', known), text
    assert canaries_in("amount 900011111, at 2026-03-05T15:00:00.123456Z", known) == []


async def _send_through_every_way(
    installation: Installation, ingest: RunningIngest, flock: list[Canary]
) -> list[str]:
    post = ingest.client.post
    one, two, three, four, five, *rest = flock
    batch, lines = rest[:_BATCH_MAX:2], [*rest[1:_BATCH_MAX:2], *rest[_BATCH_MAX:]]
    refused = [
        structured(two, patient_id=two.email),
        structured(two, method=two.note),
        structured(two, amount=two.ssn),
        structured(two, patient_id=two.ssn),
        {**structured(two), "subject": two.family, "type": two.family},
    ]
    answers = [
        await post("/v1/events", content=json.dumps(payment(one)), headers=binary(one)),
        await post("/v1/events", content=json.dumps(structured(two)), headers=STRUCTURED),
        await post("/v1/events", json=[structured(each) for each in batch], headers=BATCH),
        await post(
            "/v1/events",
            content="\n".join(json.dumps(structured(each)) for each in [three, *lines]),
            headers=LINES,
        ),
        *[
            await post("/v1/events", content=json.dumps(each), headers=STRUCTURED)
            for each in refused
        ],
        await post(f"/v1/events?name={one.family}", json=structured(one), headers=STRUCTURED),
        await post("/v1/events", content=one.family, headers={**BATCH, "x-name": one.family}),
        await post("/v1/events", json={}, headers={"authorization": f"Bearer {one.family}"}),
        await ingest.client.get(f"/{one.family}"),
    ]
    assert [answer.status_code for answer in answers[:4]] == [202] * 4
    headers = [(name.replace("ce-", "ce_"), value.encode()) for name, value in binary(four).items()]
    await write_records(
        installation.bootstrap,
        ingest.topic(PAYMENT_INTAKE.name),
        [
            (b"p-4", json.dumps(payment(four)).encode(), headers),
            (b"p-5", json.dumps(payment(five, amount=five.ssn)).encode(), headers),
            (five.email.encode(), json.dumps(payment(five)).encode(), headers),
            (b"p-5", five.note.encode(), [*headers, ("x-name", five.family.encode())]),
        ],
    )
    return [f"{answer.headers!r} {answer.text}" for answer in answers]


async def _import(ingest: RunningIngest, flock: list[Canary], folder: Path) -> list[str]:
    """Bring them in by file, and out of a practice's own database."""
    one = flock[0]
    patient = {**PATIENT, "FIRST": one.given, "LAST": one.family, "SSN": one.ssn}
    export = folder / "synthea"
    export.mkdir()
    write_export(export, patients=[patient, {**patient, "Id": one.ssn}], claims=[CLAIM])
    practice = make_practice(folder, rows=())
    practice.fill(
        "patients", [(f"q-{each.number}", each.given, each.family) for each in flock[:20]]
    )
    practice.fill(
        "payments",
        [
            (
                f"z-{each.number}",
                f"q-{each.number}" if each.number % 2 else each.email,
                None,
                5,
                "card" if each.number % 3 else each.note,
                "2026-01-10 12:00:00",
                "paid",
                "2026-01-10 12:00:01",
            )
            for each in flock[:20]
        ],
    )
    env = environment(ingest.settings)
    ended = [
        await run("import", "synthea", str(export), env=env, cwd=folder),
        await run("extract", "run", *practice.options, env=env, cwd=folder),
    ]
    assert [one.code for one in ended] == [0, 0], ended
    return [f"{one.out} {one.err}" for one in ended]


async def _ask_with_everything(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, flock: list[Canary]
) -> list[str]:
    """Put them where callers put them by mistake: paths, queries, headers, forms, bodies."""
    one = flock[0]
    auditor = await report_api.user("auditor")
    odd = {
        "x-request-id": one.family,
        "user-agent": one.email,
        "traceparent": one.ssn,
        "referer": f"https://practice.example/{one.family}",
    }
    answers = [
        await finance.get(f"/api/v1/reports/patients/{one.email}/history", headers=odd),
        await finance.get(f"/api/v1/reports/patients/{one.given} {one.family}/history"),
        await finance.get("/api/v1/reports/patients", params={"patient_id": f"{one.given} x"}),
        await finance.get("/api/v1/reports/revenue", params={"name": one.family}),
        await finance.get("/api/v1/reports/revenue", params={one.family: "1"}),
        await finance.get("/api/v1/reports/revenue", params={"cursor": one.ssn}),
        await finance.get("/api/v1/reports/patients/p-1/history", headers=odd),
        await finance.post("/api/v1/reports/patients/search", json={"nome": one.family}),
        await finance.post("/api/v1/reports/patients/search", content=one.family.encode()),
        await finance.post("/api/v1/reports/exports", json={"report": one.family}),
        await finance.post(
            "/api/v1/reports/exports",
            json={"report": "revenue", "title": one.family},
            headers={"idempotency-key": one.email},
        ),
        await auditor.get("/api/v1/audit", params={"actor": one.family, "resource": one.email}),
        await auditor.get("/api/v1/audit", params={"patient_id": f"{one.given} {one.family}"}),
        await report_api.anybody.get(f"/{one.family}"),
        await report_api.anybody.post(
            "/api/v1/auth/token",
            data={"grant_type": "password", "username": one.email, "password": one.ssn},
        ),
        await report_api.anybody.post(
            "/api/v1/auth/token", data={"grant_type": one.family, "refresh_token": one.ssn}
        ),
        await report_api.anybody.get("/metrics"),
        await report_api.anybody.get("/readyz?verbose=true"),
    ]
    answers += [
        await finance.post(
            "/api/v1/reports/patients/search", json={"name": f"{each.family} {each.given}"}
        )
        for each in flock[:: max(1, len(flock) // 200)]
    ]
    return [f"{answer.headers!r} {answer.text}" for answer in answers]


async def _document(report_api: RunningReportApi, finance: httpx2.AsyncClient) -> list[str]:
    """Render a report; return the file as bytes and as the text it shows."""
    export_id = (await ask(finance))["export_id"]
    await render(report_api.settings, export_id)
    ready = await status(finance, export_id)
    file = (await report_api.anybody.get(ready["file"]["href"])).content
    reader = PdfReader(BytesIO(file))
    shown = [page.extract_text() for page in reader.pages]
    return [file.decode("latin-1"), *shown, str(reader.metadata)]


async def _topic(ingest: RunningIngest, name: str) -> str:
    return "\n".join(
        f"{record.key!r} {record.value!r} {record.headers!r}"
        for record in await ingest.records(name)
    )
