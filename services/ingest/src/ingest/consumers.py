"""Kafka inlet: takes `payment-intake` in, record by record judged like any other way in.

Offsets are committed only once the republished events, the dead letters of the refused ones and
the audit record are acknowledged. Failing that, the batch is read again: its events keep their
identity, so that sending one twice changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.message import StreamMessage

from careledger.errors import UnavailableError
from careledger.events.rejection import EventRejectedError
from careledger.events.topics import PAYMENT_INTAKE, PAYMENT_INTAKE_DLQ
from careledger.kafka_access import KafkaAccess, broker_security
from ingest.auditing import Actor, audit_record
from ingest.dead_letters import Record, addressed, letter_of
from ingest.fates import Arrival, Rejected, Tally
from ingest.header_names import accept_any_header_name
from ingest.parsing import parse_record
from ingest.parts import Parts
from ingest.sources.payloads import SourceEvent
from ingest.watching import ConsumerWatch

GROUP: Final = "ingest"
BATCH_RECORDS_MAX: Final = 500
_POLL_MILLISECONDS: Final = 20
_BACK_OFF_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_STUCK_SECONDS: Final = 60.0
_log = structlog.get_logger(__name__)


class IntakeInlet:
    """The consumer of `payment-intake`."""

    def __init__(self, kafka: KafkaAccess, prefix: str, parts: Parts) -> None:
        """Hand what comes to the intake; topics and group carry the installation's prefix."""
        self._intake = parts.intake
        self._audit = parts.audit
        self._publisher = parts.publisher
        self._letters = prefix + PAYMENT_INTAKE_DLQ.name
        self._failures = 0
        self._failing_since: float | None = None
        self.broker: Final = KafkaBroker(
            kafka.bootstrap,
            security=broker_security(kafka),
            client_id="ingest",
            consumer_only=True,
            allow_auto_create_topics=False,
            apply_types=False,
            logger=_framework_log(),
        )
        self.subscriber: Final = self.broker.subscriber(
            prefix + PAYMENT_INTAKE.name,
            batch=True,
            group_id=prefix + GROUP,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            batch_timeout_ms=_POLL_MILLISECONDS,
            max_records=BATCH_RECORDS_MAX,
            parser=_as_they_are,
            decoder=_records_of,
            no_reply=True,
        )
        self.subscriber(self.on_records)
        self._watch = ConsumerWatch(lambda: self.subscriber.consumer, self._start_anew)
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Join the consumer group.

        Raises:
            UnavailableError: if Kafka does not answer.
        """
        accept_any_header_name()
        try:
            await self.broker.start()
        except (KafkaError, OSError) as error:
            raise UnavailableError("Kafka does not answer") from error
        self._watching = asyncio.create_task(self._watch.run())

    async def stop(self) -> None:
        """Finish the batch at hand and leave the group."""
        if self._watching is not None:
            self._watching.cancel()
        await self.broker.stop()

    async def check(self) -> None:
        """Tell whether records are taken in.

        Raises:
            UnavailableError: if the same batch fails again and again.
        """
        since = self._failing_since
        if since is not None and time.monotonic() - since > _STUCK_SECONDS:
            raise UnavailableError("no record of payment-intake could be taken in for a minute")

    async def on_records(self, records: Sequence[Record]) -> None:
        """Take a batch in, or go back to its beginning after a pause; never skip a record."""
        try:
            await self._take(records)
        # FastStream swallows what a handler raises and goes on with the next batch.
        except Exception as error:  # noqa: BLE001
            self._failing_since = self._failing_since or time.monotonic()
            seconds = _BACK_OFF_SECONDS[min(self._failures, len(_BACK_OFF_SECONDS) - 1)]
            self._failures += 1
            _log.warning("intake_batch_again", error=type(error).__name__, wait_seconds=seconds)
            self._seek_back(records)
            await asyncio.sleep(seconds)
        else:
            self._failures = 0
            self._failing_since = None

    async def _take(self, records: Sequence[Record]) -> None:
        tally = Tally()
        arrivals = [Arrival(n, _read(record)) for n, record in enumerate(records)]
        fates = await self._intake.take(arrivals, tally)
        await self._publisher.publish(
            [
                addressed(letter_of(records[fate.line], fate), topic=self._letters)
                for fate in fates
                if isinstance(fate, Rejected)
            ]
        )
        await self._audit.write(
            audit_record(
                "events.received",
                "success" if tally.accepted else "failure",
                Actor(name=PAYMENT_INTAKE.name),
                resource=f"{PAYMENT_INTAKE.name} {' '.join(_spans(records))}",
                tally=tally,
            )
        )
        await self._commit(records)

    async def _commit(self, records: Sequence[Record]) -> None:
        ends = {TopicPartition(r.topic, r.partition): r.offset + 1 for r in records}
        try:
            await self._consumer().commit(ends)
        except KafkaError as error:
            # The partition moved to another member, which reads these records again.
            _log.info("intake_commit_failed", error=type(error).__name__)

    def _seek_back(self, records: Sequence[Record]) -> None:
        consumer = self._consumer()
        for record in reversed(records):
            where = TopicPartition(record.topic, record.partition)
            if where in consumer.assignment():
                consumer.seek(where, record.offset)

    async def _start_anew(self) -> None:
        await self.subscriber.stop()
        await self.subscriber.start()

    def _consumer(self) -> AIOKafkaConsumer:
        consumer = self.subscriber.consumer
        if consumer is None:
            raise UnavailableError("the consumer of payment-intake is stopped")
        return consumer


def _framework_log() -> logging.Logger:
    """Return a logger for FastStream; the one of its own name writes lines in colors."""
    logger = logging.getLogger("ingest.faststream")
    logger.setLevel(logging.ERROR)
    return logger


def _read(record: Record) -> SourceEvent | EventRejectedError:
    try:
        event = parse_record(record.headers, record.value)
    except EventRejectedError as error:
        return error
    if record.key != event.data.patient_id.encode():
        return EventRejectedError("key_mismatch", "the record's key must be the patient id")
    return event


def _spans(records: Sequence[Record]) -> list[str]:
    """Write which offsets a batch covers, as partition:first-last."""
    offsets: dict[int, list[int]] = {}
    for record in records:
        offsets.setdefault(record.partition, []).append(record.offset)
    return [f"{p}:{several[0]}-{several[-1]}" for p, several in sorted(offsets.items())]


# FastStream's own parser decodes the headers of a whole batch at once and drops the batch for one
# that is null or not UTF-8. It looks at the number of parameters: these take exactly one.
async def _as_they_are(records: tuple[Record, ...]) -> StreamMessage[tuple[Record, ...]]:
    return StreamMessage(raw_message=records, body=b"")


async def _records_of(message: StreamMessage[tuple[Record, ...]]) -> tuple[Record, ...]:
    return message.raw_message
