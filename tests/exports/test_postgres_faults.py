"""PostgreSQL crashes and comes back, whatever an export is at: it ends ready, once, in a minute."""

import asyncio
import secrets
import signal
from hashlib import sha256

import asyncpg
import httpx2
import pytest

from careledger.postgres import migrate
from support.exports import THREE_YEARS, ask, at_work, ended, ends_audited
from support.own_postgres import OwnPostgres
from support.pdf_worker import StartPdfWorker
from support.polling import seen
from support.report_api import RunningReportApi
from support.stack import database_address, run_apart
from support.stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.long]

A_MINUTE = 60
TO_REACH_IT = 180


@pytest.fixture
def database_url(own_postgres: OwnPostgres) -> str:
    """A database on the server that will crash."""
    name = f"test_{secrets.token_hex(6)}"

    async def create() -> None:
        connection = await asyncpg.connect(own_postgres.url)
        await connection.execute(f'CREATE DATABASE "{name}"')
        await connection.close()

    run_apart(create())
    url = database_address(own_postgres.url, name)
    migrate(url)
    return url


@pytest.mark.parametrize("sign", [signal.SIGQUIT, signal.SIGKILL])
@pytest.mark.parametrize("stage", ["queued", "rendering", "ready"])
async def test_an_export_outlives_a_crash_of_the_database(
    report_api: RunningReportApi,
    start_pdf_worker: StartPdfWorker,
    own_postgres: OwnPostgres,
    stage: str,
    sign: signal.Signals,
) -> None:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    finance = await report_api.user("finance")
    worker = start_pdf_worker()
    export_id = (await ask(finance, **THREE_YEARS))["export_id"]
    if stage == "rendering":
        await at_work(finance, export_id)
    elif stage == "ready":
        await ended(finance, export_id, timeout_seconds=TO_REACH_IT)

    await asyncio.to_thread(own_postgres.crash, sign)
    refused = await finance.get(f"/api/v1/reports/exports/{export_id}")
    await asyncio.to_thread(own_postgres.start)
    await seen(lambda: _answers(finance), bool, timeout_seconds=A_MINUTE)
    if worker.process.poll() is not None:
        # It was about to start while PostgreSQL was away, said so and ended, as it should: whoever
        # looks after it starts it again.
        worker.start()
    export = await ended(finance, export_id, timeout_seconds=A_MINUTE)

    assert refused.status_code == 503
    assert export["state"] == "ready"
    (file,) = report_api.documents.glob("*.pdf")
    assert sha256(file.read_bytes()).hexdigest() == export["file"]["sha256"]
    await report_api.reconnect()
    successes = [e for e in await ends_audited(report_api.connection) if e["outcome"] == "success"]
    assert len(successes) == 1


async def _answers(client: httpx2.AsyncClient) -> bool:
    return (await client.get("/api/v1/reports/exports")).status_code == 200
