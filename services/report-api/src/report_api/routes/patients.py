"""Patients: found by id or by name, and the payment history of one."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.deidentification import NameIndex
from careledger.events.fields import IDENTIFIER_PATTERN
from careledger.reports.documents import HistoryQuestion
from careledger.reports.history import (
    HistoryQuery,
    HistoryReport,
    PaymentStatus,
    ReceivableStatus,
    read_history,
)
from careledger.reports.patients import (
    PATIENT_PAGE_MAX,
    PatientsPage,
    PatientsReport,
    find_patient,
    find_patients_by_name,
)
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.cursors import Place
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.errors import NotFoundError
from report_api.export_requests import AS_DOCUMENT, ask_for_document
from report_api.paging import place_of, signed_page, with_next
from report_api.parameters import (
    Day,
    Identifier,
    MomentParameters,
    NoParameters,
    PageParameters,
    Plain,
    ViewParameters,
    choices,
    listed,
    one,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports/patients", tags=["Patients"])

_Seen = Annotated[Visit, allowed(Permission.HISTORY_READ, "report.viewed")]
_Searched = Annotated[Visit, allowed(Permission.HISTORY_READ, "report.searched")]
_PatientId = Annotated[str, Path(pattern=IDENTIFIER_PATTERN, examples=["P-1001"])]


class PatientParameters(Plain):
    """Which patient."""

    patient_id: Identifier = Field(examples=["P-1001"])


class NameSearch(Plain):
    """A search by name; the name is hashed on arrival, and neither stored nor logged."""

    name: str = Field(
        min_length=1,
        max_length=200,
        description="Whole name parts in any order; case, accents and punctuation do not matter.",
        examples=["José O'Brien"],
    )
    limit: int = Field(default=50, ge=1, le=PATIENT_PAGE_MAX, strict=True)
    cursor: str | None = Field(default=None, max_length=4_096)

    @property
    def as_of(self) -> None:
        """A search is always of today."""

    @property
    def watermark(self) -> None:
        """A search knows everything recorded."""


class HistoryFilters(MomentParameters):
    """Which rows of a history; filters choose rows, they never change balances or totals."""

    start_date: Day | None = None
    end_date: Day | None = None
    clinic_id: Identifier | None = None
    payment_status: Annotated[str, choices(PaymentStatus)] | None = None
    invoice_status: Annotated[str, choices(ReceivableStatus)] | None = None

    def question(self, patient_id: str, place: Place) -> HistoryQuestion:
        """Return the question about a patient, as it is asked from its first row on."""
        return HistoryQuestion(
            patient_id=patient_id,
            start_date=self.start_date,
            end_date=self.end_date,
            clinic_ids=one(self.clinic_id),
            payment_statuses=listed(self.payment_status),
            invoice_statuses=listed(self.invoice_status),
            as_of=place.as_of,
            watermark=place.watermark,
        )


class HistoryParameters(HistoryFilters, PageParameters, ViewParameters):
    """Which rows of a history, and in which form."""


class HistoryDocumentParameters(HistoryFilters):
    """Whose history a document tells, and which rows of it."""

    patient_id: Identifier = Field(examples=["P-1001"])


@router.get(
    "",
    operation_id="findPatient",
    summary="Find a patient by id",
    response_model=PatientsReport,
    responses=EDITION_RESPONSES,
)
async def find_by_id(
    visit: _Searched, parameters: Annotated[PatientParameters, Query()], request: Request
) -> Response:
    """Find one patient by the practice's own id: a list of one, or of none."""
    visit.note(patient_id=parameters.patient_id)
    clinics = await visit.clinics(planned_once=True)
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    report = await find_patient(visit.connection, clinics, parameters.patient_id)
    visit.saw(report.meta)
    visit.note(count=len(report.patients))
    return Answer(request, visit, clinics).plain(report.model_dump_json(), report.meta)


@router.post("/search", operation_id="searchPatients", summary="Find patients by name")
async def search_by_name(
    visit: _Searched,
    search: NameSearch,
    request: Request,
    _: Annotated[NoParameters, Query()],
) -> PatientsReport:
    """Find the patients who have every name part asked for; the answer holds ids and no names."""
    indexes: tuple[NameIndex, ...] = request.app.state.names
    tokens = {index.key_id: index.tokens([search.name]) for index in indexes}
    place = place_of(request, visit, search)
    report = await find_patients_by_name(
        visit.connection,
        await visit.clinics(planned_once=True),
        tokens,
        PatientsPage(limit=search.limit, after=place.after),
    )
    visit.saw(report.meta)
    visit.note(name_parts=len(tokens[indexes[0].key_id]), count=len(report.patients))
    visit.showed_patients(patient.patient_id for patient in report.patients)
    page = signed_page(request, visit, search, report.meta, report.page)
    return report.model_copy(update={"page": page})


@router.get(
    "/{patient_id:path}/history",
    operation_id="getPatientHistory",
    summary="A patient's history",
    response_model=HistoryReport,
    responses=EDITION_RESPONSES | AS_DOCUMENT,
)
async def get_history(
    visit: _Seen,
    patient_id: _PatientId,
    parameters: Annotated[HistoryParameters, Query()],
    request: Request,
    background: BackgroundTasks,
) -> Response:
    """Every leg, attempt and fact of a patient in order, with balances and totals per currency."""
    place = place_of(request, visit, parameters)
    question = parameters.question(patient_id, place)
    if parameters.format == "pdf":
        return await ask_for_document(visit, request, background, question, parameters)
    visit.note(patient_id=patient_id)
    clinics = await visit.clinics(planned_once=place.watermark is None)
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    report = await read_history(
        visit.connection,
        clinics,
        patient_id,
        HistoryQuery.model_validate(
            {
                **question.model_dump(exclude={"patient_id"}),
                "limit": parameters.limit,
                "after": place.after,
            }
        ),
    )
    if report is None:
        raise NotFoundError
    visit.saw(report.meta)
    visit.note(count=len(report.entries))
    page = signed_page(request, visit, parameters, report.meta, report.page)
    answer = report.model_copy(update={"page": page})
    return with_next(
        request, Answer(request, visit, clinics).plain(answer.model_dump_json(), report.meta), page
    )
