"""Counts tries to sign in, by address and by account, so that guessing gets slower and slower.

Wrong passwords lock the address they come from out of the account, so a stranger who knows a name
cannot keep its owner out. Many addresses together lock the account as well, but never for an
address its owner has signed in from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from careledger.postgres import Connection

ADDRESS_ATTEMPTS: Final = 5
ACCOUNT_ATTEMPTS: Final = 20
LOCK_SECONDS: Final = 60.0
LOCK_SECONDS_MAX: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A user about to prove who they are."""

    user_id: str
    password_hash: str


# An attempt counts before the password is looked at, so that many at once cannot outrun the count;
# success takes it back. From the one that locks on, each further attempt doubles the lock.
_LOCKED_UNTIL: Final = """
CASE WHEN {row}.failed_attempts + 1 >= {most} THEN
    {now} + make_interval(secs => least(
        {longest}, {shortest} * 2 ^ least({row}.failed_attempts + 1 - {most}, 20)))
END
"""
_COUNT_ADDRESS: Final = f"""
INSERT INTO sign_in_addresses AS a (user_id, remote, failed_attempts, tried_at)
SELECT user_id, $2, 1, $3 FROM users WHERE name = $1 AND disabled_at IS NULL
ON CONFLICT (user_id, remote) DO UPDATE SET
    failed_attempts = a.failed_attempts + 1,
    tried_at = $3,
    locked_until = {_LOCKED_UNTIL.format(row="a", most="$4", now="$3", longest="$6", shortest="$5")}
WHERE a.locked_until IS NULL OR a.locked_until <= $3
RETURNING user_id, succeeded_at IS NOT NULL AS is_known
"""  # noqa: S608 - our own text
_COUNT_ACCOUNT: Final = f"""
UPDATE users AS u SET
    failed_attempts = u.failed_attempts + 1,
    locked_until = {_LOCKED_UNTIL.format(row="u", most="$3", now="$2", longest="$5", shortest="$4")}
WHERE user_id = $1 AND (u.locked_until IS NULL OR u.locked_until <= $2)
RETURNING password_hash
"""  # noqa: S608 - our own text


async def count_attempt(
    connection: Connection, name: str, remote: str, *, now: datetime
) -> Candidate | None:
    """Count an attempt to sign in; None if the name is unknown or disabled, or it is locked.

    Args:
        connection: not in a transaction: what is counted stays counted.
        name: of the user, as given.
        remote: the address the attempt comes from.
        now: the present.
    """
    lock = (LOCK_SECONDS, LOCK_SECONDS_MAX)
    tried = await connection.fetchrow(_COUNT_ADDRESS, name, remote, now, ADDRESS_ATTEMPTS, *lock)
    if tried is None:
        return None
    user_id: str = tried["user_id"]
    if tried["is_known"]:
        found: str | None = await connection.fetchval(
            "SELECT password_hash FROM users WHERE user_id = $1", user_id
        )
    else:
        found = await connection.fetchval(_COUNT_ACCOUNT, user_id, now, ACCOUNT_ATTEMPTS, *lock)
    return None if found is None else Candidate(user_id, found)


_FORGIVE: Final = """
UPDATE sign_in_addresses SET failed_attempts = 0, locked_until = NULL, succeeded_at = $3
WHERE user_id = $1 AND remote = $2
"""


async def forgive(connection: Connection, user_id: str, remote: str, *, now: datetime) -> None:
    """Take the failed attempts of an address back after a success, and know it from now on."""
    await connection.execute(_FORGIVE, user_id, remote, now)
