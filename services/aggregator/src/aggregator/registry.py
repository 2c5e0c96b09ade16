"""The registry of clinics, read for a batch; a clinic nobody registered is added, unconfirmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from aggregator.clinics import ClinicHistory, ClinicVersion, Defaults
from careledger.postgres import Connection

_REGISTER: Final = """
WITH added AS (
    INSERT INTO clinics (clinic_id)
    SELECT unnest($1::text[]) ORDER BY 1
    ON CONFLICT (clinic_id) DO NOTHING
    RETURNING clinic_no
)
INSERT INTO clinic_versions (clinic_no, valid_from, time_zone, terms_days, recorded_by)
SELECT clinic_no, '-infinity', $2, $3, 'aggregator' FROM added
"""

_READ: Final = """
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
