"""While Kafka is away answers go on, their records wait, and then all are sealed, each once."""

import asyncio
import json
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.error import HTTPError

import httpx2
import pytest

from careledger.audit_chain.links import BEGINNING
from careledger.audit_chain.verification import verify_rows
from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from support.aggregators import Installation
from support.own_kafka import OwnKafka
from support.polling import seen
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.e2e

REVENUE = "/api/v1/reports/revenue"
_BACK_SECONDS = 45
"""The broker's own 30 s, and what a machine with other work needs."""


@pytest.fixture
async def installation(
    own_kafka: OwnKafka, database_url: str, topic_prefix: str
) -> AsyncIterator[Installation]:
    await create_topics(own_kafka.bootstrap, tuple(topic.under(topic_prefix) for topic in TOPICS))
    one = Installation(database_url, own_kafka.bootstrap, topic_prefix)
    yield one
    own_kafka.thaw()
    for aggregator in one.aggregators:
        aggregator.kill()


async def ask(*clients: httpx2.AsyncClient) -> list[httpx2.Response]:
    return [await client.get(REVENUE) for client in clients for _ in range(10)]


async def test_answers_while_kafka_is_away_are_all_in_the_log(
    installation: Installation, own_kafka: OwnKafka, report_api: RunningReportApi, tmp_path: Path
) -> None:
    await installation.register_clinics()
    await installation.publish([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    finance, staff = await report_api.user("finance"), await report_api.user("staff")
    aggregator = installation.start_aggregator(
        audit_checkpoint_rows=5, audit_checkpoint_file=tmp_path / "checkpoints.jsonl"
    )
    await installation.ready(aggregator)
    await installation.caught_up()

    answers = await ask(finance, staff)
    own_kafka.freeze()
    answers += await ask(finance, staff)
    waiting = await report_api.connection.fetchval("SELECT count(*) FROM audit_outbox")
    await report_api.connection.execute(
        "UPDATE audit_outbox SET recorded_at = recorded_at - interval '2 minutes'"
    )
    unready = await seen(
        lambda: asyncio.to_thread(_readiness, aggregator.health), lambda told: told["audit"] != "ok"
    )
    shown = await asyncio.to_thread(_metrics, aggregator.health)
    own_kafka.thaw()

    async def sealed() -> list[str]:
        rows = await report_api.connection.fetch(
            "SELECT convert_from(record, 'UTF8')::jsonb ->> 'request_id' AS request_id"
            " FROM audit_log WHERE service = 'report-api'"
        )
        return [row["request_id"] for row in rows]

    in_log = await seen(
        sealed, lambda found: len(found) >= len(answers), timeout_seconds=_BACK_SECONDS
    )

    assert Counter(answer.status_code for answer in answers) == {200: 20, 403: 20}
    assert waiting >= 20
    assert "audit records wait" in unready["audit"]
    assert shown["careledger_audit_outbox_records"] >= 20
    assert shown["careledger_audit_outbox_oldest_seconds"] > 60
    assert sorted(in_log) == sorted(answer.headers["x-request-id"] for answer in answers)
    last = await report_api.connection.fetchval("SELECT max(sequence) FROM audit_log")
    assert (await verify_rows(report_api.connection, BEGINNING, last)).finding is None
    assert await seen(
        lambda: asyncio.to_thread(_lines, tmp_path / "checkpoints.jsonl"), lambda lines: lines >= 1
    )
    await seen(
        lambda: asyncio.to_thread(_readiness, aggregator.health), lambda told: told["audit"] == "ok"
    )


def _lines(file: Path) -> int:
    return file.read_text().count("\n") if file.exists() else 0


def _metrics(health: str) -> dict[str, float]:
    with urllib.request.urlopen(f"{health}/metrics", timeout=10) as answer:  # noqa: S310 - loopback
        lines = answer.read().decode().splitlines()
    return {name: float(value) for name, value in (one.split() for one in lines if one[0] != "#")}


def _readiness(health: str) -> dict[str, str]:
    try:
        with urllib.request.urlopen(f"{health}/readyz?verbose", timeout=10) as answer:  # noqa: S310 - loopback
            return json.load(answer)["checks"]
    except HTTPError as error:
        return json.load(error)["checks"]
