"""Patient ids of nine or ten digits pass where the clinic says so, and are never guessed about."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from careledger.database_roles import role_of
from careledger.errors import UnavailableError
from careledger.postgres import Pool, open_pool
from ingest.clinics import ClinicRegistry
from support.databases import take_away
from support.ingest import RunningIngest
from support.payment_bodies import event, payment
from support.polling import seen

pytestmark = pytest.mark.integration

NORTH = frozenset({"north"})
REGISTER = """
WITH added AS (
    INSERT INTO reporting.clinics (clinic_id) VALUES ($1)
    ON CONFLICT (clinic_id) DO UPDATE SET clinic_id = excluded.clinic_id RETURNING clinic_no
)
INSERT INTO reporting.clinic_versions
    (clinic_no, valid_from, time_zone, terms_days, numeric_patient_ids, recorded_by)
SELECT clinic_no, now(), 'UTC', 30, $2, 'test' FROM added
"""


async def register(database_url: str, clinic_id: str, *, numbering: bool) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute(REGISTER, clinic_id, numbering)
    await connection.close()


@pytest.fixture
async def pool(database_url: str) -> AsyncGenerator[Pool]:
    opened = await open_pool(database_url, service="ingest", size_max=1)
    yield opened
    opened.terminate()


async def test_a_clinic_nobody_registered_does_not_number_its_patients(pool: Pool) -> None:
    assert await ClinicRegistry(pool).numbering(NORTH) == frozenset()


async def test_the_latest_version_of_a_clinic_counts(pool: Pool, database_url: str) -> None:
    await register(database_url, "north", numbering=True)
    await register(database_url, "south", numbering=True)
    await register(database_url, "south", numbering=False)

    assert await ClinicRegistry(pool).numbering(frozenset({"north", "south", "west"})) == NORTH


async def test_a_clinic_registered_a_moment_ago_is_known_at_once(
    pool: Pool, database_url: str
) -> None:
    registry = ClinicRegistry(pool)
    assert await registry.numbering(NORTH) == frozenset()

    await register(database_url, "north", numbering=True)

    assert await seen(lambda: registry.numbering(NORTH), bool, timeout_seconds=3) == NORTH


async def test_without_the_database_a_remembered_yes_holds(pool: Pool, database_url: str) -> None:
    await register(database_url, "north", numbering=True)
    registry = ClinicRegistry(pool)
    assert await registry.numbering(NORTH) == NORTH

    await take_away(database_url)

    assert await registry.numbering(NORTH) == NORTH


async def test_without_the_database_anything_else_is_not_guessed(
    pool: Pool, database_url: str
) -> None:
    registry = ClinicRegistry(pool)
    await take_away(database_url)

    with pytest.raises(UnavailableError):
        await registry.numbering(NORTH)


async def test_a_registry_that_may_not_be_read_is_not_called_away(
    pool: Pool, database_url: str
) -> None:
    registry = ClinicRegistry(pool)
    await registry.check()
    owner = await asyncpg.connect(database_url)
    await owner.execute(f"REVOKE SELECT ON reporting.clinics FROM {role_of('ingest')}")  # noqa: S608 - our own name
    await owner.close()

    with pytest.raises(UnavailableError, match=r"^PostgreSQL refuses: InsufficientPrivilegeError"):
        await registry.check()
    await take_away(database_url)
    with pytest.raises(UnavailableError, match=r"^PostgreSQL does not answer: "):
        await registry.check()


async def test_events_come_in_without_the_database_unless_they_hang_on_it(
    ingest: RunningIngest, database_url: str
) -> None:
    await take_away(database_url)
    headers = {"content-type": "application/cloudevents+json"}

    usual = await ingest.client.post("/v1/events", json=event(), headers=headers)
    digits = event(payment(patient_id="078051120"))
    hanging = await ingest.client.post("/v1/events", json=digits, headers=headers)
    ready = await ingest.client.get("/readyz?verbose")

    assert (usual.status_code, hanging.status_code) == (202, 503)
    assert ready.status_code == 200
    assert ready.json()["checks"]["postgres"]["ok"] is False


async def test_bare_digits_are_refused_until_their_clinic_is_registered_so(
    ingest: RunningIngest, database_url: str
) -> None:
    headers = {"content-type": "application/cloudevents+json"}
    body = event(payment(patient_id="078051120"))

    async def post() -> int:
        return (await ingest.client.post("/v1/events", json=body, headers=headers)).status_code

    assert await post() == 422
    await register(database_url, "north", numbering=True)
    assert await seen(post, lambda status: status != 422, timeout_seconds=5) == 202
