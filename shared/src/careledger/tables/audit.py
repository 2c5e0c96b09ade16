"""The outbox of audit records: every service inserts, the aggregator relays and removes."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class AuditOutbox(SQLModel, table=True):
    """One audit record waiting for the relay; `record` is what `careledger.audit_trail` encodes."""

    __tablename__ = "audit_outbox"  # pyright: ignore[reportAssignmentType]
    __table_args__ = {"schema": "reporting"}

    record_id: str = Field(primary_key=True)
    record: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
