"""The ledger, append-only: identities, entries, moves, and the parents that entries wait for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, text
from sqlalchemy.dialects.postgresql import ENUM
from sqlmodel import Field

from careledger.database_roles import DatabaseService
from careledger.events.topics import Service
from careledger.tables.declaration import CODE, GIVEN, INSTANT, JSON, SCHEMA, Table

ENTRY_KIND: Final[Any] = ENUM(
    "charge",
    "adjustment",
    "write_off",
    "void",
    "payment",
    "correction",
    "refund",
    "chargeback",
    "chargeback_reversal",
    "fee",
    "allocation",
    "pending",
    "failed",
    "responsibility",
    "due_date",
    "sent_to_collections",
    "recalled_from_collections",
    "patient",
    name="entry_kind",
    schema=SCHEMA,
)
PLACEMENT: Final[Any] = ENUM("none", "credit", "invoice", name="placement", schema=SCHEMA)
MOVE_EFFECT: Final[Any] = ENUM(
    "counted",
    "landed",
    "counted_and_landed",
    "applied",
    "mirrored",
    "dimension_out",
    "dimension_in",
    name="move_effect",
    schema=SCHEMA,
)
PARENT_KIND: Final[Any] = ENUM("payment", "invoice", name="parent_kind", schema=SCHEMA)


class Identity(Table, table=True):
    """An identity ever accepted, of an event or of a fact; it outlives the data."""

    writer: ClassVar[Service] = "aggregator"
    append_only: ClassVar[bool] = True
    named: ClassVar[str] = "identities"

    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    content: bytes = Field(sa_type=LargeBinary)


class LedgerEntry(Table, table=True):
    """What one accepted event says, with one position and one business date; never changed."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    append_only: ClassVar[bool] = True
    removable: ClassVar[bool] = True
    named: ClassVar[str] = "ledger"
    # The table has no key: position and leg are unique because identities and the fence are.
    __mapper_args__: ClassVar[dict[str, list[str]]] = {
        "primary_key": ["kafka_partition", "kafka_offset", "leg"]
    }
    __table_args__ = (
        Index("ledger_patient", "patient_id", "clinic_no", "business_date"),
        Index("ledger_day", "clinic_no", "business_date"),
        Index(
            "ledger_batch",
            "batch_no",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32},
        ),
        Index(
            "ledger_doubtful",
            "clinic_no",
            "kind",
            "payment_id",
            postgresql_where=text("kind = 'failed' OR (kind = 'allocation' AND leg = 2)"),
        ),
        Index(
            "ledger_write_offs",
            "clinic_no",
            "invoice_id",
            postgresql_where=text("kind = 'write_off'"),
        ),
        {"postgresql_partition_by": "RANGE (business_date)"},
    )

    batch_no: int = Field(sa_type=BigInteger)
    kafka_offset: int = Field(sa_type=BigInteger)
    occurred_at: datetime = Field(sa_type=INSTANT)
    amount: int | None = Field(default=None, sa_type=BigInteger)
    clinic_no: int
    business_date: date
    kind: str = Field(sa_type=ENTRY_KIND)
    placement: str = Field(sa_type=PLACEMENT)
    kafka_partition: int = Field(sa_type=SmallInteger)
    leg: int = Field(sa_type=SmallInteger)
    service_date: date | None = None
    due_on: date | None = None
    received_at: datetime | None = Field(default=None, sa_type=INSTANT)
    currency: str | None = Field(default=None, sa_type=CODE)
    source: str = Field(sa_type=CODE)
    event_id: str = Field(sa_type=CODE)
    patient_id: str = Field(sa_type=CODE)
    payment_id: str | None = Field(default=None, sa_type=CODE)
    invoice_id: str | None = Field(default=None, sa_type=CODE)
    fact_id: str | None = Field(default=None, sa_type=CODE)
    method: str | None = Field(default=None, sa_type=CODE)
    payer_type: str | None = Field(default=None, sa_type=CODE)
    provider: str | None = Field(default=None, sa_type=CODE)
    category: str | None = Field(default=None, sa_type=CODE)
    reason: str | None = Field(default=None, sa_type=CODE)
    installments: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)


class LedgerMove(Table, table=True):
    """What a parent that came later does to an entry recorded before; never changed."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")
    append_only: ClassVar[bool] = True
    removable: ClassVar[bool] = True
    __mapper_args__: ClassVar[dict[str, list[str]]] = {
        "primary_key": ["kafka_partition", "kafka_offset", "source", "event_id", "leg", "effect"]
    }
    __table_args__ = (
        Index("ledger_moves_patient", "patient_id", "clinic_no"),
        Index("ledger_moves_day", "clinic_no", "effective_on"),
        Index("ledger_moves_batch", "batch_no", postgresql_using="brin"),
    )

    batch_no: int = Field(sa_type=BigInteger)
    kafka_offset: int = Field(sa_type=BigInteger)
    amount: int = Field(sa_type=BigInteger)
    clinic_no: int
    effective_on: date
    business_date: date
    effect: str = Field(sa_type=MOVE_EFFECT)
    kind: str = Field(sa_type=ENTRY_KIND)
    kafka_partition: int = Field(sa_type=SmallInteger)
    leg: int = Field(sa_type=SmallInteger)
    currency: str = Field(sa_type=CODE)
    source: str = Field(sa_type=CODE)
    event_id: str = Field(sa_type=CODE)
    patient_id: str = Field(sa_type=CODE)
    payment_id: str | None = Field(default=None, sa_type=CODE)
    invoice_id: str | None = Field(default=None, sa_type=CODE)
    method: str | None = Field(default=None, sa_type=CODE)
    payer_type: str | None = Field(default=None, sa_type=CODE)
    provider: str | None = Field(default=None, sa_type=CODE)
    category: str | None = Field(default=None, sa_type=CODE)
    reason: str | None = Field(default=None, sa_type=CODE)


class AwaitedParent(Table, table=True):
    """A payment or invoice that entries of a patient name and that is not known yet."""

    writer: ClassVar[Service] = "aggregator"
    readers: ClassVar[tuple[DatabaseService, ...]] = ("report-api", "pdf-worker")

    clinic_no: int = Field(primary_key=True, sa_column_kwargs=GIVEN)
    parent: str = Field(primary_key=True, sa_type=PARENT_KIND)
    parent_id: str = Field(primary_key=True, sa_type=CODE)
    patient_id: str = Field(primary_key=True, sa_type=CODE)
