"""Periods are calendar ones, follow without a gap, and say when they are partial."""

from datetime import date

import pytest

from careledger.reports.periods import (
    Granularity,
    Period,
    compared_interval,
    period_of,
    periods,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("granularity", "day", "first", "last"),
    [
        ("day", "2026-05-13", "2026-05-13", "2026-05-13"),
        ("week", "2026-01-01", "2025-12-29", "2026-01-04"),
        ("week", "2027-01-03", "2026-12-28", "2027-01-03"),
        ("week", "2027-01-04", "2027-01-04", "2027-01-10"),
        ("month", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31"),
        ("year", "2026-07-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_the_calendar_one_and_weeks_begin_on_monday(
    granularity: Granularity, day: str, first: str, last: str
) -> None:
    period = period_of(granularity, date.fromisoformat(day))

    assert period == (date.fromisoformat(first), date.fromisoformat(last))


def test_periods_follow_each_other_without_a_gap() -> None:
    months = list(periods("month", date(2025, 11, 15), date(2026, 2, 1)))

    assert [month.first for month in months] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize(
    ("start", "end", "as_of", "is_partial"),
    [
        ("2026-05-01", "2026-05-31", "2026-11-23", False),
        ("2026-05-02", "2026-05-31", "2026-11-23", True),
        ("2026-05-01", "2026-05-30", "2026-11-23", True),
        ("2026-05-01", "2026-05-31", "2026-05-31", False),
        ("2026-05-01", "2026-05-31", "2026-05-30", True),
    ],
)
def test_a_period_is_partial_if_the_range_or_the_as_of_day_cuts_it(
    start: str, end: str, as_of: str, *, is_partial: bool
) -> None:
    may = Period(date(2026, 5, 1), date(2026, 5, 31))

    found = may.is_partial(
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        as_of=date.fromisoformat(as_of),
        today=TODAY,
    )

    assert found is is_partial


def test_a_period_is_partial_on_its_last_day_and_whole_the_day_after() -> None:
    day = Period(TODAY, TODAY)

    assert day.is_partial(start=TODAY, end=TODAY, as_of=TODAY, today=TODAY)
    assert not day.is_partial(start=TODAY, end=TODAY, as_of=TODAY, today=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
        ("2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31"),
        ("2026-03-01", "2026-03-30", "2026-01-30", "2026-02-28"),
        ("2026-01-01", "2026-02-28", "2025-11-03", "2025-12-31"),
        ("2026-03-02", "2026-03-02", "2026-03-01", "2026-03-01"),
    ],
)
def test_the_previous_period_is_the_calendar_one_or_as_many_days(
    start: str, end: str, first: str, last: str
) -> None:
    found = compared_interval(
        "previous_period",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        as_of=TODAY,
    )

    assert found == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_29th_of_february_is_compared_with_the_28th() -> None:
    found = compared_interval(
        "previous_year", start=date(2024, 2, 29), end=date(2024, 2, 29), as_of=TODAY
    )

    assert found == (date(2023, 2, 28), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("previous_period", date(2026, 10, 1), date(2026, 10, 23)),
        ("previous_year", date(2025, 11, 1), date(2025, 11, 23)),
    ],
)
def test_an_unfinished_month_is_compared_with_as_many_first_days(
    kind: str, first: date, last: date
) -> None:
    found = compared_interval(
        kind,  # pyright: ignore[reportArgumentType] - one of the two kinds
        start=date(2026, 11, 1),
        end=date(2026, 11, 30),
        as_of=TODAY,
    )

    assert found == (first, last)


def test_a_longer_unfinished_month_is_compared_with_the_whole_shorter_one() -> None:
    found = compared_interval(
        "previous_period", start=date(2026, 3, 1), end=date(2026, 3, 31), as_of=date(2026, 3, 30)
    )

    assert found == (date(2026, 2, 1), date(2026, 2, 28))


def test_a_range_that_has_not_begun_is_compared_with_nothing() -> None:
    found = compared_interval(
        "previous_period", start=date(2026, 12, 1), end=date(2026, 12, 31), as_of=TODAY
    )

    assert found is None
