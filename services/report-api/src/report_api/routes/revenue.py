"""The revenue report."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.events.rules import EARLIEST_DATE
from careledger.reports.clinics import Clinic, latest_today
from careledger.reports.periods import Granularity, period_of
from careledger.reports.revenue import (
    Breakdown,
    Comparison,
    RevenueQuery,
    RevenueReport,
    answer_revenue,
)
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.export_requests import AS_DOCUMENT, ask_for_document
from report_api.parameters import (
    Codes,
    Day,
    Identifier,
    MomentParameters,
    ViewParameters,
    listed,
    one,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports", tags=["Revenue"])

_Seen = Annotated[Visit, allowed(Permission.REVENUE_READ, "report.viewed")]
_DEFAULT_PERIODS: Final[dict[Granularity, int]] = {
    "day": 30,
    "week": 12,
    "month": 12,
    "quarter": 8,
    "year": 5,
}


class RevenueParameters(MomentParameters):
    """A question about revenue."""

    start_date: Day | None = Field(
        default=None,
        description="First day. Default: 30 days, 12 weeks, 12 months, 8 quarters or 5 years.",
    )
    end_date: Day | None = Field(default=None, description="Last day, included. Default: as_of.")
    granularity: Granularity = "day"
    clinic_id: Identifier | None = None
    method: Codes | None = None
    payer_type: Codes | None = None
    category: Codes | None = None
    provider: Codes | None = None
    currency: Codes | None = None
    breakdown: Breakdown | None = Field(default=None, description="One series per value of this.")
    compare: Comparison = "none"

    @property
    def asks_for_daily_totals(self) -> bool:
        """Tell whether the sums of days answer the question: no dimension, nothing of the past."""
        chosen = (self.method, self.payer_type, self.category, self.provider, self.watermark)
        return not any(chosen) and self.breakdown in {None, "clinic"}

    def question(self, clinics: list[Clinic]) -> RevenueQuery:
        """Return the question to the read model, with the default range filled in."""
        end = self.end_date or self.as_of or latest_today(clinics)
        return RevenueQuery(
            start_date=self.start_date or _default_start(self.granularity, end),
            end_date=end,
            granularity=self.granularity,
            clinic_ids=one(self.clinic_id),
            methods=listed(self.method),
            payer_types=listed(self.payer_type),
            categories=listed(self.category),
            providers=listed(self.provider),
            currencies=listed(self.currency),
            breakdown=self.breakdown,
            compare=self.compare,
            as_of=self.as_of,
            watermark=self.watermark,
        )


class RevenueViewParameters(RevenueParameters, ViewParameters):
    """A question about revenue, and in which form it is answered."""


@router.get(
    "/revenue",
    operation_id="getRevenue",
    summary="Revenue by period",
    response_model=RevenueReport,
    responses=EDITION_RESPONSES | AS_DOCUMENT,
)
async def get_revenue(
    visit: _Seen,
    parameters: Annotated[RevenueViewParameters, Query()],
    request: Request,
    background: BackgroundTasks,
) -> Response:
    """Payments of each period on a cash basis; the charge side apart, one series per currency.

    "Revenue" is `net_payments`. Periods without payments are there as zeros; a series with too
    many points is refused (400), never cut.
    """
    clinics = await visit.clinics(planned_once=parameters.asks_for_daily_totals)
    question = parameters.question(clinics)
    if parameters.format == "pdf":
        return await ask_for_document(visit, request, background, question, parameters)
    held = await answer_if_held(request, visit, clinics, shared=True)
    if held is not None:
        return held
    report = await answer_revenue(visit.connection, clinics, question)
    visit.saw(report.meta)
    visit.note(
        start_date=question.start_date.isoformat(),
        end_date=question.end_date.isoformat(),
        granularity=question.granularity,
        breakdown=question.breakdown,
    )
    return Answer(request, visit, clinics).kept(report.as_json(), report.meta)


def _default_start(granularity: Granularity, end: date) -> date:
    first = period_of(granularity, end).first
    for _ in range(_DEFAULT_PERIODS[granularity] - 1):
        first = period_of(granularity, first - timedelta(days=1)).first
    return max(first, EARLIEST_DATE)
