"""A patient's history as a statement: entries in order with the running balance, and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from careledger.reports.documents import HistoryQuestion
from careledger.reports.history import HistoryReport
from careledger.reports.history.models import HistoryEntry, PatientTotals
from pdf_worker.documents.cover import PATIENT_LABEL, ROWS, bound, cover
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
from pdf_worker.documents.wording import NOTHING, chosen, worded
from pdf_worker.formats import Notation

_TITLE: Final = "Patient history"
_EMPTY: Final = "No entry of this patient matches the question."
_BALANCE: Final = (
    "The balance is what the patient owes in the currency of the row after its event: all entries"
    " up to it count, also those the filters leave out. The legs of one event share a balance."
)
_TOTALS: Final = (
    ("Charged", "charged"),
    ("Adjustments", "adjustments"),
    ("Voids", "voids"),
    ("Written off", "written_off"),
    ("Paid", "paid"),
    ("Payment corrections", "payment_corrections"),
    ("Refunded", "refunded"),
    ("Chargebacks", "chargebacks"),
    ("Outstanding", "outstanding"),
    ("Overpaid", "overpaid"),
    ("Unapplied credits", "unapplied"),
    ("Deficits", "deficits"),
)


def history_document(
    subject: Subject, question: HistoryQuestion, report: HistoryReport
) -> Document:
    """Write a patient's history down.

    Args:
        subject: what was asked for.
        question: with its filters.
        report: the answer, all of it.
    """
    notation = Notation(subject.locale)
    subtitle = f"Patient {report.patient_id}, {_period(question, notation)}"
    return bound(
        subject,
        notation,
        title=_TITLE,
        subtitle=subtitle,
        footer=_TITLE,
        topic="patient history",
        blocks=_blocks(subject, question, report, notation),
    )


def _period(question: HistoryQuestion, notation: Notation) -> str:
    start, end = question.start_date, question.end_date
    if start is not None and end is not None:
        return notation.days(start, end)
    if start is not None:
        return f"from {notation.day(start)}"
    return "all dates" if end is None else f"until {notation.day(end)}"


def _blocks(
    subject: Subject, question: HistoryQuestion, report: HistoryReport, notation: Notation
) -> Iterator[Block]:
    particulars = [
        Fact("Patient", (report.patient_id,)),
        Fact("Period", (_initial(_period(question, notation)),)),
        Fact("Filters", tuple(_filters(question)) or ("None",)),
        Fact("Basis", ("Each entry on its own business date",)),
    ]
    yield Facts(
        cover(
            subject,
            report.meta,
            notation,
            particulars=particulars,
            label=PATIENT_LABEL,
            digest_of=ROWS,
        )
    )
    for totals in report.totals:
        yield Heading(f"Totals in {totals.currency}", 2)
        yield _totals(totals, notation)
    yield Heading("Statement", 2)
    if report.entries:
        yield _statement(report, notation)
        yield Paragraph(_BALANCE)
    else:
        yield Paragraph(_EMPTY)
    yield from definitions(report.meta)


def _filters(question: HistoryQuestion) -> Iterator[str]:
    yield from chosen("Clinic", question.clinic_ids)
    yield from chosen("Payment status", question.payment_statuses)
    yield from chosen("Invoice status", question.invoice_statuses)


def _totals(totals: PatientTotals, notation: Notation) -> Table:
    rows = [
        Row((name, notation.amount(getattr(totals, field), totals.currency), ""))
        for name, field in _TOTALS
    ]
    counts = {"charged": totals.invoice_count, "paid": totals.payment_count}
    for index, (_, field) in enumerate(_TOTALS):
        if field in counts:
            name, amount, _ = rows[index].cells
            rows[index] = Row((name, amount, notation.count(counts[field])))
    balance = notation.amount(totals.balance, totals.currency)
    return Table(
        [Column("Figure", "text"), Column("Amount"), Column("Count")],
        [*rows, Row(("Balance", balance, ""), is_total=True)],
    )


def _statement(report: HistoryReport, notation: Notation) -> Table:
    several_clinics = len({entry.clinic_id for entry in report.entries}) > 1
    several_currencies = len(report.totals) > 1
    columns = [Column("Date", "text"), Column("Entry", "text"), Column("Details", "prose")]
    columns += [Column("Clinic", "text")] if several_clinics else []
    columns += [Column("Invoice", "text"), Column("Payment", "text"), Column("Status", "text")]
    columns += [Column("Currency", "text")] if several_currencies else []
    columns += [Column("Amount"), Column("Balance")]
    rows: list[Row] = []
    for entry in report.entries:
        cells = [notation.day(entry.business_date), worded(entry.kind), _details(entry, notation)]
        cells += [entry.clinic_id] if several_clinics else []
        status = entry.payment_status or entry.invoice_status
        cells += [
            entry.invoice_id or NOTHING,
            entry.payment_id or NOTHING,
            NOTHING if status is None else worded(status),
        ]
        cells += [entry.currency or NOTHING] if several_currencies else []
        figures = (entry.amount, entry.balance)
        cells += [_amount(value, entry.currency, notation) for value in figures]
        rows.append(Row(tuple(cells)))
    return Table(columns, rows)


def _amount(value: int | None, currency: str | None, notation: Notation) -> str:
    if value is None:
        return NOTHING
    if currency is None:
        raise TypeError("a figure of a history has no currency")
    return notation.amount(value, currency)


def _details(entry: HistoryEntry, notation: Notation) -> str:
    told: list[str] = [worded(text) for text in (entry.method, entry.payer_type) if text]
    told += [text for text in (entry.category, entry.reason) if text]
    told += ["partially refunded"] if entry.partially_refunded else []
    told += ["disputed"] if entry.disputed else []
    told += [f"served {notation.day(entry.service_date)}"] if entry.service_date else []
    told += [f"due {notation.day(entry.due_on)}"] if entry.due_on else []
    told += [f"{len(entry.installments)} installments"] if entry.installments else []
    return ", ".join(_once(told)) or NOTHING


def _initial(text: str) -> str:
    return text[:1].upper() + text[1:]


def _once(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))
