"""The chain over the audit log: every record once, numbered without gaps, each hash on the last."""

from datetime import UTC, datetime

import msgspec
import pytest

from aggregator.audit_log import seal
from careledger.audit_chain.links import BEGINNING, GENESIS, Anchor, chain
from careledger.events.audit import AuditRecord


def content(record_id: str) -> bytes:
    return msgspec.json.encode(
        AuditRecord(
            id=record_id,
            occurred_at=datetime(2025, 1, 1, tzinfo=UTC),
            service="report-api",
            action="report.viewed",
            outcome="success",
            actor_kind="user",
            actor="finance",
            resource="/api/v1/reports/revenue",
        )
    )


def test_records_are_numbered_and_chained_in_the_order_of_the_topic() -> None:
    first, second = seal([content("a"), content("b")], frozenset(), BEGINNING)

    assert (first.sequence, second.sequence) == (1, 2)
    assert first.hash == chain(GENESIS, content("a"))
    assert second.hash == chain(first.hash, content("b"))


def test_a_record_told_twice_is_sealed_once() -> None:
    head = chain(GENESIS, content("a"))

    sealed = seal([content("a"), content("b"), content("b")], frozenset({"a"}), Anchor(1, head))

    assert [(one.sequence, one.record.id) for one in sealed] == [(2, "b")]
    assert sealed[0].hash == chain(head, content("b"))


def test_any_changed_byte_changes_every_later_hash() -> None:
    honest = seal([content("a"), content("b")], frozenset(), BEGINNING)
    forged = seal(
        [content("a").replace(b"finance", b"nobody!"), content("b")], frozenset(), BEGINNING
    )

    assert forged[0].hash != honest[0].hash
    assert forged[1].hash != honest[1].hash


def test_what_is_no_audit_record_is_not_sealed() -> None:
    with pytest.raises(msgspec.DecodeError):
        seal([b"{}"], frozenset(), BEGINNING)
