"""How verifications of the audit log ended: one row each, kept, and told to administrators once."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct, convert

from careledger.postgres import Connection

Verdict = Literal["intact", "broken", "unanchored"]

_COLUMNS: Final = (
    "verification_id, started_at, ended_at, verdict, from_sequence, through_sequence,"
    ' anchored_through, first_bad_sequence, problem, verified_by AS "by"'
)
_KEEP: Final = """
INSERT INTO audit_verifications (
    verification_id, started_at, ended_at, verdict, from_sequence, through_sequence,
    anchored_through, first_bad_sequence, problem, verified_by
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_LAST: Final = f"SELECT {_COLUMNS} FROM audit_verifications ORDER BY ended_at DESC LIMIT 1"  # noqa: S608 - our own column names
_UNTOLD: Final = f"""
SELECT {_COLUMNS}, (
    SELECT before.verdict FROM audit_verifications AS before
    WHERE before.ended_at < one.ended_at ORDER BY before.ended_at DESC LIMIT 1
) AS verdict_before
FROM audit_verifications AS one WHERE told_at IS NULL ORDER BY ended_at LIMIT 1
"""  # noqa: S608 - our own column names
_TOLD: Final = "UPDATE audit_verifications SET told_at = $2 WHERE verification_id = $1"


class Verification(Struct, frozen=True, kw_only=True):
    """One verification that ended; of the last one depends what health and metrics say."""

    verification_id: str
    started_at: datetime
    ended_at: datetime
    verdict: Verdict
    from_sequence: int
    through_sequence: int
    anchored_through: int
    """The last record that a checkpoint outside the database vouches for."""
    first_bad_sequence: int | None
    problem: str | None
    by: str


class Untold(Struct, frozen=True):
    """A verification nobody was told of, and how the one before it ended."""

    found: Verification
    verdict_before: Verdict | None


async def keep(connection: Connection, ended: Verification) -> None:
    """Keep how a verification ended."""
    await connection.execute(
        _KEEP,
        ended.verification_id,
        ended.started_at,
        ended.ended_at,
        ended.verdict,
        ended.from_sequence,
        ended.through_sequence,
        ended.anchored_through,
        ended.first_bad_sequence,
        ended.problem,
        ended.by,
    )


async def last(connection: Connection) -> Verification | None:
    """Return the verification that ended last, None if there was none."""
    row = await connection.fetchrow(_LAST)
    return None if row is None else convert(dict(row), Verification)


async def next_untold(connection: Connection) -> Untold | None:
    """Return the oldest verification that administrators were not told of."""
    row = await connection.fetchrow(_UNTOLD)
    if row is None:
        return None
    told = dict(row)
    before = told.pop("verdict_before")
    return Untold(convert(told, Verification), before)


async def note_told(connection: Connection, verification_id: str, at: datetime) -> None:
    """Keep that administrators were told, or need not be."""
    await connection.execute(_TOLD, verification_id, at)
