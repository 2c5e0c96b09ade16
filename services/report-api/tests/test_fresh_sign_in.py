"""Where documents ask for a fresh sign-in, an old one is told to sign in again (ASVS 10.3.4)."""

from datetime import timedelta

import httpx2
import pytest

from careledger import clock
from report_api.settings import ReportApiSettings
from support.oidc_issuer import OidcIssuer
from support.report_api import RunningReportApi
from support.stories import tell

pytestmark = pytest.mark.integration

EXPORTS = "/api/v1/reports/exports"
REVENUE = "/api/v1/reports/revenue?start_date=2026-01-01&end_date=2026-01-31"
WAYS = (("POST", EXPORTS), ("GET", f"{REVENUE}&format=pdf"))


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, oidc_issuer: OidcIssuer
) -> ReportApiSettings:
    return report_api_settings.model_copy(
        update={
            "oidc_issuer": oidc_issuer.url,
            "oidc_client_id": "dashboard",
            "export_sign_in_seconds": 300,
        }
    )


@pytest.fixture
async def told(report_api: RunningReportApi) -> RunningReportApi:
    await report_api.told([tell("payment.succeeded", "2026-01-20", amount=2_500)])
    return report_api


async def ask(client: httpx2.AsyncClient) -> list[httpx2.Response]:
    """Ask for a document in either way."""
    return [
        await client.request(method, path, json={"report": "revenue"} if method == "POST" else None)
        for method, path in WAYS
    ]


async def test_a_user_who_signed_in_just_now_has_a_document(told: RunningReportApi) -> None:
    answers = await ask(await told.user("finance"))

    assert [one.status_code for one in answers] == [202, 202]


async def test_an_old_sign_in_sees_figures_and_is_told_how_to_have_a_document(
    told: RunningReportApi,
) -> None:
    finance = await told.user("finance")
    await told.connection.execute("UPDATE sessions SET started_at = now() - interval '301 seconds'")

    seen = await finance.get(REVENUE)
    answers = await ask(finance)

    assert seen.status_code == 200
    assert [(one.status_code, one.json()["type"]) for one in answers] == [
        (401, "/problems/sign-in-again")
    ] * 2
    assert (
        'error="insufficient_user_authentication", max_age=300'
        in (answers[0].headers["www-authenticate"])
    )
    denials = [one for one in await told.audit_records() if one["action"] == "request.denied"]
    assert [one["details"]["status"] for one in denials] == [401, 401]


async def test_a_partner_system_proves_itself_with_every_token(told: RunningReportApi) -> None:
    partner = await told.partner("revenue:read", "exports")

    assert {one.status_code for one in await ask(partner)} == {202}


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"auth_time": 0}, 202),
        ({"auth_time": -301}, 401),
        ({"auth_time": 3_600}, 401),
        ({}, 401),
        ({"auth_time": "now"}, 401),
    ],
    ids=str,
)
async def test_of_an_issuers_user_the_token_says_when(
    told: RunningReportApi, oidc_issuer: OidcIssuer, claims: dict[str, object], status: int
) -> None:
    offset = claims.get("auth_time")
    if isinstance(offset, int):
        claims = {"auth_time": int((clock.now() + timedelta(seconds=offset)).timestamp())}
    client = await told.client(oidc_issuer.token(roles=["finance"], **claims))

    assert {one.status_code for one in await ask(client)} == {status}


@pytest.mark.parametrize(("acr", "status"), [("mfa", 202), ("password", 401), (None, 401)])
async def test_a_kind_of_sign_in_can_be_asked_for(
    told: RunningReportApi, oidc_issuer: OidcIssuer, acr: str | None, status: int
) -> None:
    told.app.state.settings.export_sign_in_seconds = 0
    told.app.state.settings.export_acr = "mfa,hardware"
    client = await told.client(oidc_issuer.token(roles=["finance"], acr=acr))

    answers = await ask(client)

    assert {one.status_code for one in answers} == {status}
    if status == 401:
        assert 'acr_values="mfa hardware"' in answers[0].headers["www-authenticate"]
