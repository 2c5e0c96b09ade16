"""Judges a refused record again, with some fields put right, and publishes it if it passes."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Final

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from careledger.control import ReplayAnswer, ReplayRequest
from careledger.errors import UnavailableError
from careledger.events.payments import EVENT_TYPES
from careledger.events.rejection import EventRejectedError
from careledger.kafka_access import connection_options
from ingest.auditing import Actor, audit_record
from ingest.fates import Arrival, Rejected, Tally
from ingest.parsing import parse_record
from ingest.parts import Parts
from ingest.settings import IngestSettings

_TIMEOUT_SECONDS: Final = 8.0
_NEVER_CORRECTED: Final = frozenset({"name_tokens", "patient_name"})
FIELDS: Final = (
    frozenset(name for struct in EVENT_TYPES.values() for name in struct.__struct_fields__)
    - _NEVER_CORRECTED
)
"""The fields that may be put right: those of the vocabulary."""


class Replays:
    """The use case of replaying what was refused."""

    def __init__(self, parts: Parts, settings: IngestSettings) -> None:
        """Read from Kafka, publish through the intake."""
        self._parts = parts
        self._settings = settings

    async def replay(self, wanted: ReplayRequest) -> ReplayAnswer | None:
        """Replay a record; return None if Kafka does not hold it any more.

        Raises:
            UnavailableError: if Kafka does not answer.
        """
        record = await self._read(wanted)
        value: bytes | None = None if record is None else record.value
        if record is None or hashlib.sha256(value or b"").hexdigest() != wanted.digest:
            return None
        try:
            event = parse_record(record.headers, _corrected(value or b"", wanted.corrections))
        except EventRejectedError as error:
            return ReplayAnswer(problem=error.problem)
        tally = Tally()
        (fate,) = await self._parts.intake.take([Arrival(1, event)], tally)
        if isinstance(fate, Rejected):
            return ReplayAnswer(problem=fate.problem)
        actor = Actor(name=wanted.by, kind="user")
        where = f"{wanted.topic} {wanted.partition}:{wanted.offset}"
        await self._parts.audit.write(
            audit_record("events.received", "success", actor, resource=where, tally=tally)
        )
        return ReplayAnswer(became=f"{fate.partition}:{fate.offset}")

    async def _read(self, wanted: ReplayRequest) -> Any:  # noqa: ANN401 - a record of aiokafka, or None
        where = TopicPartition(self._settings.kafka_topic_prefix + wanted.topic, wanted.partition)
        consumer: Any = AIOKafkaConsumer(
            **connection_options(self._settings.kafka),
            enable_auto_commit=False,
            auto_offset_reset="none",
        )
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                await consumer.start()
                consumer.assign([where])
                first = (await consumer.beginning_offsets([where]))[where]
                end = (await consumer.end_offsets([where]))[where]
                if not first <= wanted.offset < end:
                    return None
                consumer.seek(where, wanted.offset)
                record = await consumer.getone(where)
        except (KafkaError, OSError, TimeoutError) as error:
            raise UnavailableError("Kafka does not answer") from error
        finally:
            await consumer.stop()
        return record if record.offset == wanted.offset else None


def _corrected(value: bytes, corrections: dict[str, str | int]) -> bytes:
    unknown = sorted(corrections.keys() - FIELDS)
    if unknown:
        raise EventRejectedError("field_invalid", "a correction is of no field of the vocabulary")
    if not corrections:
        return value
    try:
        members = msgspec.json.decode(value, type=dict[str, Any])
    except msgspec.DecodeError:
        raise EventRejectedError("body_invalid", "the record is no JSON object") from None
    return msgspec.json.encode({**members, **corrections})
