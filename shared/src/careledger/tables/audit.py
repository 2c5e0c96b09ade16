"""Audit records: waiting in the outbox, then sealed in the log; both the aggregator's."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, Table


class AuditOutbox(Table, table=True):
    """One audit record waiting for the relay; `record` is what `careledger.audit_trail` encodes."""

    writer: ClassVar[Service] = "aggregator"
    inserters: ClassVar[tuple[Service, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "audit_outbox"

    record_id: str = Field(primary_key=True, sa_type=CODE)
    record: bytes = Field(sa_type=LargeBinary)


class AuditLogRecord(Table, table=True):
    """One sealed record: gapless sequence, canonical bytes, a hash that covers the one before."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    append_only: ClassVar[bool] = True
    named: ClassVar[str] = "audit_log"
    __table_args__ = (
        Index("audit_log_time", "occurred_at"),
        Index("audit_log_actor", "actor", "occurred_at"),
    )

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    record_id: str = Field(unique=True, sa_type=CODE)
    occurred_at: datetime = Field(sa_type=INSTANT)
    service: str = Field(sa_type=CODE)
    action: str = Field(sa_type=CODE)
    outcome: str = Field(sa_type=CODE)
    actor: str = Field(sa_type=CODE)
    resource: str = Field(sa_type=CODE)
    record: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)
