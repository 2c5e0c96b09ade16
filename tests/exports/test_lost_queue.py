"""A queue that is killed, and forgets everything, loses no export."""

import httpx2
import pytest

from support.exports import THREE_YEARS, ask, at_work, attempts, ended
from support.own_valkey import OwnValkey
from support.pdf_worker import StartPdfWorker
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.e2e

A_MINUTE = 60


@pytest.fixture
def redis_url(own_valkey: OwnValkey) -> str:
    """A queue that can be killed."""
    return own_valkey.url


async def test_exports_asked_for_before_and_while_it_is_down_all_arrive_once(
    report_api: RunningReportApi, start_pdf_worker: StartPdfWorker, own_valkey: OwnValkey
) -> None:
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    finance: httpx2.AsyncClient = await report_api.user("finance")
    start_pdf_worker()
    at_once = (await ask(finance, **THREE_YEARS))["export_id"]
    await at_work(finance, at_once)
    waiting = (await ask(finance, start_date="2025-02-01"))["export_id"]

    own_valkey.kill()
    unheard = (await ask(finance, start_date="2025-03-01"))["export_id"]
    own_valkey.start()

    for export_id in (at_once, waiting, unheard):
        assert (await ended(finance, export_id, timeout_seconds=A_MINUTE))["state"] == "ready"
        assert len(await attempts(report_api.connection, export_id)) == 1
    assert len(list(report_api.documents.iterdir())) == 3
