"""Verdicts by hand: what is told for the first time, again, or otherwise."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from careledger.events.payments import NameToken
from support.histories import to_log
from support.oracle.log import verdicts
from support.stories import tell


def test_the_same_event_told_again_is_a_duplicate() -> None:
    issue = tell("invoice.issued", "2024-01-01", amount=1)

    assert verdicts(to_log([issue, issue])) == ["accepted", "duplicate"]


def test_index_tokens_are_no_content() -> None:
    issue = tell("invoice.issued", "2024-01-01", amount=1)
    tokens = (NameToken(key_id="k", token="a" * 32),)
    again = replace(issue, event=msgspec.structs.replace(issue.event, name_tokens=tokens))

    assert verdicts(to_log([issue, again])) == ["accepted", "duplicate"]


def test_one_event_identity_with_another_instant_is_a_conflict() -> None:
    first = tell("invoice.sent_to_collections", "2024-01-01")
    later = first.envelope.time + timedelta(seconds=1)
    other = replace(first, envelope=msgspec.structs.replace(first.envelope, time=later))

    assert verdicts(to_log([first, other])) == ["accepted", "conflict"]


def test_one_fact_told_by_two_events_is_a_duplicate_if_they_agree() -> None:
    one, same = (tell("payment.refunded", "2024-01-01", amount=5, refund_id="r") for _ in range(2))
    other = tell("payment.refunded", "2024-01-01", amount=6, refund_id="r")

    assert verdicts(to_log([one, same, other])) == ["accepted", "duplicate", "conflict"]


def test_a_fact_is_told_once_per_clinic_and_type() -> None:
    log = to_log(
        [
            tell("payment.disputed", "2024-01-01", amount=5, dispute_id="d"),
            tell("payment.dispute_reversed", "2024-01-01", amount=5, dispute_id="d"),
            tell("payment.disputed", "2024-01-01", amount=5, dispute_id="d", clinic_id="berlin"),
        ]
    )

    assert verdicts(log) == ["accepted"] * 3


def test_two_equal_payments_with_two_ids_are_two() -> None:
    log = to_log(
        [
            tell("payment.succeeded", "2024-01-01", amount=5, payment_id="one"),
            tell("payment.succeeded", "2024-01-01", amount=5, payment_id="two"),
        ]
    )

    assert verdicts(log) == ["accepted", "accepted"]


def test_attempts_of_one_payment_may_be_many() -> None:
    log = to_log([tell("payment.failed", "2024-01-01", amount=5) for _ in range(2)])

    assert verdicts(log) == ["accepted", "accepted"]


def test_a_conflict_leaves_its_identity_free() -> None:
    accepted = tell("payment.refunded", "2024-01-01", amount=5, refund_id="r")
    conflict = tell("payment.refunded", "2024-01-01", amount=6, refund_id="r")
    corrected = replace(conflict, event=msgspec.structs.replace(conflict.event, refund_id="r2"))

    judged = verdicts(to_log([accepted, conflict, corrected]))

    assert judged == ["accepted", "conflict", "accepted"]
