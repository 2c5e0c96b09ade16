"""One's own exports are listed, a failed one is asked for again, and a huge one is refused."""

from typing import Any

import httpx2
import pytest

from careledger import clock
from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


async def ask(client: httpx2.AsyncClient, **parameters: str) -> httpx2.Response:
    question = {"start_date": "2026-01-01", "end_date": "2026-01-31", **parameters}
    return await client.post(EXPORTS, json={"report": "revenue", "parameters": question})


async def fail(report_api: RunningReportApi, export_id: str) -> None:
    await report_api.connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until,"
        " ended_at, outcome, problem) VALUES ($1, 1, 'w', $2, $2, $2, 'refused', 'Too much.')",
        export_id,
        clock.now(),
    )


async def test_ones_own_exports_are_listed_the_latest_first(finance: httpx2.AsyncClient) -> None:
    asked = [(await ask(finance, granularity=g)).json() for g in ("day", "week", "month")]

    first = (await finance.get(EXPORTS, params={"limit": "2"})).json()
    second = (await finance.get(EXPORTS, params={"limit": "2", "before": first["before"]})).json()

    listed = [*first["exports"], *second["exports"]]
    assert [e["export_id"] for e in listed] == [e["export_id"] for e in reversed(asked)]
    assert second["before"] is None


async def test_exports_of_others_are_not_listed(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    await ask(finance)
    other = await report_api.user("finance")

    assert (await other.get(EXPORTS)).json()["exports"] == []


async def test_a_failed_export_is_retried_with_the_same_figures(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    failed = (await ask(finance)).json()
    await fail(report_api, failed["export_id"])

    answer = await finance.post(f"{EXPORTS}/{failed['export_id']}/retry")

    again: dict[str, Any] = answer.json()
    assert answer.status_code == 202
    assert again["export_id"] != failed["export_id"]
    assert again["state"] == "queued"
    for fixed in ("digest", "watermark", "as_of", "parameters"):
        assert again[fixed] == failed[fixed]


async def test_a_failed_export_retried_twice_is_one_new_export(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    failed = (await ask(finance)).json()
    await fail(report_api, failed["export_id"])

    first = await finance.post(f"{EXPORTS}/{failed['export_id']}/retry")
    second = await finance.post(f"{EXPORTS}/{failed['export_id']}/retry")

    assert second.status_code == 202
    assert second.json()["export_id"] == first.json()["export_id"]


async def test_an_export_that_has_not_failed_is_not_retried(finance: httpx2.AsyncClient) -> None:
    asked = (await ask(finance)).json()

    answer = await finance.post(f"{EXPORTS}/{asked['export_id']}/retry")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/wrong-state")


async def test_nobody_retries_an_export_of_others(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    asked = (await ask(finance)).json()
    await fail(report_api, asked["export_id"])
    other = await report_api.user("finance")

    assert (await other.post(f"{EXPORTS}/{asked['export_id']}/retry")).status_code == 404


async def test_a_document_of_too_many_rows_is_refused_and_says_how_to_narrow(
    report_api_settings: ReportApiSettings, finance: httpx2.AsyncClient
) -> None:
    answer = await ask(finance, start_date="2000-01-01")

    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert str(report_api_settings.export_rows_max) in problem["problem"]
    assert "coarser granularity" in problem["problem"]
