"""Reports that are only read are answered before the framework, and as it would answer them."""

from typing import Any

import pytest

from report_api.direct import DirectRoutes
from report_api.permissions import Role
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REPORTS = "/api/v1/reports"
DIRECT = (
    f"{REPORTS}/revenue",
    f"{REPORTS}/indicators",
    f"{REPORTS}/explain",
    f"{REPORTS}/outstanding",
    f"{REPORTS}/outstanding/summary",
    f"{REPORTS}/patients",
    f"{REPORTS}/patients/P-1/history",
)
QUESTIONS = (
    f"{REPORTS}/revenue?start_date=2026-01-01&end_date=2026-01-31&granularity=week",
    f"{REPORTS}/revenue?start_date=2026-01-01&end_date=2025-01-31",
    f"{REPORTS}/revenue?start_date=yesterday&colour=blue",
    f"{REPORTS}/revenue?start_date=2026-01-01&start_date=2026-01-02",
    f"{REPORTS}/revenue?clinic_id=elsewhere",
    f"{REPORTS}/outstanding?limit=0",
    f"{REPORTS}/patients",
    f"{REPORTS}/patients?patient_id=nobody",
    f"{REPORTS}/patients/nobody/history",
    f"{REPORTS}/patients/no%20body/history?limit=x",
)
OF_NOW = ("answered_at", "data_through", "request_id", "instance")


def lasting(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs from one answer to the next."""
    meta: dict[str, Any] = answer.get("meta", {})
    kept_meta = {name: value for name, value in meta.items() if name not in OF_NOW}
    return {name: value for name, value in answer.items() if name not in OF_NOW} | {
        "meta": kept_meta
    }


async def test_every_report_of_a_working_day_is_answered_directly(
    report_api: RunningReportApi,
) -> None:
    routes: DirectRoutes = report_api.app.state.direct_routes

    assert [path for path in DIRECT if routes.find(path) is None] == []


async def test_what_takes_more_than_a_visit_goes_the_long_way(
    report_api: RunningReportApi,
) -> None:
    routes: DirectRoutes = report_api.app.state.direct_routes

    assert routes.find(f"{REPORTS}/updates") is None
    assert routes.find(f"{REPORTS}/nowhere") is None


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
async def test_a_direct_answer_is_the_one_of_the_framework(
    report_api: RunningReportApi, role: Role
) -> None:
    await report_api.told([tell("payment.succeeded", "2026-01-05", amount=5)])
    client = await report_api.user(role)

    direct = [await client.get(question) for question in QUESTIONS]
    recorded = len(await report_api.audit_records())
    report_api.app.state.direct_routes = None
    framework = [await client.get(question) for question in QUESTIONS]
    both = await report_api.audit_records()

    assert [one.status_code for one in direct] == [one.status_code for one in framework]
    assert [lasting(one.json()) for one in direct] == [lasting(one.json()) for one in framework]
    assert [sorted(one.headers) for one in direct] == [sorted(one.headers) for one in framework]
    assert [(one["action"], one["resource"]) for one in both[:recorded]] == [
        (one["action"], one["resource"]) for one in both[recorded:]
    ]
