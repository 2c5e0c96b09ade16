"""Requests that try something: refused or answered as any other, and never a defect."""

import asyncio
from urllib.parse import quote, urlsplit

import httpx2
import pytest

from report_api.app import create_app
from report_api.permissions import Role
from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue"
OUTSTANDING = "/api/v1/reports/outstanding"
NASTY = (
    "' OR 1=1--",
    "\x00",
    "%00",
    "x" * 10_000,
    "a;DROP TABLE ledger",
    "\r\nX-Forged: 1",
    "\u202e",
)
FILTERS = (
    f"{REVENUE}?clinic_id=",
    f"{REVENUE}?method=",
    f"{REVENUE}?provider=",
    f"{REVENUE}?watermark=",
    f"{OUTSTANDING}?patient_id=",
    f"{OUTSTANDING}?sort=",
    f"{OUTSTANDING}?order=",
    f"{OUTSTANDING}?cursor=",
    "/api/v1/reports/patients?patient_id=",
)


async def test_no_filter_can_carry_a_statement(report_api: RunningReportApi) -> None:
    await report_api.told([tell("invoice.issued", "2026-01-20", amount=987_654_321)])
    client = await report_api.user(Role.FINANCE)

    for start in FILTERS:
        for nasty in NASTY:
            answer = await client.get(start + quote(nasty))
            assert answer.status_code in {200, 400, 404, 422}, (start, nasty, answer.status_code)
            assert "987654321" not in answer.text


async def test_a_token_in_the_address_is_no_token(report_api: RunningReportApi) -> None:
    client = await report_api.user(Role.FINANCE)
    token = client.headers["authorization"].removeprefix("Bearer ")

    for name in ("access_token", "token", "authorization"):
        answer = await report_api.anybody.get(f"{REVENUE}?{name}={token}")
        assert answer.status_code == 401


async def test_what_a_client_says_of_itself_changes_nothing(report_api: RunningReportApi) -> None:
    client = await report_api.user(Role.STAFF)
    claimed = {
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-user": "admin",
        "x-user-id": "admin",
        "x-role": "admin",
        "x-original-url": "/livez",
    }

    answer = await client.get(REVENUE, headers=claimed)

    assert answer.status_code == 403
    (record,) = await report_api.audit_records()
    assert record["remote"] == "192.0.2.7"
    assert record["role"] == "staff"


async def test_of_two_tokens_none_counts(report_api: RunningReportApi) -> None:
    client = await report_api.user(Role.FINANCE)
    good = ("authorization", client.headers["authorization"])

    for other in ("Bearer other", good[1]):
        answer = await report_api.anybody.get(REVENUE, headers=[good, ("authorization", other)])
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("start_date=2026-02-30", "must be a day of the calendar"),
        ("start_date=1899-12-31", "must be a day from 1900-01-01 to 2199-12-31"),
        ("end_date=9999-12-31", "must be a day from 1900-01-01 to 2199-12-31"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_in_plain_words(
    report_api: RunningReportApi, question: str, problem: str
) -> None:
    client = await report_api.user(Role.FINANCE)

    answer = await client.get(f"{REVENUE}?{question}")

    assert [place["problem"] for place in answer.json()["errors"]] == [problem]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PATCH", "PROPFIND"])
async def test_a_method_nobody_offers_is_refused(report_api: RunningReportApi, method: str) -> None:
    client = await report_api.user(Role.ADMIN)

    answer = await client.request(method, REVENUE)

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_a_body_of_two_lengths_is_refused(served_report_api: str) -> None:
    address = urlsplit(served_report_api)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        b"POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    async with asyncio.timeout(10):
        told = await reader.read(4_096)
    writer.close()

    assert told.startswith(b"HTTP/1.1 400")
    assert b"alive" not in told


async def test_where_tls_is_required_a_request_in_the_clear_is_not_answered(
    report_api_settings: ReportApiSettings, report_api: RunningReportApi
) -> None:
    app = create_app(report_api_settings.model_copy(update={"require_tls": True}))
    app.state = report_api.app.state
    user = await report_api.user("finance")
    transport = httpx2.ASGITransport(app=app)
    answers: dict[str, int] = {}
    for scheme in ("http", "https"):
        async with httpx2.AsyncClient(
            transport=transport, base_url=f"{scheme}://careledger.test", headers=user.headers
        ) as client:
            for path in ("/api/v1/account", "/livez"):
                answer = await client.get(path)
                answers[f"{scheme} {path}"] = answer.status_code

    assert answers == {
        "http /api/v1/account": 426,
        "http /livez": 200,
        "https /api/v1/account": 200,
        "https /livez": 200,
    }


async def test_the_documents_can_be_switched_off(
    report_api_settings: ReportApiSettings, report_api: RunningReportApi
) -> None:
    off = create_app(report_api_settings.model_copy(update={"report_api_docs": False}))
    off.state = report_api.app.state
    transport = httpx2.ASGITransport(app=off)
    async with httpx2.AsyncClient(transport=transport, base_url="http://report-api") as client:
        answers = [(await client.get(path)).status_code for path in ("/docs", "/openapi.json")]

    assert answers == [404, 404]
    assert (await report_api.anybody.get("/openapi.json")).status_code == 200
