"""Documents made for tests: a report written down, and what can be read from its PDF."""

import re
from io import BytesIO

from pypdf import PdfReader

from careledger.reports.documents import HistoryQuestion, OutstandingAnswer, OutstandingQuestion
from careledger.reports.history import HistoryReport
from careledger.reports.receivables import OutstandingReport
from careledger.reports.revenue import RevenueQuery, RevenueReport
from careledger.reports.suppressed import SuppressedReport
from careledger.tasks import DocumentLocale, Paper
from pdf_worker.documents.history import history_document
from pdf_worker.documents.outstanding import outstanding_document
from pdf_worker.documents.pages import ITEMS_AT_ONCE, Pieces
from pdf_worker.documents.parts import Document
from pdf_worker.documents.revenue import revenue_document
from pdf_worker.documents.subject import Subject
from pdf_worker.weasy import Printed, write_pdf
from support.revenue_reports import AT

EXPORT_ID = "01937f1c-0000-7000-8000-000000000001"
_SPACES = re.compile(r"\s+")


def subject_of(
    report: RevenueReport | SuppressedReport | HistoryReport | OutstandingReport,
    *,
    owner_name: str = "finance",
    clinic_name: str = "Hudson Street Clinic",
    paper: Paper = "letter",
    locale: DocumentLocale = "en-US",
) -> Subject:
    """What a user asked for who saw this report."""
    return Subject(
        export_id=EXPORT_ID,
        owner_name=owner_name,
        requested_at=AT,
        digest=report.meta.digest,
        data_through=AT,
        paper=paper,
        locale=locale,
        clinic_names={clinic.clinic_id: clinic_name for clinic in report.meta.clinics},
    )


def printed_revenue(
    query: RevenueQuery,
    report: RevenueReport,
    subject: Subject,
    *,
    items_at_once: int = ITEMS_AT_ONCE,
) -> Printed:
    """Print a revenue report."""
    pieces = Pieces(revenue_document(subject, query, report), items_at_once=items_at_once)
    return write_pdf(pieces, unheard, identifier=subject.export_id)


def printed_history(
    report: HistoryReport, subject: Subject, question: HistoryQuestion | None = None
) -> Printed:
    """Print a patient's history."""
    asked = question or HistoryQuestion(patient_id=report.patient_id)
    return printed(history_document(subject, asked, report))


def printed_outstanding(
    answer: OutstandingAnswer, subject: Subject, question: OutstandingQuestion | None = None
) -> Printed:
    """Print receivables."""
    asked = question or OutstandingQuestion()
    return printed(outstanding_document(subject, asked, answer))


def printed(document: Document) -> Printed:
    """Print a document."""
    return write_pdf(Pieces(document), unheard, identifier=EXPORT_ID)


def unheard(_done: int, _end: int) -> None:
    """Take no note of progress."""


def text_of(content: bytes) -> str:
    """All text of a PDF, any white space as one space."""
    pages = PdfReader(BytesIO(content)).pages
    return _SPACES.sub(" ", " ".join(page.extract_text() for page in pages))
