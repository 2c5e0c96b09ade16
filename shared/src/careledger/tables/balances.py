"""Balances of past days and movements by cohort: filled behind the log, not in its transaction."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, Table


class ClosedPosition(Table, table=True):
    """The offsets up to which the balances of past days are filled, all partitions at once."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")

    kafka_partition: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    next_offset: int = Field(sa_type=BigInteger)


class ClosedMonthEnd(Table, table=True):
    """A month end whose balances are kept as sums."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")

    month_end: date = Field(primary_key=True)


class Balances(Table):
    """Sums by basis date: receivables by due, service or issue date, credits by receipt."""

    amount: int = Field(sa_type=BigInteger)
    count: int = Field(sa_type=BigInteger)
    negative_amount: int = Field(sa_type=BigInteger)
    negative_count: int = Field(sa_type=BigInteger)


class BalanceDay(Balances, table=True):
    """By how much one day changed a balance."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = ({"postgresql_with": {"fillfactor": 90}},)

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    basis: str = Field(primary_key=True, sa_type=CODE)
    effective_on: date = Field(primary_key=True)
    currency: str = Field(primary_key=True, sa_type=CODE)
    aged_on: date = Field(primary_key=True)
    payer_type: str = Field(primary_key=True, sa_type=CODE)
    in_collections: bool = Field(primary_key=True)


class BalanceMonthEnd(Balances, table=True):
    """A balance at the end of a month."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = ({"postgresql_with": {"fillfactor": 90}},)

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    basis: str = Field(primary_key=True, sa_type=CODE)
    month_end: date = Field(primary_key=True)
    currency: str = Field(primary_key=True, sa_type=CODE)
    aged_on: date = Field(primary_key=True)
    payer_type: str = Field(primary_key=True, sa_type=CODE)
    in_collections: bool = Field(primary_key=True)


class Movements(Table):
    """What moved balances; signs as the metrics have them, E as its growth."""

    charges: int = Field(sa_type=BigInteger)
    charge_corrections: int = Field(sa_type=BigInteger)
    contractual_adjustments: int = Field(sa_type=BigInteger)
    other_adjustments: int = Field(sa_type=BigInteger)
    voids: int = Field(sa_type=BigInteger)
    written_off: int = Field(sa_type=BigInteger)
    effective_write_offs: int = Field(sa_type=BigInteger)
    landed: int = Field(sa_type=BigInteger)
    credited: int = Field(sa_type=BigInteger)


class MovementDay(Movements, table=True):
    """What moved balances on one day, by the service and issue date of the invoices it moved."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index("movement_days_service", "clinic_no", "service_on"),
        Index("movement_days_issue", "clinic_no", "issued_on"),
        {"postgresql_with": {"fillfactor": 90}},
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    effective_on: date = Field(primary_key=True)
    currency: str = Field(primary_key=True, sa_type=CODE)
    service_on: date = Field(primary_key=True)
    issued_on: date = Field(primary_key=True)


class MovementTotal(Movements, table=True):
    """The same over all cohorts."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = ({"postgresql_with": {"fillfactor": 90}},)

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    effective_on: date = Field(primary_key=True)
    currency: str = Field(primary_key=True, sa_type=CODE)
