"""The aggregator's settings."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Final

from pydantic import Field

from careledger.settings import AuditTrustSettings, CommonSettings, RunTermSettings

SERVICE: Final = "aggregator"


class AuditSettings(AuditTrustSettings):
    """What signing and verifying the audit log need."""

    audit_key_file: Path | None = Field(
        default=None,
        description="PEM file of the Ed25519 key that signs checkpoints; default: one derived from"
        " CARELEDGER_SECRET",
    )


class RetentionTerms(RunTermSettings):
    """How long things are kept."""

    retention_report_months: int = Field(
        default=12,
        ge=0,
        le=1_200,
        description="Settled invoices and payments are kept so many months; 0 keeps everything",
    )
    retention_totals_months: int = Field(
        default=36,
        ge=0,
        le=1_200,
        description="Sums per day, which name no patient, are kept so many months; 0 keeps all",
    )
    retention_audit_months: int = Field(
        default=12,
        ge=0,
        le=1_200,
        description="Audit records are kept so many months; 0 keeps all",
    )


class Settings(CommonSettings, AuditSettings, RetentionTerms):
    """What the aggregator needs beyond the common settings."""

    aggregator_health_host: str = Field(
        default="127.0.0.1", description="Address of the health server"
    )
    aggregator_health_port: int = Field(
        default=8082, ge=0, le=65535, description="Port of the health server"
    )
    aggregator_group: str = Field(default="aggregator", description="Kafka consumer group")
    aggregator_consumers: int = Field(
        default=2, ge=1, le=16, description="Consumers in this process, one connection each"
    )
    aggregator_batch_max: int = Field(
        default=20_000, ge=1, le=100_000, description="Most records in one transaction"
    )
    aggregator_session_timeout_ms: int = Field(
        default=10_000,
        ge=6_000,
        le=60_000,
        description="After this many milliseconds without a heartbeat a consumer counts as gone",
    )
    aggregator_refused_share_max: float = Field(
        default=0.2,
        gt=0,
        le=1,
        description="Share of the last 10 000 records that may be refused before applying stops",
    )
    aggregator_refused_in_a_row_max: int = Field(
        default=500, ge=1, description="So many refused records in a row stop applying"
    )
    audit_verify_at: str = Field(
        default="02:30",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$",
        description="Time of day (UTC) from which the whole audit log is verified, once a day;"
        " empty: never",
    )
    audit_checkpoint_rows: int = Field(
        default=10_000, ge=1, description="After so many audit records a checkpoint is signed"
    )
    audit_checkpoint_seconds: float = Field(
        default=60,
        gt=0,
        le=3_600,
        description="After so long one is signed, if a record is new, s",
    )

    @property
    def verify_at(self) -> time | None:
        """When the audit log is due to be verified, None for never by itself."""
        return time.fromisoformat(self.audit_verify_at) if self.audit_verify_at else None
