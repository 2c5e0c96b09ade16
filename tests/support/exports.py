"""Exports of a test: asked for over the API, rendered in this process or in a worker."""

import asyncio
from datetime import timedelta
from typing import Any, Final

import httpx2
import msgspec

from careledger.postgres import Connection
from careledger.storage import open_store
from pdf_worker.attempts import Held
from pdf_worker.render import Workshop, render_export
from report_api.settings import ReportApiSettings
from support.polling import seen

EXPORTS: Final = "/api/v1/reports/exports"
QUARTER: Final = {"start_date": "2026-01-01", "end_date": "2026-03-31", "granularity": "month"}
THREE_YEARS: Final = {"start_date": "2023-01-01", "end_date": "2025-12-31", "granularity": "day"}
_ENDED: Final = frozenset({"ready", "failed", "canceled"})


async def ask(client: httpx2.AsyncClient, **parameters: str) -> dict[str, Any]:
    """Ask for the revenue of the first quarter, or of what the parameters say."""
    body = {"report": "revenue", "parameters": {**QUARTER, **parameters}}
    answer = await client.post(EXPORTS, json=body)
    assert answer.status_code == 202, answer.text
    return answer.json()


async def status(client: httpx2.AsyncClient, export_id: str) -> dict[str, Any]:
    """Read an export as its owner."""
    return (await client.get(f"{EXPORTS}/{export_id}")).json()


async def at_work(client: httpx2.AsyncClient, export_id: str) -> None:
    """Wait until an export is being rendered."""

    async def look() -> dict[str, Any]:
        return await status(client, export_id)

    await seen(look, lambda export: export["state"] == "rendering", timeout_seconds=60)


async def ended(
    client: httpx2.AsyncClient, export_id: str, *, timeout_seconds: float = 90
) -> dict[str, Any]:
    """Wait until an export has ended."""

    async def look() -> dict[str, Any]:
        return await status(client, export_id)

    return await seen(look, lambda e: e["state"] in _ENDED, timeout_seconds=timeout_seconds)


def workshop(settings: ReportApiSettings, *, lease_seconds: float = 20) -> Workshop:
    """A workshop on the parts of a test's report-api."""
    return Workshop(
        database_url=settings.database_url.get_secret_value(),
        store=open_store(settings),
        lease=timedelta(seconds=lease_seconds),
        statement_timeout_ms=30_000,
    )


async def render(settings: ReportApiSettings, export_id: str) -> Held | None:
    """Render an export in this process, as a worker does."""
    return await asyncio.to_thread(render_export, workshop(settings), export_id, worker="this test")


async def attempts(connection: Connection, export_id: str) -> list[dict[str, Any]]:
    """Read the attempts at an export, in their order."""
    rows = await connection.fetch(
        "SELECT * FROM export_attempts WHERE export_id = $1 ORDER BY attempt", export_id
    )
    return [dict(row) for row in rows]


async def ends_audited(connection: Connection) -> list[dict[str, Any]]:
    """Read the audit records that tell of ended attempts, in their order."""
    rows = await connection.fetch("SELECT record FROM audit_outbox ORDER BY record_id")
    records = [msgspec.json.decode(row["record"], type=dict[str, Any]) for row in rows]
    return [record for record in records if record["action"] == "export.finished"]


async def begin_attempt(
    connection: Connection, export_id: str, attempt: int, *, lease: str
) -> None:
    """Write what a worker writes that then is heard of no more."""
    await connection.execute(
        "INSERT INTO export_attempts (export_id, attempt, worker, started_at, leased_until)"
        " VALUES ($1, $2, 'another worker', now(), now() + $3::text::interval)",
        export_id,
        attempt,
        lease,
    )
