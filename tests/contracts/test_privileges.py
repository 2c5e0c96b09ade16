"""Each service can do in the database what the declared tables say, and nothing else."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from careledger.database_roles import SERVICES, DatabaseService, role_of
from careledger.postgres import Connection, migrate, open_pool, session_of, set_passwords
from careledger.tables.catalog import SEQUENCES, TABLES, VIEWS
from careledger.tables.privileges import (
    CLINIC_COLUMN,
    POLICY,
    privileges_of,
    readers_of_views,
    scoped_tables,
)
from support.privileges import granted

pytestmark = pytest.mark.integration

OPEN_TO_ALL_SCOPES = {"clinics", "clinic_versions"}
"""The registry has a clinic column and no row of a patient; every scope is made from it."""
PASSWORD = "a-password-of-the-tests"  # noqa: S105 - of a server that lives as long as they do


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[Connection]:
    one = await asyncpg.connect(database_url)
    yield one
    await one.close()


async def test_exactly_the_declared_privileges_are_granted(connection: Connection) -> None:
    declared = {
        (str(table.__tablename__), role_of(service), privilege)
        for table in TABLES
        for service in SERVICES
        for privilege in privileges_of(table, service)
    }
    declared |= {
        (view, role_of(service), "SELECT")
        for view, readers in readers_of_views().items()
        for service in readers
    }
    declared |= {("alembic_version", role_of(service), "SELECT") for service in SERVICES}

    assert await granted(connection) == declared


async def test_only_the_owner_may_create_in_the_schema(connection: Connection) -> None:
    rows = await connection.fetch(
        "SELECT role FROM unnest($1::text[]) AS r (role)"
        " WHERE has_schema_privilege(role, 'reporting', 'CREATE')",
        [*map(role_of, SERVICES), "public"],
    )

    assert rows == []


async def test_numbers_are_taken_by_their_service_only(connection: Connection) -> None:
    for sequence, owner in SEQUENCES.items():
        for service in SERVICES:
            may = await connection.fetchval(
                "SELECT has_sequence_privilege($1, $2, 'USAGE')",
                role_of(service),
                f"reporting.{sequence}",
            )
            assert may == (service == owner), (sequence, service)


async def test_every_table_with_a_clinic_is_shown_by_scope(connection: Connection) -> None:
    rows = await connection.fetch(
        "SELECT table_name FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'reporting' AND column_name = $1 AND table_type = 'BASE TABLE'"
        " AND table_name !~ '^ledger_(old|unexpected|[0-9])'",
        CLINIC_COLUMN,
    )
    scoped = {str(table.__tablename__) for table in scoped_tables()}

    assert {row["table_name"] for row in rows} - OPEN_TO_ALL_SCOPES == scoped


async def test_the_policy_of_a_scoped_table_is_for_all_its_readers(connection: Connection) -> None:
    rows = await connection.fetch(
        "SELECT tablename, policyname, roles, cmd FROM pg_policies WHERE schemaname = 'reporting'"
    )
    found = {
        row["tablename"]: (row["policyname"], sorted(row["roles"]), row["cmd"]) for row in rows
    }

    assert found == {
        str(table.__tablename__): (POLICY, sorted(map(role_of, table.readers)), "SELECT")
        for table in scoped_tables()
    }
    assert len(rows) == len(found)


async def test_row_security_spares_the_writer_and_nobody_else(connection: Connection) -> None:
    rows = await connection.fetch(
        "SELECT relname, relrowsecurity, pg_get_userbyid(relowner) AS owner FROM pg_class"
        " WHERE relnamespace = 'reporting'::regnamespace AND relname = ANY($1)",
        [str(table.__tablename__) for table in scoped_tables()],
    )

    assert {row["owner"] for row in rows} == {role_of("aggregator")}
    assert all(row["relrowsecurity"] for row in rows)


async def test_a_view_is_read_with_the_rights_of_its_reader(connection: Connection) -> None:
    rows = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'reporting'::regnamespace"
        " AND relkind = 'v' AND 'security_invoker=true' = ANY(reloptions)"
    )

    assert {row["relname"] for row in rows} == {view.name for view in VIEWS}


async def test_migrating_again_changes_no_right(database_url: str, connection: Connection) -> None:
    before = await granted(connection)
    await connection.execute("GRANT DELETE ON reporting.audit_log TO careledger_report_api")
    await connection.execute("REVOKE SELECT ON reporting.ledger FROM careledger_report_api")

    await asyncio.to_thread(migrate, database_url)

    assert await granted(connection) == before


@pytest.mark.parametrize("service", SERVICES)
async def test_a_session_has_the_rights_of_its_service_whoever_signed_in(
    service: DatabaseService, database_url: str
) -> None:
    pool = await open_pool(database_url, service=service, size_max=1)

    for _ in range(2):  # the second time after the pool has reset the session
        assert await pool.fetchval("SELECT current_user") == role_of(service)
    await pool.close()


@pytest.mark.parametrize(
    ("service", "statement"),
    [
        ("aggregator", "UPDATE audit_log SET action = 'nothing'"),
        ("aggregator", "DELETE FROM audit_log"),
        ("report-api", "DELETE FROM audit_log"),
        ("report-api", "INSERT INTO audit_log SELECT * FROM audit_log"),
        ("report-api", "SELECT record FROM audit_outbox"),
        ("aggregator", "DELETE FROM identities"),
        ("report-api", "DELETE FROM ledger"),
        ("aggregator", "UPDATE ledger SET amount = 0"),
        ("aggregator", "TRUNCATE ledger"),
        ("aggregator", "DELETE FROM ledger_old"),
        ("aggregator", "CREATE TABLE reporting.mine (x integer)"),
        ("aggregator", "SELECT password_hash FROM users"),
        ("report-api", "UPDATE ledger SET amount = 0"),
        ("report-api", "SELECT amount FROM ledger_old"),
        ("report-api", "SELECT reporting.make_ledger_months('2000-01-01', '2000-01-02')"),
        ("report-api", "ALTER TABLE ledger DISABLE ROW LEVEL SECURITY"),
        ("pdf-worker", "SELECT secret_sha256 FROM clients"),
        ("pdf-worker", "SELECT token FROM patient_name_tokens"),
        ("pdf-worker", "UPDATE exports SET canceled_at = now()"),
        ("ingest", "SELECT amount FROM ledger"),
        ("ingest", "INSERT INTO audit_outbox VALUES ('a', '')"),
        ("ingest", "SELECT name FROM users"),
    ],
)
async def test_a_service_is_refused_what_is_not_its_own(
    service: DatabaseService, statement: str, database_url: str
) -> None:
    connection = await asyncpg.connect(database_url, server_settings=session_of(service))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)
    await connection.close()


async def test_the_aggregator_adds_months_of_the_ledger(database_url: str) -> None:
    connection = await asyncpg.connect(database_url, server_settings=session_of("aggregator"))

    made = await connection.fetchval(
        "SELECT make_ledger_months(date_trunc('month', now())::date, (now() + '1 year')::date)"
    )
    await connection.close()

    assert made > 0


async def test_a_service_that_signs_in_itself_cannot_become_another(database_url: str) -> None:
    await set_passwords(database_url, {"pdf-worker": PASSWORD})
    signed_in = await asyncpg.connect(
        database_url,
        user=role_of("pdf-worker"),
        password=PASSWORD,
        server_settings=session_of("pdf-worker"),
    )

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await signed_in.execute(f"SET ROLE {role_of('report-api')}")
    await signed_in.close()


async def test_the_server_keeps_what_proves_a_password_and_not_the_password(
    database_url: str, connection: Connection
) -> None:
    await set_passwords(database_url, {"ingest": PASSWORD})

    stored = await connection.fetchval(
        "SELECT rolpassword FROM pg_authid WHERE rolname = $1", role_of("ingest")
    )
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(database_url, user=role_of("ingest"), password="guessed")  # noqa: S106 - wrong on purpose

    assert stored.startswith("SCRAM-SHA-256$")
    assert PASSWORD not in stored
