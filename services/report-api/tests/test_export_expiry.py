"""A document whose time is over is taken away, and its links with it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from careledger import clock
from careledger.storage import Folder
from report_api.export_expiry import expire_exports
from report_api.exports import exports_to_ring_for
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
A_DAY = timedelta(days=1)


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return await report_api.user("finance")


@pytest.fixture
async def ready(report_api: RunningReportApi, finance: httpx2.AsyncClient) -> dict[str, Any]:
    """An export with its document, asked for two days ago."""
    asked = (await finance.post(EXPORTS, json={"report": "revenue"})).json()
    export_id = asked["export_id"]
    document_of(report_api, export_id).write_bytes(b"%PDF-1.7 of a test")
    await report_api.connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until,"
        " ended_at, outcome, result_key) VALUES ($1, 1, 'w', $2, $2, $2, 'ready', $3)",
        export_id,
        clock.now(),
        f"{export_id}.pdf",
    )
    await report_api.connection.execute(
        "UPDATE exports SET requested_at = $1", clock.now() - A_DAY * 2
    )
    return (await finance.get(f"{EXPORTS}/{export_id}")).json()


def document_of(report_api: RunningReportApi, export_id: str) -> Path:
    return report_api.documents / f"{export_id}.pdf"


async def expire(report_api: RunningReportApi, *, kept: timedelta) -> int:
    return await expire_exports(report_api.gate.pool, Folder(report_api.documents), kept=kept)


async def test_after_its_time_a_document_is_gone_and_the_export_says_so(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, ready: dict[str, Any]
) -> None:
    assert (await report_api.anybody.get(ready["file"]["href"])).status_code == 200

    marked = await expire(report_api, kept=A_DAY)

    export = (await finance.get(f"{EXPORTS}/{ready['export_id']}")).json()
    assert marked == 1
    assert (export["state"], export["file"]) == ("expired", None)
    assert (export["progress_percent"], export["problem"]) == (100, None)
    assert not document_of(report_api, ready["export_id"]).exists()
    assert (await report_api.anybody.get(ready["file"]["href"])).status_code == 404


async def test_what_a_killed_worker_left_of_a_document_goes_with_it(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    (report_api.documents / f"{ready['export_id']}.pdf#1").write_bytes(b"%PDF-1.7 a part")

    await expire(report_api, kept=A_DAY)

    assert list(report_api.documents.iterdir()) == []


async def test_before_its_time_nothing_is_taken_away(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    assert await expire(report_api, kept=A_DAY * 3) == 0
    assert document_of(report_api, ready["export_id"]).exists()


async def test_expired_twice_it_is_recorded_once(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    await expire(report_api, kept=A_DAY)
    again = await expire(report_api, kept=A_DAY)

    records = [r for r in await report_api.audit_records() if r["action"] == "export.expired"]
    assert again == 0
    assert [record["details"]["export_ids"] for record in records] == [[ready["export_id"]]]


async def test_an_expired_document_can_be_asked_for_anew(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, ready: dict[str, Any]
) -> None:
    await expire(report_api, kept=A_DAY)

    again = (await finance.post(EXPORTS, json={"report": "revenue"})).json()

    assert again["export_id"] != ready["export_id"]
    assert again["state"] == "queued"


async def test_an_export_nobody_rendered_in_its_time_is_over(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, ready: dict[str, Any]
) -> None:
    await report_api.connection.execute("DELETE FROM export_attempts")
    await report_api.connection.execute("UPDATE exports SET rung_at = requested_at")

    await expire(report_api, kept=A_DAY)

    export = (await finance.get(f"{EXPORTS}/{ready['export_id']}")).json()
    assert (export["state"], export["file"]) == ("expired", None)
    assert (export["progress_percent"], "worker" in export["problem"]) == (0, True)
    assert await exports_to_ring_for(report_api.connection) == []


async def test_an_export_at_work_keeps_its_document_until_the_next_round(
    report_api: RunningReportApi, ready: dict[str, Any]
) -> None:
    await report_api.connection.execute(
        "UPDATE export_attempts SET ended_at = NULL, outcome = NULL, result_key = NULL,"
        " leased_until = now() + interval '1 minute'"
    )

    assert await expire(report_api, kept=A_DAY) == 0
    assert document_of(report_api, ready["export_id"]).exists()
