"""Whatever befalls the queue, exports asked for before and during it are ready, once, in time."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import pytest

from support.exports import THREE_YEARS, ask, at_work, attempts, ended
from support.own_valkey import OwnValkey
from support.pdf_worker import StartPdfWorker
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.long]

A_MINUTE = 60


@pytest.fixture
def redis_url(own_valkey: OwnValkey) -> str:
    """A queue that can be broken."""
    return own_valkey.url


@contextmanager
def flushed(valkey: OwnValkey) -> Generator[None]:
    """It forgets everything, twice, while it runs."""
    valkey.do("FLUSHALL")
    yield
    valkey.do("FLUSHALL")


@contextmanager
def full(valkey: OwnValkey) -> Generator[None]:
    """It takes nothing new."""
    valkey.do("CONFIG", "SET", "maxmemory-policy", "noeviction")
    valkey.do("CONFIG", "SET", "maxmemory", "1")
    yield
    valkey.do("CONFIG", "SET", "maxmemory", "0")


@contextmanager
def frozen(valkey: OwnValkey) -> Generator[None]:
    """It answers nobody, and nobody is told."""
    valkey.freeze()
    yield
    valkey.thaw()


@contextmanager
def killed_and_started_with_what_it_kept(valkey: OwnValkey) -> Generator[None]:
    """Its messages are there again, also that of an export that is being rendered."""
    valkey.kill()
    yield
    valkey.start()


@contextmanager
def killed_and_started_empty(valkey: OwnValkey) -> Generator[None]:
    """It kept nothing."""
    valkey.kill()
    valkey.keeps = False
    yield
    valkey.start()


FAULTS = [flushed, full, frozen, killed_and_started_with_what_it_kept, killed_and_started_empty]


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_export_arrives_once(
    report_api: RunningReportApi,
    start_pdf_worker: StartPdfWorker,
    own_valkey: OwnValkey,
    fault: Callable[[OwnValkey], AbstractContextManager[None]],
) -> None:
    own_valkey.kill()
    own_valkey.keeps = True
    own_valkey.start()
    await report_api.told([tell("payment.succeeded", "2025-01-20", amount=2_500)])
    finance = await report_api.user("finance")
    start_pdf_worker()
    at_once = (await ask(finance, **THREE_YEARS))["export_id"]
    await at_work(finance, at_once)
    waiting = (await ask(finance, start_date="2025-02-01"))["export_id"]

    with fault(own_valkey):
        unheard = (await ask(finance, start_date="2025-03-01"))["export_id"]

    for export_id in (at_once, waiting, unheard):
        assert (await ended(finance, export_id, timeout_seconds=A_MINUTE))["state"] == "ready"
        assert len(await attempts(report_api.connection, export_id)) == 1
    assert len(list(report_api.documents.iterdir())) == 3
