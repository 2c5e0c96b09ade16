"""Source and reports agree to the cent after every run, and the proof says so, or where not."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from aggregator.closing import close_days
from aggregator.retention.opening import move_horizon
from aggregator.retention.purge import purge_step
from aggregator.retention.status import Progress, last_purge
from aggregator.retention.terms import Terms
from careledger import clock
from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.applied_log import SESSION, prepare
from support.extracting import extract, rows_of
from support.polling import seen
from support.practice import Practice, make_practice
from support.practice_changes import WorkingPractice, balances, payments_per_day
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

_PAYMENTS = """
SELECT business_date::text AS day, sum(amount)::bigint AS amount FROM ledger
WHERE kind IN ('payment', 'correction') AND event_id LIKE 'payment:%'
GROUP BY 1 HAVING sum(amount) <> 0
"""
# An invoice is paid in full, and a payment without one is given back.
_SETTLING = """
INSERT INTO payments VALUES
('Y-4', 'P-1', 'I-1', 40, 'card', '2026-01-12 12:00:00', 'paid', '2026-01-12 12:00:01'),
('Y-5', 'P-2', NULL, 7, 'card', '2026-01-13 12:00:00', 'refunded', '2026-01-14 08:00:00')
"""
_BALANCES = "SELECT invoice_id, balance FROM outstanding_payments WHERE balance <> 0"


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


async def proofs(settings: IngestSettings, count: int) -> list[dict[str, Any]]:
    """The proofs, once there are so many."""
    return await seen(
        lambda: rows_of(settings, "SELECT * FROM reconciliations ORDER BY ended_at"),
        lambda found: len(found) >= count,
        timeout_seconds=60,
    )


async def test_after_every_run_of_a_working_practice_reports_and_source_agree_to_the_cent(
    ingest_settings: IngestSettings, installation: Installation, practice: Practice
) -> None:
    installation.start_aggregator()
    working = WorkingPractice(practice, seed=20261123)
    rounds = 6
    for _ in range(rounds):
        working.work(120)
        counts = await extract(ingest_settings, practice)
        # A voided invoice that comes back, for one, no event can say.
        assert counts.quarantined <= 2

    found = await proofs(ingest_settings, rounds)
    await installation.caught_up()

    assert [one["matches"] for one in found] == [True] * rounds, found[-1]["differences"]
    books = msgspec.json.decode(found[-1]["books"])
    assert {one["book"] for one in books} == {"invoice", "payment", "payment_refund"}
    balance = {
        one["invoice_id"]: one["balance"] for one in await rows_of(ingest_settings, _BALANCES)
    }
    assert balance == balances(practice)
    days = {one["day"]: one["amount"] for one in await rows_of(ingest_settings, _PAYMENTS)}
    assert days == payments_per_day(practice)


async def test_a_ledger_that_lacks_an_entry_is_found_out_and_every_report_says_so(
    ingest_settings: IngestSettings,
    installation: Installation,
    practice: Practice,
    report_api: RunningReportApi,
) -> None:
    await extract(ingest_settings, practice)
    aggregator = installation.start_aggregator()
    await proofs(ingest_settings, 1)
    await rows_of(ingest_settings, "DELETE FROM ledger WHERE event_id = 'payment:Y-1:1'")
    await extract(ingest_settings, practice)
    (_, proof) = await proofs(ingest_settings, 2)
    aggregator.kill()

    finance = await report_api.user("finance")
    answer = (await finance.get("/api/v1/reports/revenue")).json()

    assert not proof["matches"]
    assert proof["difference_count"] == 1
    last = answer["meta"]["reconciliation"]
    assert (last["source"], last["matches"]) == ("urn:practice:billing", False)
    (run, *_) = (await finance.get("/api/v1/reports/etl/runs")).json()["runs"]
    (difference,) = run["reconciliation"]["differences"]
    assert (difference["day"], difference["source_amount"], difference["ledger_amount"]) == (
        "2026-01-10",
        6000,
        0,
    )


async def test_after_a_purge_source_and_reports_agree_as_before(
    ingest_settings: IngestSettings, installation: Installation, practice: Practice
) -> None:
    practice.do(_SETTLING)
    aggregator = installation.start_aggregator()
    await extract(ingest_settings, practice)
    await proofs(ingest_settings, 1)
    aggregator.kill()

    purged = await purged_all(ingest_settings)
    await extract(ingest_settings, practice)
    installation.start_aggregator()

    found = await proofs(ingest_settings, 2)
    # The invoice that is paid in full with its two payments, and the payment given back.
    assert purged.invoices >= 1
    assert purged.payments >= 3
    assert [one["matches"] for one in found] == [True, True], found[-1]["differences"]


async def purged_all(settings: IngestSettings) -> Progress:
    """Remove what is settled, as if years had gone by since it was recorded."""
    url = settings.database_url.get_secret_value()
    connection = await asyncpg.connect(url, server_settings=SESSION)
    await prepare(connection)
    while await close_days(connection):
        pass
    today = clock.now().date() + timedelta(days=800)
    await move_horizon(connection, Terms(12, 36), today, by="test")
    while await purge_step(connection):
        pass
    purged = await last_purge(connection)
    await connection.close()
    assert purged is not None
    return purged
