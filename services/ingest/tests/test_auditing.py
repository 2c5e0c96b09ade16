"""Requests without a valid token are counted per address and minute, and none is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from careledger.errors import UnavailableError
from careledger.events.audit import AuditRecord
from careledger.publisher import Publisher
from ingest.auditing import ADDRESSES_MAX, Actor, AuditTrail, audit_record
from ingest.fates import Tally
from support.ingest import RunningIngest
from support.payment_bodies import event
from support.polling import seen

NOON = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
NOWHERE = "127.0.0.1:1"


@pytest.fixture
def unreachable_trail() -> AuditTrail:
    return AuditTrail(Publisher(NOWHERE, client_id="test", timeout_seconds=0.5), "audit-events")


def failure() -> AuditRecord:
    return audit_record(
        "events.received", "failure", Actor(name="north"), resource="test", tally=Tally()
    )


@pytest.mark.integration
async def test_without_kafka_nothing_waits_in_vain(unreachable_trail: AuditTrail) -> None:
    with pytest.raises(UnavailableError):
        await unreachable_trail.write(failure())


@pytest.mark.integration
async def test_denials_outlive_an_outage(unreachable_trail: AuditTrail) -> None:
    with time_machine.travel(NOON, tick=False):
        unreachable_trail.count_denial("192.0.2.1")

    for _ in range(2):
        with pytest.raises(UnavailableError):
            await unreachable_trail.flush(NOON)

    assert [(one.remote, one.count) for one in unreachable_trail.waiting()] == [("192.0.2.1", 1)]


@pytest.mark.integration
async def test_addresses_beyond_many_are_counted_together(unreachable_trail: AuditTrail) -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(ADDRESSES_MAX + 5):
            unreachable_trail.count_denial(f"address {number}")

    with pytest.raises(UnavailableError):
        await unreachable_trail.flush(NOON)

    waiting = unreachable_trail.waiting()
    assert len(waiting) == ADDRESSES_MAX + 1
    assert sum(one.count for one in waiting) == ADDRESSES_MAX + 5


async def test_a_minute_is_not_reported_before_it_is_over(unreachable_trail: AuditTrail) -> None:
    with time_machine.travel(NOON, tick=False):
        unreachable_trail.count_denial("192.0.2.1")

    await unreachable_trail.flush(NOON - timedelta(minutes=1))

    assert len(unreachable_trail.waiting()) == 1


@pytest.mark.integration
async def test_denials_of_an_address_become_one_record_when_the_service_ends(
    ingest: RunningIngest,
) -> None:
    for _ in range(7):
        await ingest.client.post("/v1/events", json=event(), headers={"authorization": "x"})

    await ingest.stop()

    denied = await seen(ingest.audit_records, bool)
    assert sum(record["count"] for record in denied) == 7
    assert {record["action"] for record in denied} == {"request.denied"}
    assert {record["remote"] for record in denied} == {"127.0.0.1"}
