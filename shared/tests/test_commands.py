"""Commands work in the role of their service, all or nothing; what fails is a line for people."""

import asyncio

import asyncpg
import pytest

from careledger.commands import in_transaction
from careledger.errors import ConfigurationError, UnavailableError
from careledger.postgres import Connection


@pytest.mark.integration
async def test_a_command_has_the_rights_of_its_service(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", database_url)

    async def who(connection: Connection) -> str:
        return await connection.fetchval("SELECT current_user")

    assert await asyncio.to_thread(in_transaction, "aggregator", who) == "careledger_aggregator"
    assert await asyncio.to_thread(in_transaction, "report-api", who) == "careledger_report_api"


@pytest.mark.integration
async def test_a_command_that_fails_changes_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", database_url)

    async def work(connection: Connection) -> None:
        await connection.execute("INSERT INTO audit_outbox VALUES ('one', 'record')")
        await connection.execute("SELECT 1 / 0")

    with pytest.raises(UnavailableError, match="DivisionByZeroError"):
        await asyncio.to_thread(in_transaction, "report-api", work)

    connection = await asyncpg.connect(database_url)
    assert await connection.fetchval("SELECT count(*) FROM reporting.audit_outbox") == 0
    await connection.close()


def test_a_missing_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARELEDGER_DATABASE_URL", raising=False)

    async def nothing(_connection: Connection) -> None:
        """Is never begun."""

    with pytest.raises(ConfigurationError, match="CARELEDGER_DATABASE_URL"):
        in_transaction("report-api", nothing)
