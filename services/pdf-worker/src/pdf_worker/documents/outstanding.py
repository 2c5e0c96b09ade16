"""Receivables as a document: aging by bucket, drawn and in figures, and each receivable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from careledger.reports.documents import OutstandingAnswer, OutstandingQuestion
from careledger.reports.receivables import CurrencySummary, OutstandingReport, Receivable
from pdf_worker.charts import column_plot, tick_values
from pdf_worker.documents.cover import AGGREGATE_LABEL, PATIENT_LABEL, ROWS, bound, cover
from pdf_worker.documents.definitions import definitions
from pdf_worker.documents.drawing import draw
from pdf_worker.documents.parts import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from pdf_worker.documents.subject import Subject
from pdf_worker.documents.wording import NOTHING, chosen, worded
from pdf_worker.formats import Notation

_TITLE: Final = "Outstanding receivables"
_EMPTY: Final = "No receivable matches the question."
_NOTHING_OPEN: Final = "Nothing is outstanding, overpaid or unapplied."
_BASES: Final = {
    "due_date": "Ages by due date, plans by installment",
    "service_date": "Ages by date of service",
    "issued_on": "Ages by date of issue",
}
_APART: Final = (
    "Overpaid, unapplied credits and deficits stand apart: they are never netted into the total."
)
_BUCKET_TITLES: Final = (
    "Current",
    "1\N{EN DASH}30",
    "31\N{EN DASH}60",
    "61\N{EN DASH}90",
    "Over 90",
)
_BUCKETS: Final = ("current", "days_1_30", "days_31_60", "days_61_90", "over_90")


def outstanding_document(
    subject: Subject, question: OutstandingQuestion, answer: OutstandingAnswer
) -> Document:
    """Write receivables and their aging down.

    Args:
        subject: what was asked for.
        question: with its filters.
        answer: the receivables, all of them, and their summary.
    """
    notation = Notation(subject.locale)
    subtitle = f"As of {notation.day(answer.listed.meta.as_of)}"
    return bound(
        subject,
        notation,
        title=_TITLE,
        subtitle=subtitle,
        footer=f"{_TITLE}, {subtitle}",
        topic="outstanding",
        blocks=_blocks(subject, question, answer, notation),
    )


def _blocks(
    subject: Subject, question: OutstandingQuestion, answer: OutstandingAnswer, notation: Notation
) -> Iterator[Block]:
    listed, summary = answer
    particulars = [
        Fact("Receivables", (notation.count(len(listed.receivables)),)),
        Fact("Filters", tuple(_filters(question)) or ("None: every open receivable",)),
        Fact("Basis", (_BASES[question.basis],)),
        Fact("Summary", (summary.meta.digest, "SHA-256 of the aging, the same on screen")),
    ]
    label = PATIENT_LABEL if question.shows_patients else AGGREGATE_LABEL
    yield Facts(
        cover(subject, listed.meta, notation, particulars=particulars, label=label, digest_of=ROWS)
    )
    for of_currency in summary.currencies:
        yield Heading(f"Aging in {of_currency.currency}", 2)
        yield _chart(of_currency, notation)
        yield _aging(of_currency, notation)
        yield Heading("Beside the total", 3)
        yield _apart(of_currency, notation)
    if summary.currencies:
        yield Paragraph(_APART)
    elif not question.statuses:
        yield Paragraph(_NOTHING_OPEN)
    yield Heading("Receivables", 2)
    if listed.receivables:
        yield _list(listed, notation, shows_patients=question.shows_patients)
    else:
        yield Paragraph(_EMPTY)
    yield from definitions(summary.meta)


def _filters(question: OutstandingQuestion) -> Iterator[str]:
    yield from chosen("Clinic", question.clinic_ids)
    yield from chosen("Currency", question.currencies)
    yield from chosen("Patient", [question.patient_id] if question.patient_id else [])
    yield from chosen("Owed by", question.payer_types)
    yield from chosen("Status", [worded(status) for status in question.statuses])
    yield from chosen("Bucket", [worded(bucket) for bucket in question.buckets])
    ranges = {
        "Balance in minor units": (question.balance_from, question.balance_to),
        "Days overdue": (question.days_overdue_from, question.days_overdue_to),
    }
    for name, (low, high) in ranges.items():
        if low is not None:
            yield f"{name}: at least {low}"
        if high is not None:
            yield f"{name}: at most {high}"


def _chart(summary: CurrencySummary, notation: Notation) -> Figure:
    amounts = [bucket.amount for bucket in summary.buckets]
    names = [worded(bucket.bucket) for bucket in summary.buckets]
    ticks = tick_values(min(amounts), max(amounts))
    texts = {value: notation.rounded(value, summary.currency) for value in ticks}
    told = ", ".join(
        f"{name} {notation.money(amount, summary.currency)}"
        for name, amount in zip(names, amounts, strict=True)
    )
    total = notation.money(summary.outstanding.amount, summary.currency)
    caption = f"Outstanding by age, {summary.currency}"
    return Figure(
        draw("columns", plot=column_plot([amounts], names, texts), legend=[]),
        f"Column chart. {caption}: {told}. Total {total}. The same figures stand in the table"
        " below it.",
        caption,
    )


def _aging(summary: CurrencySummary, notation: Notation) -> Table:
    total = summary.outstanding

    def row(name: str, amount: int, count: int, *, is_total: bool = False) -> Row:
        written = notation.amount(amount, summary.currency)
        return Row((name, written, notation.count(count)), is_total=is_total)

    return Table(
        [Column("Age", "text"), Column("Amount"), Column("Receivables")],
        [
            *(row(worded(one.bucket), one.amount, one.count) for one in summary.buckets),
            row("Outstanding", total.amount, total.count, is_total=True),
        ],
    )


def _apart(summary: CurrencySummary, notation: Notation) -> Table:
    sums = {
        "In collections, part of the total": summary.in_collections,
        "Overpaid": summary.overpaid,
        "Unapplied credits": summary.unapplied_credits,
        "Deficits": summary.deficits,
    }
    return Table(
        [Column("Figure", "text"), Column("Amount"), Column("Count")],
        [
            Row((name, notation.amount(one.amount, summary.currency), notation.count(one.count)))
            for name, one in sums.items()
        ],
    )


def _list(report: OutstandingReport, notation: Notation, *, shows_patients: bool) -> Table:
    several_clinics = len(report.meta.clinics) > 1
    several_currencies = len(report.meta.currencies) > 1
    columns = [Column("Invoice", "text")]
    columns += [Column("Patient", "text")] if shows_patients else []
    columns += [Column("Clinic", "text")] if several_clinics else []
    columns += [Column("Due", "text"), Column("Status", "text"), Column("Owed by", "text")]
    columns += [Column("Currency", "text")] if several_currencies else []
    columns += [Column("Days overdue")]
    columns += [Column(title) for title in ("Charge", "Adjusted", "Landed", "Balance")]
    columns += [Column(title) for title in _BUCKET_TITLES]

    def row(one: Receivable) -> Row:
        cells = [one.invoice_id]
        cells += [one.patient_id or NOTHING] if shows_patients else []
        cells += [one.clinic_id] if several_clinics else []
        cells += [notation.day(one.due_on), worded(one.status), worded(one.payer_type)]
        cells += [one.currency] if several_currencies else []
        cells += [notation.count(one.days_overdue)]
        amounts = [one.charge, one.adjustments, one.landed, one.balance]
        amounts += [getattr(one.buckets, name) for name in _BUCKETS]
        cells += [notation.amount(amount, one.currency) for amount in amounts]
        return Row(tuple(cells))

    return Table(columns, [row(one) for one in report.receivables])
