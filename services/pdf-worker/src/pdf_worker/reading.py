"""Reads a report as its owner saw it: the same question, day, watermark and clinics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple

import structlog

from careledger.postgres import Connection
from careledger.reports.answers import Meta
from careledger.reports.clinics import Clinic, read_clinics
from careledger.reports.documents import (
    HistoryQuestion,
    OutstandingQuestion,
    answer_history,
    answer_outstanding,
)
from careledger.reports.errors import QuestionError
from careledger.reports.revenue import RevenueQuery, read_revenue
from careledger.reports.suppressed import SuppressedQuery, read_suppressed
from pdf_worker.attempts import Claim
from pdf_worker.documents.history import history_document
from pdf_worker.documents.outstanding import outstanding_document
from pdf_worker.documents.parts import Document
from pdf_worker.documents.revenue import revenue_document
from pdf_worker.documents.subject import Subject
from pdf_worker.documents.suppressed import suppressed_document
from pdf_worker.errors import RefusedError

_log = structlog.stdlib.get_logger(__name__)


class Reading(NamedTuple):
    """An answer, and how it is written down."""

    meta: Meta
    write: Callable[[Subject], Document]


_Reader = Callable[[Connection, Sequence[Clinic], Claim], Awaitable[Reading]]


async def read_document(connection: Connection, claimed: Claim) -> tuple[Document, tuple[str, ...]]:
    """Read what was asked for, with the scope of who asked, and write it down.

    Returns:
        The document, and the clinics it tells of.

    Raises:
        RefusedError: if the question cannot be answered, or not with the figures of the screen.
    """
    transaction = connection.transaction(isolation="repeatable_read", readonly=True)
    async with transaction:
        clinics = await read_clinics(connection, claimed.clinic_ids)
        try:
            reading = await _READERS[claimed.report](connection, clinics, claimed)
        except KeyError:
            raise RefusedError("No document of this report can be made.") from None
        except QuestionError as error:
            raise RefusedError(f"{error.parameter}: {error.problem}") from error
    if reading.meta.digest != claimed.digest:
        _log.error("figures_differ", export_id=claimed.export_id, digest=reading.meta.digest)
        raise RefusedError(
            "The figures are not those that were shown when this was asked for. Ask for it again."
        )
    subject = Subject(
        export_id=claimed.export_id,
        owner_name=claimed.owner_name,
        requested_at=claimed.requested_at,
        digest=claimed.digest,
        data_through=claimed.data_through,
        paper=claimed.paper,
        locale=claimed.locale,
        clinic_names={clinic.clinic_id: clinic.name for clinic in clinics if clinic.name},
    )
    return reading.write(subject), tuple(one.clinic_id for one in reading.meta.clinics)


async def _revenue(connection: Connection, clinics: Sequence[Clinic], claimed: Claim) -> Reading:
    query = RevenueQuery.model_validate(claimed.parameters)
    report = await read_revenue(connection, clinics, query)

    def write(subject: Subject) -> Document:
        return revenue_document(subject, query, report)

    return Reading(report.meta, write)


async def _suppressed(connection: Connection, clinics: Sequence[Clinic], claimed: Claim) -> Reading:
    query = SuppressedQuery.model_validate(claimed.parameters)
    report = await read_suppressed(connection, clinics, query)

    def write(subject: Subject) -> Document:
        return suppressed_document(subject, query, report)

    return Reading(report.meta, write)


async def _history(connection: Connection, clinics: Sequence[Clinic], claimed: Claim) -> Reading:
    question = HistoryQuestion.model_validate(claimed.parameters)
    report = await answer_history(connection, clinics, question)
    if report is None:
        raise RefusedError("The patient is not known any more.")

    def write(subject: Subject) -> Document:
        return history_document(subject, question, report)

    return Reading(report.meta, write)


async def _outstanding(
    connection: Connection, clinics: Sequence[Clinic], claimed: Claim
) -> Reading:
    question = OutstandingQuestion.model_validate(claimed.parameters)
    answer = await answer_outstanding(connection, clinics, question)

    def write(subject: Subject) -> Document:
        return outstanding_document(subject, question, answer)

    return Reading(answer.listed.meta, write)


_READERS: Final[dict[str, _Reader]] = {
    "revenue": _revenue,
    "suppressed_revenue": _suppressed,
    "history": _history,
    "outstanding": _outstanding,
}
