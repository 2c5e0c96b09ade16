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
    # With what an address by TLS has behind it: whatever connects must be able to read that.
    monkeypatch.setenv("CARELEDGER_DATABASE_URL", f"{database_url}?sslmode=prefer")

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


def created_client(run: Run) -> str:
    created = run("clients", "create", "--name", "Billing", "--scope", "revenue:read").output
    return created.partition("\n")[0].removeprefix("client_id: ")


def test_a_user_is_changed_and_keeps_the_password(run: Run, rows: Rows) -> None:
    create_user(run)
    (before,) = rows("SELECT password_hash FROM reporting.users")

    result = run("users", "change", "ada", "--role", "auditor", "--clinic", "north")

    (user,) = rows("SELECT role, clinic_ids, password_hash FROM reporting.users")
    assert result.output == "changed\n"
    assert user == {"role": "auditor", "clinic_ids": ["north"], **before}
    assert audited(rows)[-1] == (
        "user.changed",
        "users/ada",
        {"change": "scope", "role": "auditor", "clinics": ["north"]},
    )


def test_a_locked_or_disabled_user_is_let_in_again(run: Run, rows: Rows) -> None:
    create_user(run)
    run("users", "disable", "ada")
    rows(
        "INSERT INTO reporting.sign_in_addresses"
        " SELECT user_id, '192.0.2.1', 5, now() + interval '1 hour', NULL, now()"
        " FROM reporting.users RETURNING remote"
    )

    run("users", "enable", "ada")

    assert rows("SELECT disabled_at, failed_attempts, locked_until FROM reporting.users") == [
        {"disabled_at": None, "failed_attempts": 0, "locked_until": None}
    ]
    assert rows("SELECT remote FROM reporting.sign_in_addresses") == []


def test_a_client_gets_another_secret_and_other_scopes(run: Run, rows: Rows) -> None:
    client_id = created_client(run)
    (before,) = rows("SELECT secret_sha256 FROM reporting.clients")

    others = ("--clinic", "north", "--profile", "pseudonymized")

    rotated = run("clients", "rotate-secret", client_id).output
    run("clients", "change", client_id, "--scope", "history:read", *others)

    (client,) = rows("SELECT secret_sha256, scopes, clinic_ids FROM reporting.clients")
    assert rotated.startswith("client_secret: cls_")
    assert client["secret_sha256"] != before["secret_sha256"]
    assert (client["scopes"], client["clinic_ids"]) == (["history:read"], ["north"])
    assert [details["change"] for _, _, details in audited(rows)] == ["created", "secret", "scope"]


def test_a_client_that_was_disabled_is_enabled(run: Run) -> None:
    client_id = created_client(run)
    run("clients", "disable", client_id)

    run("clients", "enable", client_id)

    assert "active" in run("clients", "list").output


@pytest.mark.parametrize(
    "command",
    [
        ("users", "enable", "nobody"),
        ("users", "sign-out", "nobody"),
        ("users", "change", "nobody", "--role", "staff"),
        ("users", "disable-federated", "nobody"),
        ("clients", "rotate-secret", "nobody"),
        ("clients", "enable", "nobody"),
    ],
    ids=" ".join,
)
def test_an_account_nobody_has_cannot_be_changed(run: Run, command: tuple[str, ...]) -> None:
    assert "no such account" in str(run(*command).exception)


def test_a_key_of_a_source_is_shown_once_and_withdrawn(
    run: Run, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELEDGER_SECRET", "a root secret that only tests know, 32 characters")
    added = run("sources", "add-key", "north-billing").output
    key_id = added.partition("\n")[0].removeprefix("key_id: ")
    key = added.partition("key: ")[2].strip()

    run("sources", "disable-key", key_id)

    listed = run("sources", "list").output
    assert "north-billing  token" in listed
    assert "disabled" in listed
    assert key not in listed + str(audited(rows))
    assert [action for action, _, _ in audited(rows)] == ["source_key.changed"] * 2
