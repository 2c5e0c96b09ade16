"""Metrics tell of routes and statuses, on a port of their own, and of nobody."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import httpx2
import pytest
from prometheus_client import REGISTRY

from report_api.permissions import Role
from report_api.settings import ReportApiSettings
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue"
PROGRAM = Path(sys.executable).with_name("report-api")


def counted(route: str, status: str) -> float:
    labels = {"method": "GET", "route": route, "status": status}
    return REGISTRY.get_sample_value("careledger_http_request_seconds_count", labels) or 0


async def test_requests_are_counted_by_route_and_status(report_api: RunningReportApi) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    client = await report_api.user(Role.FINANCE)
    history = "/api/v1/reports/patients/{patient_id}/history"
    before = counted(REVENUE, "200"), counted(history, "404"), counted("unknown", "404")

    await client.get(REVENUE)
    await client.get("/api/v1/reports/patients/secret-id/history")
    await client.get("/nowhere/secret-id")

    after = counted(REVENUE, "200"), counted(history, "404"), counted("unknown", "404")
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def test_all_processes_are_counted_on_a_port_of_their_own(
    report_api_settings: ReportApiSettings, tmp_path: Path
) -> None:
    port, metrics_port = free_port(), free_port()
    given = {
        "DATABASE_URL": report_api_settings.database_url.get_secret_value(),
        "REDIS_URL": report_api_settings.redis_url.get_secret_value(),
        "SECRET": report_api_settings.secret.get_secret_value(),
        "KAFKA_BOOTSTRAP": report_api_settings.kafka_bootstrap,
        "EXPORT_DIR": str(tmp_path / "exports"),
        "REPORT_API_PORT": str(port),
        "REPORT_API_WORKERS": "2",
        "REPORT_API_METRICS_PORT": str(metrics_port),
    }
    settings = {f"CARELEDGER_{name}": value for name, value in given.items()}
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "serve",
        env={**os.environ, **settings},  # noqa: TID251 - the child keeps PATH
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with httpx2.AsyncClient() as client:
            metrics = f"http://127.0.0.1:{metrics_port}/metrics"

            async def told() -> str:
                try:
                    await client.get(f"http://127.0.0.1:{port}{REVENUE}?secret=1")
                    return (await client.get(metrics)).text
                except httpx2.HTTPError:
                    return ""

            line = f'careledger_http_request_seconds_count{{method="GET",route="{REVENUE}"'
            text = await seen(told, lambda text: line in text, timeout_seconds=60)
            guarded = await client.get(f"http://127.0.0.1:{port}/metrics")
    finally:
        process.terminate()
        await process.wait()

    assert "secret" not in text
    assert guarded.status_code == 404
