"""Balances of past days and movements by cohort: filled behind the log, not in its transaction."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from sqlalchemy import BigInteger, Index, PrimaryKeyConstraint, SmallInteger, text
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


def _key(day: str) -> PrimaryKeyConstraint:
    """Return the key of sums of a kind of day; they are read from it alone."""
    return PrimaryKeyConstraint(
        "clinic_no",
        "basis",
        day,
        "currency",
        "aged_on",
        "payer_type",
        "in_collections",
        postgresql_include=["amount", "count", "negative_amount", "negative_count"],
    )


class BalanceDay(Balances, table=True):
    """By how much one day changed a balance."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (_key("effective_on"), {"postgresql_with": {"fillfactor": 90}})

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
    __table_args__ = (_key("month_end"), {"postgresql_with": {"fillfactor": 90}})

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


class LegSum(Table, table=True):
    """Legs of one kind summed per day and value of a part: all, flow, or a dimension."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        # A range of days is read from the key alone.
        PrimaryKeyConstraint(
            "clinic_no",
            "part",
            "value",
            "currency",
            "kind",
            "day",
            "counted_group",
            "is_mirror",
            postgresql_include=["amount", "count"],
        ),
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    part: str = Field(primary_key=True, sa_type=CODE)
    value: str = Field(primary_key=True, sa_type=CODE)
    currency: str = Field(primary_key=True, sa_type=CODE)
    kind: str = Field(primary_key=True, sa_type=CODE)
    day: date = Field(primary_key=True)
    counted_group: str = Field(primary_key=True, sa_type=CODE)
    is_mirror: bool = Field(primary_key=True)
    amount: int = Field(sa_type=BigInteger)
    count: int = Field(sa_type=BigInteger)


_OPEN: Final = text("balance > 0")


class UnsettledReceivable(Table, table=True):
    """Where a receivable that was open or overpaid stands in the orders of lists."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index("unsettled_receivables_balance", "clinic_no", "balance", "invoice_id"),
        Index(
            "unsettled_receivables_issued",
            "clinic_no",
            "issued_on",
            "invoice_id",
            postgresql_where=_OPEN,
        ),
        Index(
            "unsettled_receivables_patient",
            "clinic_no",
            "patient_id",
            "invoice_id",
            postgresql_where=_OPEN,
        ),
        Index(
            "unsettled_receivables_collection",
            "clinic_no",
            "due_on",
            "invoice_id",
            postgresql_where=text("balance > 0 AND in_collections"),
        ),
        Index(
            "unsettled_receivables_overpaid",
            "clinic_no",
            "due_on",
            "invoice_id",
            postgresql_where=text("balance < 0"),
        ),
        {"postgresql_with": {"fillfactor": 90}},
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    invoice_id: str = Field(primary_key=True, sa_type=CODE)
    issued_on: date
    due_on: date
    balance: int = Field(sa_type=BigInteger)
    in_collections: bool
    patient_id: str = Field(sa_type=CODE)
