"""How the OpenAPI document says that a token is needed, and where to get one."""

from __future__ import annotations

from typing import Final

from fastapi.security import OAuth2

from report_api.permissions import SCOPES

TOKEN_URL: Final = "/api/v1/auth/token"  # noqa: S105 - an address
_scopes = {scope.value: scope.name.replace("_", " ").lower() for scope in sorted(SCOPES)}
bearer_scheme: Final = OAuth2(
    scheme_name="careledger",
    description="A user signs in by password; a partner system by its client credentials.",
    flows={
        "password": {"tokenUrl": TOKEN_URL, "refreshUrl": TOKEN_URL, "scopes": {}},
        "clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": _scopes},
    },
    auto_error=False,
)
