"""What Prometheus may know of the audit: what waits, how long, how far it is sealed and signed."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from aggregator import audit_log
from aggregator.checkpoints import Checkpoints
from aggregator.relay import waiting
from careledger.postgres import Connection

REGISTRY: Final = CollectorRegistry()
_WAITING: Final = Gauge(
    "careledger_audit_outbox_records",
    "Audit records that wait for Kafka; of very many the first 100 000.",
    registry=REGISTRY,
)
_OLDEST: Final = Gauge(
    "careledger_audit_outbox_oldest_seconds", "How long the oldest waits.", registry=REGISTRY
)
_SEALED: Final = Gauge(
    "careledger_audit_log_sequence", "The last record of the sealed log.", registry=REGISTRY
)
_SIGNED: Final = Gauge(
    "careledger_audit_checkpoint_sequence",
    "The last record that this process knows a signed checkpoint of.",
    registry=REGISTRY,
)
_BROKEN: Final = Gauge(
    "careledger_audit_log_broken",
    "1 if the log is not the one that was signed, or shorter.",
    registry=REGISTRY,
)


async def exposition(connection: Connection, checkpoints: Checkpoints) -> bytes:
    """Return the metrics as they are now, in Prometheus' text format."""
    behind = await waiting(connection)
    _WAITING.set(behind.records)
    _OLDEST.set(behind.oldest_seconds)
    _SEALED.set((await audit_log.head_of(connection)).sequence)
    _SIGNED.set(checkpoints.signed_sequence)
    _BROKEN.set(checkpoints.problem is not None)
    return generate_latest(REGISTRY)
