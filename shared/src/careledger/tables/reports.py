"""State and report tables, folded from the ledger in the transaction of each batch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, SmallInteger, text
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, JSON, NO, ZERO, Table


class Payment(Table, table=True):
    """State of a succeeded payment; `credit` is what has not landed on an invoice."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index(
            "payments_credit",
            "clinic_no",
            "currency",
            "business_date",
            postgresql_include=["credit", "payer_type"],
            postgresql_where=text("credit <> 0"),
        ),
        Index(
            "payments_over_returned",
            "clinic_no",
            "patient_id",
            postgresql_where=text("amount + corrections - refunds - withdrawn + reinstated < 0"),
        ),
        {"postgresql_with": {"fillfactor": 90}},
    )

    kafka_offset: int = Field(sa_type=BigInteger)
    amount: int = Field(sa_type=BigInteger)
    corrections: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    refunds: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    withdrawn: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    reinstated: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    credit: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    received_at: datetime = Field(sa_type=INSTANT)
    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    business_date: date
    kafka_partition: int = Field(sa_type=SmallInteger)
    currency: str = Field(sa_type=CODE)
    payment_id: str = Field(primary_key=True, sa_type=CODE)
    patient_id: str = Field(sa_type=CODE)
    method: str = Field(sa_type=CODE)
    payer_type: str | None = Field(default=None, sa_type=CODE)
    invoice_id: str | None = Field(default=None, sa_type=CODE)


class OutstandingPayment(Table, table=True):
    """State of an issued invoice; `balance` is what it still asks, below zero what was overpaid."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index(
            "outstanding_payments_due",
            "clinic_no",
            "due_on",
            "invoice_id",
            postgresql_where=text("is_open"),
        ),
        Index(
            "outstanding_payments_plans",
            "clinic_no",
            "due_on",
            "invoice_id",
            postgresql_where=text("is_open AND installments IS NOT NULL"),
        ),
        {"postgresql_with": {"fillfactor": 80}},
    )

    kafka_offset: int = Field(sa_type=BigInteger)
    charge: int = Field(sa_type=BigInteger)
    adjustments: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    written_off: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    landed: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=ZERO)
    balance: int = Field(sa_type=BigInteger)
    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    issued_on: date
    service_date: date | None = None
    due_on: date
    voided_on: date | None = None
    void_offset: int | None = Field(default=None, sa_type=BigInteger)
    kafka_partition: int = Field(sa_type=SmallInteger)
    in_collections: bool = Field(default=False, sa_column_kwargs=NO)
    is_open: bool
    currency: str = Field(sa_type=CODE)
    payer_type: str = Field(sa_type=CODE)
    issued_payer_type: str = Field(sa_type=CODE)
    invoice_id: str = Field(primary_key=True, sa_type=CODE)
    patient_id: str = Field(sa_type=CODE)
    provider: str | None = Field(default=None, sa_type=CODE)
    category: str | None = Field(default=None, sa_type=CODE)
    installments: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    due_key: str | None = Field(default=None, sa_type=CODE)
    payer_key: str | None = Field(default=None, sa_type=CODE)
    collections_key: str | None = Field(default=None, sa_type=CODE)


class ReceivableByDueDate(Table, table=True):
    """Open receivables summed per due date; `shard` keeps concurrent writers apart."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    named: ClassVar[str] = "receivables_by_due_date"
    __table_args__ = (
        Index("receivables_by_due_date_apart", "shard", postgresql_where=text("shard > 0")),
        {"postgresql_with": {"fillfactor": 70}},
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    currency: str = Field(primary_key=True, sa_type=CODE)
    due_on: date = Field(primary_key=True)
    payer_type: str = Field(primary_key=True, sa_type=CODE)
    in_collections: bool = Field(primary_key=True)
    shard: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    amount: int = Field(sa_type=BigInteger)
    count: int = Field(sa_type=BigInteger)
    overpaid_amount: int = Field(sa_type=BigInteger)
    overpaid_count: int = Field(sa_type=BigInteger)


class RevenueFigures(Table):
    """The figures of revenue, the same in both grains."""

    gross_payments: int = Field(sa_type=BigInteger)
    payment_count: int = Field(sa_type=BigInteger)
    refunds: int = Field(sa_type=BigInteger)
    refund_count: int = Field(sa_type=BigInteger)
    chargebacks: int = Field(sa_type=BigInteger)
    payment_corrections: int = Field(sa_type=BigInteger)
    processor_fees: int = Field(sa_type=BigInteger)
    charges: int = Field(sa_type=BigInteger)
    charge_count: int = Field(sa_type=BigInteger)
    charge_corrections: int = Field(sa_type=BigInteger)
    contractual_adjustments: int = Field(sa_type=BigInteger)
    other_adjustments: int = Field(sa_type=BigInteger)
    voids: int = Field(sa_type=BigInteger)
    write_offs: int = Field(sa_type=BigInteger)


class RevenueDailyTotal(RevenueFigures, table=True):
    """Revenue of a business date, clinic and currency."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index("revenue_daily_totals_apart", "shard", postgresql_where=text("shard > 0")),
        {"postgresql_with": {"fillfactor": 70}},
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    currency: str = Field(primary_key=True, sa_type=CODE)
    business_date: date = Field(primary_key=True)
    shard: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)


class RevenueMetric(RevenueFigures, table=True):
    """The same per combination of dimensions."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    __table_args__ = (
        Index("revenue_metrics_apart", "shard", postgresql_where=text("shard > 0")),
        {"postgresql_with": {"fillfactor": 80}},
    )

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    business_date: date = Field(primary_key=True)
    shard: int = Field(primary_key=True, sa_type=SmallInteger, sa_column_kwargs=GIVEN)
    currency: str = Field(primary_key=True, sa_type=CODE)
    method: str = Field(primary_key=True, sa_type=CODE)
    payer_type: str = Field(primary_key=True, sa_type=CODE)
    provider: str = Field(primary_key=True, sa_type=CODE)
    category: str = Field(primary_key=True, sa_type=CODE)
