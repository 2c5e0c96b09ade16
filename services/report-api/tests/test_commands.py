"""The commands of report-api, run as an operator runs them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
from deploy.local.stack import Addresses
from typer.testing import CliRunner, Result

from careledger.audit_trail import operator
from report_api.cli import app
from support.stack import run_apart

pytestmark = pytest.mark.integration

PASSWORD = "correct horse battery staple"  # noqa: S105 - of users that live as long as a test
Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", database_url)

    def invoke(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(app, arguments, input=stdin)

    return invoke


@pytest.fixture
def rows(database_url: str) -> Callable[[str], list[dict[str, Any]]]:
    async def fetch(statement: str) -> list[dict[str, Any]]:
        connection = await asyncpg.connect(database_url)
        try:
            return [dict(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return lambda statement: run_apart(fetch(statement))


Rows = Callable[[str], list[dict[str, Any]]]


def create_user(run: Run, role: str = "staff", *more: str, password: str = PASSWORD) -> Result:
    options = ("--role", role, "--name", "ada", "--password-stdin", *more)
    return run("users", "create", *options, stdin=f"{password}\n")


def audited(rows: Rows) -> list[tuple[str, str, dict[str, Any]]]:
    records = [
        msgspec.json.decode(row["record"])
        for row in rows("SELECT record FROM reporting.audit_outbox ORDER BY record_id")
    ]
    return [(one["action"], one["resource"], one["details"]) for one in records]


def test_a_user_is_created_once_and_then_updated(run: Run, rows: Rows) -> None:
    first = create_user(run)
    second = create_user(run, "finance", "--clinic", "north", "--clinic", "south")

    (user,) = rows("SELECT name, role, clinic_ids FROM reporting.users")
    assert (first.output, second.output) == ("created\n", "updated\n")
    assert user == {"name": "ada", "role": "finance", "clinic_ids": ["north", "south"]}


def test_each_change_of_a_user_is_recorded_without_the_password(run: Run, rows: Rows) -> None:
    create_user(run, "staff", "--clinic", "north")
    run("users", "set-password", "ada", "--password-stdin", stdin="another long password\n")
    run("users", "disable", "ada")

    assert audited(rows) == [
        (
            "user.changed",
            "users/ada",
            {"change": "created", "role": "staff", "clinics": ["north"]},
        ),
        ("user.changed", "users/ada", {"change": "password"}),
        ("user.changed", "users/ada", {"change": "disabled"}),
    ]


def test_users_are_listed(run: Run) -> None:
    create_user(run)

    listed = run("users", "list").output

    assert "ada   staff  every clinic  active" in listed
    assert "argon2" not in listed


@pytest.mark.parametrize(
    ("name", "password", "problem"),
    [
        ("ada", "short", "12-1024 characters"),
        ("ada", "", "no password"),
        ("Ada Lovelace", PASSWORD, "A user name has"),
        ("", PASSWORD, "A user name has"),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    run: Run, rows: Rows, name: str, password: str, problem: str
) -> None:
    options = ("--role", "staff", "--name", name, "--password-stdin")
    result = run("users", "create", *options, stdin=f"{password}\n")

    assert problem in str(result.exception)
    assert rows("SELECT name FROM reporting.users") == []


def test_an_unknown_user_cannot_be_changed(run: Run) -> None:
    assert "no such user" in str(run("users", "disable", "nobody").exception)


def test_a_client_gets_a_secret_that_is_stored_nowhere(run: Run, rows: Rows) -> None:
    created = run("clients", "create", "--name", "Billing", "--scope", "revenue:read").output
    secret = created.partition("client_secret: ")[2].strip()

    stored = rows("SELECT to_jsonb(c) AS text FROM reporting.clients AS c")

    assert len(secret) > 40
    assert secret not in str(stored)
    assert secret not in str(audited(rows))
    assert "revenue:read" in run("clients", "list").output


def test_a_client_can_be_disabled(run: Run, rows: Rows) -> None:
    created = run("clients", "create", "--name", "Billing", "--scope", "revenue:read").output
    client_id = created.partition("\n")[0].removeprefix("client_id: ")

    run("clients", "disable", client_id)

    assert "disabled" in run("clients", "list").output
    assert [details["change"] for _, _, details in audited(rows)] == ["created", "disabled"]


def test_a_scope_nobody_knows_is_refused(run: Run) -> None:
    result = run("clients", "create", "--name", "Billing", "--scope", "everything")

    assert "Scopes are some of" in str(result.exception)


def test_a_clinic_is_registered_and_recorded(run: Run, rows: Rows) -> None:
    result = run("clinics", "put", "north", "--name", "North", "--time-zone", "Europe/Berlin")

    assert result.output == "registered\n"
    assert "north      North  Europe/Berlin  30          confirmed" in run("clinics", "list").output
    assert [(action, resource) for action, resource, _ in audited(rows)] == [
        ("clinic.changed", "clinics/north")
    ]


def test_a_zone_nobody_knows_is_refused(run: Run) -> None:
    result = run("clinics", "put", "north", "--name", "North", "--time-zone", "Mars/Olympus")

    assert "time_zone" in str(result.exception)


def test_a_file_of_clinics_is_registered_whole(run: Run, rows: Rows, tmp_path: Path) -> None:
    file = tmp_path / "clinics.csv"
    file.write_text("clinic_id,name,time_zone,terms_days\nnorth,North,UTC,30\nsouth,South,UTC,14\n")

    result = run("clinics", "import", str(file))

    assert result.output == "2 registered\n"
    assert len(audited(rows)) == 2


def test_a_database_that_is_not_migrated_is_named(
    stack: Addresses, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", stack.postgres)

    result = create_user(run)

    assert "careledger.postgres migrate" in str(result.exception)


def test_a_change_names_who_typed_the_command(run: Run, rows: Rows) -> None:
    create_user(run)
    run("clinics", "put", "north", "--name", "North", "--time-zone", "UTC")

    records = [
        msgspec.json.decode(row["record"])
        for row in rows("SELECT record FROM reporting.audit_outbox ORDER BY record_id")
    ]
    assert {(one["actor_kind"], one["actor"]) for one in records} == {("user", operator())}
    assert operator().startswith("os:")
