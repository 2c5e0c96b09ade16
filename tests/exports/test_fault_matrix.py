"""At every stage of a rendering, killing its process or its worker costs an attempt and no more."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256

import asyncpg
import httpx2
import pytest

from careledger.postgres import SCHEMA
from support.exports import THREE_YEARS, ask, at_work, ended, ends_audited
from support.pdf_worker import PdfWorker, StartPdfWorker, kill_children
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.long]

A_MINUTE = 60
TO_REACH_IT = 180
_LOCKS = {
    "claiming": "LOCK TABLE export_attempts IN EXCLUSIVE MODE",
    "reading": "LOCK TABLE clinics IN ACCESS EXCLUSIVE MODE",
    "ending": "LOCK TABLE audit_outbox IN EXCLUSIVE MODE",
}
"""What a stage waits for if somebody else holds it."""


@asynccontextmanager
async def held(report_api: RunningReportApi, stage: str) -> AsyncGenerator[None]:
    """Hold what a stage needs, so that the rendering stands still in it."""
    if stage not in _LOCKS:
        yield
        return
    url = report_api.settings.database_url.get_secret_value()
    connection = await asyncpg.connect(url, server_settings={"search_path": SCHEMA})
    try:
        async with connection.transaction():
            await connection.execute(_LOCKS[stage])
            yield
    finally:
        await connection.close()


async def waiting(report_api: RunningReportApi) -> int:
    """Count the worker's statements that wait for a lock."""
    return await report_api.connection.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock' AND application_name LIKE '%pdf-worker%'"
    )


@pytest.mark.parametrize("victim", [kill_children, PdfWorker.kill, PdfWorker.stop])
@pytest.mark.parametrize("stage", ["queued", "claiming", "reading", "laying out", "ending"])
async def test_it_ends_ready_in_one_whole_file(
    report_api: RunningReportApi,
    start_pdf_worker: StartPdfWorker,
    stage: str,
    victim: Callable[[PdfWorker], None],
) -> None:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    finance = await report_api.user("finance")
    worker = start_pdf_worker(pdf_worker_stop_seconds=1)
    export_id = (await ask(finance, **THREE_YEARS))["export_id"]

    async with held(report_api, stage):
        await _reached(report_api, finance, export_id, stage)
        await asyncio.to_thread(victim, worker)
    if worker.process.poll() is not None:
        start_pdf_worker()
    export = await ended(finance, export_id, timeout_seconds=A_MINUTE)

    assert export["state"] == "ready"
    (file,) = report_api.documents.glob("*.pdf")
    assert sha256(file.read_bytes()).hexdigest() == export["file"]["sha256"]
    successes = [e for e in await ends_audited(report_api.connection) if e["outcome"] == "success"]
    assert len(successes) == 1


async def _reached(
    report_api: RunningReportApi, finance: httpx2.AsyncClient, export_id: str, stage: str
) -> None:
    if stage == "laying out":
        await at_work(finance, export_id)
    elif stage in _LOCKS:
        await seen(partial(waiting, report_api), bool, timeout_seconds=TO_REACH_IT)
