"""Whatever dies while an export is rendered, it ends ready, once, in one whole file."""

from collections.abc import Callable
from hashlib import sha256

import httpx2
import pytest
from redis import Redis

from support.exports import THREE_YEARS, ask, at_work, attempts, ended
from support.pdf_worker import PdfWorker, StartPdfWorker, kill_children
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.e2e


@pytest.fixture
async def finance(report_api: RunningReportApi) -> httpx2.AsyncClient:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    return await report_api.user("finance")


@pytest.mark.parametrize("fault", [kill_children, PdfWorker.kill], ids=["child", "worker"])
async def test_a_killed_rendering_is_done_again_by_whoever_is_left(
    report_api: RunningReportApi,
    start_pdf_worker: StartPdfWorker,
    finance: httpx2.AsyncClient,
    fault: Callable[[PdfWorker], None],
) -> None:
    worker = start_pdf_worker()
    export_id = (await ask(finance, **THREE_YEARS))["export_id"]
    await at_work(finance, export_id)

    fault(worker)
    if worker.process.poll() is not None:
        start_pdf_worker()
    export = await ended(finance, export_id)

    assert (export["state"], export["attempts"]) == ("ready", 2)
    first, second = await attempts(report_api.connection, export_id)
    assert (first["outcome"], second["outcome"]) == ("failed", "ready")
    (file,) = report_api.documents.iterdir()
    assert sha256(file.read_bytes()).hexdigest() == export["file"]["sha256"]


async def test_a_lost_message_loses_no_export(
    report_api: RunningReportApi, start_pdf_worker: StartPdfWorker, finance: httpx2.AsyncClient
) -> None:
    export_id = (await ask(finance))["export_id"]
    url = report_api.settings.redis_url.get_secret_value()
    with Redis.from_url(url) as redis:  # pyright: ignore[reportUnknownMemberType]
        redis.flushdb()  # pyright: ignore[reportUnknownMemberType]

    start_pdf_worker()

    assert (await ended(finance, export_id))["state"] == "ready"
