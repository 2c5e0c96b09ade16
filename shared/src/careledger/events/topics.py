"""Topics as data: who produces and consumes each, its key, its partitions and how long it keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal, NamedTuple

Service = Literal["ingest", "aggregator", "report-api", "pdf-worker", "partners"]


class Position(NamedTuple):
    """Where a record lies in its topic."""

    partition: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One Kafka topic: the agreement between those who write it and those who read it."""

    name: str
    says: str
    key: str
    producers: tuple[Service, ...]
    consumers: tuple[Service, ...]
    partitions: int
    retention: timedelta | None
    """None keeps records for ever."""

    def under(self, prefix: str) -> Topic:
        """Return the same agreement with a prefix before the name."""
        return replace(self, name=prefix + self.name)

    @property
    def settings(self) -> dict[str, str]:
        """The topic's settings as Kafka takes them; append time is the clock of every rule."""
        milliseconds = -1 if self.retention is None else int(self.retention.total_seconds() * 1000)
        return {
            "cleanup.policy": "delete",
            "message.timestamp.type": "LogAppendTime",
            "retention.ms": str(milliseconds),
        }


PAYMENT_INTAKE: Final = Topic(
    name="payment-intake",
    says="Events from partners with Kafka access, not yet screened; may hold patient names.",
    key="patient id",
    producers=("partners",),
    consumers=("ingest",),
    partitions=4,
    retention=timedelta(hours=24),
)
PAYMENT_EVENTS: Final = Topic(
    name="payment-events",
    says="Screened payment and invoice events: the log every figure is computed from.",
    key="patient id",
    producers=("ingest",),
    consumers=("aggregator",),
    partitions=4,
    retention=timedelta(days=396),
)
PAYMENT_EVENTS_DLQ: Final = Topic(
    name="payment-events-dlq",
    says="What the aggregator refused: reason, position, digest; never the payload.",
    key="position",
    producers=("aggregator",),
    consumers=(),
    partitions=1,
    retention=timedelta(days=396),
)
PAYMENT_INTAKE_DLQ: Final = Topic(
    name="payment-intake-dlq",
    says="What ingest refused of payment-intake: reason, position, digest; never the payload.",
    key="position",
    producers=("ingest",),
    consumers=("aggregator",),
    partitions=1,
    retention=timedelta(days=396),
)
AUDIT_EVENTS: Final = Topic(
    name="audit-events",
    says="Who did what, to which resource, when, from where, with which outcome.",
    key="record id",
    producers=("ingest", "aggregator", "report-api", "pdf-worker"),
    consumers=("aggregator",),
    partitions=1,
    retention=timedelta(days=396),
)
AUDIT_CHECKPOINTS: Final = Topic(
    name="audit-checkpoints",
    says="Signed statements of how long the audit log was and what its last hash was.",
    key="sequence",
    producers=("aggregator",),
    consumers=(),
    partitions=1,
    retention=None,
)
REPORT_UPDATES: Final = Topic(
    name="report-updates",
    says="Which clinics, reports and dates just changed, at which watermark; no figures.",
    key="clinic id",
    producers=("aggregator",),
    consumers=("report-api",),
    partitions=1,
    retention=timedelta(hours=24),
)
TOPICS: Final = (
    PAYMENT_INTAKE,
    PAYMENT_EVENTS,
    PAYMENT_EVENTS_DLQ,
    PAYMENT_INTAKE_DLQ,
    AUDIT_EVENTS,
    AUDIT_CHECKPOINTS,
    REPORT_UPDATES,
)
