"""An Idempotency-Key gives the first answer again, and does the work once."""

import asyncio

import httpx2
import pytest

from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


async def ask(client: httpx2.AsyncClient, key: str, granularity: str = "day") -> httpx2.Response:
    return await client.post(
        EXPORTS,
        json={"report": "revenue", "parameters": {"granularity": granularity}},
        headers={"idempotency-key": key},
    )


async def test_the_same_request_gets_the_same_answer(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    first = await ask(finance, "key-1")
    await report_api.told([tell("payment.succeeded", "2026-01-21", amount=1)])

    second = await ask(finance, "key-1")

    assert second.content == first.content
    assert second.headers["location"] == first.headers["location"]
    assert (second.status_code, second.headers["idempotency-replayed"]) == (202, "true")


async def test_another_request_with_the_key_is_refused(finance: httpx2.AsyncClient) -> None:
    await ask(finance, "key-1")

    assert (await ask(finance, "key-1", "month")).status_code == 422


async def test_a_key_belongs_to_its_owner(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    other = await report_api.user("finance")
    first = await ask(finance, "key-1")

    second = await ask(other, "key-1")

    assert second.json()["export_id"] != first.json()["export_id"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 129])
async def test_a_key_that_is_none_is_refused(finance: httpx2.AsyncClient, key: str) -> None:
    assert (await ask(finance, key)).status_code == 422


async def test_many_at_once_do_the_work_once(
    report_api: RunningReportApi, finance: httpx2.AsyncClient
) -> None:
    answers = await asyncio.gather(*(ask(finance, "key-1") for _ in range(20)))

    done = {answer.text for answer in answers if answer.status_code == 202}
    assert len(done) == 1
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert await report_api.connection.fetchval("SELECT count(*) FROM exports") == 1
