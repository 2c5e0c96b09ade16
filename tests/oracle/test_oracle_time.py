"""Business dates by hand: the clinic's calendar, also on the days on which the clock changes."""

from datetime import date

import pytest

from support.histories import Telling, to_log
from support.history_events import CLINICS
from support.oracle.facts import known
from support.stories import tell

LATE = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("clinic", "instant", "day"),
    [
        ("new-york", "2024-03-10T04:59:59+00:00", "2024-03-09"),
        ("new-york", "2024-03-10T05:00:00+00:00", "2024-03-10"),
        ("new-york", "2024-03-11T03:59:59+00:00", "2024-03-10"),
        ("new-york", "2024-03-11T04:00:00+00:00", "2024-03-11"),
        ("new-york", "2024-11-03T03:59:59+00:00", "2024-11-02"),
        ("new-york", "2024-11-04T04:59:59+00:00", "2024-11-03"),
        ("new-york", "2024-11-04T05:00:00+00:00", "2024-11-04"),
        ("berlin", "2024-03-30T23:00:00+00:00", "2024-03-31"),
        ("berlin", "2024-03-31T21:59:59+00:00", "2024-03-31"),
        ("berlin", "2024-03-31T22:00:00+00:00", "2024-04-01"),
        ("lord-howe", "2024-04-06T12:59:59+00:00", "2024-04-06"),
        ("lord-howe", "2024-04-07T13:29:59+00:00", "2024-04-07"),
        ("elsewhere", "2024-03-10T23:59:59+00:00", "2024-03-10"),
    ],
)
def test_an_instant_belongs_to_the_clinics_day(clinic: str, instant: str, day: str) -> None:
    telling = tell("payment.succeeded", "2024-01-01", amount=1, clinic_id=clinic, at=instant)

    [fact] = known(to_log([telling]), CLINICS, as_of=LATE)

    assert fact.business_date == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("telling", "day"),
    [
        (
            tell(
                "payment.succeeded",
                "2024-01-09",
                amount=1,
                received_at="2024-01-05T12:00:00Z",
            ),
            "2024-01-05",
        ),
        (
            tell("payment.refunded", "2024-01-09", amount=1, business_date="2024-01-02"),
            "2024-01-02",
        ),
        (
            tell(
                "invoice.issued",
                "2024-01-09",
                amount=1,
                issued_on="2024-01-03",
                business_date="2024-01-08",
            ),
            "2024-01-03",
        ),
        (
            tell(
                "invoice.responsibility_changed",
                "2024-01-09",
                effective_on="2024-01-04",
                business_date="2024-01-08",
            ),
            "2024-01-04",
        ),
        (tell("invoice.voided", "2024-01-09"), "2024-01-09"),
    ],
    ids=["received", "stated", "issued", "effective", "occurred"],
)
def test_a_date_that_the_event_states_wins_over_its_instant(telling: Telling, day: str) -> None:
    [fact] = known(to_log([telling]), CLINICS, as_of=LATE)

    assert fact.business_date == date.fromisoformat(day)


def test_facts_of_one_day_are_ordered_by_instant_then_source_then_id() -> None:
    later = tell("invoice.voided", "2024-01-09", at="2024-01-09T13:00:00+00:00")
    first, second = (tell("invoice.sent_to_collections", "2024-01-09") for _ in range(2))

    facts = known(to_log([later, second, first]), CLINICS, as_of=LATE)

    expected = [telling.envelope.id for telling in (first, second, later)]
    assert [fact.id for fact in facts] == expected
