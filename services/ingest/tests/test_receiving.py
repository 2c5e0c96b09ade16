"""Events come in over HTTP in every form, and Kafka has them when the answer says so."""

import json
from collections.abc import AsyncGenerator

import msgspec
import pytest
from cloudevents.core.bindings.http import to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from careledger.events.envelope import from_headers
from support.ingest import SOURCE, RunningIngest
from support.payment_bodies import event, ndjson, payment

pytestmark = pytest.mark.integration

STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
NDJSON = {"content-type": "application/x-ndjson"}


async def test_a_structured_event_is_in_kafka_where_the_answer_says(ingest: RunningIngest) -> None:
    answer = await ingest.client.post("/v1/events", json=event(), headers=STRUCTURED)

    (record,) = await ingest.records()
    assert answer.status_code == 202
    assert answer.json() == {
        "accepted": [
            {
                "line": 1,
                "id": "pay-1/succeeded",
                "partition": record.partition,
                "offset": record.offset,
            }
        ],
        "rejected": [],
        "accepted_count": 1,
        "rejected_count": 0,
    }


async def test_what_is_published_is_the_event_under_the_patient_id(ingest: RunningIngest) -> None:
    body = event(payment(memo="left at the desk"), subject="somebody")

    await ingest.client.post("/v1/events", json=body, headers=STRUCTURED)

    (record,) = await ingest.records()
    assert record.key == b"P-20417"
    assert msgspec.json.decode(record.value or b"") == payment()
    assert from_headers(record.headers).id == body["id"]
    assert dict(record.headers)["content-type"] == b"application/json"


async def test_the_official_sdk_is_understood_in_binary_and_structured_mode(
    ingest: RunningIngest,
) -> None:
    attributes = {
        "source": "/north",
        "type": "payment.succeeded",
        "datacontenttype": "application/json",
    }
    binary = to_binary(CloudEvent({**attributes, "id": "sdk-1%"}, payment()), JSONFormat())
    structured = to_structured(CloudEvent({**attributes, "id": "sdk-2%"}, payment()), JSONFormat())

    for message in (binary, structured):
        headers = {**ingest.client.headers, **message.headers}
        answer = await ingest.client.post("/v1/events", content=message.body, headers=headers)
        assert answer.status_code == 202, answer.text

    ids = {from_headers(record.headers).id for record in await ingest.records()}
    assert ids == {"sdk-1%", "sdk-2%"}


async def test_a_batch_is_judged_event_by_event(ingest: RunningIngest) -> None:
    bodies = [event(id="a"), event(payment(amount=-1), id="b"), event(id="c")]

    answer = await ingest.client.post("/v1/events", json=bodies, headers=BATCH)

    told = answer.json()
    assert answer.status_code == 202
    assert [(one["line"], one["id"]) for one in told["accepted"]] == [(1, "a"), (3, "c")]
    assert [(one["line"], one["reason"]) for one in told["rejected"]] == [(2, "body_invalid")]


async def test_ndjson_lines_keep_their_numbers_past_blank_ones(ingest: RunningIngest) -> None:
    body = b"\r\n".join([ndjson(event(id="a")), b"", b"  ", b"no json", ndjson(event(id="b"))])

    answer = await ingest.client.post("/v1/events", content=body, headers=NDJSON)

    told = answer.json()
    assert [(one["line"], one["id"]) for one in told["accepted"]] == [(1, "a"), (5, "b")]
    assert [one["line"] for one in told["rejected"]] == [4]


async def test_two_objects_on_one_line_are_refused_and_the_last_line_is_still_read(
    ingest: RunningIngest,
) -> None:
    one = ndjson(event())

    answer = await ingest.client.post(
        "/v1/events", content=one + b" " + one + b"\n" + one, headers=NDJSON
    )

    assert [fate["line"] for fate in answer.json()["rejected"]] == [1]
    assert [fate["line"] for fate in answer.json()["accepted"]] == [2]


async def test_a_line_of_fifty_megabytes_is_refused_and_the_next_accepted(
    ingest: RunningIngest,
) -> None:
    async def body() -> AsyncGenerator[bytes]:
        for _ in range(50):
            yield b"x" * 1_000_000
        yield b"\n" + ndjson(event())

    answer = await ingest.client.post("/v1/events", content=body(), headers=NDJSON)

    assert [fate["reason"] for fate in answer.json()["rejected"]] == ["too_large"]
    assert [fate["line"] for fate in answer.json()["accepted"]] == [2]


async def test_a_streamed_body_is_published_while_it_arrives(ingest: RunningIngest) -> None:
    seen_before_the_end: list[int] = []

    async def body() -> AsyncGenerator[bytes]:
        yield ndjson(event(id="first")) + b"\n"
        seen_before_the_end.append(len(await ingest.records_once("payment-events", 1)))
        yield ndjson(event(id="second"))

    answer = await ingest.client.post("/v1/events", content=body(), headers=NDJSON)

    assert seen_before_the_end == [1]
    assert answer.json()["accepted_count"] == 2


async def test_thousands_of_events_are_answered_each_with_its_place(ingest: RunningIngest) -> None:
    bodies = [event(payment(patient_id=f"P-{n % 97}"), id=f"e-{n}") for n in range(5_000)]

    answer = await ingest.client.post("/v1/events", content=ndjson(*bodies), headers=NDJSON)

    told = {(one["partition"], one["offset"]): one["id"] for one in answer.json()["accepted"]}
    records = await ingest.records()
    assert {(r.partition, r.offset): from_headers(r.headers).id for r in records} == told
    assert len(told) == 5_000


async def test_refused_lines_beyond_a_thousand_are_only_counted(ingest: RunningIngest) -> None:
    answer = await ingest.client.post(
        "/v1/events", content=b"1\n" * 5_000 + ndjson(event()), headers=NDJSON
    )

    assert len(answer.json()["rejected"]) == 1_000
    assert answer.json()["rejected_count"] == 5_000
    assert answer.json()["accepted"][0]["line"] == 5_001


async def test_the_same_event_again_is_accepted_again_under_its_identity(
    ingest: RunningIngest,
) -> None:
    body = event(time="2026-03-02T09:30:00Z")

    for _ in range(2):
        answer = await ingest.client.post("/v1/events", json=body, headers=STRUCTURED)
        assert answer.status_code == 202

    first, second = await ingest.records()
    assert (first.headers, first.value) == (second.headers, second.value)


async def test_each_request_leaves_one_audit_record_with_counts_and_places(
    ingest: RunningIngest,
) -> None:
    bodies = [event(id="a"), event(payment(currency="XXX"), id="b")]

    answer = await ingest.client.post("/v1/events", json=bodies, headers=BATCH)

    (record,) = await ingest.audit_records()
    (accepted,) = answer.json()["accepted"]
    assert record["actor"] == SOURCE
    assert (record["action"], record["outcome"]) == ("events.received", "success")
    assert record["clinic_ids"] == ["north"]
    assert record["request_id"] == answer.headers["x-request-id"]
    assert record["remote"] == "127.0.0.1"
    assert record["details"] == {
        "accepted": 1,
        "rejected": 1,
        "reasons": ["currency_invalid: 1"],
        "offsets": [f"{accepted['partition']}:{accepted['offset']}-{accepted['offset']}"],
    }


async def test_names_go_in_and_only_tokens_come_out(ingest: RunningIngest) -> None:
    body = event(payment(patient_name={"family": "Zyxwvut", "given": ["Qqmbrxx"]}))

    answer = await ingest.client.post("/v1/events", json=body, headers=STRUCTURED)

    written = [*(await ingest.records()), *(await ingest.records("audit-events"))]
    everything = b"".join([r.value or b"" for r in written]) + answer.content
    assert b"zyxwvut" not in everything.lower()
    assert b"qqmbrxx" not in everything.lower()
    assert len(json.loads((await ingest.records())[0].value or b"")["name_tokens"]) == 2
