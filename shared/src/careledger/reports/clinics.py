"""Clinics as the reports see them: zone and terms in force, and what day it is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from careledger import clock
from careledger.postgres import Connection
from careledger.reports.answers import ClinicCalendar, Closed
from careledger.reports.errors import QuestionError


class Clinic(Closed):
    """One clinic with the version of its settings in force now."""

    clinic_no: int
    clinic_id: str
    name: str | None
    time_zone: str
    terms_days: int
    confirmed: bool
    patient_url: str | None
    """Template of a patient's page in the practice's own system, with {patient_id}."""

    @property
    def today(self) -> date:
        """Today's date in the clinic's own zone."""
        return clock.today(self.time_zone)

    @property
    def calendar(self) -> ClinicCalendar:
        """What `meta` says of this clinic."""
        return ClinicCalendar(
            clinic_id=self.clinic_id,
            time_zone=self.time_zone,
            terms_days=self.terms_days,
            confirmed=self.confirmed,
        )


# The version in force; a clinic whose only version begins in the future is read with that one.
# Row-level security shows the rest of the transaction the rows of these clinics only: the setting
# ends with the transaction, and without it there is nothing to see.
_CLINICS: Final = """
WITH seen AS MATERIALIZED (
    SELECT c.clinic_no, c.clinic_id, c.name, c.confirmed, c.patient_url, v.time_zone, v.terms_days
    FROM clinics AS c
    CROSS JOIN LATERAL (
        SELECT time_zone, terms_days
        FROM clinic_versions
        WHERE clinic_no = c.clinic_no
        ORDER BY valid_from > now(), CASE WHEN valid_from > now() THEN valid_from END,
            valid_from DESC
        LIMIT 1
    ) AS v
    WHERE $1::text[] IS NULL OR c.clinic_id = ANY($1)
), scope AS MATERIALIZED (
    SELECT set_config('careledger.clinics', coalesce(array_agg(clinic_no), '{}')::text, true),
        set_config('plan_cache_mode', $2, true)
    FROM seen
)
SELECT seen.* FROM seen CROSS JOIN scope ORDER BY clinic_id
"""


async def read_clinics(
    connection: Connection,
    clinic_ids: Collection[str] | None = None,
    *,
    planned_once: bool = False,
) -> list[Clinic]:
    """Read clinics by id, or all of them, and let the transaction see their rows and no others.

    Ids that do not exist are left out.

    Args:
        connection: inside the caller's transaction.
        clinic_ids: None reads every clinic.
        planned_once: the rest of the transaction takes the plans its session has made already,
            whatever it asks for. A question about a patient costs less than to plan it, over all
            months of the ledger; one about a range may deserve a plan of its own.
    """
    wanted = None if clinic_ids is None else list(clinic_ids)
    plans = "force_generic_plan" if planned_once else "auto"
    rows = await connection.fetch(_CLINICS, wanted, plans)
    return [Clinic.model_validate(dict(row)) for row in rows]


def narrow(clinics: Sequence[Clinic], clinic_ids: Collection[str]) -> tuple[Clinic, ...]:
    """Keep the clinics a question names; an empty filter keeps all that the caller may see.

    Raises:
        QuestionError: if nothing is left, which is the same for unknown and for hidden clinics.
    """
    kept = tuple(c for c in clinics if not clinic_ids or c.clinic_id in clinic_ids)
    if not kept:
        raise QuestionError("clinic_id", "no clinic of this name may be read")
    return kept


def latest_today(clinics: Sequence[Clinic]) -> date:
    """Return today; of several clinics the latest today."""
    return max(clinic.today for clinic in clinics)


def resolve_as_of(
    asked: Sequence[Clinic], as_of: date | None, *, readable: Sequence[Clinic]
) -> date:
    """Return the as-of date of a question: the one given, else today.

    Args:
        asked: the clinics the question is about.
        as_of: the day it names.
        readable: all that may be read. Where the day has begun already, a question about all of
            them is of that day, and so is what its figures are made of, in a clinic further west.

    Raises:
        QuestionError: if it is later than today.
    """
    if as_of is None:
        return latest_today(asked)
    today = latest_today(readable)
    if as_of > today:
        raise QuestionError("as_of", f"as_of may not be later than today, {today}")
    return as_of
