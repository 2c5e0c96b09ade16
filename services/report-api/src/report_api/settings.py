"""What report-api is told by its environment; the only module here that reads it."""

from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr

from careledger.settings import (
    AuditTrustSettings,
    CommonSettings,
    DatabaseSettings,
    EnvironmentSettings,
    RootSecret,
    StorageSettings,
    load,
)

SERVICE: Final = "report-api"
_ISSUER: Final = (
    r"^(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1|\[::1\]))(:\d{1,5})?(/[!-~]*)?$"
)
_ORIGIN: Final = r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1|\[::1\]))(:\d{1,5})?"
_ORIGINS: Final = f"^({_ORIGIN}(,{_ORIGIN})*)?$"
_PARAMETER: Final = "[a-z_]{1,40}=[A-Za-z0-9._~%:/+-]{1,300}"
_PARAMETERS: Final = f"^({_PARAMETER}(&{_PARAMETER})*)?$"
_ALGORITHM: Final = "(RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA|Ed25519)"
_ALGORITHMS: Final = f"^{_ALGORITHM}(,{_ALGORITHM})*$"
_ROLE: Final = "[^,]+:(admin|finance|staff|collections|auditor)"
_ROLES: Final = f"^{_ROLE}(,{_ROLE})*$"
_SOURCES: Final = Path(__file__).resolve().parents[4]


class ReportApiSettings(StorageSettings, CommonSettings, AuditTrustSettings):
    """Settings of the HTTP service."""

    redis_url: SecretStr = Field(description="Redis or Valkey that carries export jobs")

    ingest_url: str = Field(
        default="http://127.0.0.1:8081", description="Where ingest answers, for runs"
    )

    report_api_host: str = Field(default="127.0.0.1", description="Address to listen on")
    report_api_port: int = Field(default=8080, ge=1, le=65535, description="Port to listen on")
    report_api_workers: int = Field(default=1, ge=1, le=64, description="Processes that answer")
    report_api_metrics_port: int = Field(
        default=0, ge=0, le=65535, description="Port of Prometheus metrics, of its own; 0: none"
    )
    report_api_docs: bool = Field(default=True, description="Serve /docs and /openapi.json")
    report_api_trusted_proxies: str = Field(
        default="", description="Proxies whose X-Forwarded headers count, comma-separated"
    )
    report_api_pool_size: int = Field(
        default=10, ge=2, le=200, description="Most database connections of one process"
    )
    report_api_statement_timeout_ms: int = Field(
        default=5_000, ge=100, le=120_000, description="Longest time of one query, ms"
    )

    report_api_requests_per_minute: int = Field(
        default=1_200, ge=1, description="Most requests of one account in a minute"
    )
    report_api_clinic_requests_per_minute: int = Field(
        default=6_000,
        ge=1,
        description="Most requests in a minute of all accounts bound to one clinic together",
    )
    report_api_anonymous_per_minute: int = Field(
        default=300, ge=1, description="Most requests of one address without a token in a minute"
    )
    report_api_connections_max: int = Field(
        default=4_000,
        ge=10,
        description="Connections of one process beyond which it answers 503 at once",
    )
    report_api_followers: int = Field(
        default=1_000, ge=1, description="Most live streams of one process"
    )
    report_api_followers_per_account: int = Field(
        default=10, ge=1, description="Most live streams of one account in one process"
    )
    report_api_kept_mib: int = Field(
        default=64,
        ge=0,
        le=4_096,
        description="Memory of one process for answers asked for again, MiB; 0 keeps none",
    )

    access_token_seconds: int = Field(
        default=600, ge=60, le=3_600, description="How long an access token holds, s"
    )
    session_idle_seconds: int = Field(
        default=28_800, ge=300, le=2_592_000, description="A sign-in unused so long ends, s"
    )
    session_seconds: int = Field(
        default=86_400, ge=300, le=7_776_000, description="A sign-in ends after so long, s"
    )
    password_sign_in: bool = Field(
        default=True, description="Let built-in users sign in by password"
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=_ISSUER,
        max_length=500,
        description="OpenID Connect issuer whose users may sign in, as its tokens name it",
    )
    oidc_audience: str = Field(
        default="careledger",
        min_length=1,
        description="Audience an access token of the issuer must be for",
    )
    oidc_client_id: str | None = Field(
        default=None, description="Public client at the issuer by which the dashboard signs in"
    )
    oidc_scope: str = Field(
        default="openid profile", description="What the dashboard asks the issuer for"
    )
    oidc_parameters: str = Field(
        default="",
        pattern=_PARAMETERS,
        description="What an issuer wants to be told besides, as `audience=careledger&...`",
    )
    oidc_origins: str = Field(
        default="",
        pattern=_ORIGINS,
        description="Origins of the issuer's other endpoints, comma-separated; default: its own",
    )
    oidc_name: str | None = Field(
        default=None,
        max_length=80,
        description="What the sign-in page calls the issuer; default: its host",
    )
    oidc_algorithms: str = Field(
        default="RS256,ES256",
        pattern=_ALGORITHMS,
        description="Signatures of the issuer that count, comma-separated",
    )
    oidc_leeway_seconds: int = Field(
        default=30, ge=0, le=60, description="How far the issuer's clock may be off, s"
    )
    oidc_role_claim: str = Field(
        default="roles", description="Claim that names the role; a path with dots leads further in"
    )
    oidc_roles: str = Field(
        default="admin:admin,finance:finance,staff:staff,collections:collections,auditor:auditor",
        pattern=_ROLES,
        description="Values of that claim and their roles, as value:role,...; the first counts",
    )
    oidc_clinics_claim: str = Field(
        default="clinics", description="Claim that lists the clinics; * for every clinic"
    )
    oidc_name_claim: str = Field(
        default="preferred_username", description="Claim by which the audit log names a user"
    )

    export_rows_max: int = Field(
        default=10_000, ge=1, le=50_000, description="Most rows of one exported document"
    )
    export_open_max: int = Field(
        default=25, ge=1, le=10_000, description="Most exports of one account under way at once"
    )
    export_sign_in_seconds: int = Field(
        default=0,
        ge=0,
        le=86_400,
        description="A user who asks for a document signed in no longer ago than this, s; 0: ever",
    )
    export_acr: str = Field(
        default="",
        pattern=r"^([^,\s\"]+(,[^,\s\"]+)*)?$",
        description="Ways of signing in at the issuer (`acr`) that may ask for documents,"
        " comma-separated; empty: any",
    )
    export_hours: int = Field(
        default=24, ge=1, le=8_760, description="A document is taken away after so long, h"
    )
    export_link_seconds: int = Field(
        default=300, ge=10, le=300, description="How long a download link holds, s"
    )
    dashboard_dir: Path | None = Field(
        default=None, description="Folder of the built dashboard; default: frontend/dist"
    )

    @property
    def built_dashboard(self) -> Path:
        """Where the dashboard's files are, whether built yet or not."""
        return self.dashboard_dir or _SOURCES / "frontend" / "dist"


class SecretSettings(EnvironmentSettings):
    """What commands need that seal."""

    secret: RootSecret


class ControlSettings(SecretSettings):
    """What commands need that ask ingest for something."""

    ingest_url: str = "http://127.0.0.1:8081"


def control_settings() -> ControlSettings:
    """Return where ingest is, and the secret that opens its internal routes.

    Raises:
        ConfigurationError: if the environment does not say.
    """
    return load(ControlSettings)


def root_secret() -> str:
    """Return the root secret.

    Raises:
        ConfigurationError: if the environment does not say, or it is too short.
    """
    return load(SecretSettings).secret.get_secret_value()


def database_url() -> str:
    """Return where the accounts and clinics are.

    Raises:
        ConfigurationError: if the environment does not say.
    """
    return load(DatabaseSettings).database_url.get_secret_value()
