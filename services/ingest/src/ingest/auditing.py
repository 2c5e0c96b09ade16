"""Audit records straight to their topic: an answer leaves only after its record is there.

Two kinds of record wait in memory instead, for at most a minute while Kafka answers: requests
without a valid token, counted per client address and minute, and what failed because Kafka did.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from careledger import clock, ids
from careledger.errors import UnavailableError
from careledger.events.audit import ActorKind, AuditAction, AuditOutcome, AuditRecord
from careledger.publisher import Outgoing, Publisher
from ingest.fates import Tally

SERVICE: Final = "ingest"
ADDRESSES_MAX: Final = 10_000
WAITING_MAX: Final = 10_000
_OTHERS: Final = "others"
_MINUTE: Final = timedelta(minutes=1)
_FLUSH_SECONDS: Final = 5.0
_log = structlog.get_logger(__name__)


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts, and through which request."""

    name: str
    kind: ActorKind = "source"
    remote: str | None = None
    request_id: str | None = None
    trace_id: str | None = None


def audit_record(
    action: AuditAction, outcome: AuditOutcome, actor: Actor, *, resource: str, tally: Tally
) -> AuditRecord:
    """Say who brought in what, just now.

    Args:
        action: what was done.
        outcome: how it ended.
        actor: who did it.
        resource: where it came in: a route, a topic with offsets, a file.
        tally: what became of it.
    """
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=clock.now(),
        service=SERVICE,
        action=action,
        outcome=outcome,
        actor_kind=actor.kind,
        actor=actor.name,
        resource=resource,
        clinic_ids=tuple(tally.clinics()),
        remote=actor.remote,
        request_id=actor.request_id,
        trace_id=actor.trace_id,
        details=tally.details(),
    )


class AuditTrail:
    """The way of audit records out of ingest."""

    def __init__(self, publisher: Publisher, topic: str) -> None:
        """Write to a topic through a publisher."""
        self._publisher = publisher
        self._topic = topic
        self._denials: dict[tuple[datetime, str], AuditRecord] = {}
        self._waiting: list[AuditRecord] = []

    async def write(self, record: AuditRecord) -> None:
        """Write one record and wait until it is safe.

        Raises:
            UnavailableError: if it is not; then the act it is about must not be answered.
        """
        await self._write([record])

    def write_later(self, record: AuditRecord) -> None:
        """Keep a record of what failed until Kafka takes it."""
        if len(self._waiting) >= WAITING_MAX:
            _log.error("audit_record_lost", record_id=record.id, action=record.action)
            return
        self._waiting.append(record)

    def waiting(self) -> list[AuditRecord]:
        """Return the records that wait for Kafka or for their minute to end."""
        return [*self._waiting, *self._denials.values()]

    def count_denial(self, remote: str) -> None:
        """Count one request without a valid token or signature."""
        minute = clock.now().replace(second=0, microsecond=0)
        if (minute, remote) not in self._denials and len(self._denials) >= ADDRESSES_MAX:
            remote = _OTHERS
        if (minute, remote) in self._denials:
            self._denials[minute, remote].count += 1
        else:
            self._denials[minute, remote] = _denial(minute, remote)

    async def run(self) -> None:
        """Write what waits, again and again, until canceled."""
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            try:
                await self.flush(clock.now() - _MINUTE)
            except UnavailableError:
                _log.warning("audit_records_wait", records=len(self.waiting()))

    async def flush(self, until: datetime) -> None:
        """Write the failures, and the denials of the minutes that began by an instant.

        Raises:
            UnavailableError: if Kafka does not take them; they go on waiting.
        """
        over = {key: record for key, record in self._denials.items() if key[0] <= until}
        failures = list(self._waiting)
        await self._write([*failures, *over.values()])
        del self._waiting[: len(failures)]
        for key in over:
            del self._denials[key]

    async def close(self) -> None:
        """Write what waits; what Kafka does not take now is lost, and the log says how much."""
        try:
            await self.flush(clock.now())
        except UnavailableError:
            _log.error("audit_records_lost", records=len(self.waiting()))

    async def _write(self, records: Sequence[AuditRecord]) -> None:
        await self._publisher.publish(
            [
                Outgoing(self._topic, record.id.encode(), msgspec.json.encode(record), _HEADERS)
                for record in records
            ]
        )


def _denial(minute: datetime, remote: str) -> AuditRecord:
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=minute,
        service=SERVICE,
        action="request.denied",
        outcome="denied",
        actor_kind="anonymous",
        actor="anonymous",
        resource="POST /v1/events",
        remote=remote,
    )


_HEADERS: Final = [("content-type", b"application/json")]
