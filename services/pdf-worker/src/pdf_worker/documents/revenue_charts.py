"""The charts of the revenue report, each with words that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from careledger.reports.revenue import RevenuePoint, RevenueReport, RevenueSeries
from pdf_worker.charts import BARS_MAX, column_plot, row_plot, tick_values
from pdf_worker.documents.drawing import draw
from pdf_worker.documents.parts import Figure, Paragraph
from pdf_worker.formats import Notation

_GROUPS_MAX: Final = 12
COMPARED: Final = {"previous_period": "Previous period", "previous_year": "Previous year"}


def table_title(what: str, report: RevenueReport, series: RevenueSeries) -> str:
    """Name the table of a series by periods, also where it stands pages away from its chart."""
    title = f"{what} by {report.granularity}, {series.currency}"
    return title if series.group is None else f"{title}: {series.group}"


def chart_of_periods(
    report: RevenueReport, series: RevenueSeries, notation: Notation
) -> Figure | Paragraph:
    """Draw net payments as columns, one a period, beside those compared with."""
    points = series.points
    compared = _compared(report, series)
    amounts = [[point.net_payments for point in points]]
    names = ["Net payments"]
    if compared is not None and report.comparison is not None:
        amounts.append([point.net_payments for point in compared.points])
        names.append(COMPARED[report.comparison.kind])
    if len(points) > BARS_MAX:
        return Paragraph(
            f"No chart: {notation.count(len(points))} periods cannot be drawn apart. Take a coarser"
            " granularity to see one; the table below has every figure."
        )
    if not any(any(one) for one in amounts):
        return Paragraph(f"No chart: net payments are zero in every {report.granularity}.")
    ticks = tick_values(
        min(min(a, default=0) for a in amounts), max(max(a, default=0) for a in amounts)
    )
    plot = column_plot(
        amounts,
        [notation.axis(report.granularity, point.label) for point in points],
        {value: notation.rounded(value, series.currency) for value in ticks},
    )
    caption = f"Net payments by {report.granularity}, {series.currency}"
    return Figure(
        draw("columns", plot=plot, legend=names if len(names) > 1 else []),
        f"Column chart. {caption}. {_in_words(report, series, notation)} The same figures stand in"
        f" the table “{table_title('Payments', report, series)}”.",
        caption,
    )


def _compared(report: RevenueReport, series: RevenueSeries) -> RevenueSeries | None:
    if report.comparison is None:
        return None
    key = (series.currency, series.group)
    return next((s for s in report.comparison.series if (s.currency, s.group) == key), None)


def _in_words(report: RevenueReport, series: RevenueSeries, notation: Notation) -> str:
    def told(point: RevenuePoint) -> str:
        return (
            f"{notation.money(point.net_payments, series.currency)}"
            f" in the {report.granularity} {notation.period(report.granularity, point.label)}"
        )

    total = notation.money(series.totals.net_payments, series.currency)
    if len(series.points) < 2:  # noqa: PLR2004 - one period has no highest and lowest
        return f"Total {total}."
    low = min(series.points, key=lambda point: point.net_payments)
    high = max(series.points, key=lambda point: point.net_payments)
    if low.net_payments == high.net_payments:
        return f"The same in every {report.granularity}: {told(low)}. Total {total}."
    return f"Highest: {told(high)}. Lowest: {told(low)}. Total {total}."


def chart_of_groups(name: str, series: Sequence[RevenueSeries], notation: Notation) -> Figure:
    """Draw the net payments of each group as a bar, the largest twelve of them."""
    ranked = sorted(series, key=lambda one: one.totals.net_payments, reverse=True)[:_GROUPS_MAX]
    currency = series[0].currency
    written = [notation.money(one.totals.net_payments, currency) for one in ranked]
    names = [one.group or "" for one in ranked]
    caption = f"Net payments by {name}, {currency}"
    if len(series) > len(ranked):
        caption += f", the largest {len(ranked)} of {len(series)}"
    told = ", ".join(f"{group} {amount}" for group, amount in zip(names, written, strict=True))
    return Figure(
        draw("rows", plot=row_plot([o.totals.net_payments for o in ranked], names, written)),
        f"Bar chart. {caption}: {told}. The same figures stand in the table below it.",
        caption,
    )
