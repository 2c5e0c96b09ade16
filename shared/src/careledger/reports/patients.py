"""Finding patients: by their id, or by keyed hashes of name parts; no name is ever seen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated

from pydantic import Field

from careledger.postgres import Connection
from careledger.reports.answers import Closed, Meta, Page
from careledger.reports.clinics import Clinic

PATIENT_PAGE_MAX = 200


class PatientFound(Closed):
    """A patient, and the clinics (of those the caller may see) that know the id."""

    patient_id: str
    clinic_ids: list[str]


class PatientsReport(Closed):
    """Patients in order of their id."""

    meta: Meta
    patients: list[PatientFound]
    page: Page


class PatientsPage(Closed):
    """Which page of found patients to read."""

    limit: Annotated[int, Field(ge=1, le=PATIENT_PAGE_MAX)] = 50
    after: str | None = None


async def find_patient(
    connection: Connection, clinics: Sequence[Clinic], patient_id: str
) -> PatientsReport:
    """Find one patient by id: a list of one, or of none."""
    raise NotImplementedError


async def find_patients_by_name(
    connection: Connection,
    clinics: Sequence[Clinic],
    tokens: Mapping[str, AbstractSet[str]],
    page: PatientsPage,
) -> PatientsReport:
    """Find the patients whose name has all parts searched for.

    Args:
        connection: inside the caller's transaction.
        clinics: the clinics the caller may see.
        tokens: key id to the tokens (hexadecimal) of all name parts under that key; a patient is
            found if under any one key every token matches. No token at all finds nobody.
        page: which page.
    """
    raise NotImplementedError
