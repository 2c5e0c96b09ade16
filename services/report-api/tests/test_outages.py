"""PostgreSQL away: no answer and no data; Redis away: reports go on. Both heal by themselves."""

import time
from contextlib import AsyncExitStack

import httpx2
import pytest
from pydantic import SecretStr

from report_api.settings import ReportApiSettings
from support.databases import give_back, take_away
from support.polling import seen
from support.report_api import PASSWORD, RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue"
NO_REDIS = "redis://127.0.0.1:1/0"


class Postgres:
    """Takes a database away from everybody, and gives it back."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def take_away(self) -> None:
        await take_away(self._url)

    async def give_back(self) -> None:
        await give_back(self._url)


@pytest.fixture
def postgres(database_url: str) -> Postgres:
    return Postgres(database_url)


async def test_without_postgresql_nothing_is_answered_and_then_everything_again(
    report_api: RunningReportApi, postgres: Postgres
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")
    assert (await client.get(REVENUE)).status_code == 200

    await postgres.take_away()
    began = time.monotonic()
    away = await client.get(REVENUE)
    signing_in = await report_api.anybody.post(
        "/api/v1/auth/token",
        data={"grant_type": "password", "username": "ada", "password": PASSWORD},
    )
    readiness = await report_api.anybody.get("/readyz?verbose=true")
    passed = time.monotonic() - began
    await postgres.give_back()

    assert (away.status_code, signing_in.status_code, readiness.status_code) == (503, 503, 503)
    assert int(away.headers["retry-after"]) > 0
    assert "2500" not in away.text
    assert readiness.json()["checks"]["postgres"] == "away"
    assert passed < 5

    async def answered() -> int:
        return (await client.get(REVENUE)).status_code

    assert await seen(answered, lambda status: status == 200, timeout_seconds=15)


async def test_a_statement_that_takes_too_long_is_given_up(
    report_api: RunningReportApi,
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")
    transaction = report_api.connection.transaction()
    await transaction.start()
    await report_api.connection.execute("LOCK TABLE revenue_daily_totals, revenue_metrics")

    answer = await client.get(f"{REVENUE}?start_date=2026-01-01&end_date=2026-01-31")
    await transaction.rollback()

    assert answer.status_code == 503


async def test_with_every_connection_in_use_it_says_so_and_when_to_ask_again(
    report_api: RunningReportApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report_api.access.ACQUIRE_SECONDS", 0.2)
    monkeypatch.setattr("report_api.signin.ACQUIRE_SECONDS", 0.2)
    client = await report_api.user("finance")
    async with AsyncExitStack() as others:
        for _ in range(report_api.settings.report_api_pool_size):
            await others.enter_async_context(report_api.gate.pool.acquire())

        answers = [
            await client.get(REVENUE),
            await report_api.anybody.post(
                "/api/v1/auth/token",
                data={"grant_type": "password", "username": "ada", "password": PASSWORD},
            ),
        ]

    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["detail"] == "Too many requests are being answered at once."
    assert (await client.get("/api/v1/account")).status_code == 200


async def test_ended_connections_are_replaced(
    report_api: RunningReportApi, postgres: Postgres
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")
    await client.get(REVENUE)
    await postgres.take_away()
    await postgres.give_back()

    async def answered() -> int:
        return (await client.get(REVENUE)).status_code

    assert await seen(answered, lambda status: status == 200, timeout_seconds=15)


@pytest.fixture
def without_redis(report_api_settings: ReportApiSettings) -> None:
    report_api_settings.redis_url = SecretStr(NO_REDIS)


@pytest.mark.usefixtures("without_redis")
async def test_without_redis_reports_are_answered_and_exports_are_kept(
    report_api: RunningReportApi,
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")

    viewed = await client.get(REVENUE)
    asked = await client.post("/api/v1/reports/exports", json={"report": "revenue"})
    kept = await client.get(asked.headers["location"])

    assert (viewed.status_code, asked.status_code) == (200, 202)
    assert kept.json()["state"] == "queued"


@pytest.mark.usefixtures("without_redis")
async def test_without_redis_and_kafka_the_service_says_so_and_stays_ready(
    report_api: RunningReportApi,
) -> None:
    answer: httpx2.Response = await report_api.anybody.get("/readyz?verbose=true")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"postgres": "ok", "redis": "away", "kafka": "away"}


async def test_without_postgresql_nothing_kept_is_answered_either(
    report_api: RunningReportApi, postgres: Postgres
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user("finance")
    question = f"{REVENUE}?start_date=2026-01-01&end_date=2026-01-31"
    await client.get(question)

    await postgres.take_away()
    away = await client.get(question)
    await postgres.give_back()

    assert away.status_code == 503
    assert "2500" not in away.text

    async def answered() -> int:
        return (await client.get(question)).status_code

    assert await seen(answered, lambda status: status == 200, timeout_seconds=15)
