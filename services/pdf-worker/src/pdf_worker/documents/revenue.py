"""The revenue report as a document: what the screen shows, with a chart, in tables that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from careledger.reports.revenue import (
    CurrencyTotals,
    RevenueComparison,
    RevenueQuery,
    RevenueReport,
    RevenueSeries,
    RevenueTotals,
)
from pdf_worker.documents.cover import AGGREGATE_LABEL, bound, cover
from pdf_worker.documents.definitions import definitions
from pdf_worker.documents.parts import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
)
from pdf_worker.documents.revenue_charts import (
    COMPARED,
    chart_of_groups,
    chart_of_periods,
    table_title,
)
from pdf_worker.documents.subject import Subject
from pdf_worker.documents.wording import chosen
from pdf_worker.formats import Notation

_TITLE: Final = "Revenue"


class _Figure(NamedTuple):
    title: str
    read: Callable[[RevenueTotals], int | None]
    is_count: bool = False


_CASH: Final = (
    _Figure("Gross payments", attrgetter("gross_payments")),
    _Figure("Corrections", attrgetter("payment_corrections")),
    _Figure("Refunds", attrgetter("refunds")),
    _Figure("Chargebacks", attrgetter("chargebacks")),
    _Figure("Net payments", attrgetter("net_payments")),
    _Figure("Payment count", attrgetter("payment_count"), is_count=True),
    _Figure("Refund count", attrgetter("refund_count"), is_count=True),
    _Figure("Average payment", attrgetter("average_payment")),
    _Figure("Processor fees", attrgetter("processor_fees")),
)
_CHARGES: Final = (
    _Figure("Charges", attrgetter("charge_side.charges")),
    _Figure("Invoices", attrgetter("charge_side.charge_count"), is_count=True),
    _Figure("Charge corrections", attrgetter("charge_side.charge_corrections")),
    _Figure("Contractual", attrgetter("charge_side.contractual_adjustments")),
    _Figure("Other adjustments", attrgetter("charge_side.other_adjustments")),
    _Figure("Voids", attrgetter("charge_side.voids")),
    _Figure("Write-offs", attrgetter("charge_side.write_offs")),
    _Figure("Net charges", attrgetter("charge_side.net_charges")),
)
_PARTIAL: Final = "* The period is cut by the range or the as-of date, or is not over yet."
_NOTHING: Final = "Nothing is recorded for this question."


def revenue_document(subject: Subject, query: RevenueQuery, report: RevenueReport) -> Document:
    """Write a revenue report down.

    Args:
        subject: what was asked for.
        query: the question, with its filters.
        report: the answer.
    """
    notation = Notation(subject.locale)
    subtitle = f"{notation.days(query.start_date, query.end_date)}, by {query.granularity}"
    return bound(
        subject,
        notation,
        title=_TITLE,
        subtitle=subtitle,
        footer=f"{_TITLE}, {subtitle}",
        topic="revenue",
        blocks=_blocks(subject, query, report, notation),
    )


def _blocks(
    subject: Subject, query: RevenueQuery, report: RevenueReport, notation: Notation
) -> Iterator[Block]:
    particulars = _particulars(query, report, notation)
    yield Facts(
        cover(subject, report.meta, notation, particulars=particulars, label=AGGREGATE_LABEL)
    )
    if not report.totals:
        yield Paragraph(_NOTHING)
    for totals in report.totals:
        yield from _currency(report, totals, notation)
    if any(point.partial for series in report.series for point in series.points):
        yield Paragraph(_PARTIAL)
    yield from definitions(report.meta)


def _particulars(query: RevenueQuery, report: RevenueReport, notation: Notation) -> Iterator[Fact]:
    yield Fact("Period", (notation.days(query.start_date, query.end_date),))
    yield Fact("Filters", tuple(_filters(query)) or ("None",))
    if report.comparison is not None:
        interval = report.comparison.interval
        days = notation.days(interval.start_date, interval.end_date)
        yield Fact(
            "Compared with",
            (f"{COMPARED[report.comparison.kind]}: {days}",),
        )
    yield Fact("Basis", ("Cash: each movement of money on its own business date",))


def _filters(query: RevenueQuery) -> Iterator[str]:
    filters = {
        "Clinic": query.clinic_ids,
        "Method": query.methods,
        "Payer type": query.payer_types,
        "Category": query.categories,
        "Provider": query.providers,
        "Currency": query.currencies,
    }
    for name, values in filters.items():
        yield from chosen(name, values)


def _currency(report: RevenueReport, totals: CurrencyTotals, notation: Notation) -> Iterator[Block]:
    currency = totals.currency
    compared = report.comparison
    yield Heading(f"Totals in {currency}", 2)
    yield _totals(totals, compared, notation)
    series = [one for one in report.series if one.currency == currency]
    if report.breakdown is not None:
        yield from _breakdown(report.breakdown, series, notation)
    for one in series:
        yield from _series(report, one, notation)
    if compared is not None:
        for one in compared.series:
            if one.currency == currency:
                yield Heading(_named(f"{COMPARED[compared.kind]}, {currency}", one), 2)
                yield from _tables(report, one, notation)


def _totals(
    totals: CurrencyTotals, compared: RevenueComparison | None, notation: Notation
) -> Table:
    sides: list[RevenueTotals] = [totals]
    columns = [Column("Figure", "text"), Column("This period")]
    if compared is not None:
        sides += [one for one in compared.totals if one.currency == totals.currency]
        columns.append(Column(COMPARED[compared.kind]))
    return Table(
        columns,
        [
            Row(
                (
                    figure.title,
                    *(_written(figure, side, totals.currency, notation) for side in sides),
                )
            )
            for figure in (*_CASH, *_CHARGES)
        ],
    )


def _breakdown(
    dimension: str, series: Sequence[RevenueSeries], notation: Notation
) -> Iterator[Block]:
    if not series:
        return
    name = dimension.replace("_", " ")
    currency = series[0].currency
    yield Heading(f"Net payments by {name}, {currency}", 2)
    yield chart_of_groups(name, series, notation)
    yield Table(
        [Column(name.capitalize(), "text"), *(Column(figure.title) for figure in _CASH)],
        [
            Row(
                (
                    one.group or "",
                    *(_written(figure, one.totals, currency, notation) for figure in _CASH),
                )
            )
            for one in series
        ],
    )


def _series(report: RevenueReport, series: RevenueSeries, notation: Notation) -> Iterator[Block]:
    yield Heading(_named(f"Net payments by {report.granularity}, {series.currency}", series), 2)
    yield chart_of_periods(report, series, notation)
    yield from _tables(report, series, notation)


def _named(title: str, series: RevenueSeries) -> str:
    return title if series.group is None else f"{title}: {series.group}"


def _tables(report: RevenueReport, series: RevenueSeries, notation: Notation) -> Iterator[Block]:
    for title, figures in (("Payments", _CASH), ("Charges", _CHARGES)):
        yield Heading(table_title(title, report, series), 3)
        yield _by_period(report, series, figures, notation)


def _by_period(
    report: RevenueReport, series: RevenueSeries, figures: Sequence[_Figure], notation: Notation
) -> Table:
    rows = [
        Row(
            (
                notation.period(report.granularity, point.label) + ("*" if point.partial else ""),
                *(_written(figure, point, series.currency, notation) for figure in figures),
            )
        )
        for point in series.points
    ]
    total = Row(
        (
            "Total",
            *(_written(figure, series.totals, series.currency, notation) for figure in figures),
        ),
        is_total=True,
    )
    columns = [Column(report.granularity.capitalize(), "text")]
    return Table([*columns, *(Column(figure.title) for figure in figures)], [*rows, total])


def _written(figure: _Figure, totals: RevenueTotals, currency: str, notation: Notation) -> str:
    value = figure.read(totals)
    if value is None:
        return "none"
    return notation.count(value) if figure.is_count else notation.amount(value, currency)
