"""The bytes of one event are read strictly: what is not clear is refused with its reason."""

import json
from typing import Any

import pytest

from careledger.events.envelope import to_headers
from careledger.events.payments import PaymentSucceeded
from careledger.events.rejection import EventRejectedError
from ingest.parsing import parse_binary, parse_record, parse_structured
from ingest.sources.payloads import PatientName
from support.payment_bodies import event, payment

ATTRIBUTES = {name: value for name, value in event().items() if name != "data"}
CE_HEADERS = [(f"ce-{name}", str(value)) for name, value in ATTRIBUTES.items()]


def refusal(text: bytes) -> EventRejectedError:
    with pytest.raises(EventRejectedError) as refused:
        parse_structured(text)
    return refused.value


def test_a_structured_event_is_read() -> None:
    parsed = parse_structured(json.dumps(event()).encode())

    assert parsed.envelope.id == "pay-1/succeeded"
    assert isinstance(parsed.data, PaymentSucceeded)
    assert parsed.data.amount == 12_500


def test_binary_mode_takes_the_attributes_from_headers() -> None:
    parsed = parse_binary(CE_HEADERS, json.dumps(payment()).encode())

    assert parsed.envelope.source == "urn:north:billing"


def test_binary_mode_reads_percent_escapes() -> None:
    headers = [("ce-id", "a%25b"), *[header for header in CE_HEADERS if header[0] != "ce-id"]]

    assert parse_binary(headers, json.dumps(payment()).encode()).envelope.id == "a%b"


@pytest.mark.parametrize("headers", [[], [*CE_HEADERS, ("ce-id", "another")]])
def test_binary_mode_without_headers_or_with_two_ids_is_refused(
    headers: list[tuple[str, str]],
) -> None:
    with pytest.raises(EventRejectedError) as refused:
        parse_binary(headers, json.dumps(payment()).encode())

    assert refused.value.reason == "envelope_invalid"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b'{"specversion":"1.0"} trailing',
        json.dumps(event()).encode() * 2,
        json.dumps(event()).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(event()).encode(),
        json.dumps(event()).encode().replace(b"card", b"c\xffrd"),
        json.dumps(event()).encode().replace(b"12500", b"NaN"),
        json.dumps(event()).encode().replace(b"12500", b"-Infinity"),
        json.dumps(event()).encode().replace(b"12500", b"1e400"),
        json.dumps(event()).encode().replace(b"12500", b"9" * 5_000),
        json.dumps(event()).encode().replace(b"12500", b'12500, "amount": 1'),
        json.dumps(event()).encode().replace(b'"card"', b'"\\ud800"'),
        b"[" * 100_000,
        b'{"data":' * 20_000,
        json.dumps(event()).encode().replace(b'"card"', b'"card", "x": {"a": 1, "a": 2}'),
    ],
    ids=range(17),
)
def test_text_that_is_not_one_strict_json_object_is_refused(text: bytes) -> None:
    assert refusal(text).reason == "body_invalid"


@pytest.mark.parametrize(
    "members",
    [
        {"amount": 0.1},
        {"amount": 125.0},
        {"amount": "12500"},
        {"amount": "1_000"},
        {"amount": True},
        {"amount": None},
        {"amount": -1},
        {"amount": 2**63},
        {"amount": 10**15 + 1},
        {"currency": "USDX"},
        {"received_at": "2024-03-10T02:30"},
        {"received_at": "2024-03-10T24:00:00Z"},
        {"received_at": "2024-03-10T23:59:60Z"},
        {"received_at": 1_710_000_000_000},
        {"received_at": "0"},
        {"business_date": "2024-02-30"},
        {"business_date": 0},
        {"business_date": "2024-02-03T00:00:00Z"},
        {"payer_type": "patient "},
        {"clinic_id": ""},
        {"clinic_id": "c" * 129},
        {"clinic_id": 7},
    ],
    ids=str,
)
def test_a_field_of_another_type_or_range_is_refused(members: dict[str, Any]) -> None:
    assert refusal(json.dumps(event(payment(**members))).encode()).reason == "body_invalid"


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"specversion": "0.3"}, "envelope_invalid"),
        ({"id": ""}, "envelope_invalid"),
        ({"id": "a" * 10_000}, "envelope_invalid"),
        ({"id": "with space"}, "envelope_invalid"),
        ({"id": "José"}, "envelope_invalid"),
        ({"id": 7}, "envelope_invalid"),
        ({"source": "a\u0000b"}, "envelope_invalid"),
        ({"datacontenttype": "text/xml"}, "envelope_invalid"),
        ({"type": "payment.imagined"}, "type_unknown"),
        ({"time": "2026-03-02T09:30:00"}, "time_invalid"),
        ({"time": "yesterday"}, "time_invalid"),
        ({"data": None}, "body_invalid"),
        ({"data_base64": "e30="}, "body_invalid"),
    ],
    ids=str,
)
def test_an_attribute_that_is_not_clear_is_refused(attributes: dict[str, Any], reason: str) -> None:
    assert refusal(json.dumps({**event(), **attributes}).encode()).reason == reason


def test_an_event_larger_than_256_kib_is_refused() -> None:
    data = payment(padding="x" * (256 * 1024))

    assert refusal(json.dumps(event(data)).encode()).reason == "too_large"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            {"family": "Nguyen", "given": ["Anna", "Maria"]},
            PatientName(family="Nguyen", given=("Anna", "Maria")),
        ),
        ({"family": "Nguyen", "given": "Anna"}, PatientName(family="Nguyen", given=("Anna",))),
        ({"family": "Nguyen", "suffix": "III"}, PatientName(family="Nguyen")),
        ({"given": ["Anna"]}, PatientName(family="", given=("Anna",))),
        (None, None),
    ],
)
def test_a_patient_name_is_read_apart_from_the_data(
    name: dict[str, Any] | None, expected: PatientName | None
) -> None:
    parsed = parse_structured(json.dumps(event(payment(patient_name=name))).encode())

    assert parsed.patient_name == expected


@pytest.mark.parametrize(
    "name",
    ["Zyxwvut", ["Zyxwvut"], {"family": 7}, {"given": [["Zyxwvut"]]}, {"family": "Z" * 300}],
    ids=str,
)
def test_a_patient_name_of_another_shape_is_refused_without_repeating_it(name: object) -> None:
    refused = refusal(json.dumps(event(payment(patient_name=name))).encode())

    assert refused.reason == "field_invalid"
    assert "Zyxwvut" not in refused.problem


def test_a_kafka_record_without_value_is_refused() -> None:
    headers = to_headers(parse_structured(json.dumps(event()).encode()).envelope)

    with pytest.raises(EventRejectedError) as refused:
        parse_record(headers, None)

    assert refused.value.reason == "body_invalid"
