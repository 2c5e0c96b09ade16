"""What ingest knows of a practice's database: what it told of each row, and what is on its way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, JSON, NOW, Table

_EMPTY = {"server_default": text("'{}'")}


class ExtractionSource(Table, table=True):
    """A practice's database: up to where it was read, and where its last records lie in Kafka."""

    writer: ClassVar[Service] = "ingest"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (UniqueConstraint("source"),)

    source_no: int | None = Field(
        default=None, primary_key=True, sa_column_args=[Identity(always=True)]
    )
    source: str = Field(sa_type=CODE)
    checkpoints: dict[str, Any] = Field(default={}, sa_type=JSON, sa_column_kwargs=_EMPTY)
    positions: dict[str, int] = Field(default={}, sa_type=JSON, sa_column_kwargs=_EMPTY)
    expected_by: datetime | None = Field(default=None, sa_type=INSTANT)
    next_chunk: int = Field(
        default=1, sa_type=BigInteger, sa_column_kwargs={"server_default": text("1")}
    )


class ExtractionRow(Table, table=True):
    """A row of a source: its revision, the digest of its mapped fields, and what was told of it."""

    writer: ClassVar[Service] = "ingest"
    __table_args__ = (
        Index(
            "extraction_rows_problem",
            "source_no",
            "entity",
            postgresql_where=text("problem IS NOT NULL"),
        ),
    )

    source_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    entity: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    revision: int
    amount: int = Field(sa_type=BigInteger)
    other: int = Field(sa_type=BigInteger)
    day: date | None = None
    gone: bool
    row_key: str = Field(primary_key=True, sa_type=CODE)
    source_day: str | None = Field(default=None, sa_type=CODE)
    currency: str | None = Field(default=None, sa_type=CODE)
    problem: str | None = Field(default=None, sa_type=CODE)
    digest: bytes = Field(sa_type=LargeBinary)
    state: bytes | None = Field(default=None, sa_type=LargeBinary)


class ExtractionChunk(Table, table=True):
    """Records that are about to be written to Kafka, and where the reading stands after them."""

    writer: ClassVar[Service] = "ingest"
    named: ClassVar[str] = "extraction_outbox"

    source_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    chunk_no: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=GIVEN)
    checkpoints: dict[str, Any] = Field(sa_type=JSON)
    records: bytes = Field(sa_type=LargeBinary)


class ExtractionTotal(Table, table=True):
    """What the rows of a source add up to at the end of a run, in one book, currency and day.

    Books that have no days stand under 0001-01-01.
    """

    writer: ClassVar[Service] = "ingest"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("aggregator",)

    run_id: str = Field(primary_key=True, sa_type=CODE)
    book: str = Field(primary_key=True, sa_type=CODE)
    currency: str = Field(primary_key=True, sa_type=CODE)
    day: date = Field(primary_key=True)
    row_count: int = Field(sa_type=BigInteger)
    amount: Decimal = Field(sa_type=Numeric)
    digest: Decimal = Field(sa_type=Numeric)


class IngestJob(Table, table=True):
    """A turn of ingest's schedule: whoever inserts its row does the work."""

    writer: ClassVar[Service] = "ingest"

    job: str = Field(primary_key=True, sa_type=CODE)
    period: datetime = Field(primary_key=True, sa_type=INSTANT)
    claimed_at: datetime | None = Field(
        default=None, sa_type=INSTANT, nullable=False, sa_column_kwargs=NOW
    )
