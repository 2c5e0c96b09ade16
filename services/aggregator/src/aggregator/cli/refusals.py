"""`aggregator refusals`: whether applying has stopped over refused records, and let it go on."""

from __future__ import annotations

import typer

from aggregator.settings import SERVICE
from aggregator.stops import Stop, accept, open_stops
from careledger.audit_trail import operator
from careledger.commands import in_transaction
from careledger.errors import CareledgerError
from careledger.postgres import Connection

app = typer.Typer(help="The limit of refused records.", no_args_is_help=True)


@app.command("status")
def status() -> None:
    """Say whether applying has stopped because too many records are refused."""
    found = in_transaction(SERVICE, open_stops)
    for one in found:
        typer.echo(f"{one.topic} has stopped: {one.text}")
    if not found:
        typer.echo("nothing has stopped")


@app.command("accept")
def accept_refused() -> None:
    """Let applying go on: what is refused of all that Kafka holds by now goes to quarantine.

    What comes later is held against the limit as before.
    """

    async def work(connection: Connection) -> list[Stop]:
        ended = await accept(connection, by=operator())
        if not ended:
            raise CareledgerError("nothing has stopped")
        return ended

    for one in in_transaction(SERVICE, work):
        typer.echo(f"{one.topic} goes on")
