"""Every kind of document is PDF/UA-1, says the reference validator."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from careledger.reports.revenue import RevenueQuery
from careledger.reports.suppressed import SuppressedQuery
from pdf_worker.documents.suppressed import suppressed_document
from support.documents import (
    printed,
    printed_history,
    printed_outstanding,
    printed_revenue,
    subject_of,
)
from support.patient_reports import history_report, outstanding_answer
from support.revenue_reports import revenue_report
from support.suppressed_reports import suppressed_report
from support.verapdf import judge_as_pdf_ua_1

pytestmark = pytest.mark.integration

YEAR = RevenueQuery(
    start_date=date(2026, 1, 1),
    end_date=date(2026, 12, 31),
    granularity="month",
    compare="previous_year",
)
QUARTER = RevenueQuery(start_date=date(2026, 1, 1), end_date=date(2026, 3, 31))
PARTNERS = SuppressedQuery(
    start_date=date(2026, 1, 1), end_date=date(2026, 6, 30), breakdown="method"
)
DAY = QUARTER.model_copy(update={"end_date": QUARTER.start_date})


def _write(folder: Path) -> list[Path]:
    by_method = YEAR.model_copy(update={"breakdown": "method", "compare": "none"})
    cases = {
        "compared": (YEAR, revenue_report(YEAR)),
        "daily": (QUARTER, revenue_report(QUARTER)),
        "groups": (
            by_method,
            revenue_report(by_method, groups=["card", "cash"], currencies=["USD", "JPY"]),
        ),
        "empty": (YEAR, revenue_report(YEAR, currencies=[])),
        "one-row": (DAY, revenue_report(DAY)),
        "long-text": (DAY, revenue_report(DAY)),
    }
    files: list[Path] = []
    for name, (query, report) in cases.items():
        clinic = "Ärztehaus " * 40 if name == "long-text" else "Hudson Street Clinic"
        printed = printed_revenue(query, report, subject_of(report, clinic_name=clinic))
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(printed.content)
    return [*files, *_write_suppressed(folder), *_write_patients(folder)]


def _write_suppressed(folder: Path) -> list[Path]:
    cases = {
        "suppressed": suppressed_report(PARTNERS, groups=["card", "cash"]),
        "suppressed-empty": suppressed_report(PARTNERS, currencies=[]),
        "suppressed-long": suppressed_report(PARTNERS, groups=["b" * 120]),
    }
    files: list[Path] = []
    for name, report in cases.items():
        document = suppressed_document(subject_of(report), PARTNERS, report)
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(printed(document).content)
    return files


def _write_patients(folder: Path) -> list[Path]:
    prose = "words that go on and on and break into several lines " * 5
    histories = {
        "history": history_report(60),
        "history-long": history_report(9, currencies=["USD", "JPY"], reason=prose),
        "history-empty": history_report(0),
        "history-one": history_report(1),
    }
    receivables = {
        "outstanding": outstanding_answer(60),
        "outstanding-long": outstanding_answer(9, invoice_prefix="I" * 100, amount_max=10**14),
        "outstanding-empty": outstanding_answer(0),
        "outstanding-one": outstanding_answer(1),
    }
    printed = {
        **{n: printed_history(one, subject_of(one)) for n, one in histories.items()},
        **{n: printed_outstanding(o, subject_of(o.listed)) for n, o in receivables.items()},
    }
    for name, document in printed.items():
        (folder / f"{name}.pdf").write_bytes(document.content)
    return [folder / f"{name}.pdf" for name in printed]


def test_every_document_is_accessible(tmp_path: Path) -> None:
    files = _write(tmp_path)

    verdicts = judge_as_pdf_ua_1(files)

    assert [verdict.name for verdict in verdicts] == [file.name for file in files]
    assert {verdict.name: verdict.failures for verdict in verdicts if verdict.failures} == {}
    assert all(verdict.checks > 500 for verdict in verdicts)


def test_the_validator_finds_what_is_not_accessible(tmp_path: Path) -> None:
    report = revenue_report(DAY)
    content = printed_revenue(DAY, report, subject_of(report)).content
    unmarked = PdfWriter(clone_from=BytesIO(content))
    del unmarked.root_object["/MarkInfo"]
    unmarked.write(tmp_path / "unmarked.pdf")

    (verdict,) = judge_as_pdf_ua_1([tmp_path / "unmarked.pdf"])

    assert verdict.failures
