"""While Kafka is frozen every route answers on, the records wait, and all are sealed, each once."""

import asyncio
import json
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import httpx2
import pytest

from careledger.audit_chain.links import BEGINNING
from careledger.audit_chain.verification import verify_rows
from careledger.events.topics import TOPICS
from careledger.kafka import create_topics
from report_api.settings import ReportApiSettings
from support.aggregators import Installation
from support.every_route import ask_everything, counted
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


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, installation: Installation
) -> ReportApiSettings:
    """The service hears from the broker that is going to freeze."""
    return report_api_settings.model_copy(
        update={
            "kafka_bootstrap": installation.bootstrap,
            "kafka_topic_prefix": installation.prefix,
        }
    )


async def kafka_is(report_api: RunningReportApi, state: str) -> None:
    """Wait until the service says so of Kafka; it stays ready to answer all the while."""

    async def told() -> tuple[int, str]:
        answer = await report_api.anybody.get("/readyz?verbose=true")
        return answer.status_code, answer.json()["checks"]["kafka"]

    await seen(told, lambda now: now == (200, state), timeout_seconds=_BACK_SECONDS)


async def ask(*clients: httpx2.AsyncClient) -> list[httpx2.Response]:
    return [await client.get(REVENUE) for client in clients for _ in range(10)]


async def test_answers_while_kafka_is_away_are_all_in_the_log(
    installation: Installation,
    own_kafka: OwnKafka,
    report_api: RunningReportApi,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    await installation.register_clinics()
    await installation.publish([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    finance, staff = await report_api.user("finance"), await report_api.user("staff")
    admin, auditor = await report_api.user("admin"), await report_api.user("auditor")
    aggregator = installation.start_aggregator(
        audit_checkpoint_rows=5, audit_checkpoint_file=tmp_path / "checkpoints.jsonl"
    )
    await installation.ready(aggregator)
    await installation.caught_up()

    answers = await ask(finance, staff)
    await kafka_is(report_api, "ok")
    own_kafka.freeze()
    answers += await ask(finance, staff)
    everything = await ask_everything(report_api, admin, auditor, report_api.anybody, ways=1)
    await report_api.app.state.unattributed.flush(report_api.gate.pool)
    await kafka_is(report_api, "away")
    waiting = await report_api.connection.fetchval("SELECT count(*) FROM audit_outbox")
    await report_api.connection.execute(
        "UPDATE audit_outbox SET recorded_at = recorded_at - interval '2 minutes'"
    )
    unready = await seen(
        lambda: asyncio.to_thread(_readiness, aggregator.health), lambda told: told["audit"] != "ok"
    )
    shown = await asyncio.to_thread(_metrics, aggregator.health)
    own_kafka.thaw()
    thawed = time.monotonic()

    async def sealed() -> list[dict[str, Any]]:
        rows = await report_api.connection.fetch(
            "SELECT record FROM audit_log WHERE service = 'report-api'"
        )
        return [json.loads(row["record"]) for row in rows]

    in_log = await seen(
        sealed,
        lambda found: counted(found) >= len(answers) + len(everything),
        timeout_seconds=_BACK_SECONDS,
    )
    record_property("seconds_until_all_is_sealed", round(time.monotonic() - thawed, 1))
    await kafka_is(report_api, "ok")
    record_property("seconds_until_kafka_is_ok", round(time.monotonic() - thawed, 1))

    assert Counter(answer.status_code for answer in answers) == {200: 20, 403: 20}
    assert {200, 401, 403, 404} <= {answer.status_code for answer in everything}
    assert not [one.request.url for one in everything if one.status_code == 500]
    assert counted(in_log) == len(answers) + len(everything)
    told = Counter(record["request_id"] for record in in_log if "request_id" in record)
    assert waiting >= 20
    assert "audit records wait" in unready["audit"]
    assert shown["careledger_audit_outbox_records"] >= 20
    assert shown["careledger_audit_outbox_oldest_seconds"] > 60
    assert set(told.values()) == {1}
    shown_to = {one.headers["x-request-id"] for one in [*answers, *everything] if one.is_success}
    assert shown_to <= set(told)
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
    return {
        name: float(value) for name, value in (one.rsplit(" ", 1) for one in lines if one[0] != "#")
    }


def _readiness(health: str) -> dict[str, str]:
    try:
        with urllib.request.urlopen(f"{health}/readyz?verbose", timeout=10) as answer:  # noqa: S310 - loopback
            return json.load(answer)["checks"]
    except HTTPError as error:
        return json.load(error)["checks"]
