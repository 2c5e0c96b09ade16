"""Explain over HTTP: pages, permissions, and no patient in any answer but by the one asked with."""

import pytest

from support.applied_log import AppliedLog
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPLAIN = "/api/v1/reports/explain"
RANGE = {"currency": "USD", "start_date": "2026-01-01", "end_date": "2026-02-28"}


@pytest.fixture
async def log(report_api: RunningReportApi) -> AppliedLog:
    return await report_api.told(
        [
            tell("invoice.issued", "2026-01-05", amount=10_000, due_on="2026-02-04"),
            tell("payment.succeeded", "2026-01-20", amount=2_500, invoice_id="inv1"),
            tell("payment.refunded", "2026-02-02", amount=500),
        ]
    )


@pytest.mark.usefixtures("log")
async def test_pages_of_legs_follow_each_other_and_the_sum_is_of_all(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.user("finance")
    asked = {"metric": "net_payments", **RANGE, "limit": 1}

    first = (await client.get(EXPLAIN, params=asked)).json()
    second = (await client.get(EXPLAIN, params={**asked, "cursor": first["page"]["next"]})).json()

    assert [leg["amount"] for leg in first["legs"] + second["legs"]] == [2_500, -500]
    assert first["sum"] == second["sum"] == first["served"] == 2_000
    assert second["page"]["next"] is None


@pytest.mark.usefixtures("log")
async def test_no_leg_says_whose_it_is(report_api: RunningReportApi) -> None:
    client = await report_api.user("auditor")

    for metric in ("outstanding", "net_payments"):
        asked = {"metric": metric, "currency": "USD", **(RANGE if metric[0] == "n" else {})}
        answer = await client.get(EXPLAIN, params=asked)

        assert answer.status_code == 200
        assert answer.json()["legs"]
        assert "patient" not in answer.text


@pytest.mark.parametrize(
    ("role", "metric", "status"),
    [
        ("staff", "outstanding", 403),
        ("finance", "outstanding", 200),
        ("auditor", "receivable_balance", 200),
        ("auditor", "patient_balance", 403),
        ("finance", "patient_balance", 200),
    ],
)
async def test_a_figure_needs_the_permissions_of_its_report(
    report_api: RunningReportApi, log: AppliedLog, role: str, metric: str, status: int
) -> None:
    client = await report_api.user(role)
    asked = {"metric": metric, "currency": "USD"}
    if metric == "receivable_balance":
        asked |= {"clinic_id": log.scoped("new-york"), "invoice_id": "inv1"}
    if metric == "patient_balance":
        asked["patient_id"] = "p1"

    assert (await client.get(EXPLAIN, params=asked)).status_code == status


@pytest.mark.usefixtures("log")
async def test_a_partner_with_the_scope_of_revenue_alone_sees_no_receivable(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.partner("revenue:read")

    of_revenue = await client.get(EXPLAIN, params={"metric": "refunds", **RANGE})
    of_receivables = await client.get(EXPLAIN, params={"metric": "overpaid", "currency": "USD"})

    assert (of_revenue.status_code, of_receivables.status_code) == (200, 403)


@pytest.mark.usefixtures("log")
async def test_what_is_not_known_and_what_does_not_go_together_is_refused(
    report_api: RunningReportApi, log: AppliedLog
) -> None:
    client = await report_api.user("admin")
    clinic_id = log.scoped("new-york")

    unknown = {"metric": "receivable_balance", "clinic_id": clinic_id, "invoice_id": "none"}
    missing = await client.get(EXPLAIN, params={**unknown, "currency": "USD"})
    wrong = await client.get(EXPLAIN, params={"metric": "refunds", "currency": "USD"})

    assert missing.status_code == 404
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "end_date")
