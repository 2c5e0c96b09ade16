"""A caller's trace leads to the record of what it brought in."""

import pytest

from support.ingest import RunningIngest
from support.payment_bodies import event
from support.polling import seen

pytestmark = pytest.mark.integration

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_the_record_of_an_intake_names_the_trace_of_its_request(
    ingest: RunningIngest,
) -> None:
    headers = {
        "content-type": "application/cloudevents+json",
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01",
    }

    answer = await ingest.client.post("/v1/events", json=event(), headers=headers)

    (record,) = await seen(ingest.audit_records, bool)
    assert answer.status_code == 202, answer.text
    assert record["trace_id"] == TRACE
