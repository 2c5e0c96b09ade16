"""Revenue in the profile `suppressed`: what partner systems get unless they are given more."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.events.rules import EARLIEST_DATE
from careledger.reports.clinics import Clinic
from careledger.reports.periods import period_of
from careledger.reports.revenue import Breakdown
from careledger.reports.suppressed import (
    SuppressedGranularity,
    SuppressedQuery,
    SuppressedReport,
    read_suppressed,
)
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.export_requests import AS_DOCUMENT, ask_for_document
from report_api.parameters import Day, Plain, ViewParameters
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports", tags=["Revenue"])

_Seen = Annotated[Visit, allowed(Permission.REVENUE_SUPPRESSED, "report.viewed")]
_DEFAULT_PERIODS: Final[dict[SuppressedGranularity, int]] = {"month": 12, "quarter": 8, "year": 5}


class SuppressedParameters(Plain):
    """Which periods: whole ones that are over; there are no filters, which would tell apart."""

    start_date: Day | None = Field(
        default=None,
        description="First day of a period. Default: 12 months, 8 quarters or 5 years back.",
        examples=["2026-01-01"],
    )
    end_date: Day | None = Field(
        default=None,
        description="Last day of a period. Default: that of the last one that is over.",
        examples=["2026-03-31"],
    )
    granularity: SuppressedGranularity = "month"
    breakdown: Breakdown | None = Field(default=None, description="One series per value of this.")

    def question(self, clinics: list[Clinic]) -> SuppressedQuery:
        """Return the question to the read model, with the default range filled in."""
        today = min(clinic.today for clinic in clinics)
        end = self.end_date or _day_before(period_of(self.granularity, today).first)
        return SuppressedQuery(
            start_date=self.start_date or self._default_start(end),
            end_date=end,
            granularity=self.granularity,
            breakdown=self.breakdown,
        )

    def _default_start(self, end: date) -> date:
        first = period_of(self.granularity, end).first
        for _ in range(_DEFAULT_PERIODS[self.granularity] - 1):
            first = period_of(self.granularity, _day_before(first)).first
        return max(first, EARLIEST_DATE)


class SuppressedViewParameters(SuppressedParameters, ViewParameters):
    """Which periods, and in which form."""


@router.get(
    "/revenue/suppressed",
    operation_id="getSuppressedRevenue",
    summary="Revenue without small cells",
    response_model=SuppressedReport,
    responses=EDITION_RESPONSES | AS_DOCUMENT,
)
async def get_suppressed_revenue(
    visit: _Seen,
    parameters: Annotated[SuppressedViewParameters, Query()],
    request: Request,
    background: BackgroundTasks,
) -> Response:
    """Revenue of whole periods; what 1 to 10 patients of a month make up is hidden (null).

    Wherever a figure of a breakdown is hidden, the next smallest is too. It is what partner systems
    see unless their profile is `pseudonymized`. The answer is still protected health information.
    """
    clinics = await visit.clinics()
    question = parameters.question(clinics)
    if parameters.format == "pdf":
        return await ask_for_document(visit, request, background, question, parameters)
    held = await answer_if_held(request, visit, clinics, shared=True)
    if held is not None:
        return held
    report = await read_suppressed(visit.connection, clinics, question)
    visit.saw(report.meta)
    visit.note(
        start_date=question.start_date.isoformat(),
        end_date=question.end_date.isoformat(),
        granularity=question.granularity,
        breakdown=question.breakdown,
        profile=report.profile,
    )
    return Answer(request, visit, clinics).kept(report.model_dump_json().encode(), report.meta)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
