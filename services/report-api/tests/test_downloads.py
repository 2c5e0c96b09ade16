"""Downloading a document: the link alone opens it, and only as long as its owner still may."""

from typing import Any

import httpx2
import pytest

from careledger import clock
from support.applied_log import AppliedLog
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
PDF = b"%PDF-1.7 a document"


@pytest.fixture
async def log(report_api: RunningReportApi) -> AppliedLog:
    return await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])


@pytest.fixture
async def finance(report_api: RunningReportApi, log: AppliedLog) -> httpx2.AsyncClient:
    return await report_api.user("finance", clinic_ids=[log.scoped("new-york")])


@pytest.fixture
async def ready(report_api: RunningReportApi, finance: httpx2.AsyncClient) -> dict[str, Any]:
    export_id = (await finance.post(EXPORTS, json={"report": "revenue"})).json()["export_id"]
    (report_api.documents / f"{export_id}.pdf").write_bytes(PDF)
    await report_api.connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until,"
        " ended_at, outcome, result_key, result_bytes)"
        " VALUES ($1, 1, 'a worker', $2, $2, $2, 'ready', $3, $4)",
        export_id,
        clock.now(),
        f"{export_id}.pdf",
        len(PDF),
    )
    return (await finance.get(f"{EXPORTS}/{export_id}")).json()


async def outcomes(report_api: RunningReportApi) -> list[str]:
    records = await report_api.audit_records()
    return [one["outcome"] for one in records if one["action"] == "export.downloaded"]


async def test_the_link_opens_the_document_without_a_token(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    answer = await report_api.anybody.get(ready["file"]["href"])

    assert ready["state"] == "ready"
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    assert await outcomes(report_api) == ["success"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users SET disabled_at = now()",
        "UPDATE users SET role = 'staff'",
        "UPDATE users SET clinic_ids = '{elsewhere}'",
    ],
)
async def test_a_link_closes_when_its_owner_may_no_longer(
    report_api: RunningReportApi, ready: dict[str, Any], change: str
) -> None:
    await report_api.connection.execute(change)

    answer = await report_api.anybody.get(ready["file"]["href"])

    assert answer.status_code == 404
    assert PDF not in answer.content
    assert await outcomes(report_api) == ["denied"]


async def test_a_scope_that_grew_keeps_the_link_open(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    await report_api.connection.execute("UPDATE users SET clinic_ids = NULL")

    assert (await report_api.anybody.get(ready["file"]["href"])).status_code == 200


@pytest.mark.parametrize("part", ["owner", "expires", "signature"])
async def test_an_altered_link_is_not_there(
    report_api: RunningReportApi, ready: dict[str, Any], part: str
) -> None:
    altered = ready["file"]["href"].replace(f"{part}=", f"{part}=1")

    answer = await report_api.anybody.get(altered)

    assert answer.status_code == 404
    assert await outcomes(report_api) == []


async def test_a_document_that_is_gone_is_not_there(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    (report_api.documents / f"{ready['export_id']}.pdf").unlink()

    assert (await report_api.anybody.get(ready["file"]["href"])).status_code == 404


async def test_a_result_outside_the_folder_is_not_served(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    (report_api.documents.parent / "secret").write_bytes(b"secret")
    await report_api.connection.execute("UPDATE export_attempts SET result_key = '../secret'")

    assert (await report_api.anybody.get(ready["file"]["href"])).status_code == 404


async def test_looking_again_renews_the_link(
    finance: httpx2.AsyncClient, ready: dict[str, Any]
) -> None:
    again = (await finance.get(f"{EXPORTS}/{ready['export_id']}")).json()

    assert again["file"]["expires_at"] >= ready["file"]["expires_at"]
