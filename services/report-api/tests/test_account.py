"""Who am I: what a user's screen is told of the user, and nothing beyond the user's scope."""

import pytest

from support.report_api import RunningReportApi

pytestmark = pytest.mark.integration

ACCOUNT = "/api/v1/account"


async def test_a_user_reads_role_and_permissions(report_api: RunningReportApi) -> None:
    client = await report_api.user("staff")

    account = (await client.get(ACCOUNT)).json()

    assert account["role"] == "staff"
    assert "history:read" in account["permissions"]
    assert "revenue:read" not in account["permissions"]


async def test_before_any_clinic_is_known_the_list_is_empty(report_api: RunningReportApi) -> None:
    client = await report_api.user("admin")

    answer = await client.get(ACCOUNT)

    assert answer.status_code == 200
    assert answer.json()["clinics"] == []


async def test_a_user_sees_the_clinics_in_scope_by_name(report_api: RunningReportApi) -> None:
    admin = await report_api.user("admin")
    for clinic_id, name in (("north", "North Clinic"), ("south", "South Clinic")):
        settings = {"name": name, "time_zone": "America/New_York", "terms_days": 30}
        await admin.put(f"/api/v1/clinics/{clinic_id}", json=settings)
    client = await report_api.user("finance", clinic_ids=["north"])

    account = (await client.get(ACCOUNT)).json()

    assert account["clinics"] == [
        {"clinic_id": "north", "name": "North Clinic", "time_zone": "America/New_York"}
    ]


async def test_reading_the_account_is_recorded(report_api: RunningReportApi) -> None:
    client = await report_api.user("auditor")

    await client.get(ACCOUNT)

    assert [record["action"] for record in await report_api.audit_records()] == ["account.viewed"]


async def test_a_partner_system_has_no_account_of_this_kind(report_api: RunningReportApi) -> None:
    client = await report_api.partner("revenue:read")

    assert (await client.get(ACCOUNT)).status_code == 403
