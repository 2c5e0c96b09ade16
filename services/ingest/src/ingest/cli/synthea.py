"""Commands that bring a Synthea export in, and list its clinics."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from careledger.audit_trail import operator
from careledger.errors import CareledgerError, ConfigurationError
from careledger.settings import load
from careledger.telemetry import configure_logging
from ingest.auditing import SERVICE, Actor
from ingest.imports import ImportTally
from ingest.parts import opened
from ingest.settings import IngestSettings
from ingest.sources.synthea import SyntheaClinic, SyntheaOptions, read_clinics
from ingest.synthea_import import SyntheaImport

_AUTO = "auto"
_Folder = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="The folder of Synthea's CSV files.")
]
_Zone = Annotated[
    str | None,
    typer.Option(help="IANA zone of its clinics; default: CARELEDGER_DEFAULT_TIME_ZONE."),
]
_Terms = Annotated[
    int | None,
    typer.Option(min=0, help="Payment terms of its clinics; default: ..._DEFAULT_TERMS_DAYS."),
]


def import_synthea(
    folder: _Folder,
    clinic_zone: _Zone = None,
    currency: Annotated[str, typer.Option(help="ISO 4217 code of its amounts.")] = "USD",
    dataset: Annotated[
        str | None, typer.Option(help="Name of the export, part of its event ids.")
    ] = None,
    shift_days: Annotated[
        str,
        typer.Option(
            help="Days added to every date: a whole number, or auto for a last activity in the "
            "past week. Fixed by the first import of the export."
        ),
    ] = _AUTO,
) -> None:
    """Bring a Synthea CSV export in; done again it changes nothing."""
    settings = load(IngestSettings)
    # Whoever types a command reads its last line; what libraries mumble before is for services.
    configure_logging(SERVICE, "ERROR")
    options = SyntheaOptions(
        dataset=dataset or folder.resolve().name,
        time_zone=clinic_zone or settings.default_time_zone,
        terms_days=settings.default_terms_days,
        currency=currency,
    )
    tally = asyncio.run(_import(settings, folder, options, _days(shift_days)))
    _print_tally(tally)
    if tally.events.rejected and not tally.events.accepted:
        raise CareledgerError("nothing was accepted")


def list_synthea_clinics(
    folder: _Folder, clinic_zone: _Zone = None, terms_days: _Terms = None
) -> None:
    """Write the clinics of a Synthea CSV export as JSON lines, one a clinic."""
    settings = load(IngestSettings)
    options = SyntheaOptions(
        dataset=folder.resolve().name,
        time_zone=clinic_zone or settings.default_time_zone,
        terms_days=settings.default_terms_days if terms_days is None else terms_days,
    )
    for clinic in read_clinics(folder, options):
        if isinstance(clinic, SyntheaClinic):
            sys.stdout.write(msgspec.json.encode(clinic).decode() + "\n")
        else:
            sys.stderr.write(f"{clinic.file} line {clinic.line}: {clinic.reason}\n")


async def _import(
    settings: IngestSettings, folder: Path, options: SyntheaOptions, shift_days: int | None
) -> ImportTally:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    async with opened(settings) as parts:
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("reading", total=None)

            def show(tally: ImportTally) -> None:
                progress.update(task, description=_summary(tally))

            actor = Actor(name=operator(), kind="user")
            return await SyntheaImport(parts, actor).run(
                folder, options, shift_days=shift_days, report=show
            )


def _days(text: str) -> int | None:
    if text == _AUTO:
        return None
    try:
        return int(text)
    except ValueError:
        raise ConfigurationError("--shift-days must be a whole number or auto") from None


def _summary(tally: ImportTally) -> str:
    return f"{tally.events.accepted} accepted, {tally.events.rejected} rejected"


def _print_tally(tally: ImportTally) -> None:
    sys.stdout.write(f"{_summary(tally)}\n")
    for reason, count in sorted(tally.events.reasons.items()):
        sys.stdout.write(f"  {count} {reason}\n")
    if tally.row_problems:
        sys.stdout.write(f"{tally.row_problems.total()} rows could not be read\n")
    for reason, count in sorted(tally.row_problems.items()):
        sys.stdout.write(f"  {count} {reason}\n")
