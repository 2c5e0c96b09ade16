"""Audit: records waiting in the outbox, the sealed log, its checkpoints, and who did how much."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from careledger import clock
from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, CODES, GIVEN, INSTANT, NOW, TEXT, Table


class AuditOutbox(Table, table=True):
    """One audit record waiting for the relay; `record` is what `careledger.audit_trail` encodes."""

    writer: ClassVar[Service] = "aggregator"
    inserters: ClassVar[tuple[Service, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "audit_outbox"
    __table_args__ = (
        CheckConstraint("octet_length(record) <= 524288", name="audit_outbox_record_size"),
        {
            "postgresql_with": {
                "autovacuum_vacuum_scale_factor": 0,
                "autovacuum_vacuum_threshold": 10_000,
            }
        },
    )

    record_id: str = Field(primary_key=True, sa_type=CODE)
    record: bytes = Field(sa_type=LargeBinary)
    recorded_at: datetime = Field(default_factory=clock.now, sa_type=INSTANT, sa_column_kwargs=NOW)


class AuditLogRecord(Table, table=True):
    """One sealed record: gapless sequence, canonical bytes, a hash that covers the one before."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    append_only: ClassVar[bool] = True
    named: ClassVar[str] = "audit_log"
    __table_args__ = (
        Index("audit_log_record", "record_id"),
        Index("audit_log_time", "occurred_at", "sequence"),
        Index("audit_log_actor", "actor", "occurred_at", "sequence"),
        Index("audit_log_actor_kind", "actor_kind", "occurred_at", "sequence"),
        Index("audit_log_service", "service", "occurred_at", "sequence"),
        Index("audit_log_action", "action", "occurred_at", "sequence"),
        Index("audit_log_resource", "resource", "occurred_at", "sequence"),
        Index(
            "audit_log_refusals",
            "outcome",
            "occurred_at",
            "sequence",
            postgresql_where=text("outcome <> 'success'"),
        ),
        Index("audit_log_subjects", "patient_ids", "clinic_ids", postgresql_using="gin"),
        {"postgresql_partition_by": "RANGE (sequence)"},
    )

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    record_id: str = Field(sa_type=CODE)
    occurred_at: datetime = Field(sa_type=INSTANT)
    service: str = Field(sa_type=CODE)
    action: str = Field(sa_type=CODE)
    outcome: str = Field(sa_type=CODE)
    actor_kind: str = Field(sa_type=CODE)
    actor: str = Field(sa_type=CODE)
    resource: str = Field(sa_type=CODE)
    clinic_ids: list[str] = Field(sa_type=CODES)
    patient_ids: list[str] = Field(sa_type=CODES)
    record: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class AuditCheckpoint(Table, table=True):
    """A signed statement of the log's length and head; the same lies in Kafka and in a file."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    __table_args__ = (
        Index(
            "audit_checkpoints_unpublished",
            "sequence",
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    statement: bytes = Field(sa_type=LargeBinary)
    key_id: str = Field(sa_type=CODE)
    signature: bytes = Field(sa_type=LargeBinary)
    published_at: datetime | None = Field(sa_type=INSTANT)


class AuditVerification(Table, table=True):
    """How one verification of the whole log, or of a part by command, ended."""

    writer: ClassVar[Service] = "aggregator"
    __table_args__ = (Index("audit_verifications_ended", "ended_at"),)

    verification_id: str = Field(primary_key=True, sa_type=CODE)
    started_at: datetime = Field(sa_type=INSTANT)
    ended_at: datetime = Field(sa_type=INSTANT)
    verdict: str = Field(sa_type=CODE)
    from_sequence: int = Field(sa_type=BigInteger)
    through_sequence: int = Field(sa_type=BigInteger)
    anchored_through: int = Field(sa_type=BigInteger)
    first_bad_sequence: int | None = Field(default=None, sa_type=BigInteger)
    problem: str | None = Field(default=None, sa_type=TEXT)
    verified_by: str = Field(sa_type=TEXT)
    told_at: datetime | None = Field(default=None, sa_type=INSTANT)


class AuditActivity(Table, table=True):
    """How often somebody did something on a day (UTC); the empty clinic id counts every clinic."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    # Whoever may ask for every clinic reads the rows under the empty clinic id; the route decides.
    scoped: ClassVar[bool] = False
    named: ClassVar[str] = "audit_activity"
    __table_args__ = (Index("audit_activity_day", "day"), {"postgresql_with": {"fillfactor": 70}})

    clinic_id: str = Field(primary_key=True, sa_type=CODE)
    day: date = Field(primary_key=True)
    actor_kind: str = Field(primary_key=True, sa_type=CODE)
    actor: str = Field(primary_key=True, sa_type=CODE)
    action: str = Field(primary_key=True, sa_type=CODE)
    outcome: str = Field(primary_key=True, sa_type=CODE)
    acts: int = Field(sa_type=BigInteger)
    patients: int = Field(sa_type=BigInteger)
    """How many patient ids those acts named."""
