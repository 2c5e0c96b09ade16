"""Indicators: collection rates, days in A/R, aging, payer mix, bad debt and the roll-forward."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from careledger.events.rules import EARLIEST_DATE
from careledger.reports.clinics import Clinic, latest_today
from careledger.reports.indicators import IndicatorsQuery, IndicatorsReport, read_indicators
from careledger.reports.indicators.models import DAYS_DEFAULT
from careledger.reports.periods import Granularity, period_of
from report_api.access import Visit, allowed
from report_api.answering import Answer
from report_api.editions import EDITION_RESPONSES, answer_if_held
from report_api.parameters import (
    Codes,
    Day,
    Identifier,
    MomentParameters,
    PlainInteger,
    listed,
    one,
)
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports", tags=["Indicators"])

_Seen = Annotated[Visit, allowed(Permission.REVENUE_READ, "report.viewed")]
_MONTHS_SHOWN: Final = 12


class IndicatorsParameters(MomentParameters):
    """A question about indicators."""

    start_date: Day | None = Field(
        default=None, description="First day. Default: that of the month eleven months before."
    )
    end_date: Day | None = Field(default=None, description="Last day, included. Default: as_of.")
    granularity: Granularity = Field(default="month", description="The periods of the trend.")
    days: PlainInteger = Field(
        default=DAYS_DEFAULT, ge=1, le=3_660, description="N of days in A/R: charges of N days."
    )
    clinic_id: Identifier | None = None
    currency: Codes | None = None

    def question(self, clinics: list[Clinic]) -> IndicatorsQuery:
        """Return the question to the read model, with the default range filled in."""
        end = self.end_date or self.as_of or latest_today(clinics)
        return IndicatorsQuery(
            start_date=self.start_date or _default_start(end),
            end_date=end,
            granularity=self.granularity,
            clinic_ids=one(self.clinic_id),
            currencies=listed(self.currency),
            days=self.days,
            as_of=self.as_of,
            watermark=self.watermark,
        )


@router.get(
    "/indicators",
    operation_id="getIndicators",
    summary="Indicators and their trend",
    response_model=IndicatorsReport,
    responses=EDITION_RESPONSES,
)
async def get_indicators(
    visit: _Seen, parameters: Annotated[IndicatorsParameters, Query()], request: Request
) -> Response:
    """What a practice is steered by, per currency: of the whole range, and of each of its periods.

    Every ratio comes with its two amounts; a denominator that is not above zero gives null. The
    roll-forward of the receivables closes, or there is no answer.
    """
    clinics = await visit.clinics()
    held = await answer_if_held(request, visit, clinics, shared=True)
    if held is not None:
        return held
    question = parameters.question(clinics)
    report = await read_indicators(visit.connection, clinics, question)
    visit.saw(report.meta)
    visit.note(
        start_date=question.start_date.isoformat(),
        end_date=question.end_date.isoformat(),
        granularity=question.granularity,
    )
    return Answer(request, visit, clinics).kept(report.model_dump_json().encode(), report.meta)


def _default_start(end: date) -> date:
    first = period_of("month", end).first
    for _ in range(_MONTHS_SHOWN - 1):
        first = period_of("month", first - timedelta(days=1)).first
    return max(first, EARLIEST_DATE)
