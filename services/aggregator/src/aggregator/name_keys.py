"""The blind index by generation of its key: how much hangs on each, and forgetting one."""

from __future__ import annotations

from typing import Final, NamedTuple

from careledger import audit_trail
from careledger.postgres import Connection

_COUNT: Final = """
SELECT key_id, count(*) AS patients, count(*) FILTER (WHERE generations = 1) AS only_here
FROM (
    SELECT clinic_no, patient_id, key_id,
        count(*) OVER (PARTITION BY clinic_no, patient_id) AS generations
    FROM patient_name_tokens
    GROUP BY clinic_no, patient_id, key_id
) AS generation
GROUP BY key_id
ORDER BY key_id
"""
_FORGET: Final = "DELETE FROM patient_name_tokens WHERE key_id = $1"


class Generation(NamedTuple):
    """What hangs on one key: patients with tokens under it, and those with no others."""

    key_id: str
    patients: int
    only_here: int


async def count_generations(connection: Connection) -> list[Generation]:
    """Count the patients of each key generation."""
    return [Generation(*row) for row in await connection.fetch(_COUNT)]


async def forget_generation(connection: Connection, key_id: str, *, by: str) -> int:
    """Delete every token under a key, with an audit record; returns how many.

    Patients with no token under another key are found by id alone from then on, until their
    source tells their name again.

    Args:
        connection: in the caller's transaction.
        key_id: the generation.
        by: who does it.
    """
    gone = int((await connection.execute(_FORGET, key_id)).rpartition(" ")[2])
    done = audit_trail.command_record(
        "aggregator", "name_key.forgotten", f"name-keys/{key_id}", by=by, details={"tokens": gone}
    )
    await audit_trail.record(connection, done)
    return gone
