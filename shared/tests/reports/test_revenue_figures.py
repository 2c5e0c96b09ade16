"""Averages and net figures follow from the sums; empty periods are there as zero."""

from datetime import date

import pytest

from careledger.reports.errors import QuestionError
from careledger.reports.periods import Granularity
from careledger.reports.revenue.figures import COLUMNS, Figures, average, described
from careledger.reports.revenue.rows import Cell
from careledger.reports.revenue.series import Span, plain_series, planned_periods


def figures(**given: int) -> Figures:
    return tuple(given.get(column, 0) for column in COLUMNS)


@pytest.mark.parametrize(
    ("amount", "count", "expected"),
    [(1, 2, 0), (3, 2, 2), (5, 2, 2), (7, 2, 4), (10, 3, 3), (11, 3, 4), (0, 3, 0), (7, 0, None)],
)
def test_an_average_is_rounded_half_to_even(amount: int, count: int, expected: int | None) -> None:
    assert average(amount, count) == expected


def test_net_figures_follow_from_the_sums() -> None:
    sums = figures(
        gross_payments=1_000,
        payment_corrections=-10,
        refunds=200,
        chargebacks=50,
        processor_fees=15,
        charges=5_000,
        charge_corrections=-100,
        contractual_adjustments=700,
        other_adjustments=30,
        voids=400,
        write_offs=60,
    )

    found = described(sums)

    assert found.net_payments == 1_000 - 10 - 200 - 50
    assert found.charge_side.net_charges == 5_000 - 100 - 700 - 400


def test_periods_without_payments_are_present_as_zero() -> None:
    planned = planned_periods("day", date(2026, 5, 1), date(2026, 5, 3))
    paid = figures(gross_payments=500, payment_count=1)
    cells: dict[Cell, Figures] = {("USD", date(2026, 5, 2), None): paid}

    (series,) = plain_series(cells, planned, currencies=["USD"], by_group=False)

    assert [point.gross_payments for point in series["points"]] == [0, 500, 0]
    assert series["totals"].gross_payments == 500


def test_a_group_whose_every_figure_is_zero_is_left_out() -> None:
    planned = planned_periods("year", date(2026, 1, 1), date(2026, 12, 31))
    cells: dict[Cell, Figures] = {
        ("USD", date(2026, 1, 1), "card"): figures(refunds=5),
        ("USD", date(2026, 1, 1), "unknown"): figures(),
    }

    found = plain_series(cells, planned, currencies=["USD"], by_group=True)

    assert [series["group"] for series in found] == ["card"]


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(QuestionError, match="before start_date") as refused:
        planned_periods("day", date(2026, 5, 2), date(2026, 5, 1))

    assert refused.value.parameter == "end_date"


def test_a_series_of_more_than_25_000_points_is_refused_and_never_cut() -> None:
    assert len(planned_periods("day", date(1950, 1, 1), date(2018, 6, 12))) == 25_000

    with pytest.raises(QuestionError, match="25000 points"):
        planned_periods("day", date(1950, 1, 1), date(2018, 6, 13))


def test_too_many_points_over_all_groups_are_refused() -> None:
    planned = planned_periods("day", date(1950, 1, 1), date(2018, 6, 12))
    cells: dict[Cell, Figures] = {
        ("USD", planned[0].first, f"g{number}"): figures(refunds=1) for number in range(5)
    }

    with pytest.raises(QuestionError, match="narrow the filters"):
        plain_series(cells, planned, currencies=["USD"], by_group=True)


@pytest.mark.parametrize("granularity", ["day", "week", "month"])
@pytest.mark.parametrize("as_of", [date(2026, 4, 30), date(2026, 5, 14), date(2026, 7, 1)])
@pytest.mark.parametrize("today", [date(2026, 5, 14), date(2026, 7, 1)])
def test_a_period_is_flagged_as_partial_if_cut_or_not_over(
    granularity: Granularity, as_of: date, today: date
) -> None:
    span = Span(date(2026, 5, 6), date(2026, 6, 10), as_of, today)
    planned = planned_periods(granularity, span.start, span.end)

    assert span.partial_flags(planned) == [
        period.is_partial(start=span.start, end=span.end, as_of=as_of, today=today)
        for period in planned
    ]
