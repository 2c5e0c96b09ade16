"""Calendar rules of periods: labels, partial ones, and what an interval is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Granularity = Literal["day", "week", "month", "quarter", "year"]

_DAY: Final = timedelta(days=1)
_MONTHS: Final[dict[Granularity, int]] = {"month": 1, "quarter": 3, "year": 12}


class Period(NamedTuple):
    """Whole calendar days from first to last; the first one is its label."""

    first: date
    last: date

    def is_partial(self, *, start: date, end: date, as_of: date, today: date) -> bool:
        """Tell whether the range or the as-of date cuts the period, or it is not over today."""
        return self.first < start or self.last > min(end, as_of) or self.last >= today


@lru_cache(maxsize=20_000)
def _one_day(ordinal: int) -> Period:
    """Return a day as a period; those of half a century are made once."""
    day = date.fromordinal(ordinal)
    return Period(day, day)


def period_of(granularity: Granularity, day: date) -> Period:
    """Return the period a day lies in; weeks are ISO weeks and begin on Monday."""
    if granularity == "day":
        return Period(day, day)
    if granularity == "week":
        monday = day - day.weekday() * _DAY
        return Period(monday, monday + 6 * _DAY)
    months = _MONTHS[granularity]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return Period(first, _months_later(first, months) - _DAY)


def periods(granularity: Granularity, start: date, end: date) -> Iterator[Period]:
    """Yield every period that a range touches, in order."""
    if granularity == "day":
        yield from map(_one_day, range(start.toordinal(), end.toordinal() + 1))
        return
    day = start
    while day <= end:
        period = period_of(granularity, day)
        yield period
        day = period.last + _DAY


def compared_interval(
    kind: Literal["previous_period", "previous_year"], *, start: date, end: date, as_of: date
) -> Period | None:
    """Return the interval a range is compared with, like for like.

    `previous_period` of a whole month, quarter or year is the one before it in the calendar, of
    any other range as many days just before. `previous_year` has the same dates, 28 February for
    the 29th. A range that is not over is compared with as many first days of the other; one that
    has not begun with nothing (None).
    """
    other = _year_before(start, end) if kind == "previous_year" else _just_before(start, end)
    if as_of >= end:
        return other
    elapsed = as_of - start
    if elapsed < timedelta(0):
        return None
    return Period(other.first, min(other.last, other.first + elapsed))


def _just_before(start: date, end: date) -> Period:
    for granularity in _MONTHS:
        if period_of(granularity, start) == (start, end):
            return period_of(granularity, start - _DAY)
    return Period(start - (end - start) - _DAY, start - _DAY)


def _year_before(start: date, end: date) -> Period:
    return Period(_same_day_last_year(start), _same_day_last_year(end))


def _same_day_last_year(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def _months_later(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
