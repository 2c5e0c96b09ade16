"""Settings from the environment (`.env` understood), checked at start; every wrong one is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
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
from careledger.kafka_access import KafkaAccess, KafkaSecurity
from careledger.plaintext import sent_in_the_clear

PREFIX: Final = "CARELEDGER_"
SECRET_LENGTH_MIN: Final = 32


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


class EnvironmentSettings(BaseSettings):
    """The root of all settings: says once how they are read from the environment.

    A class with several bases takes its way of reading from each of them in turn, and a base that
    does not descend from this one would take the prefix of every name away again: such a class
    cannot be defined.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    require_tls: bool = Field(
        default=False,
        description="Refuse to start with a setting that sends anything in the clear, and to"
        " answer requests that did not come by TLS",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - Pydantic's own
        """Refuse a class whose settings would be read under other names.

        Raises:
            TypeError: if a base has changed how settings are read.
        """
        super().__pydantic_init_subclass__(**kwargs)
        changed = [
            name
            for name, value in EnvironmentSettings.model_config.items()
            if cls.model_config.get(name) != value
        ]
        if changed:
            raise TypeError(f"{cls.__name__} changes {', '.join(changed)} of how settings are read")


S = TypeVar("S", bound=EnvironmentSettings)


class DatabaseSettings(EnvironmentSettings):
    """Where the database is: all that some commands need."""

    database_url: SecretStr = Field(description="PostgreSQL, as postgresql://user:password@host/db")


class KafkaSettings(EnvironmentSettings):
    """Where Kafka is, and how to speak with it."""

    kafka_bootstrap: str = Field(description="Kafka bootstrap servers, host:port[,host:port]")
    kafka_security: KafkaSecurity = Field(
        default="PLAINTEXT",
        description="PLAINTEXT, SSL (TLS), or SASL_SSL (TLS and a password by SCRAM-SHA-512)",
    )
    kafka_ca_file: Path | None = Field(
        default=None,
        description="PEM file of certificates that vouch for Kafka's; default: the machine's own",
    )
    kafka_user: str = Field(default="", description="User of this service at Kafka, for SASL_SSL")
    kafka_password: SecretStr = Field(default=SecretStr(""), description="Password of that user")

    @property
    def kafka(self) -> KafkaAccess:
        """How this process reaches Kafka."""
        return KafkaAccess(
            bootstrap=self.kafka_bootstrap,
            security=self.kafka_security,
            ca_file=self.kafka_ca_file,
            user=self.kafka_user,
            password=self.kafka_password,
        )


class ProcessSettings(DatabaseSettings):
    """What every process needs to know; one that has no use for a key is given none."""

    log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="Least serious log lines that are written",
    )


class CommonSettings(ProcessSettings, KafkaSettings):
    """What every service needs to know that speaks for itself in Kafka or signs anything."""

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


class AuditTrustSettings(EnvironmentSettings):
    """Whose checkpoints of the audit log count, and where they lie."""

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


class RunTermSettings(EnvironmentSettings):
    """How long runs are kept: ingest removes them, the aggregator the proofs of those removed."""

    retention_run_months: int = Field(
        default=6,
        ge=0,
        le=1_200,
        description="Runs, with their counts and proofs, are kept so many months; 0 keeps all",
    )


class StorageSettings(EnvironmentSettings):
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
        read = settings()
    except ValidationError as error:
        raise _wrong(
            {
                "_".join(str(part) for part in problem["loc"]): problem["msg"]
                for problem in error.errors(include_input=False, include_url=False)
            }
        ) from None
    if read.require_tls and (open_to_all := sent_in_the_clear(dict(read))):
        raise _wrong(open_to_all)
    return read


def _wrong(problems: Mapping[str, str]) -> ConfigurationError:
    lines = [f"{PREFIX}{name.upper()}: {problem}" for name, problem in problems.items()]
    return ConfigurationError("These settings are wrong or missing:\n  " + "\n  ".join(lines))
