"""A Standard Webhooks signature admits a body; nothing is published before it holds."""

from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook

from careledger import clock
from support.ingest import WEBHOOK_SECRET, WEBHOOK_SOURCE, RunningIngest
from support.payment_bodies import event, ndjson

pytestmark = pytest.mark.integration


def signed(
    body: bytes, media: str, *, at: datetime | None = None, secret: str = WEBHOOK_SECRET
) -> dict[str, str]:
    at = at or clock.now()
    return {
        "content-type": media,
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body.decode()),
    }


STRUCTURED = "application/cloudevents+json"
NDJSON = "application/x-ndjson"


@pytest.fixture
def ingest(ingest: RunningIngest) -> RunningIngest:
    del ingest.client.headers["authorization"]
    return ingest


async def test_a_signed_event_is_accepted_on_behalf_of_its_source(ingest: RunningIngest) -> None:
    body = ndjson(event())

    answer = await ingest.client.post("/v1/events", content=body, headers=signed(body, STRUCTURED))

    (record,) = await ingest.audit_records()
    assert answer.status_code == 202
    assert record["actor"] == WEBHOOK_SOURCE


async def test_signed_lines_are_accepted(ingest: RunningIngest) -> None:
    body = ndjson(event(id="a"), event(id="b"))

    answer = await ingest.client.post("/v1/events", content=body, headers=signed(body, NDJSON))

    assert answer.json()["accepted_count"] == 2


async def test_the_same_signed_body_again_carries_the_same_events(ingest: RunningIngest) -> None:
    body = ndjson(event())
    headers = signed(body, STRUCTURED)

    for _ in range(2):
        assert (await ingest.client.post("/v1/events", content=body, headers=headers)).is_success

    first, second = await ingest.records()
    assert first.headers == second.headers


async def test_what_is_not_signed_as_it_came_is_refused(ingest: RunningIngest) -> None:
    body = ndjson(event())
    good = signed(body, STRUCTURED)
    attempts = [
        (body + b" ", good),
        (body, signed(body, STRUCTURED, at=clock.now() - timedelta(minutes=6))),
        (body, signed(body, STRUCTURED, secret=WEBHOOK_SECRET[:-3] + "x=")),
        (body, {**good, "webhook-signature": "v1"}),
        (body, {**good, "webhook-timestamp": "nan"}),
        (b"\xff\xfe", good),
        (body, {name: value for name, value in good.items() if name != "webhook-id"}),
    ]

    for content, headers in attempts:
        answer = await ingest.client.post("/v1/events", content=content, headers=headers)
        assert answer.status_code == 401, headers

    assert await ingest.records() == []


async def test_a_signature_does_not_cover_headers_so_binary_mode_is_not_taken(
    ingest: RunningIngest,
) -> None:
    body = b"{}"
    headers = {**signed(body, "application/json"), "ce-type": "payment.succeeded"}

    answer = await ingest.client.post("/v1/events", content=body, headers=headers)

    assert answer.status_code == 415


async def test_a_signed_body_may_have_a_mebibyte(ingest: RunningIngest) -> None:
    body = b" " * (1024 * 1024 + 1)

    answer = await ingest.client.post("/v1/events", content=body, headers=signed(body, NDJSON))

    assert answer.status_code == 413
