"""Charts are drawn to scale, by whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdf_worker.charts import column_plot, row_plot, tick_values

amounts = st.integers(-(10**15), 10**15)


@given(low=amounts, high=amounts)
def test_ticks_cover_all_amounts_and_zero_and_are_few(low: int, high: int) -> None:
    low, high = sorted((low, high))

    ticks = tick_values(low, high)

    assert ticks[0] <= min(low, 0)
    assert ticks[-1] >= max(high, 0)
    assert 0 in ticks
    assert len(ticks) <= 7
    assert ticks == sorted(set(ticks))


def test_ticks_are_round() -> None:
    assert tick_values(-90, 4_200) == [-2_000, 0, 2_000, 4_000, 6_000]


@given(values=st.lists(amounts, min_size=1, max_size=40))
def test_a_bar_is_as_long_as_its_amount(values: list[int]) -> None:
    ticks = dict.fromkeys(tick_values(min(values), max(values)), "")

    plot = column_plot([values], [""] * len(values), ticks)

    top = {value: y.y for value, y in zip(ticks, plot.ticks, strict=True)}
    span = max(ticks) - min(ticks)
    scale = top[min(ticks)] - top[max(ticks)]
    for bar, value in zip(plot.bars, [v for v in values if v], strict=True):
        assert abs(bar.height - scale * abs(value) // span) <= 1


def test_an_amount_below_zero_hangs_from_the_line() -> None:
    plot = column_plot([[-500, 500]], ["a", "b"], {-500: "-5", 0: "0", 500: "5"})

    below, above = plot.bars
    assert below.y == plot.zero
    assert above.y + above.height == plot.zero


@pytest.mark.parametrize("values", [[], [0], [0, 0, 0]])
def test_a_chart_of_nothing_has_no_bars(values: list[int]) -> None:
    assert column_plot([values], [""] * len(values), {0: "0"}).bars == []


def test_rows_name_their_amounts() -> None:
    plot = row_plot([300, -100], ["card", "cash"], ["3.00", "-1.00"])

    assert [label.text for label in plot.names] == ["card", "cash"]
    assert [label.text for label in plot.amounts] == ["3.00", "-1.00"]
    assert plot.bars[1].x + plot.bars[1].width == plot.zero == plot.bars[0].x
