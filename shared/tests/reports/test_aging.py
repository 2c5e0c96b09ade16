"""Buckets begin and end where their names say, and a plan holds what is still open."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careledger.reports.aging import Bucket, Slice, bucket_of, by_bucket, held_by

PLAN = [
    Slice(date(2026, 3, 1), 4_000),
    Slice(date(2026, 4, 1), 3_000),
    Slice(date(2026, 5, 1), 3_000),
]


@pytest.mark.parametrize(
    ("days", "bucket"),
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
def test_each_bucket_begins_and_ends_where_its_name_says(days: int, bucket: Bucket) -> None:
    assert bucket_of(days) == bucket


@pytest.mark.parametrize("night", [date(2026, 3, 8), date(2026, 11, 1)])
@pytest.mark.parametrize("days", [-1, 0, 1, 30, 31, 60, 61, 90, 91])
def test_a_change_of_the_clock_is_no_change_of_the_age(night: date, days: int) -> None:
    zone = ZoneInfo("America/New_York")
    before = datetime.combine(night, datetime.min.time(), zone)
    assert before.utcoffset() != (before + timedelta(days=1)).utcoffset()
    due_on = night - timedelta(days=1)
    as_of = due_on + timedelta(days=days)

    sums = by_bucket([Slice(due_on, 100)], as_of)

    assert sums == {bucket_of(days): 100}


def test_parts_of_one_bucket_are_summed() -> None:
    sums = by_bucket(PLAN, date(2026, 5, 2))

    assert sums == {"61-90": 4_000, "31-60": 3_000, "1-30": 3_000}


@pytest.mark.parametrize(
    ("balance", "held"),
    [
        (10_000, [4_000, 3_000, 3_000]),
        (9_999, [3_999, 3_000, 3_000]),
        (6_000, [0, 3_000, 3_000]),
        (2_999, [0, 0, 2_999]),
        (0, [0, 0, 0]),
        (12_500, [6_500, 3_000, 3_000]),
    ],
    ids=[
        "all",
        "oldest first",
        "first paid",
        "last begun",
        "nothing",
        "a rest stands at the first",
    ],
)
def test_an_open_balance_stands_on_the_last_parts_of_a_plan(balance: int, held: list[int]) -> None:
    assert [part.amount for part in held_by(balance, PLAN)] == held


def test_a_plan_may_be_told_in_any_order() -> None:
    assert held_by(5_000, PLAN[::-1]) == held_by(5_000, PLAN)
