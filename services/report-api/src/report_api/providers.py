"""The ways to sign in that an installation offers, as sign-in pages may know them: no secrets."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, Field

from report_api.settings import ReportApiSettings

_PORT_OF_SCHEME: Final = {"http": 80, "https": 443}


class OidcProvider(BaseModel):
    """An OpenID Connect issuer: authorization code with PKCE, as its discovery document says."""

    issuer: str
    client_id: str
    scope: str
    name: str = Field(description="What people call the issuer.", examples=["Clinic ID"])
    parameters: dict[str, str] = Field(
        description="What it wants to be told besides when asked to let somebody in.",
        examples=[{"audience": "careledger"}],
    )


class Providers(BaseModel):
    """The ways to sign in that this installation offers."""

    password: bool = Field(description="Built-in users, at the token endpoint.")
    oidc: OidcProvider | None = Field(description="Users of an identity provider, if there is one.")


def providers_of(settings: ReportApiSettings) -> Providers:
    """Return what a sign-in page may offer.

    Args:
        settings: an issuer counts once it has a client for the dashboard.
    """
    oidc = None
    if settings.oidc_issuer is not None and settings.oidc_client_id is not None:
        oidc = OidcProvider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            scope=settings.oidc_scope,
            name=settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or "",
            parameters=dict(parse_qsl(settings.oidc_parameters)),
        )
    return Providers(password=settings.password_sign_in, oidc=oidc)


def origins_of(settings: ReportApiSettings) -> list[str]:
    """Return the origins a sign-in page speaks with besides its own: none without an issuer."""
    ways = providers_of(settings)
    if ways.oidc is None:
        return []
    others = settings.oidc_origins.split(",") if settings.oidc_origins else []
    return list(dict.fromkeys(origin_of(one) for one in (ways.oidc.issuer, *others)))


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address as a browser writes an origin."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, _PORT_OF_SCHEME[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
