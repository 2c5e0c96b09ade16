"""A token of an identity provider opens something only if everything about it is right."""

import base64
import hmac
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import time_machine
from joserfc.jwk import ECKey, RSAKey

from careledger import clock
from report_api.identity.federation import Policy
from report_api.identity.issuer import IssuerTokens
from report_api.identity.issuer_keys import IssuerKeys
from report_api.identity.tokens import TokenError
from report_api.permissions import Role
from support.oidc_issuer import AUDIENCE, JWKS, OidcIssuer, new_key

pytestmark = pytest.mark.enable_socket

LEEWAY = 30
PUBLIC_FORMS = ("PEM", "DER", "JWK")


def policy_of(of: OidcIssuer, **changed: Any) -> Policy:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "issuer": of.url,
        "audience": AUDIENCE,
        "algorithms": ("RS256", "ES256"),
        "leeway_seconds": LEEWAY,
        "role_claim": "roles",
        "roles": {role.value: role for role in Role},
        "clinics_claim": "clinics",
        "name_claim": "preferred_username",
    }
    return Policy(**fields | changed)


@pytest.fixture
async def tokens(oidc_issuer: OidcIssuer) -> Any:  # noqa: ANN401 - a generator
    one = IssuerTokens(policy_of(oidc_issuer), IssuerKeys(oidc_issuer.url))
    yield one
    await one.close()


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(part)).rstrip(b"=").decode()


def by_hand(header: dict[str, Any], claims: dict[str, Any], key: bytes | None) -> str:
    signed = f"{encoded(header)}.{encoded(claims)}"
    mac = b"" if key is None else hmac.digest(key, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


async def test_a_good_token_says_who_it_is_and_what_they_may_see(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    bearer = await tokens.verify(oidc_issuer.token(clinics=["north", "south"]))

    assert bearer.federated is not None
    assert (bearer.kind, bearer.account_id) == ("user", bearer.federated.user_id)
    assert bearer.federated.name == "ada@127.0.0.1"
    assert bearer.federated.role == "finance"
    assert bearer.federated.clinic_ids == {"north", "south"}


async def test_a_token_signed_on_a_curve_holds_too(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    oidc_issuer.rotate(ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"}))

    assert (await tokens.verify(oidc_issuer.token())).federated is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-service"},
        {"aud": None},
        {"aud": ["another-service"]},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "s" * 256},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"typ": "ID"},
        {"typ": "Refresh"},
        {"token_use": "id"},
        {"nonce": "n"},
        {"at_hash": "h"},
    ],
    ids=str,
)
async def test_a_token_with_wrong_claims_is_refused(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens, changed: dict[str, Any]
) -> None:
    # An ID token says so among its claims only if its header does not say that it is none.
    with pytest.raises(TokenError):
        await tokens.verify(oidc_issuer.token({"typ": "JWT"}, **changed))


@pytest.mark.parametrize(
    ("claim", "offset_seconds", "holds"),
    [
        ("exp", -LEEWAY - 1, False),
        ("exp", -LEEWAY + 1, True),
        ("nbf", LEEWAY + 1, False),
        ("nbf", LEEWAY, True),
        ("iat", LEEWAY + 1, False),
        ("iat", LEEWAY, True),
    ],
)
async def test_time_counts_to_the_second_beyond_the_leeway(
    oidc_issuer: OidcIssuer,
    tokens: IssuerTokens,
    claim: str,
    offset_seconds: int,
    *,
    holds: bool,
) -> None:
    with time_machine.travel(clock.now(), tick=False):
        at = clock.now() + timedelta(seconds=offset_seconds)
        token = oidc_issuer.token(**{claim: int(at.timestamp())})
        try:
            await tokens.verify(token)
            held = True
        except TokenError:
            held = False

    assert held == holds


async def test_an_unsigned_token_is_refused(oidc_issuer: OidcIssuer, tokens: IssuerTokens) -> None:
    for algorithm in ("none", "None", "NONE", ""):
        header = {"alg": algorithm, "typ": "at+jwt", "kid": "first"}
        with pytest.raises(TokenError):
            await tokens.verify(by_hand(header, oidc_issuer.claims(), None))


@pytest.mark.parametrize("form", PUBLIC_FORMS)
async def test_the_public_key_is_no_shared_secret(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens, form: str
) -> None:
    key = oidc_issuer.keys[0]
    known = (
        msgspec.json.encode(key.as_dict(private=False))
        if form == "JWK"
        else key.as_bytes("PEM" if form == "PEM" else "DER", private=False)
    )
    header = {"alg": "HS256", "typ": "at+jwt", "kid": "first"}

    with pytest.raises(TokenError):
        await tokens.verify(by_hand(header, oidc_issuer.claims(), known))


@pytest.mark.parametrize("algorithm", ["RS512", "PS256", "ES256", "HS256", "RS1", "ES256K"])
async def test_an_algorithm_that_is_not_listed_or_not_the_keys_is_refused(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens, algorithm: str
) -> None:
    head, _, rest = oidc_issuer.token().partition(".")
    header = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))

    with pytest.raises(TokenError):
        await tokens.verify(f"{encoded(header | {'alg': algorithm})}.{rest}")


async def test_a_changed_payload_or_signature_is_refused(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    head, _, signature = oidc_issuer.token().split(".")
    changed = encoded(oidc_issuer.claims(roles=["admin"]))

    for token in (
        f"{head}.{changed}.{signature}",
        f"{head}.{changed}.",
        head,
        "",
        "a.b.c",
        "é.é.é",
    ):
        with pytest.raises(TokenError):
            await tokens.verify(token)


async def test_a_key_the_token_brings_along_is_never_asked_for(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    other = new_key("first")
    await tokens.verify(oidc_issuer.token())
    before = len(oidc_issuer.asked)
    stranger = OidcIssuerOf(oidc_issuer, other)

    for name, value in (
        ("jku", f"{oidc_issuer.url}/jku"),
        ("x5u", f"{oidc_issuer.url}/x5u"),
        ("jwk", other.as_dict(private=False)),
    ):
        with pytest.raises(TokenError):
            await tokens.verify(stranger.token({name: value}))

    assert oidc_issuer.asked[before:] == []


class OidcIssuerOf(OidcIssuer):
    """Signs in another's name."""

    def __init__(self, issuer: OidcIssuer, key: RSAKey) -> None:
        self.url = issuer.url
        self.keys = [key]


async def test_a_header_that_must_be_understood_is_refused(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    head, _, rest = oidc_issuer.token().partition(".")
    header = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))

    for more in (
        {"crit": ["b64"], "b64": False},
        {"crit": ["exp"]},
        {"kid": 7},
        {"kid": "k" * 201},
    ):
        with pytest.raises(TokenError):
            await tokens.verify(f"{encoded(header | more)}.{rest}")


async def test_keys_for_other_uses_and_weak_ones_check_nothing(
    oidc_issuer: OidcIssuer, tokens: IssuerTokens
) -> None:
    good = oidc_issuer.keys[0].as_dict(private=False)
    secret = {"kty": "oct", "kid": "first", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}
    oidc_issuer.listed = [{**good, "use": "enc"}, secret, {**good, "n": good["n"][:170]}]

    with pytest.raises(TokenError):
        await tokens.verify(oidc_issuer.token())

    assert JWKS in oidc_issuer.asked
