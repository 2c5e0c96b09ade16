"""Answers and audit records, counted over every route, account and outcome: they are equal.

Kafka is away in all of them: answers go on and their records wait in the outbox. While PostgreSQL
is away too there is no data; and every record is there before the first byte of its answer.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import httpx2
import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from careledger.postgres import Connection
from report_api.permissions import Role
from report_api.settings import ReportApiSettings
from support.databases import give_back, take_away
from support.every_route import ask_everything, counted
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

_BACK_SECONDS: Final = 20


@pytest.fixture(autouse=True)
def _without_kafka(report_api_settings: ReportApiSettings) -> None:
    report_api_settings.kafka_bootstrap = "127.0.0.1:1"


async def accounts(report_api: RunningReportApi) -> list[httpx2.AsyncClient]:
    roles = [await report_api.user(role) for role in Role]
    partner = await report_api.partner("revenue:read")
    stranger = await report_api.client("not-a-token")
    return [*roles, partner, stranger, report_api.anybody]


async def test_every_answer_to_everybody_has_its_record(report_api: RunningReportApi) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])

    everybody = await accounts(report_api)
    admin, auditor = await report_api.user("admin"), await report_api.user("auditor")

    answers = [
        *await ask_everything(report_api, *everybody, ways=1),
        *await ask_everything(report_api, admin, auditor),
    ]
    records = await report_api.audit_records()
    readiness = await report_api.anybody.get("/readyz?verbose=true")

    assert counted(records) == len(answers)
    assert (readiness.status_code, readiness.json()["checks"]["kafka"]) == (200, "away")
    told = Counter(record["request_id"] for record in records if "request_id" in record)
    assert set(told.values()) == {1}
    assert {answer.headers["x-request-id"] for answer in answers if answer.is_success} <= set(told)
    assert {200, 401, 403, 404, 422} <= {answer.status_code for answer in answers}
    assert not [answer.request.url for answer in answers if answer.status_code == 500]


async def test_without_postgresql_there_is_no_data_and_the_answers_are_counted(
    report_api: RunningReportApi,
    database_url: str,
    record_property: Callable[[str, object], None],
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    admin = await report_api.user("admin")
    before = await ask_everything(report_api, admin, ways=1)

    await take_away(database_url)
    away = await ask_everything(report_api, admin, report_api.anybody, ways=1)
    unready = await report_api.anybody.get("/readyz")
    await give_back(database_url)
    given_back = time.monotonic()
    ready = await seen(
        lambda: report_api.anybody.get("/readyz"),
        lambda answer: answer.status_code == 200,
        timeout_seconds=_BACK_SECONDS,
    )
    record_property("seconds_until_ready", round(time.monotonic() - given_back, 1))
    after = await ask_everything(report_api, admin, ways=1)

    assert not [answer.request.url for answer in away if answer.is_success]
    assert not [answer.request.url for answer in away if "2500" in answer.text]
    assert {503} <= {answer.status_code for answer in away} <= {401, 404, 415, 422, 503}
    assert (unready.status_code, ready.status_code) == (503, 200)
    assert [one.status_code for one in after] == [one.status_code for one in before]
    await report_api.reconnect()
    assert counted(await report_api.audit_records()) == len([*before, *away, *after])


class Watched:
    """Looks into the outbox in the moment in which an answer begins to leave."""

    def __init__(self, app: Any, connection: Connection) -> None:  # noqa: ANN401 - any application
        self._app = app
        self._connection = connection
        self.unrecorded: list[str] = []
        self.answers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_if_recorded(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                request_id = Headers(raw=message["headers"])["x-request-id"]
                self.answers += 1
                if not await self._recorded(request_id):
                    self.unrecorded.append(scope["path"])
            await send(message)

        await self._app(scope, receive, send_if_recorded)

    async def _recorded(self, request_id: str) -> bool:
        found = await self._connection.fetchval(
            "SELECT 1 FROM audit_outbox"
            " WHERE convert_from(record, 'UTF8')::jsonb ->> 'request_id' = $1",
            request_id,
        )
        return found is not None


async def test_every_record_is_committed_before_its_answer_begins(
    report_api: RunningReportApi,
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    admin, auditor = await report_api.user("admin"), await report_api.user("auditor")
    watched = Watched(report_api.app, report_api.connection)
    transport = httpx2.ASGITransport(app=watched)

    for user in (admin, auditor):
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://report-api", headers=user.headers
        ) as client:
            await ask_everything(report_api, client, client, ways=1)

    assert watched.answers > 40
    assert watched.unrecorded == []
