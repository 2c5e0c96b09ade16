"""Settings from the environment (`.env` understood), checked at start; every wrong one is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from careledger.alerts import parse_alert_urls
from careledger.errors import ConfigurationError

PREFIX: Final = "CARELEDGER_"
SECRET_LENGTH_MIN: Final = 32

S = TypeVar("S", bound=BaseSettings)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("not an IANA time zone such as America/New_York") from None
    return name


def _long_enough(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SECRET_LENGTH_MIN:
        raise ValueError(f"must have at least {SECRET_LENGTH_MIN} characters")
    return secret


def _alert_urls(value: SecretStr) -> SecretStr:
    try:
        parse_alert_urls(value.get_secret_value())
    except ConfigurationError as error:
        raise ValueError(str(error)) from None
    return value


TimeZoneName = Annotated[str, AfterValidator(_known_zone)]
RootSecret = Annotated[SecretStr, AfterValidator(_long_enough)]

TopicPrefix = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9._-]{0,64}$",
        description="Put before the name of every topic and consumer group, to share a cluster",
    ),
]


class ProcessSettings(BaseSettings):
    """What every process needs to know; one that has no use for a key is given none."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: SecretStr = Field(description="PostgreSQL, as postgresql://user:password@host/db")
    log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="Least serious log lines that are written",
    )


class CommonSettings(ProcessSettings):
    """What every service needs to know that speaks for itself in Kafka or signs anything."""

    kafka_bootstrap: str = Field(description="Kafka bootstrap servers, host:port[,host:port]")
    kafka_topic_prefix: TopicPrefix = ""
    secret: RootSecret = Field(description="Root secret from which every key is derived (HKDF)")
    name_keys: str = Field(
        default="1",
        pattern=r"^[A-Za-z0-9_-]{1,32}(,[A-Za-z0-9_-]{1,32}){0,3}$",
        description="Keys of the index of names, newest first: it is written, all are searched",
    )
    default_time_zone: TimeZoneName = Field(
        default="UTC", description="Zone of clinics that are not registered yet"
    )
    default_terms_days: int = Field(
        default=30, ge=0, le=3650, description="Payment terms of clinics not registered yet, days"
    )
    alert_urls: Annotated[SecretStr, AfterValidator(_alert_urls)] = Field(
        default=SecretStr(""),
        description="Where alerts go, as apprise addresses with spaces between: mailtos://...",
    )


class AuditTrustSettings(BaseSettings):
    """Whose checkpoints of the audit log count, and where they lie."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    audit_public_keys_file: Path | None = Field(
        default=None,
        description="PEM file of the public keys whose checkpoints count, present and earlier ones;"
        " default: that of the key derived from CARELEDGER_SECRET",
    )
    audit_checkpoint_file: Path | None = Field(
        default=None,
        description="File outside the database to which checkpoints are appended; default: none,"
        " Kafka alone has them",
    )


class RunTermSettings(BaseSettings):
    """How long runs are kept: ingest removes them, the aggregator the proofs of those removed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    retention_run_months: int = Field(
        default=6,
        ge=0,
        le=1_200,
        description="Runs, with their counts and proofs, are kept so many months; 0 keeps all",
    )


class StorageSettings(BaseSettings):
    """Where finished documents lie: in a folder, or in a bucket if one is named."""

    export_bucket: str | None = Field(
        default=None, description="Bucket of finished documents in an S3-compatible store"
    )
    export_dir: Path | None = Field(
        default=None,
        validate_default=True,
        description="Folder of finished documents; needed where no bucket is named",
    )
    export_bucket_prefix: str = Field(default="", description="Folder in that bucket")
    export_bucket_region: str = Field(default="us-east-1", description="Region of that bucket")
    export_bucket_endpoint: str | None = Field(
        default=None, description="Address of the store; default: that of AWS for the region"
    )
    export_bucket_public_endpoint: str | None = Field(
        default=None, description="Address of the store as browsers reach it; default: the same"
    )
    export_bucket_access_key_id: str | None = Field(
        default=None, description="Default: what the machine is given, such as a role"
    )
    export_bucket_secret_access_key: SecretStr | None = Field(
        default=None, description="Belongs to the access key"
    )
    export_bucket_encryption: Literal["AES256", "aws:kms"] | None = Field(
        default=None, description="Encryption by the store, at rest; default: as the bucket is set"
    )
    export_bucket_kms_key_id: str | None = Field(
        default=None, description="Key for aws:kms; default: the account's own"
    )

    @field_validator("export_dir")
    @classmethod
    def _some_place(cls, folder: Path | None, info: ValidationInfo) -> Path | None:
        if folder is None and info.data.get("export_bucket") is None:
            raise ValueError("needed, unless a bucket is named")
        return folder


def load(settings: type[S]) -> S:
    """Read settings from the environment.

    Raises:
        ConfigurationError: naming every missing or wrong setting at once, without its value.
    """
    try:
        return settings()
    except ValidationError as error:
        lines = [
            f"{PREFIX}{'_'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            "These settings are wrong or missing:\n  " + "\n  ".join(lines)
        ) from None
