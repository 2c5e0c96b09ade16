"""Verifies the log: every row against the one before it, every checkpoint against its row.

The rows tell by themselves of an edit, a deletion, an insertion or a swap. That the whole was
rewritten, that its end was cut off or that an old backup was put in its place only the signed
checkpoints tell that lie outside the database.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final, TypeAlias

import msgspec
from asyncpg import Record

from careledger.audit_chain.checkpoints import (
    Checkpoint,
    CheckpointError,
    TrustedKeys,
)
from careledger.audit_chain.links import BEGINNING, COLUMNS, Anchor, chain, read_record
from careledger.events.checkpoints import Statement
from careledger.postgres import Connection

AT_ONCE: Final = 1_000
NEWEST: Final = 10
"""So many of the last checkpoints of a place tell what retention has removed."""
_ROWS: Final = f"""
SELECT sequence, {", ".join(COLUMNS)}, record, hash
FROM audit_log WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3
"""  # noqa: S608 - our own column names
_EXTENT: Final = "SELECT min(sequence) AS first, max(sequence) AS last FROM audit_log"
_HASHES: Final = "SELECT sequence, hash FROM audit_log WHERE sequence = ANY($1::bigint[])"
_KEPT: Final = """
SELECT sequence, statement, key_id, signature FROM audit_checkpoints
WHERE sequence > $1 ORDER BY sequence LIMIT $2
"""
_NEWEST: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints ORDER BY sequence DESC LIMIT $1
"""

Found: TypeAlias = Checkpoint | CheckpointError
"""A checkpoint, or why what stands in its place is none."""

Progress = Callable[[int, int], None]
"""Takes how many records are verified, and how many are to be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong first: in a row, or somewhere between two checkpoints."""

    first_sequence: int
    last_sequence: int
    problem: str


@dataclass(frozen=True, slots=True)
class RowsVerdict:
    """What the rows tell by themselves."""

    from_sequence: int
    through_sequence: int
    records: int
    head: bytes
    finding: Finding | None = None


@dataclass(slots=True)
class SourceVerdict:
    """What the checkpoints of one source tell."""

    source: str
    outside: bool = field(kw_only=True)
    """Whether it lies outside the database, so that rewriting that cannot rewrite it."""
    compared: int = 0
    invalid: int = 0
    last: Statement | None = None
    agrees_at: int = 0
    """The highest sequence below the first disagreement at which checkpoint and row agree."""
    disagrees_at: int | None = None
    problems: list[str] = field(default_factory=list[str])


async def extent(connection: Connection) -> tuple[int, int]:
    """Return the first and the last sequence in the log; (0, 0) if it is empty."""
    row = await connection.fetchrow(_EXTENT)
    return (0, 0) if row is None or row["last"] is None else (row["first"], row["last"])


async def verify_rows(
    connection: Connection,
    start: Anchor,
    through: int,
    progress: Progress = lambda _done, _of: None,
    *,
    rest: float = 0.0,
) -> RowsVerdict:
    """Walk the rows after a known place up to a sequence, a thousand at a time.

    Args:
        connection: to the database; every part is a statement of its own.
        start: where the walk begins, exclusive: the beginning of the log or a checkpoint.
        through: the last sequence to verify.
        progress: is told after each part.
        rest: after each part, rest so many times as long as it took.
    """
    place, total = start, max(0, through - start.sequence)
    while place.sequence < through:
        began = time.monotonic()
        rows = await connection.fetch(_ROWS, place.sequence, through, AT_ONCE)
        for row in rows:
            problem = _problem(row, place)
            if problem is not None:
                return _walked(start, place, Finding(place.sequence + 1, row["sequence"], problem))
            place = Anchor(row["sequence"], row["hash"])
        if not rows:
            missing = Finding(place.sequence + 1, through, "the records are missing")
            return _walked(start, place, missing)
        progress(place.sequence - start.sequence, total)
        if rest:
            await asyncio.sleep(rest * (time.monotonic() - began))
    return _walked(start, place, None)


def _walked(start: Anchor, place: Anchor, finding: Finding | None) -> RowsVerdict:
    return RowsVerdict(
        start.sequence + 1, place.sequence, place.sequence - start.sequence, place.hash, finding
    )


def _problem(row: Record, before: Anchor) -> str | None:
    if row["sequence"] != before.sequence + 1:
        return "a record is missing, or one was put in"
    if chain(before.hash, row["record"]) != row["hash"]:
        return "the record or its hash was changed, or it is not the one that followed"
    try:
        columns = read_record(row["record"]).columns
    except msgspec.DecodeError:
        return "the bytes are no audit record"
    # Rows come as tuples of the columns asked for: the sequence, those to compare, two more.
    if columns != tuple(islice(row, 1, 1 + len(columns))):
        return "a column to search by says something else than the record"
    return None


async def newest_checkpoints(connection: Connection) -> list[Checkpoint]:
    """Read the last few checkpoints the database itself keeps."""
    rows = await connection.fetch(_NEWEST, NEWEST)
    return [Checkpoint(row["statement"], row["key_id"], row["signature"]) for row in rows]


async def kept_checkpoints(connection: Connection) -> AsyncIterator[Checkpoint]:
    """Read the checkpoints the database itself keeps, in order."""
    last = 0
    while rows := await connection.fetch(_KEPT, last, AT_ONCE):
        for row in rows:
            yield Checkpoint(row["statement"], row["key_id"], row["signature"])
        last = rows[-1]["sequence"]


async def compare(
    connection: Connection,
    verdict: SourceVerdict,
    checkpoints: AsyncIterable[Found] | Iterable[Found],
    keys: TrustedKeys,
    beginning: Anchor = BEGINNING,
) -> SourceVerdict:
    """Compare every checkpoint of a source with the row it tells of.

    Args:
        connection: to the database.
        verdict: of the source, to be filled in.
        checkpoints: what the source holds.
        keys: whose checkpoints count.
        beginning: what retention has removed up to; earlier rows are not looked for.
    """
    waiting: list[Statement] = []
    async for checkpoint in _each(checkpoints):
        try:
            if isinstance(checkpoint, CheckpointError):
                raise checkpoint
            statement = keys.read(checkpoint)
        except CheckpointError as error:
            verdict.invalid += 1
            verdict.problems = verdict.problems or [str(error)]
            continue
        if verdict.last is None or statement.sequence > verdict.last.sequence:
            verdict.last = statement
        if statement.sequence <= beginning.sequence:
            continue
        waiting.append(statement)
        if len(waiting) == AT_ONCE:
            await _compare(connection, verdict, waiting)
            waiting = []
    if waiting:
        await _compare(connection, verdict, waiting)
    return verdict


async def _each(found: AsyncIterable[Found] | Iterable[Found]) -> AsyncIterator[Found]:
    if isinstance(found, AsyncIterable):
        async for one in found:
            yield one
        return
    for one in found:
        yield one


async def _compare(
    connection: Connection, verdict: SourceVerdict, statements: Sequence[Statement]
) -> None:
    rows = await connection.fetch(_HASHES, [one.sequence for one in statements])
    hashes = {row["sequence"]: row["hash"] for row in rows}
    verdict.compared += len(statements)
    for statement in statements:
        sequence, found = statement.sequence, hashes.get(statement.sequence)
        if found is None or found.hex() != statement.head:
            verdict.disagrees_at = min(sequence, verdict.disagrees_at or sequence)
    bad_at = verdict.disagrees_at
    known = (verdict.agrees_at, *(one.sequence for one in statements))
    verdict.agrees_at = max((one for one in known if bad_at is None or one < bad_at), default=0)


def first_finding(
    rows: RowsVerdict, sources: Sequence[SourceVerdict], last_sequence: int
) -> Finding | None:
    """Return what is wrong first, all verdicts taken together; None if nothing is.

    Args:
        rows: what the rows tell by themselves.
        sources: what the checkpoints tell.
        last_sequence: where the log ends.
    """
    found = [] if rows.finding is None else [rows.finding]
    for one in sources:
        if one.disagrees_at is None:
            continue
        agreed = max(
            (other.agrees_at for other in sources if other.agrees_at < one.disagrees_at), default=0
        )
        if one.disagrees_at > last_sequence:
            problem = f"the log ends at {last_sequence}; a signed checkpoint tells of more"
            found.append(Finding(last_sequence + 1, one.disagrees_at, problem))
        else:
            problem = "the log is not the one whose hash was signed: it was rewritten or replaced"
            found.append(Finding(agreed + 1, one.disagrees_at, problem))
    return min(found, key=lambda one: (one.last_sequence, one.first_sequence), default=None)


async def nearest_anchor(
    checkpoints: AsyncIterable[Found] | Iterable[Found], keys: TrustedKeys, sequence: int
) -> Anchor:
    """Return the last place at or before a sequence that a checkpoint tells of."""
    best = BEGINNING
    async for statement in _statements(checkpoints, keys):
        if best.sequence < statement.sequence <= sequence:
            best = Anchor(statement.sequence, bytes.fromhex(statement.head))
    return best


async def beginning_of(
    checkpoints: AsyncIterable[Found] | Iterable[Found], keys: TrustedKeys
) -> Anchor:
    """Return up to where retention has removed the log, as the newest signed statements tell."""
    beginning = BEGINNING
    async for statement in _statements(checkpoints, keys):
        if statement.removed_through > beginning.sequence:
            beginning = Anchor(statement.removed_through, bytes.fromhex(statement.removed_head))
    return beginning


async def _statements(
    checkpoints: AsyncIterable[Found] | Iterable[Found], keys: TrustedKeys
) -> AsyncIterator[Statement]:
    """Yield what the checkpoints say that can be read and were signed with a trusted key."""
    async for checkpoint in _each(checkpoints):
        if isinstance(checkpoint, CheckpointError):
            continue
        try:
            statement = keys.read(checkpoint)
        except CheckpointError:
            continue
        yield statement


def last_sealed_at(sources: Sequence[SourceVerdict]) -> datetime | None:
    """Return when the last of all checkpoints was signed."""
    return max((one.last.sealed_at for one in sources if one.last), default=None)
