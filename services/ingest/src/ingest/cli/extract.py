"""Commands that read a practice's database, and show the runs that did."""

from __future__ import annotations

import asyncio
import sys
from datetime import date, datetime
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from careledger.audit_trail import operator
from careledger.errors import ConfigurationError
from careledger.settings import load
from careledger.telemetry import configure_logging
from ingest.auditing import SERVICE, Actor
from ingest.cli import runs
from ingest.cli.mapping import MappingFile, SourceUrl
from ingest.extraction.places import database_of, mapping_of
from ingest.extraction.requests import Mode, Request
from ingest.extraction.run import Extraction
from ingest.parts import opened
from ingest.runs import RunCounts
from ingest.settings import IngestSettings

app: Final = typer.Typer(help="Read the practice's own database.", no_args_is_help=True)
app.command("status")(runs.show_status)
app.command("list")(runs.list_runs)
app.command("cancel")(runs.cancel_run)


@app.command("run")
def run_extraction(
    *,
    mapping: MappingFile = None,
    url: SourceUrl = None,
    full: Annotated[bool, typer.Option(help="Compare every row, not only changed ones.")] = False,
    reconcile: Annotated[
        bool, typer.Option(help="Read nothing but days whose counts differ; compare totals.")
    ] = False,
    first_day: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of a range.")
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of a range.")
    ] = None,
    accept_refusals: Annotated[
        bool, typer.Option(help="Go on however many rows are refused.")
    ] = False,
    accept_deletions: Annotated[
        bool, typer.Option(help="Take rows back however many are gone.")
    ] = False,
) -> None:
    """Bring in what is new or changed; run again, it changes nothing."""
    settings = load(IngestSettings)
    # Whoever types a command reads its last line; what libraries mumble before is for services.
    configure_logging(SERVICE, "ERROR")
    days = _range(first_day, last_day)
    request = Request(
        mode=_mode(full=full, reconcile=reconcile, days=days),
        days=days,
        refusals_accepted=accept_refusals,
        deletions_accepted=accept_deletions,
    )
    found = mapping_of(settings, mapping)
    database = database_of(settings, url)

    async def go() -> RunCounts:
        async with opened(settings) as parts:
            actor = Actor(name=operator(), kind="user")
            extraction = Extraction(parts, settings, found, database, actor)
            return await _shown(extraction, request)

    sys.stdout.write(summary(asyncio.run(go())) + "\n")


def summary(counts: RunCounts) -> str:
    """Say in a line what a run did."""
    return (
        f"{counts.read} rows read, {counts.published} events published, {counts.unchanged} "
        f"unchanged, {counts.deleted} gone, {counts.quarantined} to quarantine"
    )


async def _shown(extraction: Extraction, request: Request) -> RunCounts:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def show(counts: RunCounts, expected: int) -> None:
            total = max(expected, counts.read) if request.mode == "full" else None
            progress.update(task, completed=counts.read, total=total)

        return await extraction.run(request, report=show)


def _range(first: datetime | None, last: datetime | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise ConfigurationError("give --from and --to, the first day not after the last")
    return first.date(), last.date()


def _mode(*, full: bool, reconcile: bool, days: tuple[date, date] | None) -> Mode:
    if sum((full, reconcile, days is not None)) > 1:
        raise ConfigurationError("give one of --full, --reconcile, and --from with --to")
    if days is not None:
        return "range"
    return "full" if full else "reconcile" if reconcile else "incremental"
