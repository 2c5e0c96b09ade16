"""`report-api clients`: partner systems and their scopes."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from careledger.commands import in_transaction
from report_api import account_changes, accounts
from report_api.cli.output import clinics_text, print_table
from report_api.permissions import Profile
from report_api.settings import SERVICE, database_url

app = typer.Typer(help="Clients: partner systems and their scopes.", no_args_is_help=True)


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="What the system is called.")],
    scope: Annotated[list[str], typer.Option(help="A scope it gets; again for more.")],
    clinic: Annotated[
        list[str] | None, typer.Option(help="A clinic it may see; again for more.")
    ] = None,
    profile: Annotated[
        Profile, typer.Option(help="What it is shown of patients.")
    ] = Profile.SUPPRESSED,
) -> None:
    """Create a client; its secret is shown once and stored nowhere.

    Without --clinic the client sees every clinic. The profile suppressed shows sums of months
    without small cells, and nothing else.
    """

    async def work() -> tuple[str, str]:
        async with accounts.open_session(database_url()) as session:
            return await accounts.create_client(
                session, name=name, scopes=scope, clinic_ids=clinic or [], profile=profile
            )

    client_id, secret = asyncio.run(work())
    typer.echo(f"client_id: {client_id}\nclient_secret: {secret}")


@app.command("disable")
def disable(client_id: Annotated[str, typer.Argument(help="The client's id.")]) -> None:
    """Disable a client at once."""

    async def work() -> None:
        async with accounts.open_session(database_url()) as session:
            await accounts.disable_client(session, client_id=client_id)

    asyncio.run(work())
    typer.echo("disabled")


@app.command("list")
def show() -> None:
    """List the clients."""

    async def work() -> list[tuple[str, ...]]:
        async with accounts.open_session(database_url()) as session:
            return [
                (
                    client.client_id,
                    client.name,
                    " ".join(client.scopes),
                    client.profile,
                    clinics_text(client.clinic_ids),
                    "disabled" if client.disabled_at else "active",
                )
                for client in await accounts.list_clients(session)
            ]

    print_table(("client_id", "name", "scopes", "profile", "clinics", "state"), asyncio.run(work()))


ClientId = Annotated[str, typer.Argument(help="The client's id.")]


@app.command("rotate-secret")
def rotate_secret(client_id: ClientId) -> None:
    """Give a client another secret, shown once; the one before opens nothing from now on."""
    secret = in_transaction(SERVICE, lambda c: account_changes.rotate_client_secret(c, client_id))
    typer.echo(f"client_secret: {secret}")


@app.command("change")
def change(
    client_id: ClientId,
    scope: Annotated[list[str], typer.Option(help="A scope it has; again for more.")],
    clinic: Annotated[
        list[str] | None, typer.Option(help="A clinic it may see; again for more.")
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option(help="What it is shown of patients; as before without.")
    ] = None,
) -> None:
    """Give a client other scopes and clinics, from the next request on.

    Without --clinic the client sees every clinic.
    """
    in_transaction(
        SERVICE,
        lambda c: account_changes.change_client(
            c, client_id, scopes=scope, clinic_ids=clinic or None, profile=profile
        ),
    )
    typer.echo("changed")


@app.command("enable")
def enable(client_id: ClientId) -> None:
    """Let a disabled client in again."""
    in_transaction(SERVICE, lambda connection: account_changes.enable_client(connection, client_id))
    typer.echo("enabled")
