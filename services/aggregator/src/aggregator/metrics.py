"""What Prometheus may know of the audit: what waits, how long, how far it is sealed and signed."""

from __future__ import annotations

from typing import Final, get_args

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from aggregator import audit_log, verifications
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
_VERIFIED_AT: Final = Gauge(
    "careledger_audit_verified_timestamp_seconds",
    "When the last verification of the log ended, in seconds since 1970; 0 if none has.",
    registry=REGISTRY,
)
_VERIFIED_SECONDS: Final = Gauge(
    "careledger_audit_verification_seconds", "How long it took.", registry=REGISTRY
)
_VERIFIED_THROUGH: Final = Gauge(
    "careledger_audit_verified_sequence", "The last record it verified.", registry=REGISTRY
)
_VERDICT: Final = Gauge(
    "careledger_audit_verdict",
    "1 for the verdict it ended with.",
    ["verdict"],
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
    await _read_verification(connection)
    return generate_latest(REGISTRY)


async def _read_verification(connection: Connection) -> None:
    last = await verifications.last(connection)
    for verdict in get_args(verifications.Verdict):
        _VERDICT.labels(verdict).set(last is not None and last.verdict == verdict)
    if last is not None:
        _VERIFIED_AT.set(last.ended_at.timestamp())
        _VERIFIED_SECONDS.set((last.ended_at - last.started_at).total_seconds())
        _VERIFIED_THROUGH.set(last.through_sequence)
