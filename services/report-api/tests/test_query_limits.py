"""No query holds a connection for long: each session has its time-outs, and says 503 in time."""

import pytest

from report_api.settings import ReportApiSettings
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

TIMEOUT_MS = 300
REVENUE = "/api/v1/reports/revenue?start_date=2026-01-01&end_date=2026-01-31"


@pytest.fixture
def report_api_settings(report_api_settings: ReportApiSettings) -> ReportApiSettings:
    return report_api_settings.model_copy(update={"report_api_statement_timeout_ms": TIMEOUT_MS})


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("statement_timeout", "300ms"),
        ("lock_timeout", "3s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ],
)
async def test_every_session_has_its_limits(
    report_api: RunningReportApi, setting: str, value: str
) -> None:
    assert await report_api.gate.pool.fetchval(f"SHOW {setting}") == value


async def test_a_query_that_takes_too_long_is_given_up_and_the_next_one_answered(
    report_api: RunningReportApi,
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-05", amount=5)])
    client = await report_api.user("finance")

    async with report_api.connection.transaction():
        await report_api.connection.execute("LOCK TABLE revenue_daily_totals")
        held = await client.get(REVENUE)
        running = await report_api.connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'report-api'"
            " AND state = 'active' AND datname = current_database()"
        )
    after = await client.get(REVENUE)

    assert held.status_code == 503
    assert "retry-after" in held.headers
    assert running == 0
    assert after.status_code == 200
