"""Aging by hand: buckets, bases and installment plans."""

from datetime import date, timedelta

import pytest

from support.oracle.aging import bucket, slices
from support.stories import books_of, invoice_in, tell

PLAN = [
    {"due_on": "2024-02-01", "amount": 3_000},
    {"due_on": "2024-03-01", "amount": 3_000},
    {"due_on": "2024-04-01", "amount": 4_000},
]
BY_DATE = [(date(2024, 2, 1), 3_000), (date(2024, 3, 1), 3_000), (date(2024, 4, 1), 4_000)]


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, "current"),
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "over_90"),
    ],
)
def test_each_age_has_its_bucket(days: int, name: str) -> None:
    assert bucket(days) == name


@pytest.mark.parametrize("changed_on", ["2024-03-10", "2024-11-03"])
def test_days_are_calendar_days_across_a_change_of_the_clock(changed_on: str) -> None:
    day = date.fromisoformat(changed_on)
    issue = tell("invoice.issued", "2024-01-01", amount=1, due_on=str(day - timedelta(days=1)))

    invoice = invoice_in(books_of(issue, as_of=str(day + timedelta(days=29))))

    assert invoice.days_overdue == 30
    assert invoice.aged("due_date")["1-30"] == 1


@pytest.mark.parametrize(
    ("balance", "held"),
    [
        (10_000, [3_000, 3_000, 4_000]),
        (8_500, [1_500, 3_000, 4_000]),
        (6_000, [2_000, 4_000]),
        (1, [1]),
        (12_000, [5_000, 3_000, 4_000]),
        (0, []),
        (-5, []),
    ],
)
def test_the_oldest_installments_are_paid_first(balance: int, held: list[int]) -> None:
    assert [amount for _, amount in slices(balance, BY_DATE)] == held


def test_an_installment_plan_with_an_adjustment_ages_each_part_by_its_own_date() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000, installments=PLAN),
        tell("invoice.adjusted", "2024-01-15", amount=-500),
        tell("payment.succeeded", "2024-02-01", amount=4_000, invoice_id="inv1"),
        as_of="2024-03-02",
    )

    invoice = invoice_in(books)
    assert invoice.open_slices == [(date(2024, 3, 1), 1_500), (date(2024, 4, 1), 4_000)]
    assert invoice.aged("due_date") == {
        "current": 4_000,
        "1-30": 1_500,
        "31-60": 0,
        "61-90": 0,
        "over_90": 0,
    }
    assert (invoice.due_on, invoice.days_overdue) == (date(2024, 3, 1), 1)
    assert invoice.status == "overdue"


def test_a_rest_beyond_the_plan_stands_at_its_first_date() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000, installments=PLAN),
        tell("invoice.adjusted", "2024-01-15", amount=2_000, reason="correction"),
        as_of="2024-02-15",
    )

    assert invoice_in(books).aged("due_date")["1-30"] == 5_000


def test_a_settled_plan_is_due_on_its_last_date() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000, installments=PLAN),
        tell("payment.succeeded", "2024-01-02", amount=10_000, invoice_id="inv1"),
        as_of="2024-02-15",
    )

    assert invoice_in(books).due_on == date(2024, 4, 1)


def test_every_basis_ages_the_same_total() -> None:
    issue = tell(
        "invoice.issued", "2024-03-01", amount=10_000, service_date="2024-01-01", installments=PLAN
    )

    invoice = invoice_in(books_of(issue, as_of="2024-03-31"))

    assert invoice.aged("service_date")["61-90"] == 10_000
    assert invoice.aged("issued_on")["1-30"] == 10_000
    assert sum(invoice.aged("due_date").values()) == 10_000


def test_without_a_service_date_the_issue_date_is_the_basis() -> None:
    issue = tell("invoice.issued", "2024-03-01", amount=1)

    invoice = invoice_in(books_of(issue, as_of="2024-03-01"))

    assert invoice.aged("service_date") == invoice.aged("issued_on")


def test_a_change_to_one_date_ends_a_plan() -> None:
    books = books_of(
        tell("invoice.issued", "2024-01-01", amount=10_000, installments=PLAN),
        tell("invoice.due_date_changed", "2024-01-20", due_on="2024-06-01"),
        as_of="2024-05-31",
    )

    assert invoice_in(books).aged("due_date")["current"] == 10_000
