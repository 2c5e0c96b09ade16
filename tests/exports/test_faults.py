"""Whatever goes away while an export is rendered, it ends ready, once, within a minute."""

import resource
from hashlib import sha256
from typing import Any

import httpx2
import pytest

from support.databases import give_back, take_away
from support.exports import THREE_YEARS, ask, at_work, attempts, ended, status
from support.pdf_worker import StartPdfWorker
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.e2e

A_MINUTE = 60
SMALL = 20 * 1024
NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    return await report_api.user("finance")


def whole(report_api: RunningReportApi, export: dict[str, Any]) -> bool:
    """Tell whether there is one file, and it is the one the export says."""
    (file,) = report_api.documents.iterdir()
    return sha256(file.read_bytes()).hexdigest() == export["file"]["sha256"]


async def test_postgresql_that_goes_away_for_a_while_ends_no_export(
    report_api: RunningReportApi, start_pdf_worker: StartPdfWorker, finance: httpx2.AsyncClient
) -> None:
    start_pdf_worker()
    export_id = (await ask(finance, **THREE_YEARS))["export_id"]
    await at_work(finance, export_id)
    database = report_api.settings.database_url.get_secret_value()

    await take_away(database)
    refused = await finance.get(f"/api/v1/reports/exports/{export_id}")
    await give_back(database)
    export = await ended(finance, export_id, timeout_seconds=A_MINUTE)

    assert refused.status_code == 503
    assert export["state"] == "ready"
    assert whole(report_api, export)


async def test_a_disk_without_room_fails_the_attempt_and_shows_no_part_of_a_file(
    report_api: RunningReportApi, start_pdf_worker: StartPdfWorker, finance: httpx2.AsyncClient
) -> None:
    worker = start_pdf_worker()
    export_id = (await ask(finance, **THREE_YEARS))["export_id"]
    await at_work(finance, export_id)
    for child in worker.children():
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (SMALL, NO_LIMIT))

    async def failed() -> dict[str, Any]:
        return await status(finance, export_id)

    full = await seen(failed, lambda export: export["problem"], timeout_seconds=A_MINUTE)
    names = [file.name for file in report_api.documents.iterdir()]
    for child in worker.children():
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))
    export = await ended(finance, export_id, timeout_seconds=A_MINUTE)

    assert "could not be stored" in full["problem"]
    assert f"{export_id}.pdf" not in names
    assert export["state"] == "ready"
    assert f"{export_id}.pdf" in [file.name for file in report_api.documents.iterdir()]
    outcomes = [row["outcome"] for row in await attempts(report_api.connection, export_id)]
    assert outcomes[0] == "failed"
    assert outcomes[-1] == "ready"
