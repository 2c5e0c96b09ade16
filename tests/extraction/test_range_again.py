"""A month that is read again changes no figure of any report."""

from datetime import date
from pathlib import Path

import httpx2
import pytest

from ingest.extraction.requests import Request
from ingest.settings import IngestSettings
from support.aggregators import Installation
from support.extracting import extract, published
from support.practice import make_practice
from support.practice_agreement import agree
from support.practice_changes import WorkingPractice
from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration
HALF_A_YEAR = "start_date=2026-01-01&end_date=2026-06-30"
QUESTIONS = (
    f"revenue?granularity=day&{HALF_A_YEAR}",
    f"revenue?granularity=month&breakdown=method&compare=previous_period&{HALF_A_YEAR}",
    f"revenue?granularity=week&breakdown=clinic&{HALF_A_YEAR}",
    f"indicators?{HALF_A_YEAR}",
    "outstanding?as_of=2026-06-30",
    "outstanding/summary?as_of=2026-06-30&basis=issued_on",
    "outstanding/exceptions?as_of=2026-06-30",
    "patients?patient_id=P-1",
    "patients/P-1/history",
    "patients/P-7/history",
)


async def digests(client: httpx2.AsyncClient) -> dict[str, str]:
    """The digest of every report's figures."""
    found: dict[str, str] = {}
    for question in QUESTIONS:
        answer = await client.get(f"/api/v1/reports/{question}")
        assert answer.status_code == 200, (question, answer.text)
        found[question] = answer.json()["meta"]["digest"]
    return found


async def test_a_month_read_again_changes_no_figure(
    ingest_settings: IngestSettings,
    installation: Installation,
    report_api: RunningReportApi,
    tmp_path: Path,
) -> None:
    practice = make_practice(tmp_path)
    working = WorkingPractice(practice, seed=2)
    installation.start_aggregator()
    for _ in range(2):
        working.work(150)
        await extract(ingest_settings, practice)
    await agree(ingest_settings, installation, practice)
    finance = await report_api.user("finance")
    before, records = await digests(finance), len(await published(ingest_settings))

    month = Request(mode="range", days=(date(2026, 2, 1), date(2026, 2, 28)))
    counts = await extract(ingest_settings, practice, month)
    await agree(ingest_settings, installation, practice)

    assert (counts.published, counts.quarantined) == (0, 0)
    assert counts.unchanged > 20
    assert len(await published(ingest_settings)) == records
    assert await digests(finance) == before
