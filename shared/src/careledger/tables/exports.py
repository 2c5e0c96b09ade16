"""What was asked to be rendered, report-api's, and the attempts at it, pdf-worker's."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, text
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, CODES, INSTANT, JSON, SCHEMA, TEXT, ZERO, Table

_LETTER: Final = {"server_default": text("'letter'")}
_AMERICAN: Final = {"server_default": text("'en-US'")}


class Export(Table, table=True):
    """A document asked for, with everything that fixes its figures; its state is a view."""

    writer: ClassVar[Service] = "report-api"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("pdf-worker",)
    __table_args__ = (
        Index(
            "exports_request",
            "owner_kind",
            "owner_id",
            "request_digest",
            "repetition",
            unique=True,
        ),
        Index("exports_recent", "requested_at"),
        Index("exports_kept", "requested_at", postgresql_where=text("expired_at IS NULL")),
    )

    export_id: str = Field(primary_key=True, sa_type=CODE)
    owner_kind: str = Field(sa_type=CODE)
    owner_id: str = Field(sa_type=CODE)
    owner_name: str = Field(sa_type=TEXT)
    report: str = Field(sa_type=CODE)
    parameters: dict[str, Any] = Field(sa_type=JSON)
    clinic_ids: list[str] | None = Field(default=None, sa_type=CODES)
    watermark: str = Field(sa_type=TEXT)
    digest: str = Field(sa_type=CODE)
    request_digest: bytes = Field(sa_type=LargeBinary)
    repetition: int = Field(default=0, sa_column_kwargs=ZERO)
    requested_at: datetime = Field(sa_type=INSTANT)
    rung_at: datetime = Field(sa_type=INSTANT)
    canceled_at: datetime | None = Field(default=None, sa_type=INSTANT)
    data_through: datetime | None = Field(default=None, sa_type=INSTANT)
    paper: str = Field(default="letter", sa_type=CODE, sa_column_kwargs=_LETTER)
    locale: str = Field(default="en-US", sa_type=CODE, sa_column_kwargs=_AMERICAN)
    expired_at: datetime | None = Field(default=None, sa_type=INSTANT)


class ExportAttempt(Table, table=True):
    """One try at rendering: a lease while it runs, an outcome when it ended."""

    writer: ClassVar[Service] = "pdf-worker"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    __table_args__ = (
        Index("export_attempts_open", "leased_until", postgresql_where=text("ended_at IS NULL")),
    )

    export_id: str = Field(
        primary_key=True, foreign_key=f"{SCHEMA}.exports.export_id", sa_type=CODE
    )
    attempt: int = Field(primary_key=True, sa_type=SmallInteger)
    worker: str = Field(sa_type=TEXT)
    started_at: datetime = Field(sa_type=INSTANT)
    leased_until: datetime = Field(sa_type=INSTANT)
    progress_percent: int = Field(default=0, sa_type=SmallInteger, sa_column_kwargs=ZERO)
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    outcome: str | None = Field(default=None, sa_type=CODE)
    problem: str | None = Field(default=None, sa_type=TEXT)
    result_key: str | None = Field(default=None, sa_type=CODE)
    result_bytes: int | None = Field(default=None, sa_type=BigInteger)
    result_sha256: str | None = Field(default=None, sa_type=CODE)
    page_count: int | None = None
    digest: str | None = Field(default=None, sa_type=CODE)
    purged_at: datetime | None = Field(default=None, sa_type=INSTANT)
