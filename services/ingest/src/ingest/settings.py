"""The settings of ingest; the only module of it that reads the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, Field, SecretStr

from careledger.settings import CommonSettings, RunTermSettings
from ingest.tokens import parse_tokens, parse_webhook_secrets

_MEBIBYTE: Final = 1024 * 1024


def _tokens(value: SecretStr) -> SecretStr:
    parse_tokens(value.get_secret_value())
    return value


def _webhook_secrets(value: SecretStr) -> SecretStr:
    parse_webhook_secrets(value.get_secret_value())
    return value


def _addresses(value: str) -> str:
    for address in filter(None, value.split(",")):
        try:
            ip_network(address.strip())
        except ValueError:
            raise ValueError("must be IP addresses or networks with commas between") from None
    return value


def _cron(value: str) -> str:
    if value:
        try:
            CronSim(value, datetime(2000, 1, 1, tzinfo=UTC))
        except CronSimError:
            raise ValueError("must be a cron expression such as 0 */4 * * *") from None
    return value


class IngestSettings(CommonSettings, RunTermSettings):
    """What ingest needs to know."""

    ingest_host: str = Field(default="127.0.0.1", description="Address ingest listens on")
    ingest_port: int = Field(default=8081, ge=0, le=65535, description="Port ingest listens on")
    ingest_tokens: Annotated[SecretStr, AfterValidator(_tokens)] = Field(
        default=SecretStr(""),
        description="Bearer tokens of sources, as name:token,name2:token2",
    )
    webhook_secrets: Annotated[SecretStr, AfterValidator(_webhook_secrets)] = Field(
        default=SecretStr(""),
        description="Secrets of sources that sign (Standard Webhooks), as name:whsec_...,...",
    )
    ingest_body_bytes_max: int = Field(
        default=64 * _MEBIBYTE, ge=_MEBIBYTE, description="Largest NDJSON body, bytes"
    )
    ingest_receive_timeout_seconds: float = Field(
        default=30, gt=0, description="Longest silence of a sender in the middle of a request"
    )
    ingest_send_timeout_seconds: float = Field(
        default=10, gt=0, description="Longest wait for Kafka before a sender is told to try again"
    )
    ingest_connections_max: int = Field(
        default=1000, ge=1, description="Connections beyond which ingest answers 503 at once"
    )
    ingest_trusted_proxies: Annotated[str, AfterValidator(_addresses)] = Field(
        default="",
        description="Proxies whose X-Forwarded-For is believed, addresses or networks",
    )
    extraction_mapping: Path | None = Field(
        default=None, description="Mapping file of the practice's database that is read"
    )
    extraction_url: SecretStr | None = Field(
        default=None,
        description="The practice's database: sqlite:///file, postgresql://..., mysql://...",
    )
    extraction_schedule: Annotated[str, AfterValidator(_cron)] = Field(
        default="0 */4 * * *",
        description="When runs start, as a cron expression in the default zone; empty: never",
    )
    extraction_chunk_rows: int = Field(
        default=5_000, ge=10, le=100_000, description="Rows read and published at a time"
    )
    extraction_query_seconds_max: int = Field(
        default=600, ge=1, description="How long a query of the practice's database may take"
    )
    fail_point: str = Field(
        default="", description="For tests of crashes: a place where the process ends itself"
    )
    ingest_docs: bool = Field(default=True, description="Serve the API documents at /docs")
