"""One record alone: what is accepted, what is refused and why, and what makes it the same."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from aggregator.judging import Refused, check, identify, read, read_or_refuse
from careledger.events.payments import NameToken
from support.records import APPENDED_AT, event, record

TOKEN = NameToken(key_id="1", token="ab" * 32)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"value": None}, "body_invalid"),
        ({"value": b"{"}, "body_invalid"),
        ({"value": b'{"clinic_id":1}'}, "body_invalid"),
        ({"value": b" " * 300_000}, "too_large"),
        ({"key": None}, "key_mismatch"),
        ({"key": b"someone-else"}, "key_mismatch"),
        ({"headers": ()}, "envelope_invalid"),
        ({"headers": (("ce_id", None),)}, "envelope_invalid"),
        ({"headers": (("ce_id", b"\xff\xfe"),)}, "envelope_invalid"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused_with_its_reason(
    changes: dict[str, Any], reason: str
) -> None:
    item = read_or_refuse(record(event("payment.succeeded"), **changes))

    assert isinstance(item, Refused)
    assert item.error.reason == reason


def test_an_unknown_type_is_refused() -> None:
    good = record(event("payment.succeeded"))
    headers = tuple(
        (name, b"payment.imagined" if name == "ce_type" else value) for name, value in good.headers
    )

    item = read_or_refuse(record(event("payment.succeeded"), headers=headers))

    assert isinstance(item, Refused)
    assert item.error.reason == "type_unknown"


@pytest.mark.parametrize(
    "patient_id", ["jane@example.org", "123-45-6789", "555-123-4567", "+15551234567", "123456789"]
)
def test_a_patient_id_that_is_a_personal_number_is_refused(patient_id: str) -> None:
    item = read(record(event("patient.recorded", patient_id=patient_id)))

    problem = check(item, bare_numbers_allowed=False)

    assert problem is not None
    assert problem.reason == "patient_id_is_personal"
    assert patient_id not in problem.problem


def test_a_clinic_may_number_its_patients_with_nine_digits() -> None:
    item = read(record(event("patient.recorded", patient_id="123456789")))

    assert check(item, bare_numbers_allowed=True) is None


def test_an_event_from_the_future_is_refused_by_the_append_time() -> None:
    soon = read(record(event("patient.recorded"), time=APPENDED_AT + timedelta(minutes=4)))
    later = read(record(event("patient.recorded"), time=APPENDED_AT + timedelta(minutes=6)))

    assert check(soon, bare_numbers_allowed=False) is None
    problem = check(later, bare_numbers_allowed=False)
    assert problem is not None
    assert problem.reason == "date_out_of_range"


def test_tokens_and_order_of_fields_are_no_content() -> None:
    told = event("payment.succeeded")
    plain, _ = identify(read(record(told)))
    value = msgspec.json.encode(dict(reversed(msgspec.structs.asdict(told).items())))
    shuffled, _ = identify(read(record(told, value=value)))
    with_tokens, tokens = identify(read(record(event("payment.succeeded", name_tokens=(TOKEN,)))))

    assert plain == shuffled == with_tokens
    assert tokens == (TOKEN,)


def test_a_fact_is_the_same_under_another_event_id_and_another_at_another_clinic() -> None:
    one, _ = identify(read(record(event("payment.refunded"))))
    again, _ = identify(read(record(event("payment.refunded"), event_id="e2")))
    elsewhere, _ = identify(read(record(event("payment.refunded", clinic_id="c2"))))

    assert one.event != again.event
    assert one.fact == again.fact
    assert one.content == again.content
    assert elsewhere.fact != one.fact


def test_a_moment_or_a_cent_makes_other_content() -> None:
    one, _ = identify(read(record(event("payment.refunded"))))
    cent, _ = identify(read(record(event("payment.refunded", amount=1_001))))
    later, _ = identify(
        read(record(event("payment.refunded"), time=APPENDED_AT - timedelta(microseconds=1)))
    )

    assert len({one.content, cent.content, later.content}) == 3
