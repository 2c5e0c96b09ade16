"""Receivables: the list, the aging summary, the exceptions, and one in detail."""

from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.events.fields import PayerType
from careledger.reports.aging import Bucket
from careledger.reports.documents import OutstandingQuestion
from careledger.reports.exceptions import (
    ExceptionKind,
    ExceptionsQuery,
    ExceptionsReport,
    read_exceptions,
)
from careledger.reports.history import ReceivableStatus
from careledger.reports.outstanding import read_outstanding, read_outstanding_summary
from careledger.reports.receivable_detail import read_receivable
from careledger.reports.receivables import (
    AgingBasis,
    OutstandingQuery,
    OutstandingReport,
    OutstandingSummary,
    ReceivableDetail,
    ReceivableQuery,
    ReceivablesFilter,
    SortKey,
)
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.cursors import Place
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.errors import ForbiddenError, NotFoundError
from report_api.export_requests import AS_DOCUMENT, ask_for_document
from report_api.paging import place_of, signed_page, with_next
from report_api.parameters import (
    Codes,
    Days,
    Identifier,
    MinorUnits,
    MomentParameters,
    PageParameters,
    Plain,
    ViewParameters,
    choices,
    listed,
    one,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports/outstanding", tags=["Outstanding"])

_Seen = Annotated[Visit, allowed(Permission.OUTSTANDING_READ, "report.viewed")]


class ReceivableFilters(Plain):
    """Which receivables; without a status, every open one."""

    basis: AgingBasis = "due_date"
    clinic_id: Identifier | None = None
    currency: Codes | None = None
    patient_id: Identifier | None = None
    payer_type: Annotated[str, choices(PayerType)] | None = None
    status: Annotated[str, choices(ReceivableStatus)] | None = None
    bucket: Annotated[str, choices(Bucket)] | None = None
    balance_from: MinorUnits | None = Field(default=None, description="Minor units, included.")
    balance_to: MinorUnits | None = Field(default=None, description="Minor units, included.")
    days_overdue_from: Days | None = None
    days_overdue_to: Days | None = None

    def filter(self, place: Place) -> ReceivablesFilter:
        """Return the filter as the read model takes it."""
        return ReceivablesFilter(
            basis=self.basis,
            as_of=place.as_of,
            watermark=place.watermark,
            clinic_ids=one(self.clinic_id),
            currencies=listed(self.currency),
            patient_id=self.patient_id,
            payer_types=listed(self.payer_type),
            statuses=listed(self.status),
            buckets=listed(self.bucket),
            balance_from=self.balance_from,
            balance_to=self.balance_to,
            days_overdue_from=self.days_overdue_from,
            days_overdue_to=self.days_overdue_to,
        )


class SummaryParameters(ReceivableFilters, MomentParameters):
    """Which receivables to sum up."""


class OutstandingDocumentParameters(ReceivableFilters, MomentParameters):
    """Which receivables a document lists, and in which order."""

    sort: SortKey = "due_on"
    order: Literal["ascending", "descending"] = "ascending"

    def question(self, visit: Visit, place: Place) -> OutstandingQuestion:
        """Return the question; whoever may not see whose a receivable is gets no patient ids."""
        check_patient(visit, self.patient_id, sort=self.sort)
        return OutstandingQuestion(
            **dict(self.filter(place)),
            sort=self.sort,
            descending=self.order == "descending",
            shows_patients=visit.caller.may(Permission.OUTSTANDING_PATIENTS),
        )


class OutstandingParameters(OutstandingDocumentParameters, PageParameters, ViewParameters):
    """Which receivables to list, how, and in which form."""


class ExceptionsParameters(PageParameters):
    """Which exceptions to list."""

    kind: Annotated[str, choices(ExceptionKind)] | None = None
    clinic_id: Identifier | None = None


class ReceivableParameters(MomentParameters):
    """Which receivable."""

    clinic_id: Identifier
    invoice_id: Identifier
    basis: AgingBasis = "due_date"


@router.get(
    "",
    operation_id="listOutstanding",
    summary="Outstanding receivables",
    response_model=OutstandingReport,
    responses=EDITION_RESPONSES | AS_DOCUMENT,
)
async def list_outstanding(
    visit: _Seen,
    parameters: Annotated[OutstandingParameters, Query()],
    request: Request,
    background: BackgroundTasks,
) -> Response:
    """Receivables with their aging: open ones, or those of the statuses asked for."""
    check_patient(visit, parameters.patient_id, sort=parameters.sort)
    place = place_of(request, visit, parameters)
    if parameters.format == "pdf":
        question = parameters.question(visit, place)
        return await ask_for_document(visit, request, background, question, parameters)
    visit.note(patient_id=parameters.patient_id)
    clinics = await visit.clinics()
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    report = await read_outstanding(
        visit.connection,
        clinics,
        OutstandingQuery(
            **dict(parameters.filter(place)),
            sort=parameters.sort,
            descending=parameters.order == "descending",
            limit=parameters.limit,
            after=place.after,
        ),
    )
    visit.saw(report.meta)
    visit.note(count=len(report.receivables))
    page = signed_page(request, visit, parameters, report.meta, report.page)
    shown = report.receivables
    if not visit.caller.may(Permission.OUTSTANDING_PATIENTS):
        shown = [one.model_copy(update={"patient_id": None}) for one in shown]
    visit.showed_patients(one.patient_id for one in shown)
    answer = report.model_copy(update={"page": page, "receivables": shown})
    return with_next(
        request, Answer(request, visit, clinics).plain(answer.model_dump_json(), report.meta), page
    )


@router.get(
    "/summary",
    operation_id="summarizeOutstanding",
    summary="Aging by bucket",
    response_model=OutstandingSummary,
    responses=EDITION_RESPONSES,
)
async def summarize(
    visit: _Seen, parameters: Annotated[SummaryParameters, Query()], request: Request
) -> Response:
    """Outstanding per bucket and currency: the buckets sum up to the total, or there is no answer.

    Overpaid, unapplied credits and deficits stand apart and are never netted into it.
    """
    check_patient(visit, parameters.patient_id)
    visit.note(patient_id=parameters.patient_id)
    of_anybody = parameters.patient_id is None
    clinics = await visit.clinics()
    held = await answer_if_held(request, visit, clinics, shared=of_anybody)
    if held is not None:
        return held
    place = Place(None, parameters.as_of, parameters.watermark)
    summary = await read_outstanding_summary(visit.connection, clinics, parameters.filter(place))
    visit.saw(summary.meta)
    body = summary.model_dump_json().encode()
    answer = Answer(request, visit, clinics)
    return answer.kept(body, summary.meta) if of_anybody else answer.plain(body, summary.meta)


@router.get(
    "/exceptions",
    operation_id="listExceptions",
    summary="Facts that do not fit together",
    response_model=ExceptionsReport,
    responses=EDITION_RESPONSES,
)
async def list_exceptions(
    visit: _Seen, parameters: Annotated[ExceptionsParameters, Query()], request: Request
) -> Response:
    """Orphans, deficits, mismatches and conflicts: kept, counted by the rules, and listed here."""
    place = place_of(request, visit, parameters)
    clinics = await visit.clinics()
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    report = await read_exceptions(
        visit.connection,
        clinics,
        ExceptionsQuery(
            kinds=listed(parameters.kind),
            clinic_ids=one(parameters.clinic_id),
            as_of=place.as_of,
            watermark=place.watermark,
            limit=parameters.limit,
            after=place.after,
        ),
    )
    visit.saw(report.meta)
    visit.note(count=len(report.exceptions))
    page = signed_page(request, visit, parameters, report.meta, report.page)
    shown = report.exceptions
    if not visit.caller.may(Permission.OUTSTANDING_PATIENTS):
        shown = [row.model_copy(update={"patient_id": None}) for row in shown]
    visit.showed_patients(row.patient_id for row in shown)
    answer = report.model_copy(update={"page": page, "exceptions": shown})
    return with_next(
        request, Answer(request, visit, clinics).plain(answer.model_dump_json(), report.meta), page
    )


@router.get(
    "/detail",
    operation_id="getReceivable",
    summary="One receivable in detail",
    response_model=ReceivableDetail,
    responses=EDITION_RESPONSES,
)
async def get_receivable(
    visit: _Seen, parameters: Annotated[ReceivableParameters, Query()], request: Request
) -> Response:
    """One receivable, open or closed, with its installments and everything that happened to it."""
    visit.note(clinic_id=parameters.clinic_id, invoice_id=parameters.invoice_id)
    clinics = await visit.clinics()
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    question = ReceivableQuery(**parameters.model_dump())
    detail = await read_receivable(visit.connection, clinics, question)
    if detail is None:
        raise NotFoundError
    visit.saw(detail.meta)
    if not visit.caller.may(Permission.OUTSTANDING_PATIENTS):
        hidden = detail.receivable.model_copy(update={"patient_id": None})
        detail = detail.model_copy(update={"receivable": hidden, "patient_url": None})
    visit.showed_patients([detail.receivable.patient_id])
    return Answer(request, visit, clinics).plain(detail.model_dump_json(), detail.meta)


def check_patient(visit: Visit, patient_id: str | None, *, sort: SortKey = "due_on") -> None:
    """Refuse who may not see whose a receivable is, and asks by patient or sorts by one.

    Raises:
        ForbiddenError: to such a one.
    """
    asks = patient_id is not None or sort == "patient_id"
    if asks and not visit.caller.may(Permission.OUTSTANDING_PATIENTS):
        raise ForbiddenError
