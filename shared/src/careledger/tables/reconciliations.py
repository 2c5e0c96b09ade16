"""Proofs that the ledger holds what a source holds, and the last of each source."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, INSTANT, JSON, Table


class Reconciliation(Table, table=True):
    """A run compared with the ledger: sums per book, and the days that differ."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api",)
    __table_args__ = (UniqueConstraint("run_id"),)

    reconciliation_id: str = Field(primary_key=True, sa_type=CODE)
    run_id: str = Field(sa_type=CODE)
    source: str = Field(sa_type=CODE)
    ended_at: datetime = Field(sa_type=INSTANT)
    watermark: str = Field(sa_type=CODE)
    matches: bool
    books: list[dict[str, Any]] = Field(sa_type=JSON)
    difference_count: int = Field(sa_type=BigInteger)
    differences: list[dict[str, Any]] = Field(sa_type=JSON)


class ReconciledSource(Table, table=True):
    """The last comparison of each source, which every report names."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")

    source: str = Field(primary_key=True, sa_type=CODE)
    reconciliation_id: str = Field(sa_type=CODE)
    ended_at: datetime = Field(sa_type=INSTANT)
    watermark: str = Field(sa_type=CODE)
    matches: bool
