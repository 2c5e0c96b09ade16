"""Measures a practice's database on its way into visible reports: the first run, and the next ones.

A source of 100 000 rows is read first, then one of as many as asked for; then one in a hundred rows
of it changes. Time runs until the proof that reports and source agree is there.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

import asyncpg
import typer
import uvloop
from deploy.local.sessions import end_session, start_session
from deploy.local.stack import Addresses
from rich.console import Console

from bench.results import Bar, keep
from careledger.kafka import create_topics
from careledger.postgres import SCHEMA, migrate

SECONDS_BAR: Final = 300
INCREMENTAL_SECONDS_BAR: Final = 60
MEMORY_BAR: Final = 1.2
SMALL: Final = 100_000
_POLL_SECONDS: Final = 0.25
_TIMEOUT_SECONDS: Final = 1_800
_FIRST_DAY: Final = date(2024, 1, 1)
_DAYS: Final = 730
_SCHEMA: Final = """
CREATE TABLE patients (id TEXT PRIMARY KEY, first_name TEXT, last_name TEXT);
CREATE TABLE invoices (
    id INTEGER PRIMARY KEY, patient_id TEXT, amount DECIMAL(12, 2), issued_on TEXT, due_on TEXT,
    status TEXT, updated_at TEXT);
CREATE TABLE payments (
    id INTEGER PRIMARY KEY, patient_id TEXT, invoice_id TEXT, amount DECIMAL(12, 2), method TEXT,
    paid_at TEXT, status TEXT, updated_at TEXT);
CREATE INDEX invoices_changed ON invoices (updated_at, id);
CREATE INDEX payments_changed ON payments (updated_at, id);
"""

console = Console()


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took."""

    seconds: float
    """Until source and reports were proven to agree."""
    published_seconds: float
    """Until Kafka had everything."""
    cpu_seconds: float
    """Of the extraction alone."""
    memory_mib: int
    """The most the extraction had resident."""


def main(
    rows: Annotated[int, typer.Option(min=1_000, help="Rows of the source")] = 1_000_000,
) -> None:
    """Measure, print and keep the figures."""
    addresses = start_session(os.getpid(), durable=True)
    try:
        uvloop.run(_measure(addresses, rows))
    finally:
        end_session(os.getpid())


async def _measure(addresses: Addresses, rows: int) -> None:
    await asyncio.to_thread(migrate, addresses.postgres)
    await create_topics(addresses.kafka)
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    connection: Any = await asyncpg.connect(
        addresses.postgres, server_settings={"search_path": SCHEMA, "timezone": "UTC"}
    )
    environment = {
        **os.environ,  # noqa: TID251 - the child keeps PATH and locale
        "CARELEDGER_DATABASE_URL": addresses.postgres,
        "CARELEDGER_KAFKA_BOOTSTRAP": addresses.kafka,
        "CARELEDGER_SECRET": "only-for-this-benchmark-and-nothing-else",
        "CARELEDGER_AGGREGATOR_HEALTH_PORT": "0",
    }
    with (folder / "aggregator.log").open("wb") as log:
        aggregator = subprocess.Popen(
            [_program("aggregator"), "run"],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        small = await _run(connection, environment, _source(folder, "small", SMALL))
        source = _source(folder, "large", rows)
        first = await _run(connection, environment, source)
        changed = _change(source)
        following = await _run(connection, environment, source)
    finally:
        aggregator.terminate()
        aggregator.wait(timeout=60)
        await connection.close()
    figures = {
        "first_run_seconds": round(first.seconds, 1),
        "first_run_published_seconds": round(first.published_seconds, 1),
        "first_run_rows_per_second": round(rows / first.seconds),
        "extraction_cpu_seconds_per_million_rows": round(first.cpu_seconds / rows * 1e6, 1),
        "next_run_seconds": round(following.seconds, 1),
        "memory_mib": first.memory_mib,
        "memory_mib_of_100_000_rows": small.memory_mib,
    }
    bars = [
        Bar("first_run_seconds", figures["first_run_seconds"], SECONDS_BAR, at_least=False),
        Bar(
            "next_run_seconds", figures["next_run_seconds"], INCREMENTAL_SECONDS_BAR, at_least=False
        ),
        Bar(
            "memory_ratio",
            round(first.memory_mib / small.memory_mib, 2),
            MEMORY_BAR,
            at_least=False,
        ),
    ]
    path = keep("bench-extract", {"rows": rows, "changed_rows": changed}, figures, bars)
    console.print_json(path.read_text(encoding="utf-8"))


async def _run(connection: Any, environment: dict[str, str], source: Path) -> Measured:  # noqa: ANN401 - asyncpg's type takes no parameters here
    before = await connection.fetchval("SELECT count(*) FROM reconciliations")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    since = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        _program("ingest"),
        *("extract", "run", "--mapping", str(source.with_suffix(".toml"))),
        *("--url", f"sqlite:///{source}"),
        env=environment,
        cwd=source.parent,
    )
    memory = await _watched(process)
    published = time.monotonic() - since
    if process.returncode != 0:
        raise typer.Exit(1)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    while await connection.fetchval("SELECT count(*) FROM reconciliations") == before:
        if time.monotonic() - since > _TIMEOUT_SECONDS:
            raise typer.Exit(1)
        await asyncio.sleep(_POLL_SECONDS)
    seconds = time.monotonic() - since
    if not await connection.fetchval("SELECT bool_and(matches) FROM reconciliations"):
        console.print("source and reports differ")
        raise typer.Exit(1)
    cpu = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
    return Measured(seconds, published, cpu, memory)


async def _watched(process: asyncio.subprocess.Process) -> int:
    """Wait for a process to end; return the most memory it had resident, in MiB."""
    status, peak = Path(f"/proc/{process.pid}/status"), 0
    ended = asyncio.create_task(process.wait())
    while not ended.done():
        await asyncio.wait((ended,), timeout=_POLL_SECONDS)
        peak = max(peak, _peak_kib(status))
    await ended
    return peak // 1024


def _peak_kib(status: Path) -> int:
    try:
        lines = status.read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return max((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), default=0)


def _source(folder: Path, name: str, rows: int) -> Path:
    path = folder / f"{name}.db"
    mapping = files("ingest.sources.practice").joinpath("ready", "practice.toml").read_text("utf-8")
    mapping = mapping.replace("urn:practice:billing", f"urn:bench:{name}")
    path.with_suffix(".toml").write_text(
        mapping.replace('value = "main"', f'value = "{name}"'), encoding="utf-8"
    )
    patients, invoices = rows // 20, rows * 9 // 20
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO patients VALUES (?, ?, ?)",
            ((f"{name}-{n}", f"Given{n}", f"Family{n % 5000}") for n in range(patients)),
        )
        connection.executemany(
            "INSERT INTO invoices VALUES (?, ?, ?, ?, ?, 'open', ?)",
            _invoices(name, patients, invoices),
        )
        connection.executemany(
            "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _payments(name, patients, invoices, rows - patients - invoices),
        )
    return path


def _invoices(name: str, patients: int, count: int) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        day = (_FIRST_DAY + timedelta(days=n * _DAYS // count)).isoformat()
        yield n, f"{name}-{n % patients}", _amount(n), day, day, f"{day} 08:00:00"


def _payments(name: str, patients: int, invoices: int, count: int) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        day = (_FIRST_DAY + timedelta(days=n * _DAYS // count)).isoformat()
        invoice = n % invoices
        status = "failed" if n % 50 == 0 else "paid"
        at = f"{day} 12:00:00"
        patient = f"{name}-{invoice % patients}"
        yield n, patient, str(invoice), _amount(n), ("card", "check")[n % 2], at, status, at


def _amount(n: int) -> str:
    return f"{n % 400 + 20}.{n % 100:02}"


def _change(source: Path) -> int:
    with closing(sqlite3.connect(source)) as connection, connection:
        changed = 0
        for table in ("invoices", "payments"):
            changed += connection.execute(
                f"UPDATE {table} SET amount = amount + 1, updated_at = '2026-06-01 00:00:00'"
                " WHERE id % 95 = 0"
            ).rowcount
    return changed


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    typer.run(main)
