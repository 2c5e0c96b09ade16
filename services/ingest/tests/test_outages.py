"""While Kafka is away senders are asked to come again; when it is back, nothing is restarted."""

import asyncio
import json
import time

import pytest

from careledger.events.envelope import from_headers
from ingest.settings import IngestSettings
from support.ingest import RunningIngest
from support.own_kafka import OwnKafka
from support.payment_bodies import event, payment
from support.polling import seen
from support.topics import write_records

pytestmark = pytest.mark.integration

STRUCTURED = {"content-type": "application/cloudevents+json"}
SEND_TIMEOUT_SECONDS = 1.5


@pytest.fixture
def kafka_bootstrap(own_kafka: OwnKafka) -> str:
    return own_kafka.bootstrap


@pytest.fixture
def ingest_settings(ingest_settings: IngestSettings) -> IngestSettings:
    return ingest_settings.model_copy(update={"ingest_send_timeout_seconds": SEND_TIMEOUT_SECONDS})


async def post(ingest: RunningIngest, name: str) -> int:
    body = event(id=name, time="2026-03-02T09:30:00Z")
    answer = await ingest.client.post("/v1/events", json=body, headers=STRUCTURED)
    return answer.status_code


async def ready(ingest: RunningIngest) -> int:
    return (await ingest.client.get("/readyz")).status_code


async def test_a_broker_frozen_longer_than_any_timeout_leaves_no_wedged_producer(
    ingest: RunningIngest, own_kafka: OwnKafka
) -> None:
    assert await post(ingest, "before") == 202
    own_kafka.freeze()

    since = time.monotonic()
    during = await asyncio.gather(*[post(ingest, f"during-{number}") for number in range(20)])
    waited_seconds = time.monotonic() - since
    again = await post(ingest, "during-0")
    unready = await ready(ingest)
    own_kafka.thaw()
    await seen(lambda: post(ingest, "during-0"), lambda status: status == 202)
    after = [await post(ingest, f"after-{number}") for number in range(5)]

    assert set(during) == {503}
    assert waited_seconds < 3 * SEND_TIMEOUT_SECONDS
    assert (again, unready) == (503, 503)
    assert after == [202] * 5
    assert await seen(lambda: ready(ingest), lambda status: status == 200)
    ids = {from_headers(record.headers).id for record in await ingest.records()}
    assert {"before", "during-0", *(f"after-{number}" for number in range(5))} <= ids


async def test_an_answer_during_an_outage_says_when_to_come_again(
    ingest: RunningIngest, own_kafka: OwnKafka
) -> None:
    own_kafka.freeze()

    answer = await ingest.client.post("/v1/events", json=event(), headers=STRUCTURED)

    own_kafka.thaw()
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-type"] == "application/problem+json"


def intake_record(name: str) -> tuple[bytes, bytes, list[tuple[str, bytes | None]]]:
    attributes = {key: value for key, value in event(id=name).items() if key != "data"}
    headers = [(f"ce_{key}", str(value).encode()) for key, value in attributes.items()]
    return b"P-20417", json.dumps(payment()).encode(), list(headers)


async def test_an_outage_in_the_middle_of_payment_intake_skips_no_record(
    ingest: RunningIngest, own_kafka: OwnKafka
) -> None:
    names = {f"k-{number}" for number in range(300)}
    records = [intake_record(name) for name in sorted(names)]
    writing = asyncio.create_task(
        write_records(own_kafka.bootstrap, ingest.topic("payment-intake"), records)
    )
    await ingest.records_once("payment-events", 1)

    own_kafka.freeze()
    assert await post(ingest, "meanwhile") == 503
    own_kafka.thaw()
    await writing

    await seen(
        ingest.records,
        lambda found: names <= {from_headers(record.headers).id for record in found},
    )


async def test_what_failed_is_in_the_audit_log_once_kafka_is_back(
    ingest: RunningIngest, own_kafka: OwnKafka
) -> None:
    own_kafka.freeze()
    assert await post(ingest, "during") == 503
    own_kafka.thaw()

    (record, *_) = await seen(ingest.audit_records, bool)
    assert record["outcome"] == "failure"
