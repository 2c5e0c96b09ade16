"""Users of an identity provider reach what their token's role and clinics allow, and no more."""

import pytest

from report_api.identity.callers import caller_of_account
from report_api.settings import ReportApiSettings
from support.oidc_issuer import OidcIssuer
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

REVENUE = "/api/v1/reports/revenue?start_date=2026-01-01&end_date=2026-01-31"


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, oidc_issuer: OidcIssuer
) -> ReportApiSettings:
    return report_api_settings.model_copy(
        update={"oidc_issuer": oidc_issuer.url, "oidc_client_id": "dashboard"}
    )


async def test_a_role_of_the_issuer_opens_what_that_role_may(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    await report_api.told([tell("invoice.issued", "2026-01-05", amount=1)])
    finance = await report_api.client(oidc_issuer.token(roles=["finance"]))
    staff = await report_api.client(oidc_issuer.token(roles=["staff"], sub="subject-2"))
    nobody = await report_api.client(oidc_issuer.token(roles=[], sub="subject-3"))

    assert [(await one.get(REVENUE)).status_code for one in (finance, staff, nobody)] == [
        200,
        403,
        403,
    ]


async def test_clinics_of_the_token_are_all_there_is(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    log = await report_api.told(
        [
            tell("payment.succeeded", "2026-01-05", clinic_id="berlin", amount=5),
            tell("payment.succeeded", "2026-01-05", clinic_id="new-york", amount=7),
        ]
    )
    client = await report_api.client(oidc_issuer.token(clinics=[log.scoped("berlin")]))
    without = await report_api.client(oidc_issuer.token(clinics=None, sub="subject-2"))

    answer = (await client.get(REVENUE)).json()

    assert [total["gross_payments"] for total in answer["totals"]] == [5]
    assert (await without.get(REVENUE)).status_code == 400


async def test_the_record_names_who_it_was_and_where_from(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    client = await report_api.client(oidc_issuer.token(roles=["staff"]))

    await client.get(REVENUE)
    (record,) = await report_api.audit_records()

    assert (record["actor"], record["role"]) == ("ada@127.0.0.1", "staff")
    assert (record["action"], record["outcome"]) == ("request.denied", "denied")


async def test_a_disabled_user_is_turned_away_though_the_issuer_lets_them_in(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    client = await report_api.client(oidc_issuer.token())
    assert (await client.get("/api/v1/account")).status_code == 200

    await report_api.connection.execute("UPDATE federated_users SET disabled_at = now()")

    assert (await client.get("/api/v1/account")).status_code == 401


async def test_a_link_finds_the_user_as_the_last_token_said(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    for roles in (["finance"], ["staff"]):
        client = await report_api.client(oidc_issuer.token(roles=roles, clinics=["north"]))
        await client.get("/api/v1/account")
    user_id = await report_api.connection.fetchval("SELECT user_id FROM federated_users")

    caller = await caller_of_account(report_api.connection, "user", user_id)

    assert caller is not None
    assert (caller.role, caller.clinic_ids) == ("staff", {"north"})


async def test_without_keys_nobody_is_let_in_and_that_is_no_fault_of_theirs(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    oidc_issuer.is_away = True
    client = await report_api.client(oidc_issuer.token())

    answer = await client.get("/api/v1/account")

    assert answer.status_code == 503
    assert "retry-after" in answer.headers


async def test_built_in_users_need_no_issuer(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    oidc_issuer.is_away = True

    client = await report_api.user("admin")

    assert (await client.get("/api/v1/account")).status_code == 200


async def test_a_sign_in_page_learns_how_to_sign_in(
    report_api: RunningReportApi, oidc_issuer: OidcIssuer
) -> None:
    answer = await report_api.anybody.get("/api/v1/auth/providers")

    assert answer.json() == {
        "password": True,
        "oidc": {
            "issuer": oidc_issuer.url,
            "client_id": "dashboard",
            "scope": "openid profile",
            "name": "127.0.0.1",
            "parameters": {},
        },
    }
