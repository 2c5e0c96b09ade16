"""Turns of the schedule in PostgreSQL: of all replicas one claims each, by inserting its row."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from careledger.postgres import Pool

_CLAIM: Final = """
INSERT INTO ingest_jobs (job, period) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING job
"""
_FORGET: Final = """
DELETE FROM ingest_jobs WHERE job = $1 AND period < $2::timestamptz - interval '30 days'
"""


async def claim(pool: Pool, job: str, period: datetime) -> bool:
    """Claim a turn; return whether it is this process's."""
    async with pool.acquire() as connection:
        claimed = await connection.fetchval(_CLAIM, job, period)
        await connection.execute(_FORGET, job, period)
    return claimed is not None
