"""Exports: a row and a ring, a state read from two tables, and one document per request."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from redis.asyncio import Redis

from careledger import clock
from careledger.tasks import EXPORTS_QUEUE, RENDER_EXPORT
from report_api.exports import exports_to_ring_for
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
WANTED = {
    "report": "revenue",
    "parameters": {"start_date": "2026-01-01", "end_date": "2026-01-31", "granularity": "week"},
}
Attempt = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
async def _told(report_api: RunningReportApi) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    return await report_api.user("finance")


@pytest.fixture
async def asked(finance: httpx2.AsyncClient) -> dict[str, Any]:
    return (await finance.post(EXPORTS, json=WANTED)).json()


@pytest.fixture
def attempt(report_api: RunningReportApi) -> Attempt:
    """What a worker writes: an attempt with a lease, and how it ended."""

    async def write(
        export_id: str, number: int = 1, *, lease: str = "1 minute", **end: str
    ) -> None:
        row = {
            "export_id": export_id,
            "attempt": number,
            "worker": "a worker",
            "started_at": clock.now(),
            **({"ended_at": clock.now()} if end else {}),
            **end,
        }
        places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
        await report_api.connection.execute(
            f"INSERT INTO export_attempts ({', '.join(row)}, leased_until)"  # noqa: S608 - our names
            f" VALUES ({places}, now() + interval '{lease}')",
            *row.values(),
        )

    return write


async def state(client: httpx2.AsyncClient, export_id: str) -> str:
    return (await client.get(f"{EXPORTS}/{export_id}")).json()["state"]


async def test_asking_answers_202_and_where_to_look(finance: httpx2.AsyncClient) -> None:
    answer = await finance.post(EXPORTS, json=WANTED)
    looked = await finance.get(answer.headers["location"])

    assert answer.status_code == 202
    assert looked.json() == answer.json()
    assert looked.json()["state"] == "queued"


async def test_the_export_has_the_digest_of_the_screen(
    finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    screen = await finance.get("/api/v1/reports/revenue", params=WANTED["parameters"])  # pyright: ignore[reportArgumentType]

    assert asked["digest"] == screen.json()["meta"]["digest"]
    assert asked["watermark"] == screen.json()["meta"]["watermark"]


async def test_the_worker_is_told_the_id_and_nothing_else(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    url = report_api.settings.redis_url.get_secret_value()
    async with Redis.from_url(url) as redis:  # pyright: ignore[reportUnknownMemberType]

        async def rung() -> list[str]:
            waiting: list[Any] = await redis.lrange(EXPORTS_QUEUE, 0, -1)  # pyright: ignore[reportGeneralTypeIssues]
            return [one.decode() for one in waiting if asked["export_id"].encode() in one]

        (message,) = await seen(rung, bool)

    assert RENDER_EXPORT in message
    assert "harbor" not in message


async def test_the_same_question_is_the_same_export(
    finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    again = await finance.post(EXPORTS, json=WANTED)

    assert again.json()["export_id"] == asked["export_id"]


async def test_another_user_has_an_export_of_his_own(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    other = await report_api.user("finance")

    own = (await other.post(EXPORTS, json=WANTED)).json()

    assert own["export_id"] != asked["export_id"]
    assert (await other.get(f"{EXPORTS}/{asked['export_id']}")).status_code == 404


async def test_a_failed_export_can_be_asked_for_anew(
    finance: httpx2.AsyncClient, asked: dict[str, Any], attempt: Attempt
) -> None:
    await attempt(asked["export_id"], outcome="refused", problem="Too many rows.")

    looked = (await finance.get(f"{EXPORTS}/{asked['export_id']}")).json()
    again = (await finance.post(EXPORTS, json=WANTED)).json()

    assert (looked["state"], looked["problem"]) == ("failed", "Too many rows.")
    assert again["export_id"] != asked["export_id"]


async def test_a_lease_that_runs_out_queues_the_export_again_twice(
    finance: httpx2.AsyncClient, asked: dict[str, Any], attempt: Attempt
) -> None:
    export_id = asked["export_id"]
    states: list[str] = []

    for number in (1, 2, 3):
        await attempt(export_id, number, lease="-1 second")
        states.append(await state(finance, export_id))

    assert states == ["queued", "queued", "failed"]


async def test_an_export_at_work_is_rendering(
    finance: httpx2.AsyncClient, asked: dict[str, Any], attempt: Attempt
) -> None:
    await attempt(asked["export_id"])

    assert await state(finance, asked["export_id"]) == "rendering"


async def test_a_canceled_export_stays_canceled(
    finance: httpx2.AsyncClient, asked: dict[str, Any]
) -> None:
    answer = await finance.delete(f"{EXPORTS}/{asked['export_id']}")

    assert answer.status_code == 204
    assert await state(finance, asked["export_id"]) == "canceled"


async def test_an_export_nobody_works_on_is_rung_for_again(
    report_api: RunningReportApi, asked: dict[str, Any]
) -> None:
    await report_api.connection.execute("UPDATE exports SET rung_at = rung_at - interval '31 s'")

    first = await exports_to_ring_for(report_api.connection)
    second = await exports_to_ring_for(report_api.connection)

    assert (first, second) == ([asked["export_id"]], [])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"report": "patients"},
        {"report": "revenue", "format": "xlsx"},
        {"report": "revenue", "parameters": {"granularity": "hour"}},
        {"report": "revenue", "parameters": {"owner": "me"}},
        {"report": "revenue", "state": "ready"},
    ],
)
async def test_a_request_of_another_shape_is_refused(
    finance: httpx2.AsyncClient, body: dict[str, Any]
) -> None:
    assert (await finance.post(EXPORTS, json=body)).status_code == 422


async def test_a_request_without_its_report_is_told_so(finance: httpx2.AsyncClient) -> None:
    (told,) = (await finance.post(EXPORTS, json={})).json()["errors"]

    assert told["problem"] == "'report' is required"


async def test_nobody_exports_what_he_may_not_read(report_api: RunningReportApi) -> None:
    staff = await report_api.user("staff")

    assert (await staff.post(EXPORTS, json=WANTED)).status_code == 403


async def test_an_unknown_export_is_not_there(finance: httpx2.AsyncClient) -> None:
    for export_id in ("01890000-0000-7000-8000-000000000000", "not-an-id"):
        assert (await finance.get(f"{EXPORTS}/{export_id}")).status_code in (404, 422)
