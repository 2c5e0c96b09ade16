"""Partner systems: client credentials, their scopes and their clinics."""

import base64

import pytest

from support.report_api import CLIENT_SECRET, RunningReportApi

pytestmark = pytest.mark.integration

TOKEN = "/api/v1/auth/token"  # noqa: S105 - an address


async def test_a_partner_gets_a_token_with_its_scopes(report_api: RunningReportApi) -> None:
    client_id = await report_api.add_partner("revenue:read", "exports")

    answer = await report_api.anybody.post(
        TOKEN,
        data={
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": CLIENT_SECRET,
        },
    )

    assert answer.json()["scope"] == "exports revenue:read"
    assert "refresh_token" not in answer.json()


async def test_basic_authentication_works_as_well(report_api: RunningReportApi) -> None:
    client_id = await report_api.add_partner("revenue:read")
    basic = base64.b64encode(f"{client_id}:{CLIENT_SECRET}".encode()).decode()

    answer = await report_api.anybody.post(
        TOKEN,
        data={"grant_type": "client_credentials"},
        headers={"authorization": f"Basic {basic}"},
    )

    assert answer.status_code == 200


async def test_a_token_can_be_asked_for_with_fewer_scopes(report_api: RunningReportApi) -> None:
    client_id = await report_api.add_partner("revenue:read", "history:read")
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": CLIENT_SECRET,
        "scope": "history:read",
    }

    token = (await report_api.anybody.post(TOKEN, data=form)).json()["access_token"]
    client = await report_api.client(token)

    assert (await client.get("/api/v1/reports/revenue")).status_code == 403


async def test_a_scope_the_partner_has_not_is_refused(report_api: RunningReportApi) -> None:
    client_id = await report_api.add_partner("revenue:read")
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": CLIENT_SECRET,
        "scope": "history:read",
    }

    answer = await report_api.anybody.post(TOKEN, data=form)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("secret", ["", "wrong", CLIENT_SECRET + "x"])
async def test_a_wrong_secret_is_refused_and_recorded(
    report_api: RunningReportApi, secret: str
) -> None:
    client_id = await report_api.add_partner("revenue:read")
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}

    answer = await report_api.anybody.post(TOKEN, data=form)
    records = await report_api.audit_records()

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert [record["outcome"] for record in records] == ["denied"]


async def test_a_scope_taken_away_is_gone_with_the_next_request(
    report_api: RunningReportApi,
) -> None:
    client = await report_api.partner("revenue:read")

    await report_api.connection.execute("UPDATE clients SET scopes = '{history:read}'")

    assert (await client.get("/api/v1/reports/revenue")).status_code == 403


async def test_a_disabled_partner_is_refused_at_once(report_api: RunningReportApi) -> None:
    client = await report_api.partner("revenue:read")

    await report_api.connection.execute("UPDATE clients SET disabled_at = now()")

    assert (await client.get("/api/v1/reports/revenue")).status_code == 401
