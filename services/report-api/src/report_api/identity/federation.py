"""What a token of an OpenID Connect issuer must say to open anything, and who it then is; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, cast
from urllib.parse import urlsplit

from report_api.permissions import Role

ALGORITHMS: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) | frozenset(
    {"ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""What can be allowed at all: signatures whose key that checks them cannot make them."""
EVERY_CLINIC: Final = "*"
NO_ROLE: Final = "none"
SUBJECT_LENGTH_MAX: Final = 255

_ACCESS_TOKEN_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})
_OTHER_TYPES: Final = frozenset({"jwt", ""})
_OTHER_USES: Final = frozenset({"id", "refresh", "offline", "logout", "serialized-id"})
_MARKS_OF_ID_TOKENS: Final = frozenset({"nonce", "at_hash", "c_hash"})
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Federated:
    """A user of an issuer as a token describes them; `clinic_ids` None means every clinic."""

    user_id: str
    issuer: str
    subject: str
    name: str
    role: str
    clinic_ids: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Which tokens of which issuer hold, and how their claims become a role and clinics."""

    issuer: str
    audience: str
    algorithms: tuple[str, ...]
    leeway_seconds: int
    role_claim: str
    roles: Mapping[str, Role]
    """Value of the claim to role; of several the one named first here counts."""
    clinics_claim: str
    name_claim: str

    def user_of(self, claims: Mapping[str, Any]) -> Federated:
        """Return who verified claims speak of: issuer and subject together make the account."""
        subject = str(claims["sub"])
        digest = sha256(f"{self.issuer}\n{subject}".encode()).hexdigest()
        user_id = f"oidc-{digest[:32]}"
        return Federated(
            user_id=user_id,
            issuer=self.issuer,
            subject=subject,
            name=self._name(claims) or user_id,
            role=self._role(claims),
            clinic_ids=self._clinics(claims),
        )

    def _name(self, claims: Mapping[str, Any]) -> str | None:
        """A name says where it is from, so that nobody passes for a built-in user."""
        name = str(found(claims, self.name_claim) or "").lower()
        return f"{name}@{urlsplit(self.issuer).hostname}" if _NAME.fullmatch(name) else None

    def _role(self, claims: Mapping[str, Any]) -> str:
        given = words(found(claims, self.role_claim))
        return next((role.value for value, role in self.roles.items() if value in given), NO_ROLE)

    def _clinics(self, claims: Mapping[str, Any]) -> frozenset[str] | None:
        given = words(found(claims, self.clinics_claim))
        return None if EVERY_CLINIC in given else given


def is_access_token(header: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    """Tell an access token from an ID token or any other that the same key has signed.

    RFC 9068 says it in the header. Issuers that do not follow it say `typ` or `token_use` among the
    claims, or can be told by what only ID tokens carry.
    """
    header_type = str(header.get("typ", "")).lower()
    if header_type in _ACCESS_TOKEN_TYPES:
        return True
    uses = {str(claims.get(name, "")).lower() for name in ("typ", "token_use")}
    return (
        header_type in _OTHER_TYPES
        and not uses & _OTHER_USES
        and not _MARKS_OF_ID_TOKENS & claims.keys()
    )


def found(claims: Mapping[str, Any], path: str) -> object:
    """Return the claim of a name, else what a path with dots leads to, else None."""
    if path in claims:
        return claims[path]
    value: object = claims
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = cast("Mapping[str, object]", value).get(name)
    return value


def words(value: object) -> frozenset[str]:
    """Return the words of a claim: a list of strings, or a string with spaces between."""
    if isinstance(value, str):
        return frozenset(value.split())
    if isinstance(value, list):
        several = cast("list[object]", value)
        return frozenset(one for one in several if isinstance(one, str))
    return frozenset()


def expiry_of(claims: Mapping[str, Any]) -> datetime:
    """Return when verified claims cease to hold.

    Raises:
        ValueError: if that is no time.
    """
    return datetime.fromtimestamp(int(claims["exp"]), UTC)


def signed_in_at(claims: Mapping[str, Any]) -> datetime | None:
    """Return when verified claims say that the user signed in; None if they do not say."""
    told = claims.get("auth_time")
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def acr_of(claims: Mapping[str, Any]) -> str | None:
    """Return how verified claims say that the user signed in; None if they do not say."""
    told = claims.get("acr")
    return told if isinstance(told, str) else None


def parse_roles(text: str) -> dict[str, Role]:
    """Parse "value:role,value2:role2"; the order is the order of precedence.

    Raises:
        ValueError: naming the entry that is wrong by its place.
    """
    roles: dict[str, Role] = {}
    for place, entry in enumerate((one.strip() for one in text.split(",") if one.strip()), start=1):
        value, _, role = entry.rpartition(":")
        if not value or role not in set(Role):
            raise ValueError(f"entry {place} is not value:role, a role of {', '.join(Role)}")
        roles[value] = Role(role)
    return roles
