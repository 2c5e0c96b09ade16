"""Verifies a part of the sealed audit log while an auditor waits: rows, checkpoints and the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from careledger.audit_chain.checkpoints import Checkpoint, TrustedKeys
from careledger.audit_chain.file import read_checkpoints
from careledger.audit_chain.verification import (
    SourceVerdict,
    beginning_of,
    compare,
    extent,
    first_finding,
    nearest_anchor,
    verify_rows,
)
from careledger.postgres import Connection

RECORDS_MAX: Final = 50_000
_NEWEST: Final = 100
_BEFORE: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints
WHERE sequence < $1 ORDER BY sequence DESC LIMIT 10
"""
_WITHIN: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints
WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence LIMIT $3
"""
_LAST: Final = """
SELECT statement, key_id, signature FROM audit_checkpoints ORDER BY sequence DESC LIMIT $1
"""
_LAST_RUN: Final = """
SELECT sequence, record FROM audit_log WHERE action = 'audit.verified'
ORDER BY occurred_at DESC, sequence DESC LIMIT 1
"""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProofFinding(_Told):
    """What is wrong first."""

    first_sequence: int
    last_sequence: int
    problem: str


class ProofSource(_Told):
    """What the checkpoints of one place tell."""

    source: Literal["file", "database"]
    outside: bool = Field(description="Whether it lies outside the database.")
    compared: int
    invalid: int
    last_sequence: int | None
    last_sealed_at: datetime | None


class FullRun(_Told):
    """The last run of `aggregator audit verify`, as its own record in the log tells of it."""

    ended_at: datetime
    verdict: str
    through_sequence: int
    anchored_through: int
    by: str


class AuditProof(_Told):
    """What was verified, and the first thing that is wrong."""

    verdict: Literal["intact", "broken", "unanchored"] = Field(
        description="`unanchored`: consistent, with no checkpoint outside the database to compare."
    )
    first_sequence: int = Field(description="Where the log begins; 0 if it is empty.")
    last_sequence: int = Field(description="Where the log ends.")
    verified_from: int
    verified_through: int
    finding: ProofFinding | None
    sources: list[ProofSource]
    last_full_run: FullRun | None


async def prove(
    connection: Connection,
    keys: TrustedKeys,
    file: Path | None,
    *,
    from_sequence: int | None,
    limit: int,
) -> AuditProof:
    """Verify a part of the log, from the checkpoint before it on.

    Args:
        connection: in READ COMMITTED: a checkpoint of the file may be younger than a snapshot.
        keys: whose checkpoints count.
        file: the checkpoint file, if this service can read it.
        from_sequence: the first record to verify; None for the newest.
        limit: about how many; the walk begins at a checkpoint, at most as many records before.
    """
    first, last = await extent(connection)
    newest = await connection.fetch(_LAST, _NEWEST)
    found = [] if file is None else list(read_checkpoints(file, newest=_NEWEST))
    beginning = await beginning_of([*_checkpoints(newest), *found], keys)
    begin = from_sequence if from_sequence is not None else max(1, last - limit + 1)
    before = _checkpoints(await connection.fetch(_BEFORE, begin))
    start = max(beginning, await nearest_anchor(before, keys, begin - 1))
    rows = await verify_rows(
        connection, start, min(last, begin + limit - 1, start.sequence + 2 * RECORDS_MAX)
    )
    kept = await connection.fetch(_WITHIN, start.sequence, rows.through_sequence, _NEWEST)
    inside = SourceVerdict("database", outside=False)
    sources = [await compare(connection, inside, _checkpoints([*kept, *newest]), keys, beginning)]
    if file is not None:
        outside = SourceVerdict("file", outside=True)
        sources.append(await compare(connection, outside, found, keys, beginning))
    finding = first_finding(rows, sources, last)
    return AuditProof(
        verdict=_verdict(sources, last, is_broken=finding is not None),
        first_sequence=first,
        last_sequence=last,
        verified_from=rows.from_sequence,
        verified_through=rows.through_sequence,
        finding=None
        if finding is None
        else ProofFinding(
            first_sequence=finding.first_sequence,
            last_sequence=finding.last_sequence,
            problem=finding.problem,
        ),
        sources=[_source(one) for one in sources],
        last_full_run=await _last_run(connection),
    )


def _verdict(
    sources: Sequence[SourceVerdict], last: int, *, is_broken: bool
) -> Literal["intact", "broken", "unanchored"]:
    if is_broken or any(one.invalid for one in sources):
        return "broken"
    anchored = any(one.outside and one.agrees_at for one in sources)
    return "intact" if anchored or not last else "unanchored"


def _source(verdict: SourceVerdict) -> ProofSource:
    return ProofSource(
        source="file" if verdict.outside else "database",
        outside=verdict.outside,
        compared=verdict.compared,
        invalid=verdict.invalid,
        last_sequence=verdict.last.sequence if verdict.last else None,
        last_sealed_at=verdict.last.sealed_at if verdict.last else None,
    )


async def _last_run(connection: Connection) -> FullRun | None:
    row = await connection.fetchrow(_LAST_RUN)
    if row is None:
        return None
    record = msgspec.json.decode(row["record"], type=dict[str, Any])
    details: dict[str, Any] = record["details"]
    return FullRun(
        ended_at=record["occurred_at"],
        verdict=details["verdict"],
        through_sequence=details["through_sequence"],
        anchored_through=details["anchored_through"],
        by=record["actor"],
    )


def _checkpoints(rows: Sequence[Any]) -> list[Checkpoint]:
    return [Checkpoint(row["statement"], row["key_id"], row["signature"]) for row in rows]
