"""Runs tell of a whole source: its sums are for accounts that may see every clinic."""

from typing import Any

import msgspec
import pytest

from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

RUNS = "/api/v1/reports/etl/runs"
RUN_ID = "01890000-0000-7000-8000-000000000001"
_SUMS: dict[str, Any] = {
    "book": "payment",
    "currency": "USD",
    "source_count": 2,
    "source_amount": 70_000,
    "ledger_count": 1,
    "ledger_amount": 60_000,
}


@pytest.fixture
async def reconciled(report_api: RunningReportApi) -> RunningReportApi:
    """A run that ended, and differs from the reports on a day."""
    await report_api.connection.execute(
        "INSERT INTO etl_process_status (run_id, source, mode, status, started_by)"
        " VALUES ($1, 'practice', 'full', 'completed', 'schedule')",
        RUN_ID,
    )
    await report_api.connection.execute(
        "INSERT INTO reconciliations (reconciliation_id, run_id, source, ended_at, watermark,"
        " matches, books, difference_count, differences)"
        " VALUES ($1, $1, 'practice', now(), '0:1', false, $2, 1, $3)",
        RUN_ID,
        msgspec.json.encode([_SUMS]).decode(),
        msgspec.json.encode([{**_SUMS, "day": "2026-03-02"}]).decode(),
    )
    return report_api


async def test_who_sees_every_clinic_sees_what_a_source_adds_up_to(
    reconciled: RunningReportApi,
) -> None:
    finance = await reconciled.user("finance")

    proof = (await finance.get(f"{RUNS}/{RUN_ID}")).json()["reconciliation"]

    assert (proof["books"], proof["differences"][0]["day"]) == ([_SUMS], "2026-03-02")


async def test_a_run_says_that_the_reports_stand_still_before_its_records(
    reconciled: RunningReportApi,
) -> None:
    for run_id, last_offset in (("2", 6), ("3", 7)):
        await reconciled.connection.execute(
            "INSERT INTO etl_process_status"
            " (run_id, source, mode, status, started_by, ended_at, positions)"
            " VALUES ($1, 'practice', 'full', 'completed', 'schedule', now(), $2)",
            RUN_ID[:-1] + run_id,
            msgspec.json.encode({"0": last_offset}).decode(),
        )
    await reconciled.connection.execute(
        "INSERT INTO positions (topic, kafka_partition, next_offset, cluster_id, data_through)"
        " VALUES ('payment-events', 0, 7, 'c', now())"
    )
    await reconciled.connection.execute(
        "INSERT INTO bad_data_stops (stop_id, topic, problem, stopped_at)"
        " VALUES ('s', 'payment-events', 'too many', now() + interval '1 minute')"
    )
    finance = await reconciled.user("finance")

    runs = (await finance.get(RUNS)).json()["runs"]

    assert [(run["run_id"][-1], run["reports_stopped"]) for run in runs] == [
        ("3", "too many"),
        ("2", None),
        ("1", None),
    ]


async def test_who_sees_some_clinics_learns_the_verdict_alone(
    reconciled: RunningReportApi,
) -> None:
    finance = await reconciled.user("finance", clinic_ids=["new-york"])

    one = (await finance.get(f"{RUNS}/{RUN_ID}")).json()
    (listed,) = (await finance.get(RUNS)).json()["runs"]

    for proof in (one["reconciliation"], listed["reconciliation"]):
        assert (proof["matches"], proof["difference_count"]) == (False, 1)
        assert (proof["books"], proof["differences"]) == ([], [])
