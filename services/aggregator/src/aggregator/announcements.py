"""What leaves after commit: report updates at once, audit records and dead letters until sent."""

from __future__ import annotations

from typing import Final

import msgspec
from aiokafka import AIOKafkaProducer

from aggregator.apply import Applied
from careledger.events.dead_letters import DeadLetter
from careledger.events.topics import (
    AUDIT_EVENTS,
    PAYMENT_EVENTS,
    PAYMENT_EVENTS_DLQ,
    REPORT_UPDATES,
)
from careledger.events.updates import ReportUpdate
from careledger.postgres import Connection

_AT_ONCE: Final = 1_000

# Whoever relays holds the rows until they are sent and removed, so two relays never send the same
# record in the common case and none is ever missed: rows committed late are simply found later.
_TAKE_AUDIT: Final = """
SELECT record_id, record FROM audit_outbox
ORDER BY record_id LIMIT $1 FOR UPDATE SKIP LOCKED
"""

_SENT_AUDIT: Final = "DELETE FROM audit_outbox WHERE record_id = ANY($1::text[])"

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

    def __init__(self, producer: AIOKafkaProducer, topic_prefix: str) -> None:
        self._producer = producer
        self._prefix = topic_prefix

    async def report_updates(self, applied: Applied) -> None:
        """Tell live pages which clinics and dates a committed batch changed."""
        watermark = ",".join(f"{part}:{offset}" for part, offset in applied.watermark.items())
        for clinic_id, (first, last) in applied.changed.items():
            update = ReportUpdate(
                clinic_id=clinic_id,
                reports=("revenue", "patients", "outstanding"),
                first_date=first,
                last_date=last,
                watermark=watermark,
            )
            await self._producer.send(
                self._prefix + REPORT_UPDATES.name,
                key=clinic_id.encode(),
                value=msgspec.json.encode(update),
            )

    async def relay_audit(self, connection: Connection) -> int:
        """Send waiting audit records and remove what Kafka acknowledged; return how many.

        A crash in between sends some twice; the log takes each record id once.
        """
        async with connection.transaction():
            rows = await connection.fetch(_TAKE_AUDIT, _AT_ONCE)
            if not rows:
                return 0
            sent = [
                await self._producer.send(
                    self._prefix + AUDIT_EVENTS.name,
                    key=row["record_id"].encode(),
                    value=row["record"],
                )
                for row in rows
            ]
            for acknowledged in sent:
                await acknowledged
            await connection.execute(_SENT_AUDIT, [row["record_id"] for row in rows])
        return len(rows)

    async def relay_dead_letters(self, connection: Connection) -> int:
        """Send what went to quarantine to the dead-letter topic; return how many."""
        async with connection.transaction():
            rows = await connection.fetch(_TAKE_DEAD, _AT_ONCE, PAYMENT_EVENTS.name)
            for row in rows:
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
                await self._producer.send_and_wait(
                    self._prefix + PAYMENT_EVENTS_DLQ.name,
                    key=f"{letter.partition}:{letter.offset}".encode(),
                    value=msgspec.json.encode(letter),
                )
            await connection.execute(_SENT_DEAD, [row["quarantine_id"] for row in rows])
        return len(rows)
