"""Commands about mapping files: ready ones, a check against the database, Synthea as a database."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from careledger import clock
from careledger.deidentification import name_indexes
from careledger.errors import CareledgerError, ConfigurationError
from careledger.settings import load
from ingest.extraction.places import database_of, mapping_of
from ingest.parsing import validated
from ingest.screening import screen
from ingest.settings import IngestSettings
from ingest.sources.payloads import SourceEvent
from ingest.sources.practice.checking import CheckedTable, Screen, check
from ingest.sources.practice.synthea_database import load as load_export

READY: Final = ("practice", "synthea")
app: Final = typer.Typer(help="Write and check mapping files.", no_args_is_help=True)
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="Mapping file; default: CARELEDGER_EXTRACTION_MAPPING."),
]
SourceUrl = Annotated[
    str | None,
    typer.Option("--url", help="Address of the database; default: CARELEDGER_EXTRACTION_URL."),
]


@app.command("ready")
def write_ready(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(READY)}.")],
) -> None:
    """Write a ready mapping to standard output, to be adapted."""
    if name not in READY:
        raise ConfigurationError(f"the ready mappings are {', '.join(READY)}")
    text = files("ingest.sources.practice").joinpath("ready", f"{name}.toml").read_text("utf-8")
    sys.stdout.write(text)


@app.command("load-synthea")
def load_synthea(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder of the CSV files.")
    ],
    database: Annotated[Path, typer.Argument(help="The SQLite file to write.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code of its amounts.")] = "USD",
) -> None:
    """Load a Synthea CSV export into a new SQLite file for the ready mapping `synthea`."""
    for name, count in load_export(folder, database, currency).items():
        sys.stdout.write(f"{count} {name}\n")


@app.command("check")
def check_mapping(mapping: MappingFile = None, url: SourceUrl = None) -> None:
    """Hold a mapping against its database and show what some rows become, without identifiers."""
    settings = load(IngestSettings)
    found = mapping_of(settings, mapping)
    database = database_of(settings, url)
    now = clock.now()
    broken = False
    try:
        for table in check(found, database, now, screening(settings, now)):
            broken |= bool(table.errors)
            print_table(table)
    finally:
        database.close()
    if broken:
        raise CareledgerError("the mapping does not fit the database")


def screening(settings: IngestSettings, now: datetime) -> Screen:
    """Return the rules every event must pass, as far as they can be known beforehand."""
    names, *_ = name_indexes(settings.secret.get_secret_value(), settings.name_keys)

    def pass_screening(event: SourceEvent) -> None:
        # Whether nine or ten digits are a clinic's own numbering, its registration says.
        clinics = frozenset({event.data.clinic_id})
        screen(validated(event), clock=now, names=names, numbering_clinics=clinics)

    return pass_screening


def print_table(found: CheckedTable) -> None:
    """Show what was found about a table."""
    console = Console()
    console.print(f"[bold]{found.name}[/] from {found.table}: {found.rows} rows")
    for error in found.errors:
        console.print(f"  error: {error}")
    for warning in found.warnings:
        console.print(f"  warning: {warning}")
    for reason, count in sorted(found.refused.items()):
        console.print(f"  {count} of {found.sampled} sampled rows would be refused: {reason}")
    if found.shown:
        # A row is a column here, so that its values fit into a narrow terminal.
        table = Table("")
        for number, _ in enumerate(found.shown, start=1):
            table.add_column(f"row {number}", overflow="fold")
        for name in dict.fromkeys(name for row in found.shown for name in row):
            table.add_row(name, *(row.get(name, "") for row in found.shown))
        console.print(table)
