"""Access tokens of an OpenID Connect issuer; a token that comes back out of here was its own."""

from __future__ import annotations

import base64
from typing import Any, Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from careledger import clock
from report_api.errors import UnavailableProblemError
from report_api.identity.federation import (
    SUBJECT_LENGTH_MAX,
    Policy,
    acr_of,
    expiry_of,
    is_access_token,
    signed_in_at,
)
from report_api.identity.issuer_keys import IssuerAwayError, IssuerKeys
from report_api.identity.tokens import Bearer, TokenError

TOKEN_LENGTH_MAX: Final = 8_192
KEY_ID_LENGTH_MAX: Final = 200
# Extensions a verifier would have to understand; joserfc would read the payload otherwise.
_CRITICAL: Final = frozenset({"crit", "b64"})


class IssuerTokens:
    """Verifies the tokens of one issuer; nothing a token says is used before its signature fits."""

    def __init__(self, policy: Policy, keys: IssuerKeys) -> None:
        self.policy: Final = policy
        self._keys: Final = keys
        self._claims: Final = jwt.JWTClaimsRegistry(
            now=_now,
            leeway=policy.leeway_seconds,
            iss={"essential": True, "value": policy.issuer},
            aud={"essential": True, "value": policy.audience},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    async def close(self) -> None:
        """Let the connections go."""
        await self._keys.close()

    async def verify(self, token: str) -> Bearer:
        """Return whose an access token is.

        Raises:
            TokenError: if it is not the issuer's, not for us, was changed or does not hold now.
            UnavailableProblemError: if the issuer's keys cannot be known now.
        """
        header = _header(token)
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm not in self.policy.algorithms or _CRITICAL & header.keys():
            raise TokenError
        if key_id is not None and not (
            isinstance(key_id, str) and len(key_id) <= KEY_ID_LENGTH_MAX
        ):
            raise TokenError
        try:
            key = await self._keys.find(key_id)
        except IssuerAwayError as error:
            raise UnavailableProblemError("The identity provider does not answer.") from error
        if key is None:
            raise TokenError
        try:
            decoded = jwt.decode(token, key, algorithms=[algorithm])
            self._claims.validate(decoded.claims)
            expires_at = expiry_of(decoded.claims)
        except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise TokenError from error
        subject = decoded.claims["sub"]
        if not isinstance(subject, str) or not 1 <= len(subject) <= SUBJECT_LENGTH_MAX:
            raise TokenError
        if not is_access_token(decoded.header, decoded.claims):
            raise TokenError
        user = self.policy.user_of(decoded.claims)
        return Bearer(
            "user",
            user.user_id,
            None,
            frozenset(),
            expires_at,
            user,
            signed_in_at=signed_in_at(decoded.claims),
            acr=acr_of(decoded.claims),
        )


def _header(token: str) -> dict[str, Any]:
    """Read which key and algorithm a token claims; both are looked up in lists of our own."""
    if len(token) > TOKEN_LENGTH_MAX:
        raise TokenError
    encoded = token.partition(".")[0]
    try:
        text = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        return msgspec.json.decode(text, type=dict[str, Any])
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise TokenError from error


def _now() -> int:
    return int(clock.now().timestamp())
