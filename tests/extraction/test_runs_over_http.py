"""An administrator starts, watches and stops runs; report-api passes the request on to ingest."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from pydantic import SecretStr

from careledger.control import RUNS_PATH
from ingest.settings import IngestSettings
from report_api.run_control import RunControl
from support.ingest import RunningIngest
from support.polling import seen
from support.practice import Practice, make_practice
from support.report_api import SECRET, RunningReportApi

pytestmark = pytest.mark.integration
ETL = "/api/v1/reports/etl"


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return make_practice(tmp_path)


@pytest.fixture
async def ingest_settings(ingest_settings: IngestSettings, practice: Practice) -> IngestSettings:
    return ingest_settings.model_copy(
        update={
            "extraction_mapping": practice.mapping,
            "extraction_url": SecretStr(practice.url),
            "extraction_schedule": "",
        }
    )


@pytest.fixture
async def admin(
    report_api: RunningReportApi, ingest: RunningIngest
) -> AsyncGenerator[httpx2.AsyncClient]:
    control = RunControl(ingest.url, SECRET)
    report_api.app.state.run_control = control
    yield await report_api.user("admin")
    await control.close()


async def ended(client: httpx2.AsyncClient, run: str) -> dict[str, Any]:
    async def look() -> dict[str, Any]:
        return (await client.get(run)).json()

    return await seen(look, lambda found: found["status"] not in ("queued", "running"))


async def test_a_run_is_started_and_watched_to_its_end(admin: httpx2.AsyncClient) -> None:
    started = await admin.post(f"{ETL}/run", json={})
    assert started.status_code == 202, started.text
    run = await ended(admin, started.json()["run"])
    listed = (await admin.get(f"{ETL}/runs")).json()["runs"]

    assert started.headers["location"] == started.json()["run"]
    assert (run["status"], run["mode"], run["read"], run["published"]) == (
        "completed",
        "incremental",
        8,
        10,
    )
    assert run["started_by"].startswith("admin-")
    assert run["lag_seconds"] >= 0
    assert listed == [run]


async def test_the_second_of_two_runs_is_refused_with_the_link_of_the_first(
    admin: httpx2.AsyncClient, ingest_settings: IngestSettings
) -> None:
    connection: Any = await asyncpg.connect(ingest_settings.database_url.get_secret_value())
    await connection.execute(
        "SELECT pg_advisory_lock(hashtextextended('careledger.run urn:practice:billing', 0))"
    )
    await connection.execute(
        """INSERT INTO reporting.etl_process_status (run_id, source, mode, status, started_by)
        VALUES ('01890000-0000-7000-8000-000000000001', 'urn:practice:billing', 'full',
            'running', 'somebody')"""
    )

    refused = await admin.post(f"{ETL}/run", json={"mode": "full"})
    await connection.close()

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/run-going-on")
    assert refused.json()["run"] == f"{ETL}/runs/01890000-0000-7000-8000-000000000001"


async def test_a_run_that_goes_on_is_asked_to_stop(
    admin: httpx2.AsyncClient, ingest_settings: IngestSettings
) -> None:
    connection: Any = await asyncpg.connect(ingest_settings.database_url.get_secret_value())
    run_id = "01890000-0000-7000-8000-000000000002"
    await connection.execute(
        """INSERT INTO reporting.etl_process_status (run_id, source, mode, status, started_by)
        VALUES ($1, 'urn:practice:billing', 'full', 'running', 'somebody')""",
        run_id,
    )

    stopped = await admin.post(f"{ETL}/runs/{run_id}/cancel")
    asked_by = (await admin.get(f"{ETL}/runs/{run_id}")).json()["cancel_requested_by"]
    await connection.close()

    assert stopped.status_code == 202
    assert asked_by.startswith("admin-")


@pytest.mark.parametrize(
    "wanted",
    [
        {"mode": "range"},
        {"mode": "range", "start_date": "2026-02-01", "end_date": "2026-01-01"},
        {"mode": "full", "start_date": "2026-02-01", "end_date": "2026-02-01"},
        {"mode": "import"},
        {"mode": "full", "speed": "high"},
    ],
    ids=lambda wanted: "-".join(map(str, wanted.values())),
)
async def test_a_run_that_makes_no_sense_is_refused(
    admin: httpx2.AsyncClient, wanted: dict[str, str]
) -> None:
    assert (await admin.post(f"{ETL}/run", json=wanted)).status_code == 422


async def test_without_ingest_a_run_is_refused_for_now(report_api: RunningReportApi) -> None:
    report_api.app.state.run_control = RunControl("http://127.0.0.1:9", SECRET)
    admin = await report_api.user("admin")

    answer = await admin.post(f"{ETL}/run", json={})

    assert answer.status_code == 503


async def test_the_internal_route_is_closed_without_its_token(ingest: RunningIngest) -> None:
    for token in ("", "Bearer token-of-the-north-clinic"):
        answer = await ingest.client.post(
            RUNS_PATH, json={"by": "anybody"}, headers={"authorization": token}
        )
        assert answer.status_code == 401
