"""An account has only so many exports under way; one more is refused until one has ended."""

from typing import Any

import httpx2
import pytest

from careledger import clock
from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
GRANULARITIES = ("day", "week", "month")


@pytest.fixture
def report_api_settings(report_api_settings: ReportApiSettings) -> ReportApiSettings:
    return report_api_settings.model_copy(update={"export_open_max": 2})


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


async def ask(client: httpx2.AsyncClient, granularity: str) -> httpx2.Response:
    question = {"start_date": "2026-01-01", "end_date": "2026-01-31", "granularity": granularity}
    return await client.post(EXPORTS, json={"report": "revenue", "parameters": question})


async def ended(report_api: RunningReportApi, export_id: str, outcome: str) -> None:
    await report_api.connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until,"
        " ended_at, outcome, problem, result_key, result_bytes, result_sha256, page_count, digest)"
        " VALUES ($1, 1, 'w', $2, $2, $2, $3, NULL, $4, 1, 's', 1, 'd')",
        export_id,
        clock.now(),
        outcome,
        f"{export_id}.pdf" if outcome == "ready" else None,
    )


async def test_one_more_than_allowed_is_refused_with_when_to_ask_again(
    finance: httpx2.AsyncClient,
) -> None:
    answers = [await ask(finance, granularity) for granularity in GRANULARITIES]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[2].headers["retry-after"]) > 0
    assert answers[2].json()["type"] == "/problems/too-many-requests"
    assert "2 exports under way" in answers[2].json()["detail"]


async def test_the_refusal_is_recorded(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    for granularity in GRANULARITIES:
        await ask(finance, granularity)

    record = (await report_api.audit_records())[-1]
    assert (record["action"], record["outcome"]) == ("export.requested", "failure")
    assert record["details"]["status"] == 429


async def test_the_same_export_once_more_is_none_too_many(finance: httpx2.AsyncClient) -> None:
    asked = [(await ask(finance, granularity)).json() for granularity in GRANULARITIES[:2]]

    again = await ask(finance, GRANULARITIES[0])

    assert again.status_code == 202
    assert again.json()["export_id"] == asked[0]["export_id"]


@pytest.mark.parametrize("outcome", ["ready", "refused"])
async def test_one_that_ended_makes_room(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, outcome: str
) -> None:
    asked = [(await ask(finance, granularity)).json() for granularity in GRANULARITIES[:2]]

    await ended(report_api, asked[0]["export_id"], outcome)

    assert (await ask(finance, GRANULARITIES[2])).status_code == 202


async def test_one_that_was_canceled_makes_room(finance: httpx2.AsyncClient) -> None:
    asked = [(await ask(finance, granularity)).json() for granularity in GRANULARITIES[:2]]

    await finance.delete(f"{EXPORTS}/{asked[1]['export_id']}")

    assert (await ask(finance, GRANULARITIES[2])).status_code == 202


async def test_others_are_counted_by_themselves(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    for granularity in GRANULARITIES:
        await ask(finance, granularity)
    other = await report_api.user("finance")

    assert (await ask(other, GRANULARITIES[0])).status_code == 202


async def test_a_retry_is_one_more(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    failed: dict[str, Any] = (await ask(finance, GRANULARITIES[0])).json()
    await ended(report_api, failed["export_id"], "refused")
    for granularity in GRANULARITIES[1:]:
        await ask(finance, granularity)

    answer = await finance.post(f"{EXPORTS}/{failed['export_id']}/retry")

    assert answer.status_code == 429
