"""Keeps what other services say: audit records in the sealed log, ingest's refusals in quarantine.

Their stored offsets move with what they write, as those of `payment-events` do.
"""

from __future__ import annotations

import msgspec

from aggregator import audit_log, quarantine
from aggregator.fence import Batch, BeginningOffset, move_past, pass_fence
from aggregator.judging import Record, Refused
from careledger.audit_chain.links import read_record
from careledger.events.dead_letters import DeadLetter
from careledger.events.rejection import EventRejectedError
from careledger.postgres import Connection


async def seal_audit_records(
    connection: Connection, batch: Batch, beginning: BeginningOffset
) -> dict[int, int]:
    """Append a batch of `audit-events` to the log; return the offsets stored behind it."""
    async with connection.transaction():
        fresh = await pass_fence(connection, batch, beginning)
        if fresh.records:
            contents, refused = _readable(fresh.records)
            await audit_log.append(connection, contents)
            if refused:
                await quarantine.store(connection, batch.topic, refused)
            await move_past(connection, batch, fresh)
    return {partition: span.next_offset for partition, span in fresh.spans.items()}


def _readable(records: list[Record]) -> tuple[list[bytes], list[Refused]]:
    contents: list[bytes] = []
    refused: list[Refused] = []
    for record in records:
        content = record.value or b""
        if _is_audit_record(content):
            contents.append(content)
        else:
            problem = EventRejectedError("body_invalid", "the record is no audit record")
            refused.append(Refused(record, problem))
    return contents, refused


def _is_audit_record(content: bytes) -> bool:
    try:
        return read_record(content).is_storable
    except msgspec.DecodeError:
        return False


async def keep_dead_letters(
    connection: Connection, batch: Batch, beginning: BeginningOffset
) -> dict[int, int]:
    """Put a batch of ingest's dead letters into quarantine; return the offsets stored behind it."""
    async with connection.transaction():
        fresh = await pass_fence(connection, batch, beginning)
        letters: list[DeadLetter] = []
        refused: list[Refused] = []
        for record in fresh.records:
            try:
                letters.append(msgspec.json.decode(record.value or b"", type=DeadLetter))
            except msgspec.DecodeError:
                problem = EventRejectedError("body_invalid", "the record is no dead letter")
                refused.append(Refused(record, problem))
        if letters:
            await quarantine.keep(connection, letters)
        if refused:
            await quarantine.store(connection, batch.topic, refused)
        if fresh.records:
            await move_past(connection, batch, fresh)
    return {partition: span.next_offset for partition, span in fresh.spans.items()}
