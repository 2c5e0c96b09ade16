"""Real aggregator processes on a database and topics of one test, and the log they apply."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError

import asyncpg
import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from deploy.local.stack import Addresses

from careledger.events.envelope import to_headers
from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from support.applied_log import SESSION, AppliedLog
from support.histories import Telling, partition_of
from support.history_events import CLINICS
from support.oracle.log import LogRecord
from support.polling import seen

_SECRET = "a secret of the tests, long enough to be one"  # noqa: S105 - opens nothing


@dataclass
class Aggregator:
    """One running `aggregator run`."""

    process: subprocess.Popen[bytes]
    health: str

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it."""
        self.process.send_signal(number)

    def is_ready(self) -> bool:
        """Whether /readyz says that all consumers know where they stand."""
        try:
            with urllib.request.urlopen(f"{self.health}/readyz", timeout=2) as answer:  # noqa: S310 - loopback
                return answer.status == 200
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        """Kill it where it stands."""
        self.process.kill()
        self.process.wait()

    async def end(self) -> int:
        """Ask it to stop and return its exit code."""
        self.process.terminate()
        return await asyncio.to_thread(self.process.wait, timeout=30)


@dataclass
class Installation:
    """A database, topics and a log of one test; aggregators come and go."""

    database_url: str
    bootstrap: str
    prefix: str
    log: list[LogRecord] = field(default_factory=list[LogRecord])
    aggregators: list[Aggregator] = field(default_factory=list[Aggregator])
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="aggregators-")))

    @property
    def topic(self) -> str:
        """The name of this test's payment-events."""
        return f"{self.prefix}payment-events"

    def start_aggregator(
        self, *, database_url: str | None = None, **settings: object
    ) -> Aggregator:
        """Start one more aggregator; settings are CARELEDGER_… names in lower case."""
        port = _free_port()
        environment = {
            **os.environ,  # noqa: TID251 - the child keeps PATH and locale
            **self.settings(port=port),
            **{f"CARELEDGER_{name.upper()}": str(value) for name, value in settings.items()},
        }
        if database_url is not None:
            environment["CARELEDGER_DATABASE_URL"] = database_url
        with (self.folder / f"{len(self.aggregators)}.log").open("wb") as output:
            process = subprocess.Popen(
                [Path(sys.executable).with_name("aggregator"), "run"],
                env=environment,
                stdout=output,
                stderr=output,
                cwd=self.folder,
            )
        started = Aggregator(process, f"http://127.0.0.1:{port}")
        self.aggregators.append(started)
        return started

    def settings(self, *, port: int) -> dict[str, str]:
        """The settings of one aggregator whose health is at a port, as its environment."""
        return {
            "CARELEDGER_DATABASE_URL": self.database_url,
            "CARELEDGER_KAFKA_BOOTSTRAP": self.bootstrap,
            "CARELEDGER_KAFKA_TOPIC_PREFIX": self.prefix,
            "CARELEDGER_SECRET": _SECRET,
            "CARELEDGER_AGGREGATOR_HEALTH_PORT": str(port),
            "CARELEDGER_AGGREGATOR_CONSUMERS": "1",
            "CARELEDGER_AGGREGATOR_SESSION_TIMEOUT_MS": "6000",
        }

    async def ready(self, aggregator: Aggregator) -> None:
        """Wait until an aggregator says that it is ready."""
        await seen(lambda: asyncio.to_thread(aggregator.is_ready), bool, timeout_seconds=60)

    async def publish(self, tellings: Sequence[Telling], *, pause_seconds: float = 0) -> None:
        """Write events to payment-events, in order, each to its patient's partition."""
        producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all", linger_ms=5)
        await producer.start()
        try:
            for start in range(0, len(tellings), 500):
                part = tellings[start : start + 500]
                sent = [await self._send(producer, telling) for telling in part]
                for telling, waiting in zip(part, sent, strict=True):
                    written = await waiting
                    self.log.append(
                        _recorded(telling, written.partition, written.offset, written.timestamp)
                    )
                await asyncio.sleep(pause_seconds)
        finally:
            await producer.stop()

    async def _send(self, producer: AIOKafkaProducer, telling: Telling) -> Any:  # noqa: ANN401 - a future of aiokafka's own
        return await producer.send(
            self.topic,
            msgspec.json.encode(telling.event),
            key=telling.event.patient_id.encode(),
            headers=to_headers(telling.envelope),
            partition=partition_of(telling.event.patient_id),
        )

    async def stored_offsets(self) -> dict[int, int]:
        """Return the stored offset of each partition."""
        connection = await asyncpg.connect(self.database_url, server_settings=SESSION)
        try:
            rows = await connection.fetch(
                "SELECT kafka_partition, next_offset FROM positions WHERE topic = 'payment-events'"
            )
        finally:
            await connection.close()
        return {row["kafka_partition"]: row["next_offset"] for row in rows}

    async def log_ends(self) -> dict[int, int]:
        """Return the end of each partition of the log."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap)
        await consumer.start()
        try:
            ends = await consumer.end_offsets([TopicPartition(self.topic, n) for n in range(4)])
        finally:
            await consumer.stop()
        return {where.partition: end for where, end in ends.items()}

    async def caught_up(self, timeout_seconds: float = 90) -> None:
        """Wait until everything in the log is applied."""
        ends = await self.log_ends()
        await seen(
            self.stored_offsets,
            lambda stored: all(stored.get(part, 0) >= end for part, end in ends.items()),
            timeout_seconds=timeout_seconds,
        )

    async def applied(self, at_least: int) -> None:
        """Wait until so many records are applied."""
        await seen(
            self.stored_offsets,
            lambda stored: sum(stored.values()) >= at_least,
            timeout_seconds=60,
        )

    async def tables(self) -> AppliedLog:
        """Return a view of the tables for comparison; close its connection afterwards."""
        connection = await asyncpg.connect(self.database_url, server_settings=SESSION)
        return AppliedLog(connection, CLINICS, name="")

    async def register_clinics(self) -> None:
        """Register the clinics of the histories with their zones."""
        tables = await self.tables()
        await tables.register_clinics()
        await tables.connection.close()

    def output(self) -> str:
        """Return what all aggregators wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def _recorded(telling: Telling, partition: int, offset: int, timestamp_ms: int) -> LogRecord:
    return LogRecord(
        partition=partition,
        offset=offset,
        source=telling.envelope.source,
        id=telling.envelope.id,
        type=telling.envelope.type,
        time=telling.envelope.time,
        event=telling.event,
        appended_at=datetime.fromtimestamp(timestamp_ms / 1000, UTC),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
async def installation(
    stack: Addresses, database_url: str, topic_prefix: str
) -> AsyncIterator[Installation]:
    """An installation of this test alone; its aggregators are ended with it."""
    await create_topics(stack.kafka, tuple(topic.under(topic_prefix) for topic in TOPICS))
    one = Installation(database_url, stack.kafka, topic_prefix)
    await one.register_clinics()
    yield one
    for aggregator in one.aggregators:
        aggregator.signal(signal.SIGCONT)
        aggregator.kill()
