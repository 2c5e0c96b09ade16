"""Records of payment-intake are judged one by one; a bad one becomes a dead letter."""

import json
from collections.abc import Sequence

import msgspec
import pytest

from careledger.events.dead_letters import DeadLetter
from careledger.events.envelope import from_headers
from careledger.events.rejection import RejectionReason
from support.ingest import RunningIngest
from support.payment_bodies import Json, event, payment
from support.topics import Headers, write_records

pytestmark = pytest.mark.integration

IntakeRecord = tuple[bytes | None, bytes | None, Headers]
SSN = "078-05-1120"


def headers(**attributes: Json) -> list[tuple[str, bytes | None]]:
    known = {name: value for name, value in event(**attributes).items() if name != "data"}
    return [(f"ce_{name}", str(value).encode()) for name, value in known.items()]


def record(
    data: Json = None, *, key: bytes | None = b"P-20417", **attributes: Json
) -> IntakeRecord:
    value = json.dumps(payment() if data is None else data).encode()
    return key, value, headers(**attributes)


async def put(ingest: RunningIngest, records: Sequence[IntakeRecord]) -> None:
    await write_records(ingest.settings.kafka_bootstrap, ingest.topic("payment-intake"), records)


async def letters(ingest: RunningIngest, count: int) -> list[DeadLetter]:
    found = await ingest.records_once("payment-intake-dlq", count)
    return [msgspec.json.decode(one.value or b"", type=DeadLetter) for one in found]


async def test_a_good_record_is_republished_with_its_identity(ingest: RunningIngest) -> None:
    await put(ingest, [record(payment(patient_name={"family": "Zyxwvut"}), id="k-1")])

    (published,) = await ingest.records_once("payment-events", 1)
    assert from_headers(published.headers).id == "k-1"
    assert published.key == b"P-20417"
    assert b"zyxwvut" not in (published.value or b"").lower()
    assert b"name_tokens" in (published.value or b"")


BAD: list[tuple[IntakeRecord, RejectionReason]] = [
    ((b"P-20417", None, headers()), "body_invalid"),
    ((b"P-20417", b"", headers()), "body_invalid"),
    ((b"P-20417", b"\xff", headers()), "body_invalid"),
    ((b"P-20417", b'{"amount": NaN}', headers()), "body_invalid"),
    ((None, json.dumps(payment()).encode(), headers()), "key_mismatch"),
    (record(key=b"P-1"), "key_mismatch"),
    ((b"P-20417", json.dumps(payment()).encode(), []), "envelope_invalid"),
    ((b"P-20417", json.dumps(payment()).encode(), [("ce_id", None)]), "envelope_invalid"),
    (
        (b"P-20417", json.dumps(payment()).encode(), [*headers(), ("x", None)]),
        "envelope_invalid",
    ),
    (
        (b"P-20417", json.dumps(payment()).encode(), [*headers(), ("ce_x", b"\xff\xfe")]),
        "envelope_invalid",
    ),
    (record(id="with space"), "envelope_invalid"),
    (record(type="payment.imagined"), "type_unknown"),
    (record(time="2199-01-01T00:00:00Z"), "date_out_of_range"),
    (record(payment(patient_id=SSN), key=SSN.encode()), "patient_id_is_personal"),
    (record(payment(padding="x" * 1_000_000)), "too_large"),
]


async def test_bad_records_become_dead_letters_and_stop_no_good_one(ingest: RunningIngest) -> None:
    records: list[IntakeRecord] = []
    for number, (bad, _) in enumerate(BAD):
        records += [record(id=f"good-{number}"), bad]

    await put(ingest, records)

    found = await letters(ingest, len(BAD))
    published = await ingest.records_once("payment-events", len(BAD))
    assert [letter.reason for letter in found] == [reason for _, reason in BAD]
    assert [letter.offset for letter in found] == list(range(1, 2 * len(BAD), 2))
    assert {letter.topic for letter in found} == {"payment-intake"}
    assert {from_headers(one.headers).id for one in published} == {
        f"good-{number}" for number in range(len(BAD))
    }


async def test_a_dead_letter_holds_allow_listed_fields_and_no_personal_value(
    ingest: RunningIngest,
) -> None:
    canaries = {"family": "Zyxwvut", "phone": "617-555-0187"}
    data = payment(patient_id=SSN, memo="Zyxwvut", patient_name=canaries, provider="Zyx wvut")

    await put(ingest, [record(data, key=SSN.encode(), subject="Zyxwvut")])

    (letter,) = await letters(ingest, 1)
    assert letter.fields == {
        "clinic_id": "north",
        "payment_id": "pay-1",
        "amount": 12_500,
        "currency": "USD",
    }
    assert (letter.event_id, letter.event_type) == ("pay-1/succeeded", "payment.succeeded")
    (written,) = await ingest.records("payment-intake-dlq")
    assert not any(text in (written.value or b"") for text in (b"Zyx", b"0187", SSN.encode()))


async def test_each_batch_leaves_an_audit_record_with_its_offsets(ingest: RunningIngest) -> None:
    await put(ingest, [record()])

    await ingest.records_once("audit-events", 1)

    (audited,) = await ingest.audit_records()
    assert audited["resource"] == "payment-intake 0:0-0"
    assert (audited["actor"], audited["outcome"]) == ("payment-intake", "success")
