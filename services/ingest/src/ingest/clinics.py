"""Which clinics number their patients in plain digits, as the registry in PostgreSQL says.

Only nine or ten bare digits hang on this answer: they are a clinic's own numbering, or somebody's
SSN. A "yes" is remembered for a while. A "no" refuses events for good, so it is never older than a
moment. While the registry cannot be asked, a remembered "yes" holds and everything else waits: an
event is neither let through nor refused on a guess.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Set as AbstractSet
from typing import Final

import asyncpg

from careledger.errors import UnavailableError
from careledger.postgres import Pool, trouble

YES_HOLDS_SECONDS: Final = 60.0
YES_HOLDS_IN_OUTAGE_SECONDS: Final = 3600.0
NO_HOLDS_SECONDS: Final = 1.0
_TIMEOUT_SECONDS: Final = 5.0
# A session that ends in the middle of a question is an InternalClientError of the driver's.
_FAILURES: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
_QUERY: Final = """
SELECT clinic_id
FROM (
    SELECT DISTINCT ON (clinic_no) clinic_no, numeric_patient_ids
    FROM reporting.clinic_versions
    WHERE valid_from <= now()
    ORDER BY clinic_no, valid_from DESC
) AS latest
JOIN reporting.clinics USING (clinic_no)
WHERE numeric_patient_ids
"""
# Rights are checked though nothing is read.
_CHECK: Final = """
SELECT 1 FROM reporting.clinic_versions JOIN reporting.clinics USING (clinic_no) WHERE false
"""


class ClinicRegistry:
    """What clinics say about their own numbering."""

    def __init__(self, pool: Pool) -> None:
        """Read from the registry behind a connection pool."""
        self._pool = pool
        self._lock = asyncio.Lock()
        self._numbering: frozenset[str] = frozenset()
        self._read_at = -YES_HOLDS_IN_OUTAGE_SECONDS

    async def numbering(self, clinic_ids: AbstractSet[str]) -> frozenset[str]:
        """Return those of some clinics whose patient ids are plain numbers.

        Raises:
            UnavailableError: if that cannot be known now.
        """
        if not clinic_ids:
            return frozenset()
        async with self._lock:
            if not self._known(clinic_ids):
                await self._read(clinic_ids)
        return self._numbering & clinic_ids

    async def check(self) -> None:
        """Try whether the registry can be read.

        Raises:
            UnavailableError: if not; the text says whether PostgreSQL is away or refuses.
        """
        try:
            await self._pool.fetchval(_CHECK, timeout=_TIMEOUT_SECONDS)
        except _FAILURES as error:
            raise UnavailableError(f"PostgreSQL {trouble(error)}") from error

    def _known(self, clinic_ids: AbstractSet[str]) -> bool:
        holds = YES_HOLDS_SECONDS if clinic_ids <= self._numbering else NO_HOLDS_SECONDS
        return time.monotonic() - self._read_at < holds

    async def _read(self, clinic_ids: AbstractSet[str]) -> None:
        try:
            rows = await self._pool.fetch(_QUERY, timeout=_TIMEOUT_SECONDS)
        except _FAILURES as error:
            age_seconds = time.monotonic() - self._read_at
            if clinic_ids <= self._numbering and age_seconds < YES_HOLDS_IN_OUTAGE_SECONDS:
                return
            raise UnavailableError(
                "the registry of clinics cannot be read now, and a patient id of nine or ten "
                "digits hangs on it; send it again"
            ) from error
        self._numbering = frozenset(row["clinic_id"] for row in rows)
        self._read_at = time.monotonic()
