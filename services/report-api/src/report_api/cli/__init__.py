"""The command `report-api`: serves the API, and manages accounts, sources, clinics, quarantine."""

from __future__ import annotations

import typer

from careledger.commands import run_command
from report_api.cli import clients, clinics, quarantine, serving, sources, users

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
app.command("serve")(serving.serve)
app.add_typer(users.app, name="users")
app.add_typer(clients.app, name="clients")
app.add_typer(sources.app, name="sources")
app.add_typer(clinics.app, name="clinics")
app.add_typer(quarantine.app, name="quarantine")


def main() -> None:
    """Run the command; what is wrong is said in one line and no traceback."""
    run_command(app)
