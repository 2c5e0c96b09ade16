"""Figures that disagree are no answer; they are counted and logged."""

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from report_api.permissions import Role
from support.report_api import RunningReportApi
from support.stories import tell

METRIC = "careledger_figures_disagreements_total"


def counted() -> float:
    return REGISTRY.get_sample_value(METRIC) or 0


@pytest.mark.integration
async def test_a_wrong_sum_is_refused_counted_and_logged(report_api: RunningReportApi) -> None:
    await report_api.told([tell("invoice.issued", "2026-01-20", amount=2_500)])
    await report_api.connection.execute(
        "UPDATE receivables_by_due_date SET amount = amount + 1 WHERE count > 0"
    )
    client = await report_api.user(Role.FINANCE)
    before = counted()

    with capture_logs() as logged:
        answer = await client.get("/api/v1/reports/outstanding/summary")

    assert answer.status_code == 500
    assert counted() - before == 1
    events = [one for one in logged if one["event"] == "figures_disagree"]
    assert [one["figures"] for one in events] == [
        "outstanding - overpaid - unapplied + deficits is not what the ledger comes to"
    ]
