"""Geometry of charts: amounts to whole coordinates, drawn by an SVG template; pure.

Everything is integer arithmetic on minor units, so a chart can no more be off than a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

WIDTH: Final = 7000
HEIGHT: Final = 2500
_LEFT: Final = 620
_RIGHT: Final = 160
_TOP: Final = 60
_BOTTOM: Final = 420
_TICKS_MAX: Final = 5
_LABELS_MAX: Final = 12
_ROW: Final = 260
_NAME_WIDTH: Final = 1500
_AMOUNT_WIDTH: Final = 1200
BARS_MAX: Final = 800
"""More bars than this cannot be told apart on a page."""


class Rectangle(NamedTuple):
    """A bar: where it stands, and which series it is of (0 or 1)."""

    x: int
    y: int
    width: int
    height: int
    series: int


class Label(NamedTuple):
    """A text and where its anchor stands."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart ready to be drawn."""

    width: int
    height: int
    bars: list[Rectangle]
    ticks: list[Label]
    labels: list[Label]
    zero: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class RowPlot:
    """A chart of horizontal bars, one row a name."""

    width: int
    height: int
    bars: list[Rectangle]
    names: list[Label]
    amounts: list[Label]
    zero: int


def tick_values(low: int, high: int) -> list[int]:
    """Return round values from at most `low` to at least `high`, zero among them, ascending."""
    low, high = min(low, 0), max(high, 0)
    if low == high:
        return [0]
    step = 1
    while (-low + step - 1) // step + (high + step - 1) // step > _TICKS_MAX:
        step = _next_step(step)
    first, last = low // step, -(-high // step)
    return [step * number for number in range(first, last + 1)]


def _next_step(step: int) -> int:
    leading = int(str(step)[0])
    return step * 5 // 2 if leading == 2 else step * 2  # noqa: PLR2004 - 1, 2, 5, 10, 20, 50 …


def column_plot(
    series: Sequence[Sequence[int]], names: Sequence[str], tick_texts: dict[int, str]
) -> Plot:
    """Lay out columns, one group for each name and one bar in it for each series.

    Args:
        series: amounts of one or two series in minor units; a shorter one leaves places empty.
        names: of the groups, from left to right.
        tick_texts: what to write at each value of the axis (`tick_values`), in its order.
    """
    axis = _Axis(min(tick_texts), max(tick_texts))
    inner = WIDTH - _LEFT - _RIGHT
    count = max(1, len(names))
    bars: list[Rectangle] = []
    for index in range(len(names)):
        start, end = inner * index // count, inner * (index + 1) // count
        gap = (end - start) // 5
        width = max(1, (end - start - gap) // len(series))
        for number, amounts in enumerate(series):
            if index < len(amounts) and amounts[index]:
                x = _LEFT + start + gap // 2 + number * width
                bars.append(axis.bar(amounts[index], x, width, number))
    every = -(-len(names) // _LABELS_MAX) if names else 1
    labels = [
        Label(_LEFT + inner * (2 * index + 1) // (2 * count), HEIGHT - _BOTTOM + 150, name)
        for index, name in enumerate(names)
        if index % every == 0
    ]
    ticks = [Label(_LEFT - 60, axis.y(value), text) for value, text in tick_texts.items()]
    return Plot(WIDTH, HEIGHT, bars, ticks, labels, axis.y(0), _LEFT, WIDTH - _RIGHT)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The vertical axis, from one amount up to another."""

    low: int
    high: int

    def y(self, amount: int) -> int:
        span = self.high - self.low
        inner = HEIGHT - _TOP - _BOTTOM
        return _TOP + inner if span == 0 else _TOP + inner * (self.high - amount) // span

    def bar(self, amount: int, x: int, width: int, series: int) -> Rectangle:
        top, bottom = sorted((self.y(amount), self.y(0)))
        return Rectangle(x, top, width, bottom - top, series)


def row_plot(amounts: Sequence[int], names: Sequence[str], texts: Sequence[str]) -> RowPlot:
    """Lay out one horizontal bar a row, with its name before and its amount behind it.

    Args:
        amounts: in minor units.
        names: of the rows, from the top down.
        texts: the amounts as they are written.
    """
    low, high = min(0, *amounts, 0), max(0, *amounts, 0)
    span = max(1, high - low)
    inner = WIDTH - _NAME_WIDTH - _AMOUNT_WIDTH
    zero = _NAME_WIDTH + inner * -low // span
    bars: list[Rectangle] = []
    written: list[Label] = []
    for index, amount in enumerate(amounts):
        end = _NAME_WIDTH + inner * (amount - low) // span
        x, width = min(zero, end), abs(end - zero)
        bars.append(Rectangle(x, index * _ROW + 50, width, _ROW - 100, 0))
        written.append(Label(max(zero, end) + 60, index * _ROW + 165, texts[index]))
    names_at = [
        Label(_NAME_WIDTH - 60, index * _ROW + 165, _fitted(name))
        for index, name in enumerate(names)
    ]
    return RowPlot(WIDTH, max(1, len(names)) * _ROW, bars, names_at, written, zero)


_NAME_LENGTH_MAX: Final = 26


def _fitted(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH_MAX else f"{name[: _NAME_LENGTH_MAX - 1]}…"
