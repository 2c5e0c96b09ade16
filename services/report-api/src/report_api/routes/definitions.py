"""What the figures mean: the catalog of metric definitions, with formula, unit and version."""

from typing import Annotated

from fastapi import APIRouter, Query

from careledger.reports.catalog import CATALOG, Metric
from report_api.access import Visit, allowed
from report_api.parameters import NoParameters, Plain
from report_api.permissions import Permission

router = APIRouter(prefix="/api/v1/reports/metrics", tags=["Definitions"])

_Seen = Annotated[Visit, allowed(Permission.CATALOG_READ, "report.viewed")]


class MetricCatalog(Plain):
    """Every definition in use; `meta.definitions` of an answer names those it was computed by."""

    metrics: list[Metric]


@router.get("", operation_id="listMetrics", summary="Metric definitions")
async def list_metrics(visit: _Seen, _: Annotated[NoParameters, Query()]) -> MetricCatalog:
    """List the definitions; a change of a metric's meaning is a new version of it."""
    visit.note(count=len(CATALOG))
    return MetricCatalog(metrics=list(CATALOG))
