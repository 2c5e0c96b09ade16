"""The random histories: valid events, every type, and what the oracle's users rely on."""

import random
from collections import Counter
from itertools import pairwise

import msgspec
from hypothesis import given

from careledger.events import rules
from careledger.events.envelope import parse_attributes
from careledger.events.payments import EVENT_TYPES
from support.histories import (
    Telling,
    batched,
    histories,
    seeded_history,
    to_log,
    unhurried,
    without_clashes_across_partitions,
)
from support.history_events import World
from support.oracle.log import verdicts


@unhurried
@given(histories())
def test_every_event_is_valid_alone(history: list[Telling]) -> None:
    for telling in history:
        body = msgspec.json.encode(telling.event)
        rules.check(telling.event, telling.envelope.time, clock=World().now)
        assert rules.decode(telling.envelope.type, body) == telling.event


@unhurried
@given(histories())
def test_every_envelope_is_valid(history: list[Telling]) -> None:
    for telling in history:
        envelope = telling.envelope
        attributes = {
            "specversion": "1.0",
            "id": envelope.id,
            "source": envelope.source,
            "type": envelope.type,
            "time": envelope.time.isoformat(),
        }
        assert parse_attributes(attributes) == envelope


def test_a_seed_repeats_its_history() -> None:
    assert seeded_history(7, 50) == seeded_history(7, 50)
    assert seeded_history(7, 50) != seeded_history(8, 50)


def test_a_long_history_tells_every_type_and_meets_every_verdict() -> None:
    log = to_log(seeded_history(1, 500))

    assert {record.type for record in log} == set(EVENT_TYPES)
    assert set(verdicts(log)) == {"accepted", "duplicate", "conflict"}
    assert len({record.event.clinic_id for record in log}) == 4


def test_offsets_ascend_without_gaps_in_the_partition_of_each_patient() -> None:
    log = to_log(seeded_history(2, 200))

    counted: Counter[int] = Counter()
    for record in log:
        assert record.offset == counted[record.partition]
        counted[record.partition] += 1
    partitions = {(record.event.patient_id, record.partition) for record in log}
    assert len(partitions) == len({patient for patient, _ in partitions})
    assert all(one.appended_at <= other.appended_at for one, other in pairwise(log))


def test_without_clashes_across_partitions_only_the_order_within_one_decides() -> None:
    tellings = without_clashes_across_partitions(seeded_history(3, 400))
    by_partition = sorted(to_log(tellings), key=lambda record: record.partition)

    judged = Counter(zip([r.id for r in to_log(tellings)], verdicts(to_log(tellings)), strict=True))

    assert judged == Counter(zip([r.id for r in by_partition], verdicts(by_partition), strict=True))
    assert set(verdicts(by_partition)) == {"accepted", "duplicate", "conflict"}


def test_batches_keep_the_log_as_it_is() -> None:
    log = to_log(seeded_history(4, 100))

    batches = batched(random.Random(1).choice, log)  # noqa: S311 - test data

    assert [record for batch in batches for record in batch] == log
