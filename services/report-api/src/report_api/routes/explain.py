"""Explain: any figure down to the ledger legs that make it up."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.events.fields import CODE_PATTERN
from careledger.reports.aging import Bucket
from careledger.reports.explain import (
    Component,
    ExplainedMetric,
    ExplainQuery,
    Explanation,
    read_explanation,
)
from careledger.reports.explain.models import AccountMetric, BalanceMetric
from careledger.reports.indicators.models import DAYS_DEFAULT
from careledger.reports.receivables import AgingBasis
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.cursors import Place
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.errors import NotFoundError
from report_api.paging import place_of, signed_page, with_next
from report_api.parameters import (
    Codes,
    Day,
    Identifier,
    PageParameters,
    PlainInteger,
    listed,
    one,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports", tags=["Indicators"])

_Seen = Annotated[Visit, allowed(Permission.REVENUE_READ, "report.viewed")]
_OF_RECEIVABLES = frozenset({*get_args(BalanceMetric), *get_args(AccountMetric)})


class ExplainParameters(PageParameters):
    """Which figure: its metric, and the parameters of the report that shows it."""

    metric: ExplainedMetric = Field(description="Id of the metric in the catalog.")
    currency: Annotated[str, Field(pattern=CODE_PATTERN, examples=["USD"])]
    component: Component | None = Field(
        default=None, description="Which amount of an indicator; by default its numerator."
    )
    start_date: Day | None = Field(default=None, description="First day of a period figure.")
    end_date: Day | None = Field(default=None, description="Last day of a period figure.")
    clinic_id: Identifier | None = None
    method: Codes | None = None
    payer_type: Codes | None = None
    category: Codes | None = None
    provider: Codes | None = None
    basis: AgingBasis | None = None
    bucket: Bucket | None = Field(default=None, description="One bucket of `outstanding`.")
    days: PlainInteger = Field(
        default=DAYS_DEFAULT, ge=1, le=3_660, description="N of days in A/R."
    )
    patient_id: Identifier | None = Field(default=None, description="Of `patient_balance`.")
    invoice_id: Identifier | None = Field(default=None, description="Of `receivable_balance`.")

    def question(self, place: Place) -> ExplainQuery:
        """Return the question to the read model."""
        return ExplainQuery(
            metric=self.metric,
            currency=self.currency,
            component=self.component,
            start_date=self.start_date,
            end_date=self.end_date,
            clinic_ids=one(self.clinic_id),
            methods=listed(self.method),
            payer_types=listed(self.payer_type),
            categories=listed(self.category),
            providers=listed(self.provider),
            basis=self.basis,
            bucket=self.bucket,
            days=self.days,
            patient_id=self.patient_id,
            invoice_id=self.invoice_id,
            as_of=place.as_of,
            watermark=place.watermark,
            limit=self.limit,
            after=place.after,
        )


@router.get(
    "/explain",
    operation_id="explainFigure",
    summary="What a figure is made of",
    response_model=Explanation,
    responses=EDITION_RESPONSES,
)
async def explain_figure(
    visit: _Seen, parameters: Annotated[ExplainParameters, Query()], request: Request
) -> Response:
    """The ledger legs behind one figure, a page after another, without whose they are.

    `sum` is of all pages and equals the figure as its report serves it at the same watermark; if it
    did not, there would be no answer. A page of a sum of receivables or credits holds all legs of
    `limit` of them. Figures of receivables need the permission to read those, a patient's balance
    that to read histories.
    """
    _check_permission(visit, parameters.metric)
    place = place_of(request, visit, parameters)
    visit.note(metric=parameters.metric, component=parameters.component)
    visit.note(patient_id=parameters.patient_id, invoice_id=parameters.invoice_id)
    of_one_account = bool(parameters.patient_id or parameters.invoice_id)
    clinics = await visit.clinics(planned_once=of_one_account and place.watermark is None)
    held = await answer_if_held(request, visit, clinics)
    if held is not None:
        return held
    found = await read_explanation(visit.connection, clinics, parameters.question(place))
    if found is None:
        raise NotFoundError
    visit.saw(found.meta)
    visit.note(count=len(found.legs))
    page = signed_page(request, visit, parameters, found.meta, found.page)
    body = found.model_copy(update={"page": page}).model_dump_json()
    return with_next(request, Answer(request, visit, clinics).plain(body, found.meta), page)


def _check_permission(visit: Visit, metric: ExplainedMetric) -> None:
    if metric in _OF_RECEIVABLES:
        visit.require(Permission.OUTSTANDING_READ)
    if metric == "patient_balance":
        visit.require(Permission.HISTORY_READ)
