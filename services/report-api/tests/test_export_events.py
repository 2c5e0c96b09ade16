"""The progress of an export is told as it happens, to its owner alone."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest

from careledger import clock
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"


@pytest.fixture
async def finance(
    report_api: RunningReportApi, served_report_api: str
) -> AsyncGenerator[httpx2.AsyncClient]:
    """Over a socket: a client within the process would end a stream at its first event."""
    report_api.app.state.live.is_ending = False
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    headers = (await report_api.user("finance")).headers
    async with httpx2.AsyncClient(base_url=served_report_api, headers=headers) as client:
        yield client


@pytest.fixture
async def export_id(finance: httpx2.AsyncClient) -> str:
    return (await finance.post(EXPORTS, json={"report": "revenue"})).json()["export_id"]


def events(body: str) -> list[str]:
    return [line.removeprefix("data: ") for line in body.splitlines() if line.startswith("data: ")]


async def test_it_is_told_until_it_has_ended(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, export_id: str
) -> None:
    now = clock.now()
    listening = asyncio.create_task(finance.get(f"{EXPORTS}/{export_id}/events"))
    await asyncio.sleep(0)
    await report_api.connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until,"
        " progress_percent, ended_at, outcome, problem)"
        " VALUES ($1, 1, 'w', $2, $2, 45, $2, 'refused', 'Too much.')",
        export_id,
        now,
    )

    answer = await asyncio.wait_for(listening, 30)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events(answer.text)[-1] == '{"state":"failed","progress_percent":45}'


async def test_nobody_follows_the_export_of_others(
    report_api: RunningReportApi, export_id: str
) -> None:
    other = await report_api.user("finance")

    assert (await other.get(f"{EXPORTS}/{export_id}/events")).status_code == 404


async def test_following_is_recorded(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, export_id: str
) -> None:
    await finance.delete(f"{EXPORTS}/{export_id}")

    answer = await finance.get(f"{EXPORTS}/{export_id}/events")

    record: dict[str, Any] = (await report_api.audit_records())[-1]
    assert events(answer.text) == ['{"state":"canceled","progress_percent":0}']
    assert (record["action"], record["details"]["export_id"]) == ("export.viewed", export_id)
