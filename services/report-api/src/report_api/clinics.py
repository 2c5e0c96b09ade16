"""The registry of clinics: names, zones and terms, each change a version of its own."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from careledger.events.fields import IDENTIFIER_PATTERN
from careledger.postgres import Connection
from careledger.settings import TimeZoneName

PATIENT: Final = "{patient_id}"
ClinicId = Annotated[str, Field(pattern=IDENTIFIER_PATTERN)]


def _patient_page(url: str | None) -> str | None:
    if url is not None and (not url.startswith("https://") or url.count(PATIENT) != 1):
        raise ValueError(f"must be an https address with {PATIENT} in it once")
    return url


class ClinicSettings(BaseModel):
    """What is set of a clinic; what is left out takes its default."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200, examples=["Harbor Family Clinic"])
    time_zone: TimeZoneName = Field(examples=["America/New_York"])
    terms_days: int = Field(
        ge=0, le=3_650, strict=True, description="Days from issue until an invoice is due."
    )
    numeric_patient_ids: bool = Field(
        default=False,
        strict=True,
        description="Nine or ten bare digits are this clinic's own patient numbers.",
    )
    patient_url: Annotated[str | None, AfterValidator(_patient_page)] = Field(
        default=None,
        max_length=500,
        description=f"The page of a patient in the practice's own system, with {PATIENT}.",
    )

    @model_validator(mode="after")
    def _printable(self) -> ClinicSettings:
        if not self.name.isprintable():
            raise ValueError("name may hold printable characters only")
        return self


class RegisteredClinic(BaseModel):
    """A clinic as it is registered; unconfirmed if only its events have told of it."""

    model_config = ConfigDict(extra="forbid")

    clinic_id: str
    name: str | None
    time_zone: str
    terms_days: int
    numeric_patient_ids: bool
    patient_url: str | None
    confirmed: bool


_READ: Final = """
SELECT c.clinic_id, c.name, c.confirmed, c.patient_url,
    v.time_zone, v.terms_days, v.numeric_patient_ids
FROM clinics AS c
CROSS JOIN LATERAL (
    SELECT * FROM clinic_versions WHERE clinic_no = c.clinic_no ORDER BY valid_from DESC LIMIT 1
) AS v
WHERE $1::text IS NULL OR c.clinic_id = $1
ORDER BY c.clinic_id
"""

_PUT: Final = """
INSERT INTO clinics (clinic_id, name, confirmed, patient_url) VALUES ($1, $2, true, $3)
ON CONFLICT (clinic_id) DO UPDATE
    SET name = excluded.name, confirmed = true, patient_url = excluded.patient_url
RETURNING clinic_no
"""

# The first version holds for every event; a later one from now on, and never re-dates what is
# recorded. The row lock on the clinic lets one writer at a time compare and add.
_ADD_VERSION: Final = """
INSERT INTO clinic_versions
    (clinic_no, valid_from, time_zone, terms_days, numeric_patient_ids, recorded_by)
SELECT $1, CASE WHEN last.clinic_no IS NULL THEN '-infinity' ELSE clock_timestamp() END,
    $2, $3, $4, $5
FROM (SELECT 1) AS one
LEFT JOIN LATERAL (
    SELECT * FROM clinic_versions WHERE clinic_no = $1 ORDER BY valid_from DESC LIMIT 1
) AS last ON true
WHERE last.clinic_no IS NULL
    OR (last.time_zone, last.terms_days, last.numeric_patient_ids) IS DISTINCT FROM ($2, $3, $4)
"""


async def list_clinics(connection: Connection) -> list[RegisteredClinic]:
    """Read every clinic in order of its id."""
    rows = await connection.fetch(_READ, None)
    return [RegisteredClinic.model_validate(dict(row)) for row in rows]


async def find_clinic(connection: Connection, clinic_id: str) -> RegisteredClinic | None:
    """Read one clinic; None if nobody told of it."""
    row = await connection.fetchrow(_READ, clinic_id)
    return None if row is None else RegisteredClinic.model_validate(dict(row))


async def put_clinic(
    connection: Connection, clinic_id: str, settings: ClinicSettings, *, by: str
) -> None:
    """Register or change a clinic in the caller's transaction; the same again changes nothing."""
    number = await connection.fetchval(_PUT, clinic_id, settings.name, settings.patient_url)
    await connection.execute(
        _ADD_VERSION,
        number,
        settings.time_zone,
        settings.terms_days,
        settings.numeric_patient_ids,
        by,
    )
