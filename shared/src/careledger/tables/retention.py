"""Retention: how far back answers reach, how far each purge is, what removed rows leave behind."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, Numeric
from sqlmodel import Field

from careledger import clock
from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, NOW, ZERO, Table


class RetentionPurge(Table, table=True):
    """A horizon, and how far removing what lies behind it has come; the latest is in force."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")

    horizon: date = Field(primary_key=True)
    totals_horizon: date | None = None
    watermark: str = Field(sa_type=CODE)
    started_by: str = Field(sa_type=CODE)
    started_at: datetime = Field(default_factory=clock.now, sa_type=INSTANT, sa_column_kwargs=NOW)
    ended_at: datetime | None = Field(default=None, sa_type=INSTANT)
    after_clinic: int | None = None
    after_patient: str | None = Field(default=None, sa_type=CODE)
    patients: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)
    entries: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)
    moves: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)
    invoices: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)
    payments: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)
    daily_totals: int = Field(sa_type=BigInteger, sa_column_kwargs=ZERO)


class RemovedCurrency(Table, table=True):
    """A currency of which a clinic's ledger held money that is removed by now."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "removed_currencies"

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    currency: str = Field(primary_key=True, sa_type=CODE)


class RemovedSourceTotal(Table, table=True):
    """What the removed rows of an undated book of a source came to: the proof still counts them."""

    writer: ClassVar[Service] = "aggregator"

    source: str = Field(primary_key=True, sa_type=CODE)
    book: str = Field(primary_key=True, sa_type=CODE)
    currency: str = Field(primary_key=True, sa_type=CODE)
    row_count: int = Field(sa_type=BigInteger)
    amount: Decimal = Field(sa_type=Numeric)
    digest: Decimal = Field(sa_type=Numeric)
