"""Rows of clinics outside the scope do not exist for a reader, whatever its statement forgets."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from careledger.database_roles import DatabaseService
from careledger.postgres import Connection, session_of
from careledger.reports.clinics import read_clinics
from careledger.reports.revenue import RevenueQuery, read_revenue
from careledger.tables.privileges import scoped_tables
from support.balances import close_all
from support.reading import Storyteller, Told
from support.stories import tell

pytestmark = pytest.mark.integration

SCOPED = [str(table.__tablename__) for table in scoped_tables()]
READERS: tuple[DatabaseService, ...] = ("report-api", "pdf-worker")

EVENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("payment.allocated", {"invoice_id": "late", "payment_id": "later", "amount": 1}),
    ("invoice.issued", {"amount": 100}),
    ("payment.refunded", {"amount": 5}),
    ("payment.succeeded", {"amount": 30, "name_tokens": [{"key_id": "1", "token": "ab" * 32}]}),
)


def read_by(service: str) -> list[str]:
    return [str(one.__tablename__) for one in scoped_tables() if service in one.readers]


@pytest.fixture
async def told(story: Storyteller) -> Told:
    """Two clinics that have rows in every table with a clinic."""
    told = await story(
        *(
            tell(event_type, "2024-02-05", clinic_id=clinic, **said)
            for clinic in ("new-york", "berlin")
            for event_type, said in EVENTS
        )
    )
    await close_all(story.writer)
    await story.writer.execute(
        "INSERT INTO removed_currencies SELECT clinic_no, 'XTS' FROM clinics"
        " WHERE clinic_id = ANY($1)",
        [told.applied.scoped(clinic) for clinic in ("new-york", "berlin")],
    )
    return told


@pytest.fixture(params=READERS)
async def reader(
    request: pytest.FixtureRequest, stories_url: str
) -> AsyncIterator[tuple[str, Connection]]:
    service: DatabaseService = request.param
    connection = await asyncpg.connect(stories_url, server_settings=session_of(service))
    yield service, connection
    await connection.close()


async def clinics_in(connection: Connection, table: str) -> set[str]:
    rows = await connection.fetch(
        f"SELECT DISTINCT clinic_id FROM {table} JOIN clinics USING (clinic_no)"
    )
    return {row["clinic_id"] for row in rows}


@pytest.mark.usefixtures("told")
async def test_without_a_scope_nothing_is_there(reader: tuple[str, Connection]) -> None:
    service, connection = reader

    for table in read_by(service):
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_a_statement_without_a_filter_sees_the_clinics_in_scope_only(
    told: Told, reader: tuple[str, Connection]
) -> None:
    service, connection = reader
    mine = told.applied.scoped("berlin")

    async with connection.transaction():
        await read_clinics(connection, [mine])
        seen = {table: await clinics_in(connection, table) for table in read_by(service)}

    assert seen == {table: {mine} for table in read_by(service)}


async def test_the_history_view_shows_the_clinics_in_scope_only(
    told: Told, reader: tuple[str, Connection]
) -> None:
    _, connection = reader
    mine = told.applied.scoped("new-york")

    async with connection.transaction():
        await read_clinics(connection, [mine])
        seen = await clinics_in(connection, "patient_payment_history")

    assert seen == {mine}


@pytest.mark.usefixtures("told")
async def test_a_scope_ends_with_its_transaction(reader: tuple[str, Connection]) -> None:
    _, connection = reader
    async with connection.transaction():
        await read_clinics(connection, None)
        assert await connection.fetchval("SELECT count(*) FROM ledger") > 0

    assert await connection.fetchval("SELECT count(*) FROM ledger") == 0


@pytest.mark.usefixtures("told")
async def test_a_scope_without_clinics_sees_nothing(reader: tuple[str, Connection]) -> None:
    _, connection = reader

    async with connection.transaction():
        assert await read_clinics(connection, ["nowhere"]) == []
        assert await connection.fetchval("SELECT count(*) FROM ledger") == 0


async def test_a_report_asked_for_a_foreign_clinic_sums_nothing(
    told: Told, reader: tuple[str, Connection]
) -> None:
    _, connection = reader
    query = RevenueQuery.model_validate({"start_date": "2024-02-01", "end_date": "2024-02-29"})

    async with connection.transaction(isolation="repeatable_read", readonly=True):
        foreign = await read_clinics(connection, [told.applied.scoped("berlin")])
        await read_clinics(connection, [told.applied.scoped("new-york")])
        report = await read_revenue(connection, foreign, query)

    assert report.totals == []


async def test_the_writer_reads_every_clinic(told: Told, story: Storyteller) -> None:
    everywhere = {told.applied.scoped("berlin"), told.applied.scoped("new-york")}

    for table in SCOPED:
        assert everywhere <= await clinics_in(story.writer, table), table
