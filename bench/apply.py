"""Events already in Kafka, through `aggregator run`, into every reporting table, committed.

`make bench-apply [EVENTS=2000000]`: real Kafka and PostgreSQL of its own, real migrations and
indexes, the whole vocabulary in the mix of bench/workload.py.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import asyncpg
import psutil
import typer
import uvloop
from aiokafka import AIOKafkaProducer
from deploy.local.sessions import end_session, start_session
from deploy.local.stack import Addresses
from rich.console import Console
from rich.progress import Progress

from bench import raw_copy
from bench.processes import Spent, spent_by
from bench.results import Bar, keep
from bench.workload import Workload
from careledger.events.envelope import to_headers
from careledger.events.topics import PAYMENT_EVENTS
from careledger.kafka import create_topics
from careledger.postgres import SCHEMA, migrate

EVENTS_PER_SECOND_BAR: Final = 30_000
RAW_COPY_BAR: Final = 0.35
_POLL_SECONDS: Final = 0.1
_TIMEOUT_SECONDS: Final = 1_800

_APPLIED: Final = (
    "SELECT coalesce(sum(next_offset), 0) FROM positions WHERE topic = 'payment-events'"
)

# The first batch of each partition has no start of its own, so it is left out on both sides.
_RATE: Final = """
WITH ranked AS (
    SELECT next_offset - first_offset AS events, recorded_at,
        row_number() OVER (PARTITION BY kafka_partition ORDER BY next_offset) AS place
    FROM batches WHERE topic = 'payment-events'
), start AS (
    SELECT max(recorded_at) AS at FROM ranked WHERE place = 1
)
SELECT sum(events) FILTER (WHERE recorded_at > start.at)::float AS events,
    extract(epoch FROM max(recorded_at) - min(start.at))::float AS seconds,
    count(*) AS batches
FROM ranked, start
"""

console = Console()


@dataclass(frozen=True, slots=True)
class Group:
    """How many aggregators share the topic, and how much each takes at a time."""

    processes: int
    consumers: int
    batch_max: int


def main(
    events: Annotated[int, typer.Option(min=1_000, help="How many events")] = 2_000_000,
    batch: Annotated[int, typer.Option(help="Most records in one transaction")] = 20_000,
    processes: Annotated[int, typer.Option(help="Aggregators in the consumer group")] = 2,
    consumers: Annotated[int, typer.Option(help="Consumers of each, one connection each")] = 1,
) -> None:
    """Measure, print and keep the figures."""
    addresses = start_session(os.getpid(), durable=True)
    try:
        uvloop.run(_measure(addresses, events, Group(processes, consumers, batch)))
    finally:
        end_session(os.getpid())


async def _measure(addresses: Addresses, wanted: int, group: Group) -> None:
    await asyncio.to_thread(migrate, addresses.postgres)
    await create_topics(addresses.kafka)
    mix = await _fill(addresses, wanted)
    events = mix.total()
    console.print(f"{events:,} events in {PAYMENT_EVENTS.name}; applying")
    connection = await asyncpg.connect(
        addresses.postgres, server_settings={"search_path": SCHEMA, "timezone": "UTC"}
    )
    aggregator, postgres, kafka = await _apply(addresses, connection, events, group)
    rate: Any = await connection.fetchrow(_RATE)
    per_second = rate["events"] / rate["seconds"]
    console.print(f"{per_second:,.0f} events/s; raw COPY of the same rows")
    raw = await raw_copy.measure(connection)
    await connection.close()
    raw_per_second = events / (raw.ledger_seconds + raw.identity_seconds)
    figures: dict[str, Any] = {
        "events_per_second": round(per_second),
        "seconds": round(rate["seconds"], 2),
        "batches": rate["batches"],
        "raw_copy_events_per_second": round(raw_per_second),
        "raw_copy_of_ledger_alone_events_per_second": round(events / raw.ledger_seconds),
        "ratio_to_raw_copy": round(per_second / raw_per_second, 3),
        "ratio_to_raw_copy_of_ledger_alone": round(per_second * raw.ledger_seconds / events, 3),
        "ledger_rows": raw.ledger_rows,
        "cpu_seconds_per_million_events": {
            "aggregator": round(aggregator.seconds / events * 1e6, 1),
            "postgresql": round(postgres.seconds / events * 1e6, 1),
            "kafka": round(kafka.seconds / events * 1e6, 1),
        },
    }
    bars = [
        Bar("events_per_second", figures["events_per_second"], EVENTS_PER_SECOND_BAR),
        Bar("ratio_to_raw_copy", figures["ratio_to_raw_copy"], RAW_COPY_BAR),
    ]
    dataset = {"events": events, "mix": dict(mix), **asdict(group)}
    path = keep("bench-apply", dataset, figures, bars)
    console.print_json(path.read_text(encoding="utf-8"))


async def _fill(addresses: Addresses, wanted: int) -> Counter[str]:
    mix: Counter[str] = Counter()
    producer = AIOKafkaProducer(
        bootstrap_servers=addresses.kafka,
        linger_ms=20,
        max_batch_size=256 * 1024,
        compression_type="lz4",
    )
    await producer.start()
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("writing events to Kafka", total=wanted)
        for message in Workload(wanted).messages():
            await producer.send(
                PAYMENT_EVENTS.name,
                message.value,
                key=message.key,
                headers=to_headers(message.envelope),
            )
            mix[message.envelope.type] += 1
            progress.advance(task)
    await producer.stop()
    return mix


async def _apply(
    addresses: Addresses, connection: asyncpg.Connection, events: int, group: Group
) -> tuple[Spent, Spent, Spent]:
    """Run the aggregators until everything is applied; return what each part spent."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    environment = {
        **os.environ,  # noqa: TID251 - the child keeps PATH and locale
        "CARELEDGER_DATABASE_URL": addresses.postgres,
        "CARELEDGER_KAFKA_BOOTSTRAP": addresses.kafka,
        "CARELEDGER_SECRET": "only-for-this-benchmark-and-nothing-else",
        "CARELEDGER_AGGREGATOR_HEALTH_PORT": "0",
        "CARELEDGER_AGGREGATOR_BATCH_MAX": str(group.batch_max),
        "CARELEDGER_AGGREGATOR_CONSUMERS": str(group.consumers),
    }
    postmaster = await _postmaster(connection)
    broker = _broker(addresses)
    before = spent_by(postmaster), spent_by(broker)
    with (folder / "aggregator.log").open("wb") as log:
        aggregators = [
            subprocess.Popen(
                [Path(sys.executable).with_name("aggregator"), "run"],
                env=environment,
                stdout=log,
                stderr=log,
                cwd=folder,
            )
            for _ in range(group.processes)
        ]
    try:
        await _until_applied(connection, events, aggregators)
        spent = Spent(sum(spent_by(one.pid).seconds for one in aggregators))
        after = spent_by(postmaster), spent_by(broker)
    finally:
        for one in aggregators:
            one.terminate()
        for one in aggregators:
            one.wait(timeout=60)
    return spent, after[0] - before[0], after[1] - before[1]


async def _until_applied(
    connection: asyncpg.Connection, events: int, aggregators: list[subprocess.Popen[bytes]]
) -> None:
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("applying", total=events)
        applied = 0
        while applied < events:
            applied = int(await connection.fetchval(_APPLIED))
            progress.update(task, completed=applied)
            ended = any(one.poll() is not None for one in aggregators)
            if ended or time.monotonic() > deadline:
                raise typer.Exit(1)
            await asyncio.sleep(_POLL_SECONDS)


async def _postmaster(connection: asyncpg.Connection) -> int:
    folder = await connection.fetchval("SHOW data_directory")
    return int((Path(folder) / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])


def _broker(addresses: Addresses) -> int:
    """Find the process that listens on the broker's port."""
    port = int(addresses.kafka.rpartition(":")[2])
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            for connection in process.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    return process.pid
    console.print("the broker's process is not on this machine")
    raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
