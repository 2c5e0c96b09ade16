"""The envelope survives Kafka headers unchanged; headers that are not clear are refused."""

from datetime import UTC, datetime

import pytest

from careledger.events.envelope import Envelope, KafkaHeaders, from_headers, to_headers
from careledger.events.rejection import EventRejectedError

ENVELOPE = Envelope(
    id="1/a",
    source="urn:north",
    type="payment.succeeded",
    time=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
)
HEADERS = to_headers(ENVELOPE)


def test_an_envelope_written_as_headers_is_read_back_the_same() -> None:
    assert from_headers(HEADERS) == ENVELOPE


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [*HEADERS, ("other", None)],
        [*HEADERS, ("ce_subject", b"\xff\xfe")],
        [*HEADERS, ("ce_id", b"another")],
        [header for header in HEADERS if header[0] != "ce_time"],
        [header for header in HEADERS if header[0] != "ce_specversion"],
    ],
)
def test_headers_that_are_not_clear_are_refused(headers: KafkaHeaders) -> None:
    with pytest.raises(EventRejectedError) as refusal:
        from_headers(headers)

    assert refusal.value.reason == "envelope_invalid"
