"""What bench-pdf runs: a filled ledger, report-api and pdf-worker as they are deployed."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import asyncpg
import httpx2
import psutil
from aiokafka import AIOKafkaProducer
from deploy.local.stack import Addresses

from bench.workload import Workload
from careledger.events.envelope import to_headers
from careledger.events.topics import PAYMENT_EVENTS

DAYS: Final = 5_100
_START: Final = datetime(2012, 1, 1, 8, tzinfo=UTC)
END: Final = (_START + timedelta(days=DAYS - 60)).date()
"""The last day asked about."""
_EVENTS: Final = 60_000
_SECRET: Final = "only-for-this-benchmark-and-nothing-else"  # noqa: S105
_CLIENT_SECRET: Final = "cls_only-for-this-benchmark"  # noqa: S105
_SECONDS: Final = 120
_APPLIED: Final = (
    "SELECT coalesce(sum(next_offset), 0) FROM positions WHERE topic = 'payment-events'"
)


@dataclass(frozen=True, slots=True)
class Running:
    """Where the parts are, and the folder of this run."""

    addresses: Addresses
    folder: Path

    def environment(self, **settings: object) -> dict[str, str]:
        """The environment of a service, with settings of its own."""
        shared = {
            "database_url": self.addresses.postgres,
            "kafka_bootstrap": self.addresses.kafka,
            "redis_url": self.addresses.redis,
            "export_dir": self.folder / "exports",
            "secret": _SECRET,
            "aggregator_health_port": 0,
            **settings,
        }
        return {
            **os.environ,  # noqa: TID251 - the child keeps PATH and locale
            **{f"CARELEDGER_{name.upper()}": str(value) for name, value in shared.items()},
        }

    @contextmanager
    def process(self, *command: str, **settings: object) -> Generator[int]:
        """Run a program for the time of a with block; yields its process id."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [Path(sys.executable).with_name(command[0]), *command[1:]],
                env=self.environment(**settings),
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


async def fill(bootstrap: str) -> int:
    """Write the billing of fourteen years to Kafka; returns the number of events."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, compression_type="lz4")
    await producer.start()
    count = 0
    for message in Workload(_EVENTS, days=DAYS, start=_START).messages():
        headers = to_headers(message.envelope)
        await producer.send(PAYMENT_EVENTS.name, message.value, key=message.key, headers=headers)
        count += 1
    await producer.stop()
    return count


@asynccontextmanager
async def running_aggregator(
    running: Running, connection: asyncpg.Connection, events: int
) -> AsyncGenerator[None]:
    """Run the aggregator; enters when everything is applied."""
    with running.process("aggregator", "run"):
        async with asyncio.timeout(_SECONDS):
            while int(await connection.fetchval(_APPLIED)) < events:  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(0.1)
        yield


async def partner_of(connection: asyncpg.Connection) -> str:
    """Register a partner system that may have documents of revenue; returns its id."""
    await connection.execute(
        "INSERT INTO clients (client_id, name, scopes, secret_sha256, profile)"
        " VALUES ('bench', 'Bench', $1, $2, 'pseudonymized')",
        ["revenue:read", "exports"],
        sha256(_CLIENT_SECRET.encode()).digest(),
    )
    return "bench"


@asynccontextmanager
async def running_report_api(
    running: Running, client_id: str
) -> AsyncGenerator[httpx2.AsyncClient]:
    """Run report-api; enters with a client that has a token."""
    port = _free_port()
    settings = {"report_api_port": port, "report_api_requests_per_minute": 1_000_000}
    with running.process("report-api", "serve", **settings):
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            form = {
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": _CLIENT_SECRET,
            }
            answer = await _first_answer(client, form)
            client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
            yield client


async def _first_answer(client: httpx2.AsyncClient, form: dict[str, str]) -> httpx2.Response:
    async with asyncio.timeout(_SECONDS):
        while True:
            try:
                answer = await client.post("/api/v1/auth/token", data=form)
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
                continue
            return answer.raise_for_status()


@contextmanager
def running_worker(running: Running, *, processes: int) -> Generator[int]:
    """Run pdf-worker; enters when its processes are there, with its process id."""
    command = ("celery", "--app", "pdf_worker.app", "--quiet", "worker", "--without-mingle")
    with running.process(*command, pdf_worker_processes=processes) as pid:
        deadline = time.monotonic() + _SECONDS
        while len(psutil.Process(pid).children(recursive=True)) < processes:
            if time.monotonic() > deadline:
                raise TimeoutError("pdf-worker does not start")
            time.sleep(0.1)
        yield pid


def peak_mib(pid: int) -> int:
    """Return the most memory any child of a process ever had, in MiB."""
    peaks = [0]
    for child in psutil.Process(pid).children(recursive=True):
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
        peaks.append(int(line.split()[1]) // 1024)
    return max(peaks)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
