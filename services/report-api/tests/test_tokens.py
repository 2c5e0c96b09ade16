"""A token that was not made here, was changed or does not hold now opens nothing."""

import base64
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import ECKey

from report_api.identity.tokens import (
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    LEEWAY_SECONDS,
    Bearer,
    TokenError,
    Tokens,
)

SECRET = "a root secret that only tests know, 32 characters"  # noqa: S105 - of these tests alone
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "user-1",
    "kind": "user",
    "sid": "session-1",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 600,
}


class Forger(Tokens):
    """Signs anything under the installation's own key."""

    def sign(self, claims: Mapping[str, object], **header: object) -> str:
        whole = {"alg": ALGORITHM, "typ": "at+jwt", "kid": self._key_id} | header
        return jwt.encode(whole, dict(claims), self._key, algorithms=[ALGORITHM])

    def public_key(self, encoding: str) -> bytes:
        if encoding == "JWK":
            return msgspec.json.encode(self._key.as_dict(private=False))
        return self._key.as_bytes("PEM" if encoding == "PEM" else "DER", private=False)


@pytest.fixture
def tokens() -> Forger:
    return Forger(SECRET, access_seconds=600)


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(NOW, tick=False) as held:
        yield held


def test_a_token_tells_whose_it_is(tokens: Forger) -> None:
    token = tokens.for_user("user-1", session_id="session-1", generation=0, issued_at=NOW)

    ends = NOW + timedelta(seconds=600 + LEEWAY_SECONDS)
    assert tokens.verify(token) == Bearer("user", "user-1", "session-1", frozenset(), ends)


def test_a_token_of_a_replica_with_the_same_secret_holds(tokens: Forger) -> None:
    replica = Tokens(SECRET, access_seconds=600)
    token = replica.for_user("user-1", session_id="session-1", generation=0, issued_at=NOW)

    assert tokens.verify(token).account_id == "user-1"


def test_a_token_of_another_installation_does_not_hold(tokens: Forger) -> None:
    other = Tokens("another secret of more than 32 characters", access_seconds=600)
    token = other.for_user("user-1", session_id="session-1", generation=0, issued_at=NOW)

    with pytest.raises(TokenError):
        tokens.verify(token)


def test_what_the_tests_forge_would_hold(tokens: Forger) -> None:
    assert tokens.verify(tokens.sign(GOOD)).account_id == "user-1"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"iss": "somebody"}, id="another issuer"),
        pytest.param({"aud": "another-api"}, id="another audience"),
        pytest.param({"exp": int(NOW.timestamp()) - 31}, id="expired"),
        pytest.param({"nbf": int(NOW.timestamp()) + 31}, id="not yet"),
        pytest.param({"iat": int(NOW.timestamp()) + 31}, id="issued in the future"),
        pytest.param({"kind": "service"}, id="unknown kind"),
        pytest.param({"sid": None}, id="no session"),
    ],
)
def test_a_claim_that_is_wrong_closes_the_token(tokens: Forger, change: dict[str, object]) -> None:
    with pytest.raises(TokenError):
        tokens.verify(tokens.sign(GOOD | change))


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp", "iat", "kind"])
def test_a_claim_that_is_missing_closes_the_token(tokens: Forger, claim: str) -> None:
    with pytest.raises(TokenError):
        tokens.verify(tokens.sign({name: value for name, value in GOOD.items() if name != claim}))


def test_half_a_minute_of_leeway_is_given(tokens: Forger) -> None:
    late = {"exp": int((NOW - timedelta(seconds=29)).timestamp())}

    assert tokens.verify(tokens.sign(GOOD | late))


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {"typ": "id+jwt"}, {"kid": "other"}])
def test_a_token_of_another_type_or_key_is_refused(
    tokens: Forger, header: dict[str, object]
) -> None:
    with pytest.raises(TokenError):
        tokens.verify(tokens.sign(GOOD, **header))


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unsigned(algorithm: str) -> str:
    head = {"alg": algorithm, "typ": "at+jwt"}
    return f"{encoded(msgspec.json.encode(head))}.{encoded(msgspec.json.encode(GOOD))}"


@pytest.mark.parametrize("algorithm", ["none", "None", "ES256", "XS256"])
def test_an_unsigned_token_is_refused(tokens: Forger, algorithm: str) -> None:
    with pytest.raises(TokenError):
        tokens.verify(f"{unsigned(algorithm)}.")


@pytest.mark.parametrize("encoding", ["PEM", "DER", "JWK"])
def test_the_public_key_does_not_serve_as_an_hmac_secret(tokens: Forger, encoding: str) -> None:
    body = unsigned("HS256")
    signature = hmac.digest(tokens.public_key(encoding), body.encode(), "sha256")

    with pytest.raises(TokenError):
        tokens.verify(f"{body}.{encoded(signature)}")


@pytest.mark.parametrize("header", ["jwk", "jku", "x5u"])
def test_a_key_named_by_the_token_itself_is_not_used(tokens: Forger, header: str) -> None:
    own = ECKey.generate_key("P-256")
    named = own.as_dict(private=False) if header == "jwk" else "http://127.0.0.1:9/keys"
    token = jwt.encode(
        {"alg": ALGORITHM, "typ": "at+jwt", header: named}, GOOD, own, algorithms=[ALGORITHM]
    )

    with pytest.raises(TokenError):
        tokens.verify(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "." * 3, "é.é.é", "x" * 5_000])
def test_what_is_no_token_is_refused(tokens: Forger, token: str) -> None:
    with pytest.raises(TokenError):
        tokens.verify(token)


def test_a_changed_signature_is_refused(tokens: Forger) -> None:
    head, _, signature = tokens.sign(GOOD).rpartition(".")
    changed = ("B" if signature[0] == "A" else "A") + signature[1:]

    with pytest.raises(TokenError):
        tokens.verify(f"{head}.{changed}")


def test_a_refresh_token_is_of_one_generation(tokens: Forger) -> None:
    session_id = "01890000-0000-7000-8000-000000000000"
    token = tokens.refresh_token(session_id, 3)

    with pytest.raises(TokenError):
        tokens.read_refresh_token(token.replace(".3.", ".4."))
    assert tokens.read_refresh_token(token) == (session_id, 3)
