"""Documents from the question to the file, through report-api, Valkey and pdf-worker.

`make bench-pdf`: real parts of its own, the daily revenue of one clinic over up to fourteen years.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx2
from deploy.local.sessions import end_session, start_session
from deploy.local.stack import Addresses
from rich.console import Console

from bench.pdf_parts import (
    END,
    Running,
    fill,
    partner_of,
    peak_mib,
    running_aggregator,
    running_report_api,
    running_worker,
)
from bench.processes import spent_by
from bench.results import Bar, keep
from careledger.kafka import create_topics
from careledger.postgres import SCHEMA, migrate

YEAR_SECONDS_BAR: Final = 1
ROWS_2000_SECONDS_BAR: Final = 15
ROWS_10000_SECONDS_BAR: Final = 90
MEMORY_MIB_BAR: Final = 1_331
"""1.3 GiB."""
_AT_ONCE: Final = 20
_TIMEOUT_SECONDS: Final = 600
_POLL_SECONDS: Final = 0.05

_TOOK: Final = """
SELECT extract(epoch FROM ended_at - started_at)::float AS seconds, result_bytes, page_count
FROM export_attempts WHERE export_id = $1 AND outcome = 'ready'
"""

console = Console()


def main() -> None:
    """Measure, print and keep the figures."""
    addresses = start_session(os.getpid(), durable=True)
    try:
        asyncio.run(_measure(addresses))
    finally:
        end_session(os.getpid())


async def _measure(addresses: Addresses) -> None:
    await asyncio.to_thread(migrate, addresses.postgres)
    await create_topics(addresses.kafka)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        running = Running(addresses, Path(folder))
        connection = await asyncpg.connect(
            addresses.postgres, server_settings={"search_path": SCHEMA, "timezone": "UTC"}
        )
        events = await fill(addresses.kafka)
        async with running_aggregator(running, connection, events):
            console.print(f"{events:,} events applied")
        token = await partner_of(connection)
        async with running_report_api(running, token) as client:
            figures = await _documents(running, client, connection)
        await connection.close()
    seconds = {
        "year": YEAR_SECONDS_BAR,
        "rows_2000": ROWS_2000_SECONDS_BAR,
        "rows_10000": ROWS_10000_SECONDS_BAR,
    }
    bars = [
        Bar(f"{name}_seconds", figures[name]["rendering_seconds"], bar, at_least=False)
        for name, bar in seconds.items()
    ]
    memory = figures["rows_10000"]["memory_mib"]
    bars += [
        Bar("memory_mib", memory, MEMORY_MIB_BAR, at_least=False),
        Bar("arrived_of_20", figures["at_once"]["arrived"], _AT_ONCE),
    ]
    path = keep("bench-pdf", {"events": events, "clinic": "north"}, figures, bars)
    console.print_json(path.read_text(encoding="utf-8"))


async def _documents(
    running: Running, client: httpx2.AsyncClient, connection: asyncpg.Connection
) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    sizes = {"first": 7, "year": 365, "rows_2000": 1_000, "rows_10000": 5_000}
    with running_worker(running, processes=1) as worker:
        for name, days in sizes.items():
            began, before = time.monotonic(), spent_by(worker)
            export_id = await _ask(client, END - timedelta(days=days - 1), END)
            ready = await _ended(client, export_id)
            took: Any = await connection.fetchrow(_TOOK, export_id)
            figures[name] = {
                "state": ready["state"],
                "rows": 2 * days,
                "pages": took["page_count"],
                "bytes": took["result_bytes"],
                "rendering_seconds": round(took["seconds"], 2),
                "waiting_seconds": round(time.monotonic() - began, 2),
                "processor_seconds": round((spent_by(worker) - before).seconds, 2),
                "memory_mib": peak_mib(worker),
            }
            console.print(name, figures[name])
    with running_worker(running, processes=2):
        figures["at_once"] = await _at_once(client)
    return figures


async def _at_once(client: httpx2.AsyncClient) -> dict[str, Any]:
    began = time.monotonic()
    starts = [END - timedelta(days=365 + number) for number in range(_AT_ONCE)]
    asked = [await _ask(client, start, start + timedelta(days=364)) for start in starts]
    asked_seconds = time.monotonic() - began
    ended = await asyncio.gather(*(_ended(client, export_id) for export_id in asked))
    return {
        "asked": len(asked),
        "arrived": sum(export["state"] == "ready" for export in ended),
        "asking_seconds": round(asked_seconds, 2),
        "waiting_seconds": round(time.monotonic() - began, 2),
    }


async def _ask(client: httpx2.AsyncClient, start: date, end: date) -> str:
    question = {
        "clinic_id": "north",
        "start_date": start.isoformat(),
        "end_date": end.isoformat(),
        "granularity": "day",
    }
    answer = await client.post(
        "/api/v1/reports/exports", json={"report": "revenue", "parameters": question}
    )
    answer.raise_for_status()
    return answer.json()["export_id"]


async def _ended(client: httpx2.AsyncClient, export_id: str) -> dict[str, Any]:
    async with asyncio.timeout(_TIMEOUT_SECONDS):
        while True:
            answer = await client.get(f"/api/v1/reports/exports/{export_id}")
            answer.raise_for_status()
            export: dict[str, Any] = answer.json()
            if export["state"] in {"ready", "failed", "canceled"}:
                return export
            await asyncio.sleep(_POLL_SECONDS)


if __name__ == "__main__":
    main()
