"""The command `ingest`: serve, import a source, extract a practice's database, check a mapping."""

from __future__ import annotations

import asyncio
from typing import Final

import typer

from careledger.commands import run_command
from careledger.settings import load
from careledger.telemetry import configure_logging
from ingest.app import create_app
from ingest.auditing import SERVICE
from ingest.cli import extract, files, mapping, synthea
from ingest.parts import opened
from ingest.serving import serve as serve_app
from ingest.settings import IngestSettings

app: Final = typer.Typer(
    help="Facts come in; personal identifiers go no further.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_import = typer.Typer(help="Bring a source's events in.", no_args_is_help=True)
_clinics = typer.Typer(help="List a source's clinics, to register them.", no_args_is_help=True)
app.add_typer(_import, name="import")
app.add_typer(_clinics, name="clinics")
app.add_typer(extract.app, name="extract")
app.add_typer(mapping.app, name="mapping")
_import.command("rows")(files.import_rows)
_import.command("events")(files.import_events)
_import.command("synthea")(synthea.import_synthea)
_clinics.command("synthea")(synthea.list_synthea_clinics)


def main() -> None:
    """Run the command; what is wrong is said in one line and no traceback."""
    run_command(app)


@app.command()
def serve() -> None:
    """Take events in over HTTP and from the topic payment-intake."""
    settings = load(IngestSettings)
    configure_logging(SERVICE, settings.log_level)
    asyncio.run(_check(settings))
    serve_app(create_app(settings), settings)


async def _check(settings: IngestSettings) -> None:
    async with opened(settings):
        """Whatever does not answer is named before the server starts."""
