"""Access tokens (ES256) and refresh tokens; a token that comes back out of here was ours."""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from careledger import clock
from careledger.deidentification import derive_key
from report_api.identity.federation import Federated

AccountKind = Literal["user", "client"]

ALGORITHM: Final = "ES256"
ISSUER: Final = "careledger"
AUDIENCE: Final = "careledger-report-api"
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - the media type of RFC 9068, no secret
LEEWAY_SECONDS: Final = 30
TOKEN_LENGTH_MAX: Final = 4_096

_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_REFRESH: Final = re.compile(r"clr_([0-9a-f-]{36})\.([0-9]{1,9})\.([A-Za-z0-9_-]{43})", re.ASCII)


class TokenError(Exception):
    """A token that is not ours, was changed, or does not hold at this time."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a verified access token says: whose it is, and of which sign-in."""

    kind: AccountKind
    account_id: str
    session_id: str | None
    scopes: frozenset[str]
    expires_at: datetime
    federated: Federated | None = None
    """A user whom an OpenID Connect issuer vouches for; they have no session here."""
    signed_in_at: datetime | None = None
    """When the issuer says that they proved who they are (`auth_time`)."""
    acr: str | None = None
    """How they did, in the issuer's words (`acr`)."""


class Tokens:
    """Signs and verifies the tokens of an installation, under keys derived from its root secret.

    Every process derives the same keys, so nothing is stored and replicas need not agree.
    """

    def __init__(self, secret: str, *, access_seconds: int) -> None:
        self._key = _signing_key(secret)
        self._key_id = self._key.thumbprint()
        self._refresh_key = derive_key(secret, "refresh-token")
        self._claims = jwt.JWTClaimsRegistry(
            now=_now,
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        self.access_lifetime: Final = timedelta(seconds=access_seconds)

    def for_user(
        self, user_id: str, *, session_id: str, generation: int, issued_at: datetime
    ) -> str:
        """Sign the access token of one generation of a session; twice gives the same claims."""
        return self._sign(
            {
                "sub": user_id,
                "kind": "user",
                "sid": session_id,
                "jti": f"{session_id}.{generation}",
            },
            issued_at,
        )

    def for_client(self, client_id: str, *, scopes: frozenset[str], token_id: str) -> str:
        """Sign the access token of a partner system."""
        return self._sign(
            {
                "sub": client_id,
                "client_id": client_id,
                "kind": "client",
                "scope": " ".join(sorted(scopes)),
                "jti": token_id,
            },
            clock.now(),
        )

    def verify(self, token: str) -> Bearer:
        """Return what an access token says.

        Raises:
            TokenError: if it is not ours, was changed, is no access token or does not hold now.
        """
        if len(token) > TOKEN_LENGTH_MAX:
            raise TokenError
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise TokenError from error
        claims = decoded.claims
        kind, session_id, scope = claims.get("kind"), claims.get("sid"), claims.get("scope", "")
        if decoded.header.get("typ") != TOKEN_TYPE or decoded.header.get("kid") != self._key_id:
            raise TokenError
        expires_at = datetime.fromtimestamp(claims["exp"] + LEEWAY_SECONDS, UTC)
        if kind == "user" and isinstance(session_id, str):
            return Bearer("user", str(claims["sub"]), session_id, frozenset(), expires_at)
        if kind == "client" and isinstance(scope, str):
            return Bearer("client", str(claims["sub"]), None, frozenset(scope.split()), expires_at)
        raise TokenError

    def refresh_token(self, session_id: str, generation: int) -> str:
        """Return the refresh token of one generation of a session."""
        return f"clr_{session_id}.{generation}.{self._mac(session_id, generation)}"

    def read_refresh_token(self, token: str) -> tuple[str, int]:
        """Return session and generation of a refresh token.

        Raises:
            TokenError: if it is not ours.
        """
        match = _REFRESH.fullmatch(token)
        if match is None:
            raise TokenError
        session_id, generation = match[1], int(match[2])
        if not hmac.compare_digest(self._mac(session_id, generation), match[3]):
            raise TokenError
        return session_id, generation

    def _sign(self, claims: dict[str, str], issued_at: datetime) -> str:
        issued = int(issued_at.timestamp())
        return jwt.encode(
            {"alg": ALGORITHM, "typ": TOKEN_TYPE, "kid": self._key_id},
            {
                "iss": ISSUER,
                "aud": AUDIENCE,
                "iat": issued,
                "exp": issued + int(self.access_lifetime.total_seconds()),
                **claims,
            },
            self._key,
            algorithms=[ALGORITHM],
        )

    def _mac(self, session_id: str, generation: int) -> str:
        digest = hmac.digest(self._refresh_key, f"{session_id}.{generation}".encode(), sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _signing_key(secret: str) -> ECKey:
    """Derive the P-256 key: 512 bits, so that the remainder is as good as evenly spread."""
    wide = derive_key(secret, "access-token", "1") + derive_key(secret, "access-token-spread", "1")
    scalar = int.from_bytes(wide) % (_P256_ORDER - 1) + 1
    return ECKey.import_key(ec.derive_private_key(scalar, ec.SECP256R1()))


def _now() -> int:
    return int(clock.now().timestamp())
