"""Turns figures per period into series without gaps, and sums them up; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec import structs

from careledger.reports.errors import QuestionError
from careledger.reports.periods import Granularity, Period, periods
from careledger.reports.revenue.figures import (
    NO_FIGURES,
    Figures,
    Plain,
    RevenueFigures,
    described,
    total,
)
from careledger.reports.revenue.models import ANSWER_POINTS_MAX, POINTS_MAX
from careledger.reports.revenue.rows import Cell

_ONE_DAY: Final = timedelta(days=1)
_LAST: Final = attrgetter("last")


class Span(NamedTuple):
    """The range of a series, and the days that decide which of its periods are partial."""

    start: date
    end: date
    as_of: date
    today: date

    def partial_flags(self, planned: Sequence[Period]) -> list[bool]:
        """Tell of each period of the range whether the range cuts it, or it is not over."""
        over = min(self.end, self.as_of, self.today - _ONE_DAY)
        whole = bisect_right(planned, over, key=_LAST)
        flags = [False] * whole + [True] * (len(planned) - whole)
        flags[:1] = [flag or planned[0].first < self.start for flag in flags[:1]]
        return flags


@lru_cache(maxsize=64)
def planned_periods(granularity: Granularity, start: date, end: date) -> tuple[Period, ...]:
    """Return the periods of a range.

    Raises:
        QuestionError: if it ends before it starts, or has more points than a series may have.
    """
    if end < start:
        raise QuestionError("end_date", "end_date lies before start_date")
    planned = tuple(islice(periods(granularity, start, end), POINTS_MAX + 1))
    if len(planned) > POINTS_MAX:
        raise QuestionError(
            "granularity",
            f"the range has more than {POINTS_MAX} points; take a coarser granularity",
        )
    return planned


def plain_series(
    cells: Mapping[Cell, Figures],
    planned: Sequence[Period],
    *,
    currencies: Iterable[str],
    by_group: bool,
) -> list[Plain]:
    """Return one series per currency, or per currency and group; every period is present.

    A group is there if any of its figures in the range is not zero. Series are plain here, because
    their digest is taken before they become models.

    Raises:
        QuestionError: if there are more points than an answer may have.
    """
    keys = [(currency, group) for currency in currencies for group in _groups(cells, currency)]
    if not by_group:
        keys = [(currency, None) for currency in currencies]
    if len(keys) * len(planned) > ANSWER_POINTS_MAX:
        raise QuestionError(
            "breakdown",
            f"{len(keys)} series of {len(planned)} periods are more than {ANSWER_POINTS_MAX} "
            "points; narrow the filters or take a coarser granularity",
        )
    return [_series(cells, planned, currency, group) for currency, group in keys]


def _groups(cells: Mapping[Cell, Figures], currency: str) -> list[str]:
    return sorted(
        {
            group
            for (of_currency, _, group), figures in cells.items()
            if of_currency == currency and group is not None and any(figures)
        }
    )


def _series(
    cells: Mapping[Cell, Figures], planned: Sequence[Period], currency: str, group: str | None
) -> Plain:
    figures = [cells.get((currency, period.first, group), NO_FIGURES) for period in planned]
    return {
        "currency": currency,
        "group": group,
        "totals": described(total(figures)),
        "points": [
            described(of_period, label=period.first)
            for of_period, period in zip(figures, planned, strict=True)
        ],
    }


def flag_partial(series: Iterable[Plain], planned: Sequence[Period], span: Span) -> None:
    """Flag in place the periods that the range cuts or that are not over: no figure says that."""
    flags = span.partial_flags(planned)
    for one in series:
        points: list[RevenueFigures] = one["points"]
        for point, flag in zip(points, flags, strict=True):
            point.partial = flag


def plain_totals(cells: Mapping[Cell, Figures], currencies: Iterable[str]) -> list[RevenueFigures]:
    """Sum every currency over all its groups and periods; currencies are never added up."""
    return [
        described(
            total(figures for cell, figures in cells.items() if cell[0] == currency),
            currency=currency,
        )
        for currency in currencies
    ]


def totals_of_currencies(series: Iterable[Plain]) -> list[RevenueFigures]:
    """Return the totals of currencies that have one series each."""
    return [structs.replace(one["totals"], currency=one["currency"]) for one in series]
