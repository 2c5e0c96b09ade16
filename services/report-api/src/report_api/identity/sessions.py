"""Rows of sign-ins: starting, rotating and ending sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from careledger.postgres import Connection

EndReason = Literal["signed_out", "reuse", "password_changed", "user_disabled"]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session under a row lock, with the user it belongs to."""

    session_id: str
    user_id: str
    user_name: str
    role: str
    user_disabled: bool
    generation: int
    rotated_at: datetime
    expires_at: datetime
    ended: bool


async def name_is_known(connection: Connection, name: str) -> bool:
    """Tell whether there is such a user, so that the audit names users and no mistyped secrets."""
    return bool(await connection.fetchval("SELECT true FROM users WHERE name = $1", name))


_START: Final = """
WITH forgiven AS (
    UPDATE users SET failed_attempts = 0, locked_until = NULL
    WHERE user_id = $2 AND disabled_at IS NULL
    RETURNING user_id, role
), started AS (
    INSERT INTO sessions (session_id, user_id, started_at, rotated_at, expires_at)
    SELECT $1, user_id, $3, $3, $4 FROM forgiven
)
SELECT role FROM forgiven
"""


async def start_session(
    connection: Connection, session_id: str, user_id: str, *, now: datetime, lasts: timedelta
) -> str | None:
    """Start a session and forget failed attempts; returns the role, None if disabled meanwhile."""
    role: str | None = await connection.fetchval(_START, session_id, user_id, now, now + lasts)
    return role


_LOCK: Final = """
SELECT s.session_id, s.user_id, u.name AS user_name, u.role,
    u.disabled_at IS NOT NULL AS user_disabled, s.generation, s.rotated_at, s.expires_at,
    s.ended_at IS NOT NULL AS ended
FROM sessions AS s JOIN users AS u USING (user_id)
WHERE s.session_id = $1
FOR UPDATE OF s
"""


async def lock_session(connection: Connection, session_id: str) -> OpenSession | None:
    """Read a session and keep others from it until the transaction ends."""
    row = await connection.fetchrow(_LOCK, session_id)
    return None if row is None else OpenSession(**dict(row))


async def rotate_session(connection: Connection, session_id: str, *, now: datetime) -> None:
    """Move a locked session to its next generation."""
    await connection.execute(
        "UPDATE sessions SET generation = generation + 1, rotated_at = $2 WHERE session_id = $1",
        session_id,
        now,
    )


async def end_session(
    connection: Connection, session_id: str, reason: EndReason, *, now: datetime
) -> None:
    """End a session; its tokens hold no longer."""
    await connection.execute(
        "UPDATE sessions SET ended_at = $2, end_reason = $3"
        " WHERE session_id = $1 AND ended_at IS NULL",
        session_id,
        now,
        reason,
    )
