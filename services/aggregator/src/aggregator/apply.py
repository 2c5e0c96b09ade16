"""One batch, one transaction, once: the only place that commits money.

The order is what makes it exact: lock the stored offsets (the fence), drop what lies below them,
judge the rest, drop what was told before, write entries and reports, move the offsets, commit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from aggregator import ledger, quarantine
from aggregator.acceptance import Accepted, accept, sound_events
from aggregator.clinics import Defaults
from aggregator.fence import Batch, BeginningOffset, Fresh, Span, move_past, pass_fence
from aggregator.judging import Read, Record, Refused, read_or_refuse
from aggregator.limit import RefusalLimit
from aggregator.registry import known_clinics
from careledger import audit_trail, clock, ids
from careledger.events.audit import AuditRecord
from careledger.postgres import Connection

_ADD_BATCH: Final = """
INSERT INTO batches (
    batch_no, topic, kafka_partition, first_offset, next_offset, recorded_at, events, duplicates,
    quarantined
)
SELECT $1, $2, part.kafka_partition, part.first_offset, part.next_offset, $3, part.events,
    part.duplicates, part.quarantined
FROM unnest($4::smallint[], $5::bigint[], $6::bigint[], $7::integer[], $8::integer[], $9::integer[])
    AS part (kafka_partition, first_offset, next_offset, events, duplicates, quarantined)
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a committed batch did; `changed` maps clinic ids to first and last business date."""

    accepted: int
    duplicates: int
    quarantined: int
    changed: dict[str, tuple[date, date]]
    watermark: dict[int, int]


async def apply_batch(
    connection: Connection,
    batch: Batch,
    *,
    defaults: Defaults,
    beginning: BeginningOffset,
    limit: RefusalLimit | None = None,
) -> Applied:
    """Apply a batch in one transaction and return what it did.

    Args:
        connection: prepared by `ledger.prepare_connection`, outside a transaction.
        batch: the records as fetched.
        defaults: zone and terms of clinics that their first event registers.
        beginning: asks the broker for a partition's beginning offset.
        limit: of refused records; None for none.

    Raises:
        RecordsSkippedError: the consumer must seek back to the stored offsets.
        TooManyRefusedError: the limit of refused records is passed; nothing was applied.
        LogBrokenError: records were lost to retention, or the log is another one: stop and alert.
        asyncpg.PostgresError: nothing was applied; a deadlock, a serialization error or a race
            for an identity may be tried again.
    """
    async with connection.transaction():
        fresh = await pass_fence(connection, batch, beginning)
        accepted = Accepted()
        count = None
        if fresh.records:
            await _judge(connection, fresh.records, defaults, accepted)
            count = None if limit is None else limit.judge(fresh.records, accepted.refused)
            await _write(connection, batch, fresh, accepted)
    if limit is not None and count is not None:
        limit.keep(count)
    return Applied(
        accepted=accepted.events.total(),
        duplicates=accepted.duplicates.total(),
        quarantined=len(accepted.refused),
        changed=accepted.changed,
        watermark={partition: span.next_offset for partition, span in fresh.spans.items()},
    )


async def _judge(
    connection: Connection, fresh: list[Record], defaults: Defaults, accepted: Accepted
) -> None:
    readable: list[Read] = []
    for record in fresh:
        item = read_or_refuse(record)
        (accepted.refused if isinstance(item, Refused) else readable).append(item)  # pyright: ignore[reportArgumentType]
    clinics = await known_clinics(connection, {r.event.clinic_id for r in readable}, defaults)
    sound = sound_events(readable, clinics, accepted)
    keys = [key for _, identity, *_ in sound for key in (identity.event, identity.fact) if key]
    accept(sound, await ledger.known_identities(connection, keys), accepted)


async def _write(connection: Connection, batch: Batch, fresh: Fresh, accepted: Accepted) -> None:
    spans = fresh.spans
    refused = Counter(item.record.partition for item in accepted.refused)
    batch_no: int = await connection.fetchval("SELECT nextval('batch_numbers')")
    if accepted.entries:
        await ledger.add_identities(connection, accepted.identities)
        await ledger.apply_entries(
            connection,
            batch_no,
            accepted.entries,
            {partition: span.first_offset for partition, span in spans.items()},
        )
    if accepted.name_tokens:
        await ledger.add_name_tokens(connection, accepted.name_tokens)
    if accepted.refused:
        await quarantine.store(connection, batch.topic, accepted.refused)
    await move_past(connection, batch, fresh)
    await connection.execute(
        _ADD_BATCH,
        batch_no,
        batch.topic,
        clock.now(),
        list(spans),
        [span.first_offset for span in spans.values()],
        [span.next_offset for span in spans.values()],
        [accepted.events[partition] for partition in spans],
        [accepted.duplicates[partition] for partition in spans],
        [refused[partition] for partition in spans],
    )
    await audit_trail.record(connection, _audit(batch, batch_no, accepted, spans))


def _audit(batch: Batch, batch_no: int, accepted: Accepted, spans: dict[int, Span]) -> AuditRecord:
    applied = ",".join(
        f"{partition}:{span.first_offset}-{span.last.offset}" for partition, span in spans.items()
    )
    return AuditRecord(
        id=ids.new_id(),
        occurred_at=clock.now(),
        service="aggregator",
        action="batch.applied",
        outcome="success",
        actor_kind="service",
        actor="aggregator",
        resource=f"{batch.topic}/{applied}",
        clinic_ids=tuple(sorted(accepted.changed)),
        details={
            "batch_no": batch_no,
            "accepted": accepted.events.total(),
            "duplicates": accepted.duplicates.total(),
            "quarantined": len(accepted.refused),
        },
    )
