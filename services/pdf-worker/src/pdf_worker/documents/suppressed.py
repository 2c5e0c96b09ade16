"""Revenue in the profile `suppressed` as a document: tables in which hidden figures say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from careledger.reports.suppressed import (
    SuppressedPoint,
    SuppressedQuery,
    SuppressedReport,
    SuppressedTotals,
)
from pdf_worker.documents.cover import SUPPRESSED_LABEL, bound, cover
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
from pdf_worker.documents.subject import Subject
from pdf_worker.formats import Notation

_TITLE: Final = "Revenue without small cells"
_HIDDEN: Final = "hidden"
_NOTHING: Final = "Nothing is recorded for these periods."


class _Figure(NamedTuple):
    title: str
    read: Callable[[SuppressedTotals], int | None]
    is_count: bool = False


_FIGURES: Final = (
    _Figure("Gross payments", attrgetter("gross_payments")),
    _Figure("Refunds", attrgetter("refunds")),
    _Figure("Chargebacks", attrgetter("chargebacks")),
    _Figure("Corrections", attrgetter("payment_corrections")),
    _Figure("Net payments", attrgetter("net_payments")),
    _Figure("Payment count", attrgetter("payment_count"), is_count=True),
    _Figure("Charges", attrgetter("charge_side.charges")),
    _Figure("Net charges", attrgetter("charge_side.net_charges")),
)


def suppressed_document(
    subject: Subject, query: SuppressedQuery, report: SuppressedReport
) -> Document:
    """Write revenue of the profile `suppressed` down.

    Args:
        subject: what was asked for.
        query: the question.
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
        topic="suppressed revenue",
        blocks=_blocks(subject, query, report, notation),
    )


def _blocks(
    subject: Subject, query: SuppressedQuery, report: SuppressedReport, notation: Notation
) -> Iterator[Block]:
    particulars = [
        Fact("Period", (notation.days(query.start_date, query.end_date),)),
        Fact("Filters", ("None: this profile has no filters",)),
        Fact("Basis", ("Cash: each movement of money on its own business date",)),
    ]
    yield Facts(
        cover(subject, report.meta, notation, particulars=particulars, label=SUPPRESSED_LABEL)
    )
    if not report.totals:
        yield Paragraph(_NOTHING)
    for one in report.totals:
        yield Heading(f"All together, {one.currency}", 2)
        yield _table(report, one.points, one.totals, one.currency, notation)
        for series in report.series:
            if series.currency == one.currency:
                yield Heading(f"{_named(report)}: {series.group}, {one.currency}", 2)
                yield _table(report, series.points, series.totals, one.currency, notation)
    yield Paragraph(report.statement)
    yield from definitions(report.meta)


def _named(report: SuppressedReport) -> str:
    return (report.breakdown or "").replace("_", " ").capitalize()


def _table(
    report: SuppressedReport,
    points: list[SuppressedPoint],
    totals: SuppressedTotals,
    currency: str,
    notation: Notation,
) -> Table:
    rows = [
        Row((notation.period(report.granularity, point.label), *_cells(point, currency, notation)))
        for point in points
    ]
    total = Row(("Total", *_cells(totals, currency, notation)), is_total=True)
    columns = [Column(report.granularity.capitalize(), "text")]
    return Table([*columns, *(Column(one.title) for one in _FIGURES)], [*rows, total])


def _cells(figures: SuppressedTotals, currency: str, notation: Notation) -> Iterator[str]:
    for one in _FIGURES:
        value = one.read(figures)
        if value is None:
            yield _HIDDEN
        else:
            yield notation.count(value) if one.is_count else notation.amount(value, currency)
