"""What leaves after commit: report updates at once, dead letters until they are sent."""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import msgspec
import structlog

from aggregator.apply import Applied
from careledger.errors import UnavailableError
from careledger.events.dead_letters import DeadLetter
from careledger.events.topics import PAYMENT_EVENTS, PAYMENT_EVENTS_DLQ, REPORT_UPDATES
from careledger.events.updates import ReportUpdate
from careledger.postgres import Connection
from careledger.publisher import Outgoing, Publisher

log = structlog.get_logger()

_AT_ONCE: Final = 1_000

_TAKE_DEAD: Final = """
SELECT quarantine_id, topic, kafka_partition, kafka_offset, recorded_at, reason, problem, digest,
    source, event_id, event_type, fields
FROM quarantine
WHERE NOT dead_lettered AND topic = $2
ORDER BY quarantine_id LIMIT $1 FOR UPDATE SKIP LOCKED
"""

_SENT_DEAD: Final = "UPDATE quarantine SET dead_lettered = true WHERE quarantine_id = ANY($1)"


class Announcements:
    """The aggregator's way out to Kafka."""

    def __init__(self, publisher: Publisher, topic_prefix: str) -> None:
        self._publisher = publisher
        self._prefix = topic_prefix
        self._telling: set[asyncio.Task[None]] = set()

    def report_updates(self, applied: Applied) -> None:
        """Tell live pages which clinics and dates a committed batch changed; waits for nobody."""
        watermark = ",".join(f"{part}:{offset}" for part, offset in applied.watermark.items())
        updates = [
            ReportUpdate(
                clinic_id=clinic_id,
                reports=("revenue", "patients", "outstanding"),
                first_date=first,
                last_date=last,
                watermark=watermark,
            )
            for clinic_id, (first, last) in applied.changed.items()
        ]
        if updates:
            task = asyncio.create_task(self._tell(updates))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell(self, updates: list[ReportUpdate]) -> None:
        topic = self._prefix + REPORT_UPDATES.name
        try:
            await self._publisher.publish(
                [
                    Outgoing(topic, update.clinic_id.encode(), msgspec.json.encode(update), [])
                    for update in updates
                ]
            )
        except UnavailableError:
            # The figures are there; only the hint to look again is lost.
            log.info("report_updates_not_told", updates=len(updates))

    async def relay_dead_letters(self, connection: Connection) -> int:
        """Send what went to quarantine to the dead-letter topic; return how many."""
        async with connection.transaction():
            rows = await connection.fetch(_TAKE_DEAD, _AT_ONCE, PAYMENT_EVENTS.name)
            await self._publisher.publish([self._letter(row) for row in rows])
            await connection.execute(_SENT_DEAD, [row["quarantine_id"] for row in rows])
        return len(rows)

    def _letter(self, row: asyncpg.Record) -> Outgoing:
        letter = DeadLetter(
            topic=row["topic"],
            partition=row["kafka_partition"],
            offset=row["kafka_offset"],
            recorded_at=row["recorded_at"],
            reason=row["reason"],
            problem=row["problem"],
            digest=row["digest"],
            source=row["source"],
            event_id=row["event_id"],
            event_type=row["event_type"],
            fields=msgspec.json.decode(row["fields"]),
        )
        key = f"{letter.partition}:{letter.offset}".encode()
        return Outgoing(
            self._prefix + PAYMENT_EVENTS_DLQ.name, key, msgspec.json.encode(letter), []
        )
