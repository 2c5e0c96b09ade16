"""Histories and receivables on paper say every figure of the answer, and whose they are."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from careledger.reports.documents import HistoryQuestion, OutstandingQuestion
from careledger.reports.receivables import Receivable
from pdf_worker.formats import Notation
from support.documents import printed_history, printed_outstanding, subject_of, text_of
from support.patient_reports import PATIENT, history_report, outstanding_answer

AMERICAN = Notation("en-US")


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
def test_every_entry_stands_there_with_amount_and_balance(currency: str) -> None:
    report = history_report(50, currencies=[currency])

    text = text_of(printed_history(report, subject_of(report)).content)

    for entry in report.entries:
        amount = "\N{EN DASH}" if entry.amount is None else AMERICAN.amount(entry.amount, currency)
        assert entry.balance is not None
        assert f"{amount} {AMERICAN.amount(entry.balance, currency)} " in text


def test_a_balance_is_written_in_the_currency_of_its_invoice() -> None:
    report = history_report(60, currencies=["USD", "JPY"])

    text = text_of(printed_history(report, subject_of(report)).content)

    facts = [entry for entry in report.entries if entry.kind == "due_date"]
    assert {fact.currency for fact in facts} == {"USD", "JPY"}
    for fact in facts:
        assert fact.balance is not None
        assert fact.currency is not None
        assert (
            f"{fact.currency} \N{EN DASH} {AMERICAN.amount(fact.balance, fact.currency)} " in text
        )


def test_a_figure_without_a_currency_is_an_error_and_not_a_guess() -> None:
    report = history_report(6)
    entries = [entry.model_copy(update={"currency": None}) for entry in report.entries]

    with pytest.raises(TypeError, match="no currency"):
        printed_history(report.model_copy(update={"entries": entries}), subject_of(report))


def test_totals_of_each_currency_stand_apart() -> None:
    report = history_report(40, currencies=["USD", "JPY"])

    text = text_of(printed_history(report, subject_of(report)).content)

    for totals in report.totals:
        assert f"Totals in {totals.currency}" in text
        assert f"Balance {AMERICAN.amount(totals.balance, totals.currency)}" in text


def test_the_cover_of_a_history_says_whose_it_is_and_what_was_left_out() -> None:
    report = history_report(3)
    question = HistoryQuestion(
        patient_id=PATIENT, start_date=date(2026, 1, 1), payment_statuses=("failed",)
    )

    text = text_of(printed_history(report, subject_of(report), question).content)

    for fact in (
        f"Patient {PATIENT}",
        "From Jan 1, 2026",
        "Payment status: failed",
        "Pseudonymized PHI, minimum-necessary view",
        report.meta.digest,
    ):
        assert fact in text


def test_every_receivable_stands_there_with_its_buckets() -> None:
    answer = outstanding_answer(50, currencies=["USD", "EUR"])

    text = text_of(printed_outstanding(answer, subject_of(answer.listed)).content)

    for one in answer.listed.receivables:
        assert row_of(one) in text


def row_of(one: Receivable) -> str:
    buckets = one.buckets
    amounts = [one.charge, one.adjustments, one.landed, one.balance, buckets.current]
    amounts += [buckets.days_1_30, buckets.days_31_60, buckets.days_61_90, buckets.over_90]
    written = [AMERICAN.amount(amount, one.currency) for amount in amounts]
    days = AMERICAN.count(one.days_overdue)
    return " ".join((one.currency, days, *written))


def test_the_aging_stands_there_and_adds_up() -> None:
    answer = outstanding_answer(30)

    text = text_of(printed_outstanding(answer, subject_of(answer.listed)).content)

    (summary,) = answer.summary.currencies
    total = AMERICAN.amount(summary.outstanding.amount, "USD")
    assert f"Outstanding {total} {summary.outstanding.count}" in text
    assert answer.summary.meta.digest in text
    assert answer.listed.meta.digest in text


def test_who_may_not_see_patients_gets_a_list_without_them() -> None:
    answer = outstanding_answer(5)
    question = OutstandingQuestion(shows_patients=False)

    text = text_of(printed_outstanding(answer, subject_of(answer.listed), question).content)

    assert "P-" not in text
    assert "Totals without patient identifiers" in text


def test_a_history_and_a_list_without_rows_say_so() -> None:
    history, answer = history_report(0), outstanding_answer(0)

    assert "No entry of this patient" in text_of(
        printed_history(history, subject_of(history)).content
    )
    assert "No receivable matches" in text_of(
        printed_outstanding(answer, subject_of(answer.listed)).content
    )


def test_a_heading_never_stands_without_the_table_it_is_about() -> None:
    answer = outstanding_answer(12, invoice_prefix="I" * 100, amount_max=10**14)

    content = printed_outstanding(answer, subject_of(answer.listed)).content

    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    (page,) = [page for page in pages if page.lstrip().startswith("Receivables")]
    assert "Owed by" in page
