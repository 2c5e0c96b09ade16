"""Users of a real Keycloak sign in: its tokens open reports, its ID tokens do not."""

from collections.abc import Iterator

import pytest

from report_api.identity.federation import Policy
from report_api.identity.issuer import IssuerTokens
from report_api.identity.issuer_keys import ASK_AGAIN_SECONDS, IssuerKeys
from report_api.permissions import Role
from report_api.settings import ReportApiSettings
from support.keycloak import AUDIENCE, CLIENT, Keycloak, running_keycloak
from support.report_api import RunningReportApi

pytestmark = [pytest.mark.integration, pytest.mark.keycloak]

ROLE_CLAIM = "realm_access.roles"


@pytest.fixture(scope="module")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keycloak]:
    with running_keycloak(tmp_path_factory.mktemp("keycloak")) as one:
        yield one


@pytest.fixture
def report_api_settings(
    report_api_settings: ReportApiSettings, keycloak: Keycloak
) -> ReportApiSettings:
    return report_api_settings.model_copy(
        update={
            "oidc_issuer": keycloak.issuer,
            "oidc_audience": AUDIENCE,
            "oidc_client_id": CLIENT,
            "oidc_role_claim": ROLE_CLAIM,
            "oidc_roles": "careledger-finance:finance",
        }
    )


async def test_its_access_token_opens_what_the_role_may(
    report_api: RunningReportApi, keycloak: Keycloak
) -> None:
    client = await report_api.client(keycloak.sign_in()["access_token"])

    account = (await client.get("/api/v1/account")).json()

    assert (account["name"], account["role"]) == ("ada@127.0.0.1", "finance")
    assert (await client.get("/api/v1/clinics")).status_code == 403


@pytest.mark.parametrize("kind", ["id_token", "refresh_token"])
async def test_its_other_tokens_open_nothing(
    report_api: RunningReportApi, keycloak: Keycloak, kind: str
) -> None:
    client = await report_api.client(keycloak.sign_in()[kind])

    assert (await client.get("/api/v1/account")).status_code == 401


async def test_a_new_key_is_found_without_a_restart(keycloak: Keycloak) -> None:
    seconds = [0.0]
    policy = Policy(
        issuer=keycloak.issuer,
        audience=AUDIENCE,
        algorithms=("RS256",),
        leeway_seconds=30,
        role_claim=ROLE_CLAIM,
        roles={"careledger-finance": Role.FINANCE},
        clinics_claim="clinics",
        name_claim="preferred_username",
    )
    tokens = IssuerTokens(policy, IssuerKeys(keycloak.issuer, elapsed=lambda: seconds[0]))
    before = await tokens.verify(keycloak.sign_in()["access_token"])

    keycloak.add_key()
    seconds[0] = ASK_AGAIN_SECONDS
    after = await tokens.verify(keycloak.sign_in()["access_token"])
    await tokens.close()

    assert after.federated == before.federated
    assert before.federated is not None
    assert before.federated.clinic_ids is None
