"""A key of the index of names can be replaced: both find patients until one is forgotten."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from aggregator.name_keys import Generation, count_generations, forget_generation
from careledger.deidentification import name_indexes
from careledger.postgres import Connection, session_of
from careledger.reports.clinics import read_clinics
from careledger.reports.patients import PatientsPage, find_patients_by_name

pytestmark = pytest.mark.integration

SECRET = "a root secret that only tests know, 32 characters"  # noqa: S105 - of these tests alone
NEW, OLD = name_indexes(SECRET, "2,1")
NAME = "José O'Brien"


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[Connection]:
    """Anna was told under both keys, Bert under the old one alone."""
    one = await asyncpg.connect(database_url, server_settings=session_of("aggregator"))
    clinic_no = await one.fetchval(
        "INSERT INTO clinics (clinic_id) VALUES ('north') RETURNING clinic_no"
    )
    await one.execute(
        "INSERT INTO clinic_versions (clinic_no, valid_from, time_zone, terms_days, recorded_by)"
        " VALUES ($1, '-infinity', 'UTC', 30, 'test')",
        clinic_no,
    )
    for patient_id, indexes in (("anna", (NEW, OLD)), ("bert", (OLD,))):
        await one.executemany(
            "INSERT INTO patient_name_tokens (clinic_no, token, patient_id, key_id)"
            " VALUES ($1, $2, $3, $4)",
            [
                (clinic_no, bytes.fromhex(token), patient_id, index.key_id)
                for index in indexes
                for token in index.tokens([NAME])
            ],
        )
    yield one
    await one.close()


async def found(database_url: str) -> list[str]:
    tokens = {index.key_id: index.tokens(["obrien jose"]) for index in (NEW, OLD)}
    reader = await asyncpg.connect(database_url, server_settings=session_of("report-api"))
    async with reader.transaction():
        clinics = await read_clinics(reader)
        report = await find_patients_by_name(reader, clinics, tokens, PatientsPage())
    await reader.close()
    return [patient.patient_id for patient in report.patients]


def test_the_same_name_has_nothing_in_common_under_two_keys() -> None:
    assert NEW.tokens([NAME]) & OLD.tokens([NAME]) == frozenset()


@pytest.mark.usefixtures("connection")
async def test_patients_are_found_under_either_key_and_once(database_url: str) -> None:
    assert await found(database_url) == ["anna", "bert"]


async def test_it_is_told_who_hangs_on_a_key_alone(connection: Connection) -> None:
    assert await count_generations(connection) == [Generation("1", 2, 1), Generation("2", 1, 0)]


async def test_a_forgotten_key_finds_nobody_and_leaves_a_record(
    connection: Connection, database_url: str
) -> None:
    async with connection.transaction():
        gone = await forget_generation(connection, "1", by="test")

    records = await connection.fetch("SELECT record FROM audit_outbox")
    assert gone == 4
    assert await found(database_url) == ["anna"]
    assert [b"name_key.forgotten" in row["record"] for row in records] == [True]
