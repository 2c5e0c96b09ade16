"""Lays an oracle's log into a real database through the aggregator's own apply path.

Every log gets clinics, sources and offsets of its own, so that many histories share one database
without meeting.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import msgspec
from aiokafka import ConsumerRecord

from aggregator import ledger, positions
from aggregator.apply import apply_batch
from aggregator.clinics import Defaults
from aggregator.fence import Batch
from careledger.events.envelope import Envelope, to_headers
from careledger.postgres import SCHEMA, Connection
from support.oracle.facts import Clinic
from support.oracle.log import LogRecord

TOPIC = "payment-events"
CLUSTER = "cluster-of-tests"
DEFAULTS = Defaults(time_zone="UTC", terms_days=30)
SESSION = {"search_path": SCHEMA, "timezone": "UTC", **ledger.SESSION_SETTINGS}


@dataclass
class AppliedLog:
    """One history in the database, under names of its own; without a name as it is told."""

    connection: Connection
    clinics: Mapping[str, Clinic]
    name: str = field(default_factory=lambda: token_hex(5))
    base: dict[int, int] = field(default_factory=dict[int, int])
    """Of each partition, the offset at which this log starts."""

    async def start(self) -> None:
        """Register the clinics and find where the log starts."""
        await self.register_clinics()
        self.base = await positions.stored_offsets(self.connection, TOPIC, list(range(4)), CLUSTER)

    async def register_clinics(self) -> None:
        """Register the clinics with their zones and terms."""
        for clinic_id, clinic in self.clinics.items():
            await self.connection.execute(
                """
                WITH added AS (INSERT INTO clinics (clinic_id) VALUES ($1) RETURNING clinic_no)
                INSERT INTO clinic_versions
                    (clinic_no, valid_from, time_zone, terms_days, recorded_by)
                SELECT clinic_no, '-infinity', $2, $3, 'test' FROM added
                """,
                self.scoped(clinic_id),
                clinic.zone,
                clinic.terms_days,
            )

    def scoped(self, clinic_id: str) -> str:
        """Return the clinic id under which this log's events are told."""
        return f"{self.name}.{clinic_id}" if self.name else clinic_id

    def plain(self, clinic_id: str) -> str:
        """Return the clinic id as the history has it."""
        return clinic_id.removeprefix(f"{self.name}.") if self.name else clinic_id

    async def apply(
        self, batches: Iterable[Sequence[LogRecord]], stands: dict[int, int] | None = None
    ) -> None:
        """Apply batches as consumers would deliver them that stand somewhere, or at the start."""
        stands = dict(self.base) if stands is None else stands
        for batch in batches:
            records = [self._record(one) for one in batch]
            if not records:
                continue
            await apply_batch(
                self.connection,
                Batch(
                    topic=TOPIC,
                    cluster_id=CLUSTER,
                    records=records,
                    consumer_positions={r.partition: stands[r.partition] for r in records},
                    ends=defaultdict(lambda: 1 << 60),
                    fetched_at=datetime.now(UTC),  # noqa: TID251 - not part of any figure
                ),
                defaults=DEFAULTS,
                beginning=_nothing_lost,
            )
            for record in records:
                stands[record.partition] = record.offset + 1

    def _record(self, one: LogRecord) -> ConsumerRecord[bytes | None, bytes | None]:
        event = msgspec.structs.replace(one.event, clinic_id=self.scoped(one.event.clinic_id))
        envelope = Envelope(id=one.id, source=self.scoped(one.source), type=one.type, time=one.time)
        return ConsumerRecord(
            topic=TOPIC,
            partition=one.partition,
            offset=self.base[one.partition] + one.offset,
            timestamp=int(one.appended_at.timestamp() * 1000),
            timestamp_type=1,
            key=event.patient_id.encode(),
            value=msgspec.json.encode(event),
            checksum=None,
            serialized_key_size=0,
            serialized_value_size=0,
            headers=tuple(to_headers(envelope)),
        )

    async def rows(self, statement: str, *arguments: object) -> list[dict[str, Any]]:
        """Fetch rows of this log's clinics: `$1` is the list of their numbers."""
        numbers = [
            row["clinic_no"]
            for row in await self.connection.fetch(
                "SELECT clinic_no FROM clinics WHERE clinic_id LIKE $1", self.scoped("%")
            )
        ]
        return [dict(row) for row in await self.connection.fetch(statement, numbers, *arguments)]

    def offsets(self, watermark: Mapping[int, int] | None) -> list[int]:
        """Return a watermark of the history as offsets of partitions 0 to 3."""
        if watermark is None:
            return [1 << 60] * 4
        return [self.base[part] + watermark.get(part, 0) for part in range(4)]


async def _nothing_lost(_partition: int) -> int:
    return 0


async def prepare(connection: Connection) -> None:
    """Make a connection ready to apply batches."""
    await ledger.prepare_connection(connection)
