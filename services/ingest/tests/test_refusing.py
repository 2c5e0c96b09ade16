"""Requests that cannot be taken are answered with problem details that repeat nothing of them."""

import gzip
from collections.abc import AsyncGenerator, Mapping

import pytest

from ingest.settings import IngestSettings
from support.ingest import RunningIngest
from support.payment_bodies import event, ndjson, payment

pytestmark = pytest.mark.integration

CANARY = "Zyxwvut"
STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}
NDJSON = {"content-type": "application/x-ndjson"}


@pytest.fixture
def ingest_settings(ingest_settings: IngestSettings) -> IngestSettings:
    return ingest_settings.model_copy(update={"ingest_body_bytes_max": 1024 * 1024})


NOT_TAKEN: tuple[tuple[Mapping[str, str], bytes, int], ...] = (
    ({"content-type": "application/xml"}, b"<x/>", 415),
    ({"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
    ({"content-type": "text/csv"}, b"a,b", 415),
    ({}, ndjson(event()), 415),
    ({"content-type": "application/x-ndjson; charset=utf-16"}, ndjson(event()), 415),
    ({**NDJSON, "content-encoding": "gzip"}, gzip.compress(ndjson(event())), 415),
    ({**NDJSON, "content-encoding": "br"}, b"x", 415),
    ({**NDJSON, "content-encoding": "identity, gzip"}, b"x", 415),
    (STRUCTURED, b"", 400),
    (NDJSON, b"\n \n\r\n", 400),
    (BATCH, b"[]", 400),
    (BATCH, b'{"a": 1}', 400),
    (BATCH, b"[" * 100_000, 400),
    (BATCH, b"[1,]", 400),
    (STRUCTURED, b"x" * (256 * 1024 + 1), 413),
    (BATCH, b"[" + b" " * (1024 * 1024) + b"]", 413),
    (NDJSON, b"x" * (1024 * 1024 + 1), 413),
    (STRUCTURED, b"[" * 100_000, 422),
    (STRUCTURED, ndjson(event(payment(amount=-5))), 422),
    ({"content-type": "application/json"}, ndjson(payment()), 422),
    (BATCH, b"[1, null]", 422),
    (NDJSON, b"{}\n[]\n", 422),
)


async def test_what_is_not_taken_is_answered_with_problem_details(ingest: RunningIngest) -> None:
    for headers, content, status in NOT_TAKEN:
        answer = await ingest.client.post("/v1/events", content=content, headers=headers)

        assert answer.status_code == status, (headers, content[:50])
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert answer.json()["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert await ingest.records() == []


async def test_a_charset_of_utf_8_is_taken(ingest: RunningIngest) -> None:
    answer = await ingest.client.post(
        "/v1/events",
        content=ndjson(event()),
        headers={"content-type": 'application/cloudevents+json; charset="UTF-8"'},
    )

    assert answer.status_code == 202


async def test_the_problems_of_each_event_come_with_422(ingest: RunningIngest) -> None:
    bodies = [event(payment(amount=-1), id="a"), event(type="payment.imagined", id="b")]

    answer = await ingest.client.post("/v1/events", json=bodies, headers=BATCH)

    told = answer.json()
    assert answer.status_code == 422
    assert told["accepted"] == []
    assert [(one["line"], one["reason"]) for one in told["rejected"]] == [
        (1, "body_invalid"),
        (2, "type_unknown"),
    ]


async def test_without_a_valid_token_nothing_is_read(ingest: RunningIngest) -> None:
    for given in ("", f"Bearer {CANARY}-is-no-token-at-all", "Basic dG9rZW46eA==", "Bearer"):
        answer = await ingest.client.post(
            "/v1/events", json=event(), headers={**STRUCTURED, "authorization": given}
        )

        assert answer.status_code == 401
        assert "bearer" in answer.headers["www-authenticate"].lower()
        assert CANARY not in answer.text
    assert await ingest.records() == []


async def test_a_token_in_the_query_is_refused_and_not_logged(
    ingest: RunningIngest, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await ingest.client.post(
        f"/v1/events?access_token={CANARY}", json=event(), headers=STRUCTURED
    )

    assert answer.status_code == 400
    assert CANARY not in answer.text + "".join(capsys.readouterr())


async def test_no_answer_repeats_a_value_of_the_request(
    ingest: RunningIngest, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [event(payment(**{name: f"{CANARY} {name}"})) for name in payment() if name != "method"]
    wrong += [event(**{name: f"{CANARY} {name}"}) for name in ("id", "source", "type", "time")]
    wrong += [event(payment(payer_type=CANARY)), event(payment(patient_name=CANARY))]
    wrong += [event(payment(method=f"{CANARY} {CANARY}")), event({CANARY: CANARY}), event([CANARY])]

    answers = [await ingest.client.post("/v1/events", content=ndjson(*wrong), headers=NDJSON)]
    answers += [
        await ingest.client.post("/v1/events", content=CANARY * 3, headers=headers)
        for headers in (STRUCTURED, BATCH, NDJSON, {"content-type": CANARY})
    ]

    assert answers[0].json()["rejected_count"] == len(wrong)
    said = "".join(answer.text for answer in answers) + "".join(capsys.readouterr())
    assert CANARY not in said


async def test_past_the_limit_the_answer_names_what_was_accepted_before(
    ingest: RunningIngest,
) -> None:
    async def body() -> AsyncGenerator[bytes]:
        yield ndjson(event(id="a")) + b"\n"
        for _ in range(20):
            yield b" " * 100_000

    answer = await ingest.client.post("/v1/events", content=body(), headers=NDJSON)

    assert answer.status_code == 413
    assert [one["id"] for one in answer.json()["accepted"]] == ["a"]
    assert len(await ingest.records()) == 1


async def test_a_body_of_nothing_but_rubbish_is_not_read_to_its_end(ingest: RunningIngest) -> None:
    answer = await ingest.client.post(
        "/v1/events", content=ndjson(event()) + b"\n" + b"1\n" * 500_000, headers=NDJSON
    )

    assert answer.status_code == 400
    assert answer.json()["accepted_count"] == 1
    assert answer.json()["rejected_count"] < 20_000


async def test_other_paths_and_methods_are_problems_too(ingest: RunningIngest) -> None:
    for method, path, status in (
        ("GET", "/v1/events", 405),
        ("TRACE", "/v1/events", 405),
        ("POST", "/v2/events", 404),
        ("GET", f"/{CANARY}", 404),
        ("POST", "/v1/events/", 404),
    ):
        answer = await ingest.client.request(method, path)

        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert CANARY not in answer.text


async def test_every_answer_forbids_caching_and_guessing_its_type(ingest: RunningIngest) -> None:
    for path in ("/livez", "/v1/events", "/nowhere"):
        answer = await ingest.client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_refused_request_of_a_known_source_is_audited(ingest: RunningIngest) -> None:
    answer = await ingest.client.post("/v1/events", content=b"x", headers={"content-type": "x"})

    (record,) = await ingest.audit_records()
    assert record["outcome"] == "failure"
    assert record["request_id"] == answer.headers["x-request-id"]
