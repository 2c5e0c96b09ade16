"""Finding patients: by their id, or by keyed hashes of name parts; no name is ever seen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Final

from pydantic import Field

from careledger.events.fields import IDENTIFIERS
from careledger.postgres import Connection
from careledger.reports.answers import Closed, Meta, Page, QuestionId
from careledger.reports.clinics import Clinic
from careledger.reports.provenance import Subject, build_meta, digest
from careledger.reports.snapshot import Snapshot, take_snapshot

PATIENT_PAGE_MAX: Final = 200


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
    after: QuestionId | None = None


_SUBJECT: Final = Subject(report="patients", basis="business_date", metrics=())

_BY_ID: Final = """
SELECT DISTINCT clinic_no FROM ledger WHERE clinic_no = ANY($1::integer[]) AND patient_id = $2
"""

# Under one key generation every part must be there; the parts may come from several clinics.
_BY_NAME: Final = """
WITH part AS (
    SELECT DISTINCT key_id, token, count(token) OVER (PARTITION BY key_id) AS parts
    FROM unnest($2::text[], $3::bytea[]) AS asked (key_id, token)
), matched AS (
    SELECT n.patient_id, array_agg(DISTINCT n.clinic_no) AS clinic_nos
    FROM part AS p
    JOIN patient_name_tokens AS n ON n.token = p.token AND n.key_id = p.key_id
    WHERE n.clinic_no = ANY($1::integer[]) AND ($4::text IS NULL OR n.patient_id > $4)
    GROUP BY p.key_id, p.parts, n.patient_id
    HAVING count(DISTINCT n.token) = p.parts
)
SELECT m.patient_id, array_agg(DISTINCT c.clinic_no) AS clinic_nos
FROM matched AS m CROSS JOIN LATERAL unnest(m.clinic_nos) AS c (clinic_no)
GROUP BY m.patient_id
ORDER BY m.patient_id
LIMIT $5
"""


async def find_patient(
    connection: Connection, clinics: Sequence[Clinic], patient_id: str
) -> PatientsReport:
    """Find one patient by id: a list of one, or of none.

    Raises:
        QuestionError: if there is no clinic to read.
    """
    snapshot = await take_snapshot(connection, clinics)
    # What cannot be an id is not looked for: PostgreSQL's text holds no NUL.
    could_be = IDENTIFIERS.fullmatch(patient_id) is not None
    rows = await connection.fetch(_BY_ID, snapshot.clinic_nos, patient_id) if could_be else []
    found = _found(snapshot, patient_id, [row["clinic_no"] for row in rows])
    return _report(snapshot, [found] if rows else [], Page(limit=1, next=None))


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

    Raises:
        QuestionError: if there is no clinic to read.
    """
    snapshot = await take_snapshot(connection, clinics)
    asked = [(key_id, bytes.fromhex(token)) for key_id, many in tokens.items() for token in many]
    rows = await connection.fetch(
        _BY_NAME,
        snapshot.clinic_nos,
        [key_id for key_id, _ in asked],
        [token for _, token in asked],
        page.after,
        page.limit + 1,
    )
    shown = rows[: page.limit]
    found = [_found(snapshot, row["patient_id"], row["clinic_nos"]) for row in shown]
    following = found[-1].patient_id if len(rows) > page.limit else None
    return _report(snapshot, found, Page(limit=page.limit, next=following))


def _found(snapshot: Snapshot, patient_id: str, clinic_nos: Sequence[int]) -> PatientFound:
    clinic_ids = sorted(snapshot.clinic_ids[number] for number in clinic_nos)
    return PatientFound(patient_id=patient_id, clinic_ids=clinic_ids)


def _report(snapshot: Snapshot, found: list[PatientFound], page: Page) -> PatientsReport:
    meta = build_meta(snapshot, _SUBJECT, currencies=(), figures_digest=digest({"patients": found}))
    return PatientsReport(meta=meta, patients=found, page=page)
