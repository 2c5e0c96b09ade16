"""Whatever comes in is accepted or refused with a reason; nothing else ever happens."""

import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from careledger import clock
from careledger.deidentification import NameIndex
from careledger.events.payments import EVENT_TYPES
from careledger.events.rejection import EventRejectedError
from ingest.dead_letters import Record, letter_of
from ingest.fates import Rejected
from ingest.parsing import parse_binary, parse_record, parse_structured, validated
from ingest.screening import ScreenedEvent, screen
from ingest.sources.payloads import SourceEvent
from support.payment_bodies import Json, Members, event, payment

NAMES = NameIndex("a root secret that only tests know, 32 characters")
CANARY = "Zyxwvut"
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        (CANARY, "2026-02-30", "0001-01-01T00:00:00+14:00", "\ud800", "\u0000", "USD")
    )
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
FIELDS = sorted(
    {name for struct in EVENT_TYPES.values() for name in struct.__struct_fields__}
    | {"patient_name"}
)
DATA = st.dictionaries(st.sampled_from(FIELDS), VALUES).map(lambda some: {**payment(), **some})
ATTRIBUTES = st.dictionaries(
    st.sampled_from(("specversion", "id", "source", "time", "data", "datacontenttype")), VALUES
)


def judged(parse: Callable[[], SourceEvent]) -> ScreenedEvent | EventRejectedError:
    try:
        event_in = validated(parse())
        nobody = frozenset[str]()
        return screen(event_in, clock=clock.now(), names=NAMES, numbering_clinics=nobody)
    except EventRejectedError as error:
        return error


@given(text=st.binary(max_size=200))
def test_any_bytes_are_judged(text: bytes) -> None:
    assert judged(lambda: parse_structured(text))
    assert judged(lambda: parse_binary([], text))


@given(kind=st.sampled_from(sorted(EVENT_TYPES)) | st.text(max_size=10), data=DATA, some=ATTRIBUTES)
def test_any_values_in_the_fields_of_any_event(kind: str, data: Members, some: Members) -> None:
    body = json.dumps({**event(data, type=kind), **some}).encode()

    verdict = judged(lambda: parse_structured(body))

    if isinstance(verdict, EventRejectedError):
        assert CANARY not in verdict.problem
    else:
        assert verdict.key == str(data["patient_id"]).encode()


@given(
    headers=st.lists(
        st.tuples(
            st.sampled_from(("ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "x")),
            st.none() | st.binary(max_size=20),
        ),
        max_size=6,
    ),
    value=st.none() | st.binary(max_size=50) | VALUES.map(lambda value: json.dumps(value).encode()),
    timestamp=st.integers(-(2**63), 2**63 - 1),
)
def test_any_kafka_record(
    headers: list[tuple[str, bytes | None]], value: bytes | None, timestamp: int
) -> None:
    record = Record("payment-intake", 0, 7, timestamp, 1, None, value, 0, 0, 0, headers)

    verdict = judged(lambda: parse_record(record.headers, record.value))

    assert isinstance(verdict, EventRejectedError)
    assert letter_of(record, Rejected(0, verdict.reason, verdict.problem)).offset == 7


@given(value=st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_a_dead_letter_of_any_record_keeps_scalars_of_known_fields_only(value: Json) -> None:
    text = json.dumps(value).encode()
    record = Record("payment-intake", 0, 7, 0, 1, None, text, 0, 0, 0, [])

    letter = letter_of(record, Rejected(0, "body_invalid", "test"))

    assert set(letter.fields) <= set(FIELDS)
    assert all(type(kept) in {int, str} for kept in letter.fields.values())
