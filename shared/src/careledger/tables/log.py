"""Where the aggregator stands in Kafka's log, what it refused, and the runs that bring data in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ENUM
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import (
    CODE,
    GIVEN,
    INSTANT,
    JSON,
    NO,
    NOW,
    SCHEMA,
    TEXT,
    ZERO,
    Table,
)

QUARANTINE_STATUS: Final[Any] = ENUM(
    "open", "replayed", "dismissed", name="quarantine_status", schema=SCHEMA
)


class Position(Table, table=True):
    """The fence: the next offset of a partition, moved with what its records changed."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = ({"postgresql_with": {"fillfactor": 50}},)

    topic: str = Field(primary_key=True, sa_type=CODE)
    kafka_partition: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    next_offset: int = Field(sa_type=BigInteger)
    cluster_id: str = Field(sa_type=CODE)
    data_through: datetime = Field(sa_type=INSTANT)


class Batch(Table, table=True):
    """One applied batch in one partition; turns an instant into a watermark."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "batches"
    __table_args__ = (Index("batches_number", "batch_no"),)

    batch_no: int = Field(sa_type=BigInteger)
    topic: str = Field(primary_key=True, sa_type=CODE)
    kafka_partition: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    first_offset: int = Field(sa_type=BigInteger)
    next_offset: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    recorded_at: datetime = Field(sa_type=INSTANT)
    events: int
    duplicates: int
    quarantined: int


class QuarantinedRecord(Table, table=True):
    """A refused record: reason, position, digest and allow-listed fields; never its payload."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "quarantine"
    __table_args__ = (
        UniqueConstraint("topic", "kafka_partition", "kafka_offset"),
        Index("quarantine_open", "recorded_at", postgresql_where=text("status = 'open'")),
        Index("quarantine_unsent", "quarantine_id", postgresql_where=text("NOT dead_lettered")),
    )

    quarantine_id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)]
    )
    topic: str = Field(sa_type=CODE)
    kafka_partition: int = Field(sa_type=SmallInteger)
    kafka_offset: int = Field(sa_type=BigInteger)
    recorded_at: datetime | None = Field(
        default=None, sa_type=INSTANT, nullable=False, sa_column_kwargs=NOW
    )
    reason: str = Field(sa_type=CODE)
    problem: str = Field(sa_type=TEXT)
    digest: str = Field(sa_type=CODE)
    source: str | None = Field(default=None, sa_type=CODE)
    event_id: str | None = Field(default=None, sa_type=CODE)
    event_type: str | None = Field(default=None, sa_type=CODE)
    fields: dict[str, str | int] = Field(
        default={}, sa_type=JSON, sa_column_kwargs={"server_default": text("'{}'")}
    )
    status: str = Field(
        default="open",
        sa_type=QUARANTINE_STATUS,
        sa_column_kwargs={"server_default": text("'open'")},
    )
    dead_lettered: bool = Field(default=False, sa_column_kwargs=NO)


class QuarantineDecision(Table, table=True):
    """What was decided about a refused record; a record without a row here is open."""

    writer: ClassVar[Service] = "report-api"

    quarantine_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    decision: str = Field(sa_type=CODE)
    decided_by: str = Field(sa_type=TEXT)
    decided_at: datetime | None = Field(
        default=None, sa_type=INSTANT, nullable=False, sa_column_kwargs=NOW
    )
    corrections: dict[str, str | int] = Field(
        default={}, sa_type=JSON, sa_column_kwargs={"server_default": text("'{}'")}
    )
    reason: str | None = Field(default=None, sa_type=CODE)
    became: str | None = Field(default=None, sa_type=CODE)


class BadDataStop(Table, table=True):
    """A stop of applying because too many records were refused, and who let it go on."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "ingest")
    named: ClassVar[str] = "bad_data_stops"
    __table_args__ = (
        Index(
            "bad_data_stops_open",
            "topic",
            unique=True,
            postgresql_where=text("accepted_at IS NULL"),
        ),
    )

    stop_id: str = Field(primary_key=True, sa_type=CODE)
    topic: str = Field(sa_type=CODE)
    problem: str = Field(sa_type=TEXT)
    stopped_at: datetime = Field(sa_type=INSTANT)
    told_at: datetime | None = Field(default=None, sa_type=INSTANT)
    accepted_by: str | None = Field(default=None, sa_type=TEXT)
    accepted_at: datetime | None = Field(default=None, sa_type=INSTANT)
    recovery_told_at: datetime | None = Field(default=None, sa_type=INSTANT)


class EtlProcessStatus(Table, table=True):
    """A run that brings data in, claimed by its row: one of each source at a time."""

    writer: ClassVar[Service] = "ingest"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "aggregator")
    named: ClassVar[str] = "etl_process_status"
    __table_args__ = (
        Index(
            "etl_process_status_one_at_a_time",
            "source",
            unique=True,
            postgresql_where=text("status IN ('queued', 'running')"),
        ),
        Index("etl_process_status_recent", text("queued_at DESC")),
    )

    run_id: str = Field(primary_key=True, sa_type=CODE)
    source: str = Field(sa_type=CODE)
    mode: str = Field(sa_type=CODE)
    status: str = Field(sa_type=CODE)
    started_by: str = Field(sa_type=TEXT)
    queued_at: datetime | None = Field(
        default=None, sa_type=INSTANT, nullable=False, sa_column_kwargs=NOW
    )
    started_at: datetime | None = Field(default=None, sa_type=INSTANT)
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    read_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    published_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    unchanged_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    quarantined_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    checkpoint: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    error: str | None = Field(default=None, sa_type=TEXT)
    expected_count: int | None = Field(default=None, sa_type=BigInteger)
    deleted_count: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    from_date: date | None = None
    to_date: date | None = None
    data_through: datetime | None = Field(default=None, sa_type=INSTANT)
    positions: dict[str, int] | None = Field(default=None, sa_type=JSON)
    cancel_requested_by: str | None = Field(default=None, sa_type=TEXT)
