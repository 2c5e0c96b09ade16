"""Clinics as the ledger sees them: their number, and the zone and terms in force at an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from careledger.postgres import Connection


@dataclass(slots=True)
class ClinicVersion:
    """What dates and due dates depend on, from one append time on."""

    clinic_no: int
    zone: ZoneInfo
    terms_days: int
    numeric_patient_ids: bool

    def local_date(self, instant: datetime) -> date:
        """Return the clinic's calendar day of an instant."""
        return instant.astimezone(self.zone).date()


@dataclass(slots=True)
class ClinicHistory:
    """The versions of one clinic in order of the append time from which each holds."""

    valid_from: list[datetime] = field(default_factory=list[datetime])
    versions: list[ClinicVersion] = field(default_factory=list[ClinicVersion])

    def at(self, appended_at: datetime) -> ClinicVersion:
        """Return the version in force; the first one also holds for anything before it."""
        return self.versions[max(0, bisect_right(self.valid_from, appended_at) - 1)]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Zone and terms of a clinic that its first event registers."""

    time_zone: str
    terms_days: int


_REGISTER = """
WITH added AS (
    INSERT INTO clinics (clinic_id)
    SELECT unnest($1::text[]) ORDER BY 1
    ON CONFLICT (clinic_id) DO NOTHING
    RETURNING clinic_no
)
INSERT INTO clinic_versions (clinic_no, valid_from, time_zone, terms_days, recorded_by)
SELECT clinic_no, '-infinity', $2, $3, 'aggregator' FROM added
"""

_READ = """
SELECT c.clinic_id, c.clinic_no, greatest(v.valid_from, '1900-01-01Z') AS valid_from,
    v.time_zone, v.terms_days, v.numeric_patient_ids
FROM clinics AS c JOIN clinic_versions AS v USING (clinic_no)
WHERE c.clinic_id = ANY($1::text[])
ORDER BY c.clinic_id, v.valid_from
"""


async def known_clinics(
    connection: Connection, clinic_ids: Iterable[str], defaults: Defaults
) -> dict[str, ClinicHistory]:
    """Return the history of each clinic; one not registered yet is registered, unconfirmed."""
    wanted = sorted(set(clinic_ids))
    found = await _read(connection, wanted)
    missing = [clinic_id for clinic_id in wanted if clinic_id not in found]
    if missing:
        await connection.execute(_REGISTER, missing, defaults.time_zone, defaults.terms_days)
        found = await _read(connection, wanted)
    return found


async def _read(connection: Connection, clinic_ids: list[str]) -> dict[str, ClinicHistory]:
    histories: dict[str, ClinicHistory] = {}
    for row in await connection.fetch(_READ, clinic_ids):
        history = histories.setdefault(row["clinic_id"], ClinicHistory())
        history.valid_from.append(row["valid_from"])
        history.versions.append(
            ClinicVersion(
                clinic_no=row["clinic_no"],
                zone=ZoneInfo(row["time_zone"]),
                terms_days=row["terms_days"],
                numeric_patient_ids=row["numeric_patient_ids"],
            )
        )
    return histories
