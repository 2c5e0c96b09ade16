"""Random histories of all event types, seeded or by hypothesis, and other orders of telling them.

A history is what sources tell, in order: new events, and some told again, in the same words or in
others. Laid into a log, each goes to its patient's partition.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeVar
from zlib import crc32

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from careledger.events.envelope import Envelope
from careledger.events.payments import NameToken, PaymentEvent
from support.history_events import Draft, Pick, World, draft
from support.oracle.log import LogRecord, verdicts

T = TypeVar("T")

PARTITIONS: Final = 4

unhurried: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Decorates tests of histories: on a busy machine a slow draw is no failure."""

_OTHER_TOKEN: Final = NameToken(key_id="k2", token="cd" * 16)


@dataclass(frozen=True)
class Telling:
    """One event as a source tells it: the CloudEvents envelope and the data."""

    envelope: Envelope
    event: PaymentEvent


@dataclass(frozen=True)
class Retelling:
    """An earlier telling told again; `back` counts from the start of the history, round and round.

    The same words are a duplicate, other words a conflict; a new identity tells the same fact.
    """

    how: Literal["same", "other_tokens", "other_words", "new_identity", "new_identity_and_words"]
    back: int


Step = Draft | Retelling


def step(pick: Pick, world: World) -> Step:
    """Make the next step of a history."""
    if pick((False,) * 8 + (True,)):
        how = pick(
            ("same", "other_tokens", "other_words", "new_identity", "new_identity_and_words")
        )
        return Retelling(how, pick(range(1_000)))
    return draft(pick, world)


def assemble(steps: Iterable[Step]) -> list[Telling]:
    """Give drafts their ids and resolve what is told again."""
    tellings: list[Telling] = []
    for number, made in enumerate(steps):
        if isinstance(made, Draft):
            envelope = Envelope(id=f"e{number}", source=made.source, type=made.type, time=made.time)
            tellings.append(Telling(envelope, made.event))
        elif tellings:
            earlier = tellings[made.back % len(tellings)]
            tellings.append(_retold(earlier, made, f"e{number}"))
    return tellings


def _retold(earlier: Telling, retelling: Retelling, new_id: str) -> Telling:
    envelope, event = earlier.envelope, earlier.event
    if retelling.how == "other_tokens":
        event = msgspec.structs.replace(event, name_tokens=(_OTHER_TOKEN,))
    if retelling.how in {"new_identity", "new_identity_and_words"}:
        envelope = msgspec.structs.replace(envelope, id=new_id, source="import")
    if retelling.how in {"other_words", "new_identity_and_words"}:
        envelope = msgspec.structs.replace(envelope, time=envelope.time - timedelta(hours=1))
    return Telling(envelope, event)


def seeded_history(seed: int, steps: int, world: World | None = None) -> list[Telling]:
    """Return the same random history for the same arguments, of as many tellings as steps."""
    source = random.Random(seed)  # noqa: S311 - test data, and it must repeat
    world = world or World()
    return assemble(step(source.choice, world) for _ in range(steps))


@st.composite
def histories(draw: st.DrawFn, world: World | None = None, max_steps: int = 25) -> list[Telling]:
    """Draw a history that shrinks to few events with simple fields."""
    steps = st.lists(single_steps(world or World()), max_size=max_steps)
    return assemble(draw(steps))


@st.composite
def single_steps(draw: st.DrawFn, world: World) -> Step:
    """Draw the next step of a history, for tests that tell it bit by bit."""
    return step(_drawn(draw), world)


def _drawn(draw: st.DrawFn) -> Pick:
    def pick(options: Sequence[T], /) -> T:
        return draw(st.sampled_from(options))

    return pick


def to_log(tellings: Iterable[Telling], appended_at: datetime | None = None) -> list[LogRecord]:
    """Lay tellings into the log, one millisecond apart: offsets ascend in each partition."""
    appended_at = appended_at or World().now
    next_offset = dict.fromkeys(range(PARTITIONS), 0)
    log: list[LogRecord] = []
    for number, telling in enumerate(tellings):
        partition = partition_of(telling.event.patient_id)
        log.append(
            LogRecord(
                partition=partition,
                offset=next_offset[partition],
                source=telling.envelope.source,
                id=telling.envelope.id,
                type=telling.envelope.type,
                time=telling.envelope.time,
                event=telling.event,
                appended_at=appended_at + timedelta(milliseconds=number),
            )
        )
        next_offset[partition] += 1
    return log


def partition_of(patient_id: str) -> int:
    """Return the partition in which everything about a patient is."""
    return crc32(patient_id.encode()) % PARTITIONS


def accepted(tellings: Sequence[Telling]) -> list[Telling]:
    """Return what counts of a history, so that its order no longer decides anything."""
    judged = verdicts(to_log(tellings))
    pairs = zip(tellings, judged, strict=True)
    return [telling for telling, verdict in pairs if verdict == "accepted"]


def without_clashes_across_partitions(tellings: Sequence[Telling]) -> list[Telling]:
    """Drop what claims an identity first told in another partition.

    The order of records is fixed within a partition only; of what is left it decides everything.
    """
    first_partition: dict[tuple[str, ...], int] = {}
    kept: list[Telling] = []
    for telling, record in zip(tellings, to_log(tellings), strict=True):
        claims: list[tuple[str, ...]] = [(record.source, record.id)]
        if record.fact_key is not None:
            claims.append(record.fact_key)
        if all(
            first_partition.get(claim, record.partition) == record.partition for claim in claims
        ):
            first_partition |= dict.fromkeys(claims, record.partition)
            kept.append(telling)
    return kept


def reordered(pick: Pick, tellings: Sequence[Telling]) -> list[Telling]:
    """Tell a history in another order, some of it two or three times."""
    waiting = [telling for telling in tellings for _ in range(pick((1, 1, 1, 2, 3)))]
    return [waiting.pop(pick(range(len(waiting)))) for _ in range(len(waiting))]


def batched(pick: Pick, log: Sequence[LogRecord]) -> list[list[LogRecord]]:
    """Cut a log into batches of one to ten records."""
    batches: list[list[LogRecord]] = []
    start = 0
    while start < len(log):
        size = pick(range(1, 11))
        batches.append(list(log[start : start + size]))
        start += size
    return batches


@st.composite
def retellings(draw: st.DrawFn, tellings: Sequence[Telling]) -> list[Telling]:
    """Draw another order of a history, with repetitions."""
    return reordered(_drawn(draw), tellings)


@st.composite
def batchings(draw: st.DrawFn, log: Sequence[LogRecord]) -> list[list[LogRecord]]:
    """Draw a cut of a log into batches."""
    return batched(_drawn(draw), log)


@st.composite
def watermarks(draw: st.DrawFn, log: Sequence[LogRecord]) -> dict[int, int]:
    """Draw a watermark that was reached while the log was recorded: one of its prefixes."""
    return watermark_after(log[: draw(st.integers(0, len(log)))])


def watermark_after(log: Iterable[LogRecord]) -> dict[int, int]:
    """Return the offset of the next record of each partition that was written at all."""
    return {record.partition: record.offset + 1 for record in log}
