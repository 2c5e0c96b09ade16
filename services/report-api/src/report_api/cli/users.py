"""`report-api users`: who may sign in."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from careledger.commands import in_transaction
from report_api import account_changes, accounts
from report_api.cli.output import clinics_text, print_table, read_password
from report_api.permissions import Role
from report_api.settings import SERVICE, database_url

app = typer.Typer(help="Users: who may sign in, as what.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The user's name.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.command("create")
def create(
    role: Annotated[Role, typer.Option(help="What the user is.")],
    name: Annotated[str, typer.Option(help="Name to sign in with.")],
    clinic: Annotated[
        list[str] | None, typer.Option(help="A clinic the user may see; again for more.")
    ] = None,
    *,
    password_stdin: FromStdin = False,
) -> None:
    """Create a user, or give an existing one this role, scope and password.

    Without --clinic the user sees every clinic.
    """
    password = read_password(from_stdin=password_stdin)

    async def work() -> bool:
        async with accounts.open_session(database_url()) as session:
            return await accounts.create_user(
                session, name=name, role=role, password=password, clinic_ids=clinic or []
            )

    typer.echo("created" if asyncio.run(work()) else "updated")


@app.command("set-password")
def set_password(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Give a user another password; the user's sign-ins end."""
    password = read_password(from_stdin=password_stdin)

    async def work() -> None:
        async with accounts.open_session(database_url()) as session:
            await accounts.set_password(session, name=name, password=password)

    asyncio.run(work())
    typer.echo("changed")


@app.command("disable")
def disable(name: Name) -> None:
    """Disable a user at once; the name stays in the audit log and is never given again."""

    async def work() -> None:
        async with accounts.open_session(database_url()) as session:
            await accounts.disable_user(session, name=name)

    asyncio.run(work())
    typer.echo("disabled")


@app.command("list")
def show() -> None:
    """List the users."""

    async def work() -> list[tuple[str, ...]]:
        async with accounts.open_session(database_url()) as session:
            return [
                (
                    user.name,
                    user.role,
                    clinics_text(user.clinic_ids),
                    "disabled" if user.disabled_at else "active",
                )
                for user in await accounts.list_users(session)
            ]

    print_table(("name", "role", "clinics", "state"), asyncio.run(work()))


@app.command("change")
def change(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the user is from now on.")],
    clinic: Annotated[
        list[str] | None, typer.Option(help="A clinic the user may see; again for more.")
    ] = None,
) -> None:
    """Give a user another role and scope, from the next request on; the password stays.

    Without --clinic the user sees every clinic.
    """
    in_transaction(
        SERVICE,
        lambda c: account_changes.change_user(c, name, role=role, clinic_ids=clinic or None),
    )
    typer.echo("changed")


@app.command("enable")
def enable(name: Name) -> None:
    """Let a disabled or locked user sign in again."""
    in_transaction(SERVICE, lambda connection: account_changes.enable_user(connection, name))
    typer.echo("enabled")


@app.command("sign-out")
def sign_out(name: Name) -> None:
    """End every sign-in of a user."""
    in_transaction(SERVICE, lambda connection: account_changes.sign_out_user(connection, name))
    typer.echo("signed out")


FederatedId = Annotated[str, typer.Argument(help="The user's id, from list-federated.")]


@app.command("list-federated")
def list_federated() -> None:
    """List the users whom the identity provider has let in."""
    rows = in_transaction(SERVICE, account_changes.list_federated)
    print_table(("user_id", "name", "role", "clinics", "state"), rows)


@app.command("disable-federated")
def disable_federated(user_id: FederatedId) -> None:
    """Turn a user away whom the identity provider lets in."""
    in_transaction(
        SERVICE, lambda c: account_changes.set_federated_state(c, user_id, disabled=True)
    )
    typer.echo("disabled")


@app.command("enable-federated")
def enable_federated(user_id: FederatedId) -> None:
    """Let such a user in again."""
    in_transaction(
        SERVICE, lambda c: account_changes.set_federated_state(c, user_id, disabled=False)
    )
    typer.echo("enabled")
